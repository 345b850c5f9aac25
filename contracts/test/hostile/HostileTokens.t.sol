// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CommitmentState} from "../../src/round/Commitments.sol";
import {RoundCommitments} from "../../src/round/RoundCommitments.sol";
import {RoundEvents} from "../../src/round/RoundEvents.sol";
import {RoundSettlement} from "../../src/round/RoundSettlement.sol";
import {RoundTerms} from "../../src/round/RoundTerms.sol";
import {DemoDollar} from "../../src/settlement/DemoDollar.sol";
import {ShareToken} from "../../src/share/ShareToken.sol";
import {Ledger} from "../Ledger.sol";
import {HostileDollar} from "./tokens/HostileDollar.sol";
import {SilentDollar} from "./tokens/SilentDollar.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

/// @notice Settlement tokens that do not do what they should, and what that costs whom.
contract HostileTokensTest is Ledger {
    HostileDollar private hostile;
    address private alice;
    address private bob;

    function setUp() public override {
        super.setUp();
        hostile = new HostileDollar(6);
        _holdsARoundIn(address(hostile));
        alice = retail("alice", 100_000);
        bob = retail("bob", 100_000);
    }

    // ------------------------------------------------------------------------------------------ reentrancy

    function test_NoTransferLetsAnyoneInAgain() public {
        bytes[6] memory doors = [
            abi.encodeCall(RoundCommitments.commit, (10, 1, false)),
            abi.encodeCall(RoundCommitments.cancel, (identityOf(alice), 0)),
            abi.encodeCall(RoundCommitments.refund, (identityOf(alice))),
            abi.encodeCall(RoundSettlement.settle, (1)),
            abi.encodeCall(RoundSettlement.payProceeds, ()),
            abi.encodeCall(RoundSettlement.payFee, ())
        ];
        for (uint256 i = 0; i < doors.length; ++i) {
            hostile.reenter(address(round), doors[i]);
            requireHistories();
            uint256 state = vm.snapshotState();
            commits(alice, 5000);
            _wasKeptOut(1);
            cancels(alice);
            _wasKeptOut(2);
            commits(alice, 4999);
            closes();
            refunds(alice);
            _wasKeptOut(4);
            vm.revertToState(state);
            recorder.forget();

            commits(alice, 5000);
            closes();
            tallies();
            settles();
            round.payProceeds();
            _wasKeptOut(2);
            round.payFee();
            _wasKeptOut(3);
            vm.revertToState(state);
            recorder.forget();
        }
    }

    /// @dev A class has no guard: what it moves are its own shares, and it calls no token.
    function test_WhoComesInByTheShareClassFindsNothingToTake() public {
        hostile.reenter(address(share), abi.encodeCall(ShareToken.issue, (identityOf(alice), 1, 0)));
        commits(alice, 5000);
        assertEq(hostile.reentries(), 1);
        assertGt(hostile.reentryFailure().length, 0);
        assertEq(share.totalSupply(), 0);
    }

    // ------------------------------------------------------------------------------------------ odd transfers

    function test_ATokenThatTakesAFeeIsRefused() public {
        hostile.takeFee(100);
        funds(alice, cost(100));
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.WrongAmountReceived.selector, 198 * DOLLAR, 200 * DOLLAR));
        vm.prank(alice);
        round.commit(100, 1, false);
    }

    function test_ATokenThatSaysNoIsBelieved() public {
        commits(alice, 100);
        hostile.refuse(true);
        funds(bob, cost(100));
        vm.expectRevert(abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, address(hostile)));
        vm.prank(bob);
        round.commit(100, 1, false);
        vm.expectRevert(abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, address(hostile)));
        cancels(alice);
        assertState(alice, CommitmentState.Live);
        hostile.refuse(false);
        cancels(alice);
        assertEq(hostile.balanceOf(alice), 200 * DOLLAR);
    }

    function test_ATokenThatSaysNothingWillDo() public {
        SilentDollar silent = new SilentDollar();
        _holdsARoundIn(address(silent));
        commits(alice, 5000);
        commits(bob, 100);
        cancels(bob);
        assertEq(silent.balanceOf(bob), 200 * DOLLAR);
        closes();
        tallies();
        settles();
        round.payProceeds();
        round.payFee();
        assertEq(silent.balanceOf(issuer), 9400 * DOLLAR);
        assertEq(silent.balanceOf(platform), 600 * DOLLAR);
    }

    // ------------------------------------------------------------------------------------------ blacklists

    function test_ABlacklistedIssuerHoldsNobodyUp() public {
        _sellsToAliceAndExcludesBob();
        hostile.blacklist(issuer, true);
        vm.expectRevert(abi.encodeWithSelector(HostileDollar.Blacklisted.selector, issuer));
        round.payProceeds();
        round.payFee();
        assertEq(refunds(bob), 200 * DOLLAR);
        assertEq(round.credits().proceeds, 9400 * DOLLAR, "still owed");
        hostile.blacklist(issuer, false);
        round.payProceeds();
        assertEq(escrowed(), 0);
    }

    function test_ABlacklistedFeeRecipientHoldsNobodyUp() public {
        _sellsToAliceAndExcludesBob();
        hostile.blacklist(platform, true);
        vm.expectRevert(abi.encodeWithSelector(HostileDollar.Blacklisted.selector, platform));
        round.payFee();
        round.payProceeds();
        assertEq(refunds(bob), 200 * DOLLAR);
        assertEq(hostile.balanceOf(issuer), 9400 * DOLLAR);
        assertEq(escrowed(), 600 * DOLLAR);
    }

    function test_ABlacklistedInvestorHoldsNobodyUp() public {
        commits(alice, 5000);
        commits(bob, 100);
        hostile.blacklist(bob, true);
        closes();
        tallies();
        settles();
        round.payProceeds();
        round.payFee();
        assertEq(share.balanceOf(bob), 100, "whose money is in buys");
        assertEq(escrowed(), 0);
    }

    function test_ABlacklistedInvestorWaitsForTheirRefundAlone() public {
        commits(alice, 100);
        commits(bob, 100);
        closes();
        hostile.blacklist(bob, true);
        vm.expectRevert(abi.encodeWithSelector(HostileDollar.Blacklisted.selector, bob));
        round.refund(identityOf(bob));
        assertEq(refunds(alice), 200 * DOLLAR);
        hostile.blacklist(bob, false);
        assertEq(refunds(bob), 200 * DOLLAR);
    }

    // ------------------------------------------------------------------------------------------ wiping

    function test_AfterAWipeCommitsStopAndExitsPayProRata() public {
        commits(alice, 300);
        commits(bob, 100);
        hostile.wipe(address(round), 200 * DOLLAR);
        funds(alice, cost(10));
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.HoldsLessThanItOwes.selector, 600 * DOLLAR, 800 * DOLLAR));
        vm.prank(alice);
        round.commit(10, 1, false);
        assertEq(round.conserved()[0].held, 600 * DOLLAR);
        assertEq(round.conserved()[0].owed, 800 * DOLLAR);
        assertEq(round.conserved()[0].surplus, 0);

        vm.expectEmit(address(round));
        emit RoundEvents.Shortfall(600 * DOLLAR, 800 * DOLLAR);
        cancels(bob);
        assertEq(hostile.balanceOf(bob), 150 * DOLLAR, "three quarters");
        cancels(alice);
        assertEq(hostile.balanceOf(alice), 450 * DOLLAR + cost(10), "three quarters for the last too");
        assertEq(escrowed(), 0);
    }

    function testFuzz_AShortfallIsSharedEvenly(uint64[4] memory shares, uint256 wiped) public {
        uint256 total = 0;
        for (uint256 i = 0; i < 4; ++i) {
            shares[i] = uint64(bound(shares[i], 10, 12_500));
            commits(accredited(vm.toString(i)), shares[i]);
            total += cost(shares[i]);
        }
        wiped = bound(wiped, 0, total);
        hostile.wipe(address(round), wiped);
        for (uint256 i = 0; i < 4; ++i) {
            address wallet = makeAddr(vm.toString(i));
            cancels(wallet);
            uint256 quota = cost(shares[i]) * (total - wiped) / total;
            assertApproxEqAbs(hostile.balanceOf(wallet), quota, 4, "within the rounding of those before");
        }
        assertEq(escrowed(), 0, "nothing stays behind");
    }

    function test_AWipeIsBorneByTheCreditsToo() public {
        _sellsToAliceAndExcludesBob();
        hostile.wipe(address(round), 5100 * DOLLAR);
        vm.prank(bob);
        round.refund(identityOf(bob));
        assertEq(hostile.balanceOf(bob), 100 * DOLLAR);
        vm.expectEmit(address(round));
        emit RoundEvents.Shortfall(5000 * DOLLAR, 10_000 * DOLLAR);
        vm.expectEmit(address(round));
        emit RoundEvents.ProceedsPaid(issuer, 4700 * DOLLAR);
        vm.prank(issuer);
        round.payProceeds();
        vm.expectEmit(address(round));
        emit RoundEvents.FeePaid(platform, 300 * DOLLAR);
        vm.prank(platform);
        round.payFee();
    }

    function test_NobodyMakesAnotherTakeLess() public {
        _sellsToAliceAndExcludesBob();
        hostile.wipe(address(round), 5100 * DOLLAR);
        vm.expectRevert(_notAccepted(outsider, bob));
        vm.prank(outsider);
        round.refund(identityOf(bob));
        vm.expectRevert(_notAccepted(bob, issuer));
        vm.prank(bob);
        round.payProceeds();
        vm.expectRevert(_notAccepted(issuer, platform));
        vm.prank(issuer);
        round.payFee();

        hostile.mint(address(round), 5100 * DOLLAR);
        assertEq(refunds(bob), 200 * DOLLAR, "made good: paid in full, by anyone");
        round.payProceeds();
        round.payFee();
        assertEq(escrowed(), 0);
    }

    function test_MoneySentUnaskedCoversAWipe() public {
        commits(alice, 100);
        hostile.mint(address(round), 50 * DOLLAR);
        hostile.wipe(address(round), 50 * DOLLAR);
        cancels(alice);
        assertEq(hostile.balanceOf(alice), 200 * DOLLAR);
    }

    // ------------------------------------------------------------------------------------------ inside

    function _holdsARoundIn(address token) private {
        vm.prank(operator);
        directory.listSettlementToken(token, USD);
        RoundTerms memory terms = filedTerms();
        terms.settlementToken = token;
        round = openRound(terms);
        dollar = DemoDollar(token);
    }

    function _sellsToAliceAndExcludesBob() private {
        commits(alice, 5000);
        commits(bob, 100);
        revoke(bob);
        closes();
        tallies();
        settles();
    }

    function _notAccepted(address caller, address owner) private pure returns (bytes memory) {
        return abi.encodeWithSelector(
            RoundEvents.ShortfallNotAccepted.selector, caller, owner, 5100 * DOLLAR, 10_200 * DOLLAR
        );
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
