// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Distribution} from "../../src/distribution/Distribution.sol";
import {PayoutStage} from "../unit/Distribution/PayoutStage.sol";
import {HostileDollar} from "./tokens/HostileDollar.sol";
import {SilentDollar} from "./tokens/SilentDollar.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

/// @notice Tokens that do not do what they should, and what that costs whom when money is distributed in them.
contract HostilePayoutsTest is PayoutStage {
    HostileDollar private hostile;

    function setUp() public override {
        super.setUp();
        hostile = new HostileDollar(6);
        payout = opensPayout(address(hostile));
    }

    // ------------------------------------------------------------------------------------------ reentrancy

    function test_NoPaymentLetsAnyoneInAgain() public {
        uint256 id = pays(600);
        bytes[12] memory doors = [
            abi.encodeCall(Distribution.declare, (Distribution.Kind.Dividend, FIRST, 1, 0)),
            abi.encodeCall(Distribution.declareAndFund, (Distribution.Kind.Dividend, FIRST, 1, 0)),
            abi.encodeCall(Distribution.fund, (id)),
            abi.encodeCall(Distribution.fundFromSurplus, (id)),
            abi.encodeCall(Distribution.payCompany, ()),
            abi.encodeCall(Distribution.claim, (id)),
            abi.encodeCall(Distribution.claimFor, (id, bob)),
            abi.encodeCall(Distribution.claimMany, (id, everyone())),
            abi.encodeCall(Distribution.setPayee, (outsider)),
            abi.encodeCall(Distribution.openClaims, (id)),
            abi.encodeCall(Distribution.followSuccessor, (alice)),
            abi.encodeCall(Distribution.noteWithholding, (FIRST, everyone()))
        ];
        requireFolded();
        for (uint256 i = 0; i < doors.length; ++i) {
            uint256 state = vm.snapshotState();
            hostile.reenter(address(payout), doors[i]);
            claims(id, alice);
            _wasKeptOut(1);
            pushes(id, bob);
            _wasKeptOut(2);
            paysAgain(6);
            _wasKeptOut(3);
            assertTrue(vm.revertToState(state));
            recorder.forget();
        }
    }

    function test_NoOneOfABatchLetsAnyoneInAgain() public {
        uint256 id = pays(600);
        hostile.reenter(address(payout), abi.encodeCall(Distribution.claimWithin, (id, carol, carol)));
        assertEq(pushesAll(id), 3);
        assertEq(hostile.reentries(), 3);
        assertEq(bytes4(hostile.reentryFailure()), Distribution.OnlyItself.selector);
        assertEq(hostile.balanceOf(carol), 100, "once");
    }

    // ------------------------------------------------------------------------------------------ odd transfers

    function test_ATokenThatSaysNoIsBelieved() public {
        uint256 id = pays(600);
        hostile.refuse(true);
        vm.expectRevert(abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, address(hostile)));
        claims(id, alice);
        assertEq(pushesAll(id), 0);
        assertEq(owed(), 600);
        uint256 next = declares(6);
        gives(issuer, 6);
        vm.expectRevert(abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, address(hostile)));
        vm.prank(issuer);
        payout.fund(next);
        hostile.refuse(false);
        assertEq(pushesAll(id), 3, "a pause only puts it off");
        assertEq(hostile.balanceOf(alice), 300);
    }

    function test_ATokenThatSaysNothingWillDo() public {
        SilentDollar silent = new SilentDollar();
        payout = opensPayout(address(silent));
        uint256 id = pays(600);
        claims(id, alice);
        assertEq(pushesAll(id), 2);
        assertEq(silent.balanceOf(alice), 300);
        assertEq(silent.balanceOf(bob), 200);
        assertEq(owed(), 0);
    }

    function test_AFeeThatATokenTakesLaterIsTheHoldersLossAndNobodyElses() public {
        uint256 id = pays(600);
        hostile.takeFee(1000);
        claims(id, alice);
        assertEq(hostile.balanceOf(alice), 270);
        assertEq(payout.conserved()[0].held, 300);
        assertEq(owed(), 300);
    }

    function test_ABlacklistedIssuerHoldsNobodyUp() public {
        attestsWithholding(alice, 1000);
        notes(alice);
        uint256 id = pays(601);
        hostile.blacklist(issuer, true);
        claims(id, alice);
        assertEq(pushesAll(id), 2);
        vm.expectRevert(abi.encodeWithSelector(HostileDollar.Blacklisted.selector, issuer));
        payout.payCompany();
        assertEq(payout.companyCredit(), 30, "still owed");
        hostile.blacklist(issuer, false);
        payout.payCompany();
        assertEq(hostile.balanceOf(issuer), 30);
    }

    function test_ABlacklistedDistributionOwesWhatItOwes() public {
        uint256 id = pays(600);
        hostile.blacklist(address(payout), true);
        assertEq(pushesAll(id), 0);
        assertEq(owed(), 600);
        hostile.blacklist(address(payout), false);
        assertEq(pushesAll(id), 3);
    }

    // ------------------------------------------------------------------------------------------ rebasing

    function testFuzz_MoneyThatGrowsBelongsToNobodyAndMoneyThatShrinksIsShared(uint96 grows, uint96 shrinks) public {
        grows = uint96(bound(grows, 0, 1e18));
        uint256 id = pays(600_000);
        hostile.mint(address(payout), grows);
        assertEq(claims(id, alice), 300_000);
        assertEq(payout.conserved()[0].surplus, grows);
        shrinks = uint96(bound(shrinks, 0, uint256(grows) + 300_000));
        hostile.wipe(address(payout), shrinks);
        uint256 held = uint256(grows) + 300_000 - shrinks;
        uint256 fair = held > 300_000 ? 300_000 : held;
        uint256 paid = claims(id, bob) + claims(id, carol);
        assertApproxEqAbs(paid, fair, 2, "all that is left, and no more than is due");
        assertLe(paid, fair);
        assertEq(owed(), 0);
    }

    function test_WhatWasCarriedAndWhatIsFundedBearAWipeToo() public {
        uint256 id = pays(605);
        claims(id, alice);
        claims(id, bob);
        claims(id, carol);
        assertEq(payout.carried(), 2);
        uint256 next = paysAgain(598);
        hostile.wipe(address(payout), 300);
        assertEq(claims(next, alice), 150);
        assertEq(claims(next, bob), 100);
        assertEq(claims(next, carol), 50);
    }

    // ------------------------------------------------------------------------------------------ griefing

    function test_ABatchWithLittleGasTakesNothingFromAnyone() public {
        uint256 id = pays(600);
        for (uint256 gas = 100_000; gas < 500_000; gas += 20_000) {
            uint256 state = vm.snapshotState();
            vm.prank(outsider);
            try payout.claimMany{gas: gas}(id, everyone()) returns (uint256 paid) {
                assertEq(paid, _claimed(id), "counted");
            } catch {}
            assertEq(hostile.balanceOf(address(payout)), owed(), "who was not paid is still owed");
            assertTrue(vm.revertToState(state));
        }
    }

    function test_WhoSendsSharesOrMoneyAroundChangesNothingThatIsDue() public {
        uint256 id = pays(600);
        register.set(FIRST + 1, outsider, 1_000_000);
        hostile.mint(address(payout), 1);
        assertEq(pushesAll(id), 3);
        assertEq(hostile.balanceOf(alice), 300);
        assertEq(payout.conserved()[0].surplus, 1);
    }

    function _claimed(uint256 id) private view returns (uint256 count) {
        for (uint256 i = 0; i < 3; ++i) {
            if (payout.isClaimed(id, everyone()[i])) ++count;
        }
    }

    function _wasKeptOut(uint256 times) private view {
        assertEq(hostile.reentries(), times, "reentered at each transfer");
        assertEq(
            bytes4(hostile.reentryFailure()),
            ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector,
            "and kept out"
        );
    }
}
