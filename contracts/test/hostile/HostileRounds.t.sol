// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../../src/identity/Category.sol";
import {CommitmentState} from "../../src/round/Commitments.sol";
import {RoundCommitments} from "../../src/round/RoundCommitments.sol";
import {RoundEvents} from "../../src/round/RoundEvents.sol";
import {RoundSettlement} from "../../src/round/RoundSettlement.sol";
import {Allocation, RoundTerms} from "../../src/round/RoundTerms.sol";
import {Position} from "../../src/settlement/Conserved.sol";
import {DemoDollar} from "../../src/settlement/DemoDollar.sol";
import {Ledger} from "../Ledger.sol";
import {HostileDollar} from "./tokens/HostileDollar.sol";
import {RebasingDollar} from "./tokens/RebasingDollar.sol";
import {SigningDollar} from "./tokens/SigningDollar.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

/// @notice Rounds that allot too little, rounds in money that grows and shrinks, and tokens that call back in the middle
/// of a permit, an authorization or the payment of a credit.
contract HostileRoundsTest is Ledger {
    address private alice;
    address private bob;

    function setUp() public override {
        super.setUp();
        alice = accredited("alice");
        bob = accredited("bob");
    }

    // ------------------------------------------------------------------------------------------ reentrancy

    function test_NoCreditLetsAnyoneInAgain() public {
        HostileDollar hostile = new HostileDollar(6);
        _overfillsARoundIn(address(hostile));
        bytes[7] memory doors = [
            abi.encodeCall(RoundSettlement.claimCredit, (identityOf(alice))),
            abi.encodeCall(RoundSettlement.claimCredit, (identityOf(bob))),
            abi.encodeCall(RoundSettlement.payProceeds, ()),
            abi.encodeCall(RoundSettlement.payFee, ()),
            abi.encodeCall(RoundSettlement.settle, (1)),
            abi.encodeCall(RoundCommitments.refund, (identityOf(bob))),
            abi.encodeCall(RoundCommitments.cancel, (identityOf(bob), 0))
        ];
        requireHistories();
        for (uint256 i = 0; i < doors.length; ++i) {
            uint256 state = vm.snapshotState();
            hostile.reenter(address(round), doors[i]);
            round.claimCredit(identityOf(alice));
            _wasKeptOut(hostile.reentries(), 1, hostile.reentryFailure());
            assertEq(hostile.balanceOf(alice), 5000 * DOLLAR, "2,500 of 7,500 shares, once");
            round.payProceeds();
            _wasKeptOut(hostile.reentries(), 2, hostile.reentryFailure());
            round.payFee();
            _wasKeptOut(hostile.reentries(), 3, hostile.reentryFailure());
            assertEq(escrowed(), 5000 * DOLLAR, "what bob is credited with");
            assertTrue(vm.revertToState(state));
            recorder.forget();
        }
    }

    function test_NoSignedCommitmentLetsAnyoneInAgain() public {
        SigningDollar signing = new SigningDollar();
        _holdsARoundIn(address(signing), Allocation.FirstCome);
        signing.mint(alice, 1000 * DOLLAR);
        bytes memory signature = new bytes(65);
        bytes[5] memory doors = [
            abi.encodeCall(RoundCommitments.commit, (10, 1, false)),
            abi.encodeCall(RoundCommitments.commitWithPermit, (10, 1, false, 0, 0, 0, 0)),
            abi.encodeCall(RoundCommitments.commitWithAuthorization, (alice, 10, 1, false, 0, 0, signature)),
            abi.encodeCall(RoundCommitments.cancel, (identityOf(alice), 0)),
            abi.encodeCall(RoundCommitments.refund, (identityOf(alice)))
        ];
        requireHistories();
        for (uint256 i = 0; i < doors.length; ++i) {
            uint256 state = vm.snapshotState();
            signing.reenter(address(round), doors[i]);
            vm.prank(alice);
            round.commitWithPermit(100, 1, false, block.timestamp, 27, 0, 0);
            _wasKeptOut(signing.calls(), 2, signing.failure());
            round.commitWithAuthorization(alice, 50, 1, false, 0, block.timestamp, signature);
            _wasKeptOut(signing.calls(), 3, signing.failure());
            cancels(alice);
            _wasKeptOut(signing.calls(), 4, signing.failure());
            assertEq(signing.balanceOf(alice), 1000 * DOLLAR);
            assertEq(escrowed(), 0);
            assertTrue(vm.revertToState(state));
            recorder.forget();
        }
    }

    /// @dev A token that forges a signature takes from nobody else: what it moves is its own, and it counts what arrived.
    function test_AForgedAuthorizationCommitsNobodyWithoutTheirMoney() public {
        SigningDollar signing = new SigningDollar();
        _holdsARoundIn(address(signing), Allocation.FirstCome);
        signing.mint(bob, 100 * DOLLAR);
        recorder.capture();
        vm.expectRevert(
            abi.encodeWithSignature(
                "ERC20InsufficientBalance(address,uint256,uint256)", bob, 100 * DOLLAR, 200 * DOLLAR
            )
        );
        round.commitWithAuthorization(bob, 100, 1, false, 0, block.timestamp, new bytes(65));
        recorder.forget();
        assertState(bob, CommitmentState.None);
        assertEq(round.conserved()[0].owed, 0);
        requireHistories();
    }

    // ------------------------------------------------------------------------------------------ rebasing

    function test_MoneyThatGrowsInARoundIsNobodys() public {
        RebasingDollar rebasing = _rebasingRound(Allocation.FirstCome);
        commits(alice, 5000);
        commits(bob, 1000);
        rebasing.rebase(1.25e18);
        _holds(15_000 * DOLLAR, 12_000 * DOLLAR);
        cancels(bob);
        assertEq(rebasing.balanceOf(bob), 2000 * DOLLAR, "what was committed");
        _holds(13_000 * DOLLAR, 10_000 * DOLLAR);
        closes();
        tallies();
        settles();
        rebasing.rebase(2.5e18);
        round.payProceeds();
        round.payFee();
        assertEq(rebasing.balanceOf(issuer), 9400 * DOLLAR);
        assertEq(rebasing.balanceOf(platform), 600 * DOLLAR);
        _holds(16_000 * DOLLAR, 0);
        requireHistories();
    }

    function test_MoneyThatShrinksIsSharedByThoseWhoAskForIt() public {
        RebasingDollar rebasing = _rebasingRound(Allocation.ProRata);
        commits(alice, 7500);
        commits(bob, 7500);
        closes();
        tallies();
        settles();
        rebasing.rebase(0.8e18);
        _holds(24_000 * DOLLAR, 30_000 * DOLLAR);
        recorder.capture();
        vm.expectRevert(_notAccepted(outsider, alice, 24_000 * DOLLAR, 30_000 * DOLLAR));
        vm.prank(outsider);
        round.claimCredit(identityOf(alice));
        recorder.forget();
        vm.prank(alice);
        round.claimCredit(identityOf(alice));
        assertEq(rebasing.balanceOf(alice), 4000 * DOLLAR, "four fifths of 5,000");
        recorder.capture();
        vm.expectRevert(_notAccepted(platform, issuer, 20_000 * DOLLAR, 25_000 * DOLLAR));
        vm.prank(platform);
        round.payProceeds();
        recorder.forget();
        vm.prank(issuer);
        round.payProceeds();
        assertEq(rebasing.balanceOf(issuer), 15_040 * DOLLAR, "four fifths of 18,800");
        rebasing.rebase(1e18);
        _holds(6200 * DOLLAR, 6200 * DOLLAR);
        vm.prank(outsider);
        round.claimCredit(identityOf(bob));
        assertEq(rebasing.balanceOf(bob), 5000 * DOLLAR, "made good: in full, by anyone");
        round.payFee();
        assertEq(rebasing.balanceOf(platform), 1200 * DOLLAR);
        _holds(0, 0);
        requireHistories();
    }

    function test_AfterMoneyShrankNobodyCommits() public {
        RebasingDollar rebasing = _rebasingRound(Allocation.FirstCome);
        commits(alice, 5000);
        rebasing.rebase(1e18 - 1e10);
        funds(bob, cost(100));
        recorder.capture();
        vm.expectRevert(
            abi.encodeWithSelector(RoundEvents.HoldsLessThanItOwes.selector, 10_000 * DOLLAR - 100, 10_000 * DOLLAR)
        );
        vm.prank(bob);
        round.commit(100, 1, false);
        recorder.forget();
        assertState(bob, CommitmentState.None);
        rebasing.rebase(1e18);
        vm.prank(bob);
        round.commit(100, 1, false);
        assertState(bob, CommitmentState.Live);
        requireHistories();
    }

    /// @dev Where the index divides nothing evenly, a unit is missing or too many on arrival, and the commitment refused.
    function test_AUnitMoreOrLessThanCommittedIsRefused() public {
        RebasingDollar rebasing = _rebasingRound(Allocation.FirstCome);
        rebasing.rebase(1.1e18);
        funds(alice, 2 * cost(100));
        recorder.capture();
        vm.expectRevert(
            abi.encodeWithSelector(RoundEvents.WrongAmountReceived.selector, 200 * DOLLAR - 1, 200 * DOLLAR)
        );
        vm.prank(alice);
        round.commit(100, 1, false);
        recorder.forget();
        assertState(alice, CommitmentState.None);
        rebasing.roundUp(true);
        vm.prank(alice);
        round.commit(100, 1, false);
        _holds(200 * DOLLAR, 200 * DOLLAR);
        cancels(alice);
        assertEq(rebasing.balanceOf(alice), 2 * cost(100));
        requireHistories();
    }

    /// @dev Up and down between any two exits: each books its whole claim and is paid by what is here then.
    function testFuzz_WhateverTheIndexEveryoneGetsOut(uint256[4] memory indices, bool roundsUp) public {
        RebasingDollar rebasing = _rebasingRound(Allocation.ProRata);
        rebasing.roundUp(roundsUp);
        commits(alice, 7500);
        commits(bob, 7500);
        closes();
        tallies();
        settles();
        address[4] memory owners = [alice, issuer, bob, platform];
        uint256[4] memory dues = [5000 * DOLLAR, 18_800 * DOLLAR, 5000 * DOLLAR, 1200 * DOLLAR];
        bytes[4] memory exits = [
            abi.encodeCall(RoundSettlement.claimCredit, (identityOf(alice))),
            abi.encodeCall(RoundSettlement.payProceeds, ()),
            abi.encodeCall(RoundSettlement.claimCredit, (identityOf(bob))),
            abi.encodeCall(RoundSettlement.payFee, ())
        ];
        for (uint256 i = 0; i < 4; ++i) {
            rebasing.rebase(bound(indices[i], 1e12, 1e20));
            Position memory before = round.conserved()[0];
            vm.prank(owners[i]);
            // Its own errors are what would fail the test.
            // solhint-disable-next-line avoid-low-level-calls
            (bool done,) = address(round).call(exits[i]);
            assertTrue(done, "an exit is open");
            Position memory afterwards = round.conserved()[0];
            assertEq(before.owed - afterwards.owed, dues[i], "booked in full");
            uint256 fair = (before.held < before.owed ? before.held : before.owed) * dues[i] / before.owed;
            assertApproxEqAbs(before.held - afterwards.held, fair, rebasing.index() / 1e18 + 2, "by what is here");
        }
        assertEq(round.conserved()[0].owed, 0);
        requireHistories();
    }

    // ------------------------------------------------------------------------------------------ inside

    function _holdsARoundIn(address token, Allocation allocation) private {
        vm.prank(operator);
        directory.listSettlementToken(token, USD);
        RoundTerms memory terms = filedTerms();
        terms.settlementToken = token;
        terms.allocation = allocation;
        if (allocation == Allocation.ProRata) (terms.maximumShares, terms.oversubscriptionShares) = (10_000, 20_000);
        round = openRound(terms);
        dollar = DemoDollar(token);
        attest(alice, Category.Accredited, 1_000_000, block.timestamp + 3650 days);
        attest(bob, Category.Accredited, 1_000_000, block.timestamp + 3650 days);
    }

    function _rebasingRound(Allocation allocation) private returns (RebasingDollar rebasing) {
        rebasing = new RebasingDollar();
        _holdsARoundIn(address(rebasing), allocation);
    }

    /// @dev Alice and Bob commit 7,500 shares each and get 5,000.
    function _overfillsARoundIn(address token) private {
        _holdsARoundIn(token, Allocation.ProRata);
        commits(alice, 7500);
        commits(bob, 7500);
        closes();
        tallies();
        settles();
        assertEq(share.balanceOf(alice), 5000);
        assertEq(share.balanceOf(bob), 5000);
    }

    function _holds(uint256 held, uint256 owed) private view {
        Position memory p = round.conserved()[0];
        assertEq(p.held, held, "held");
        assertEq(p.owed, owed, "owed");
        assertEq(p.surplus, held > owed ? held - owed : 0, "surplus");
    }

    function _notAccepted(address caller, address owner, uint256 held, uint256 owed)
        private
        pure
        returns (bytes memory)
    {
        return abi.encodeWithSelector(RoundEvents.ShortfallNotAccepted.selector, caller, owner, held, owed);
    }

    function _wasKeptOut(uint256 reentries, uint256 expected, bytes memory failure) private pure {
        assertEq(reentries, expected, "reentered at each call of the token");
        assertEq(bytes4(failure), ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector, "and kept out");
    }
}
