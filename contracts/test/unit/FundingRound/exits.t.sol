// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Commitment, CommitmentState} from "../../../src/round/Commitments.sol";
import {FundingRound} from "../../../src/round/FundingRound.sol";
import {RoundEvents, RoundStatus} from "../../../src/round/RoundEvents.sol";
import {RoundTerms} from "../../../src/round/RoundTerms.sol";
import {Calendar} from "../../Calendar.sol";
import {Ledger} from "../../Ledger.sol";

/// @notice The two ways of an investor's money back: cancelling in time, and the refund by right.
contract RoundExitsTest is Ledger {
    uint256 private constant DEADLINE = 1_499_472_000; // 2017-07-08
    address private alice;
    address private bob;

    function setUp() public override {
        super.setUp();
        round = openRound(filedTerms());
        alice = retail("alice", 100_000);
        bob = retail("bob", 100_000);
    }

    // ------------------------------------------------------------------------------------------ cancelling

    function test_CancellingGivesEverythingBack() public {
        commits(alice, 100);
        commits(alice, 20);
        vm.expectEmit(address(round));
        emit RoundEvents.CommitmentCancelled(identityOf(alice), alice, 120, 240 * DOLLAR, 0);
        cancels(alice);
        assertEq(dollar.balanceOf(alice), 240 * DOLLAR);
        assertEq(escrowed(), 0);
        assertState(alice, CommitmentState.Cancelled);
        assertEq(round.progressOf().escrowedShares, 0);
        assertEq(used(alice), 0);
    }

    function test_OneMayCommitAgainAfterCancelling() public {
        commits(alice, 100);
        commits(bob, 30);
        cancels(alice);
        commits(alice, 40);
        assertEq(round.commitmentOf(identityOf(alice)).shares, 40);
        assertEq(round.progressOf().commitments, 2, "in the old place");
        assertEq(escrowed(), cost(70));
        assertEq(used(alice), 80e6);
    }

    function test_CommittingAgainLeavesWhatOtherRoundsCount() public {
        commits(alice, 100);
        cancels(alice);
        FundingRound first = round;
        round = openRound(filedTerms());
        commits(alice, 70);
        round = first;
        commits(alice, 40);
        assertEq(used(alice), 220e6);
    }

    function test_CountsASingleShareThatIsLeft() public {
        RoundTerms memory terms = filedTerms();
        terms.minimumTicket = 1;
        round = openRound(terms);
        commits(alice, 10);
        vm.prank(alice);
        round.cancel(identityOf(alice), 9);
        assertEq(used(alice), 2e6);
    }

    function test_CancellationEnds48HoursBeforeTheDeadline() public {
        commits(alice, 100);
        commits(bob, 100);
        itIs(DEADLINE - 48 hours - 1);
        cancels(alice);
        itIs(DEADLINE - 48 hours);
        vm.expectRevert(
            abi.encodeWithSelector(RoundEvents.CancellationClosed.selector, DEADLINE - 48 hours, DEADLINE - 48 hours)
        );
        cancels(bob);
    }

    function test_OnlyTheInvestorCancels() public {
        commits(alice, 100);
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.NotTheInvestor.selector, bob, alice));
        vm.prank(bob);
        round.cancel(identityOf(alice), 0);
    }

    function test_NothingToCancelIsRefused() public {
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.NoCommitment.selector, identityOf(alice)));
        cancels(alice);
        commits(alice, 100);
        cancels(alice);
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.NoCommitment.selector, identityOf(alice)));
        cancels(alice);
    }

    function test_NothingIsCancelledOnceClosed() public {
        commits(alice, 5000);
        closes();
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.CancellationClosed.selector, DEADLINE - 48 hours, DEADLINE));
        cancels(alice);
    }

    function test_ARevokedPersonStillCancels() public {
        commits(alice, 100);
        revoke(alice);
        cancels(alice);
        assertEq(dollar.balanceOf(alice), 200 * DOLLAR);
    }

    function test_APauseStopsNoCancellation() public {
        commits(alice, 100);
        vm.prank(guardian);
        round.pauseCommits(true);
        cancels(alice);
        assertEq(dollar.balanceOf(alice), 200 * DOLLAR);
    }

    function test_GivesAPartBackAndKeepsAWholeTicket() public {
        commits(alice, 100);
        vm.expectEmit(address(round));
        emit RoundEvents.CommitmentCancelled(identityOf(alice), alice, 90, 180 * DOLLAR, 10);
        vm.prank(alice);
        round.cancel(identityOf(alice), 90);
        assertEq(dollar.balanceOf(alice), 180 * DOLLAR);
        assertEq(escrowed(), 20 * DOLLAR);
        assertState(alice, CommitmentState.Live);
        assertEq(round.commitmentOf(identityOf(alice)).shares, 10);
        assertEq(round.progressOf().escrowedShares, 10);
        assertEq(used(alice), 20e6);
        vm.prank(alice);
        round.cancel(identityOf(alice), 10);
        assertState(alice, CommitmentState.Cancelled);
        assertEq(used(alice), 0);
    }

    function test_RefusesMoreThanWasCommitted() public {
        commits(alice, 100);
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.MoreThanCommitted.selector, 101, 100));
        vm.prank(alice);
        round.cancel(identityOf(alice), 101);
    }

    function test_RefusesToLeaveLessThanATicket() public {
        commits(alice, 100);
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.BelowMinimumTicket.selector, 9, 10));
        vm.prank(alice);
        round.cancel(identityOf(alice), 91);
    }

    function test_CancelsNothingOnceTallied() public {
        commits(alice, 4990);
        commits(bob, 10);
        closes();
        round.tally(1);
        vm.expectRevert(
            abi.encodeWithSelector(RoundEvents.WrongStatus.selector, RoundStatus.Tallying, RoundStatus.Open)
        );
        cancels(bob);
        round.tally(1);
        vm.expectRevert(
            abi.encodeWithSelector(RoundEvents.WrongStatus.selector, RoundStatus.Settling, RoundStatus.Open)
        );
        cancels(bob);
    }

    function testFuzz_GivesEveryUnitBackHoweverItIsCut(uint64 first, uint64 second) public {
        first = uint64(bound(first, 1, 90));
        second = uint64(bound(second, 1, 90));
        commits(alice, 200);
        vm.startPrank(alice);
        round.cancel(identityOf(alice), first);
        round.cancel(identityOf(alice), second);
        assertEq(used(alice), cost(200 - first - second));
        round.cancel(identityOf(alice), 0);
        assertEq(dollar.balanceOf(alice), cost(200));
        assertEq(used(alice), 0);
    }

    // ------------------------------------------------------------------------------------------ refunds

    function test_AFailedRoundRefundsByAnyone() public {
        commits(alice, 100);
        closes();
        vm.expectEmit(address(round));
        emit RoundEvents.CommitmentRefunded(identityOf(alice), alice, 100, 200 * DOLLAR);
        assertEq(refunds(alice), 200 * DOLLAR);
        assertEq(used(alice), 0);
        assertEq(escrowed(), 0);
    }

    /// @dev Its slot is zero again. Where the round goes on, what was refunded is remembered.
    function test_ForgetsWhatItRefunds() public {
        commits(alice, 100);
        closes();
        refunds(alice);
        Commitment memory nothing;
        assertEq(keccak256(abi.encode(round.commitmentOf(identityOf(alice)))), keccak256(abi.encode(nothing)));
        assertEq(round.identityAt(0), identityOf(alice));
        assertEq(round.progressOf().commitments, 1);
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.NothingToMove.selector, identityOf(alice), address(0)));
        round.moveCommitment(identityOf(alice));
        (address wallet, uint64 shares, bool outside) = round.allotmentOf(identityOf(alice));
        assertEq(wallet, address(0));
        assertEq(shares, 0);
        assertFalse(outside);
    }

    function test_ACancelledRoundRefundsWhoDidNotCancelBefore() public {
        commits(alice, 100);
        commits(bob, 50);
        cancels(alice);
        vm.prank(guardian);
        round.cancelRound("doubts");
        vm.expectRevert(_notRefundable(alice, CommitmentState.Cancelled, RoundStatus.Cancelled, type(uint256).max));
        round.refund(identityOf(alice));
        assertEq(refunds(bob), 100 * DOLLAR);
    }

    function test_RefundsNobodyTwice() public {
        commits(alice, 100);
        commits(bob, 100);
        closes();
        refunds(alice);
        vm.expectRevert(_notRefundable(alice, CommitmentState.None, RoundStatus.Failed, block.timestamp + 30 days));
        round.refund(identityOf(alice));
    }

    function test_AnOpenRoundRefundsNobody() public {
        commits(alice, 100);
        vm.expectRevert(_notRefundable(alice, CommitmentState.Live, RoundStatus.Open, type(uint256).max));
        round.refund(identityOf(alice));
        vm.expectRevert(_notRefundable(bob, CommitmentState.None, RoundStatus.Open, type(uint256).max));
        round.refund(identityOf(bob));
    }

    function test_AnExcludedCommitmentIsRefundedAtOnce() public {
        commits(alice, 5000);
        commits(bob, 50);
        revoke(bob);
        closes();
        tallies();
        assertEq(refunds(bob), 100 * DOLLAR);
        settles();
        assertEq(share.balanceOf(alice), 5000);
    }

    function test_WhatIsNotSettledIsRefundableThirtyDaysAfterClosing() public {
        commits(alice, 5000);
        commits(bob, 50);
        closes();
        tallies();
        round.settle(1);
        uint256 refundableFrom = block.timestamp + 30 days;
        itIs(refundableFrom - 1);
        vm.expectRevert(_notRefundable(bob, CommitmentState.Live, RoundStatus.Settling, refundableFrom));
        round.refund(identityOf(bob));
        itIs(refundableFrom);
        assertEq(refunds(bob), 100 * DOLLAR);
        vm.expectRevert(_notRefundable(alice, CommitmentState.Settled, RoundStatus.Settling, refundableFrom));
        round.refund(identityOf(alice));
        settles();
        assertStatus(RoundStatus.Settled);
        assertEq(share.balanceOf(bob), 0);
        assertEq(share.reserved(), 0);
    }

    function test_ARoundNotTalliedIn30DaysFailsAtTheFirstRefund() public {
        commits(alice, 5000);
        commits(bob, 50);
        closes();
        round.tally(1);
        itIs(block.timestamp + 30 days);
        vm.expectEmit(address(round));
        emit RoundEvents.RoundFailed(5000, 5000);
        assertEq(refunds(bob), 100 * DOLLAR);
        assertStatus(RoundStatus.Failed);
        assertEq(share.reserved(), 0);
        assertEq(refunds(alice), 10_000 * DOLLAR);
    }

    function testFuzz_CancellationIsOpenExactlyUntil48HoursBefore(uint256 time) public {
        time = bound(time, block.timestamp, DEADLINE + 10 days);
        commits(alice, 100);
        itIs(time);
        if (time >= DEADLINE - 48 hours) vm.expectPartialRevert(RoundEvents.CancellationClosed.selector);
        cancels(alice);
    }

    function testFuzz_RefundsAreOpenExactlyFromThirtyDaysAfterClosing(uint256 closedAt, uint256 time) public {
        closedAt = bound(closedAt, DEADLINE, Calendar.day(2019, 1, 1));
        time = bound(time, closedAt, closedAt + 60 days);
        commits(alice, 5000);
        itIs(closedAt);
        closes();
        tallies();
        itIs(time);
        if (time < closedAt + 30 days) vm.expectPartialRevert(RoundEvents.NotRefundable.selector);
        round.refund(identityOf(alice));
    }

    function _notRefundable(address wallet, CommitmentState state, RoundStatus status_, uint256 refundableFrom)
        private
        pure
        returns (bytes memory)
    {
        return abi.encodeWithSelector(
            RoundEvents.NotRefundable.selector, identityOf(wallet), state, status_, refundableFrom
        );
    }
}
