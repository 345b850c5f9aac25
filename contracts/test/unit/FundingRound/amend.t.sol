// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CommitmentState} from "../../../src/round/Commitments.sol";
import {FundingRound} from "../../../src/round/FundingRound.sol";
import {RoundEvents, RoundStatus} from "../../../src/round/RoundEvents.sol";
import {Calendar} from "../../Calendar.sol";
import {RoundTest} from "./RoundTest.sol";

/// @notice 17 CFR 227.304(c), and what holds where a regime says nothing. 2017-07-03 is a Monday, 07-04 a holiday.
contract AmendTest is RoundTest {
    uint256 private constant MONDAY = 1_499_040_000; // 2017-07-03
    uint256 private constant WINDOW_END = 1_499_817_600; // 2017-07-12: the five days are 5, 6, 7, 10 and 11 July

    function test_RevertsWithNotTheController() public {
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.NotTheController.selector, outsider, issuer));
        vm.prank(outsider);
        round.amend(uint40(DEADLINE), AMENDED, true);
    }

    function test_RefusesToAmendWhatIsClosed() public {
        closes();
        vm.expectRevert(wrongStatus(RoundStatus.Failed, RoundStatus.Open));
        amends(DEADLINE + 30 days, true);
    }

    function test_RefusesToAmendFromTheSecondOfTheDeadlineOn() public {
        itIs(DEADLINE);
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.DeadlinePassed.selector, DEADLINE, DEADLINE));
        amends(DEADLINE + 30 days, true);
    }

    function test_RevertsWithDeadlineBroughtForward() public {
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.DeadlineBroughtForward.selector, DEADLINE - 1, DEADLINE));
        amends(DEADLINE - 1, false);
        amends(DEADLINE + 10 days, false);
        vm.expectRevert(
            abi.encodeWithSelector(RoundEvents.DeadlineBroughtForward.selector, DEADLINE, DEADLINE + 10 days)
        );
        amends(DEADLINE, false);
    }

    function test_RevertsWithDeadlineTooLate() public {
        uint256 latest = block.timestamp + round.LONGEST_ROUND();
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.DeadlineTooLate.selector, latest + 1, latest));
        amends(latest + 1, false);
        amends(latest, false);
        assertEq(round.deadline(), latest);
    }

    function test_RaisesTheVersionAndKeepsTheNewTerms() public {
        assertEq(round.termsVersion(), 1);
        assertEq(round.deadline(), DEADLINE);
        itIs(Calendar.day(2017, 6, 1));
        uint256 by = Calendar.day(2017, 6, 9);
        vm.expectEmit(address(round));
        emit RoundEvents.TermsAmended(2, DEADLINE + 1 days, AMENDED, true, by);
        amends(DEADLINE + 1 days, true);
        assertEq(round.termsVersion(), 2);
        assertEq(round.deadline(), DEADLINE + 1 days);
        FundingRound.Amendment memory last = round.amendment();
        assertEq(last.termsHash, AMENDED);
        assertEq(last.materialVersion, 2);
        assertEq(last.reconfirmBy, by);

        vm.expectEmit(address(round));
        emit RoundEvents.TermsAmended(3, DEADLINE + 1 days, "again", false, 0);
        vm.prank(issuer);
        round.amend(uint40(DEADLINE + 1 days), "again", false);
        last = round.amendment();
        assertEq(last.termsHash, "again");
        assertEq(last.materialVersion, 2, "the last that asks for something");
        assertEq(last.reconfirmBy, by);
    }

    function test_GivesFiveDaysAtLeastWhateverTheRegime() public {
        openRoundUnder(address(openRules));
        itIs(DEADLINE - 1);
        amends(DEADLINE, true);
        assertEq(round.deadline(), DEADLINE - 1 + 5 days);
        assertEq(round.AMENDMENT_NOTICE(), 5 days);
    }

    function test_ExtendsTheDeadlineInTheLastFiveBusinessDays() public {
        itIs(MONDAY);
        amends(DEADLINE, true);
        assertEq(round.deadline(), WINDOW_END);
        assertEq(round.amendment().reconfirmBy, WINDOW_END);
        itIs(WINDOW_END - 1);
        commits(alice, 10);
        itIs(WINDOW_END);
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.DeadlinePassed.selector, WINDOW_END, WINDOW_END));
        vm.prank(bob);
        round.commit(10, 2, false);
    }

    function test_WithdrawsAnAnnouncedEarlyClose() public {
        commits(alice, 5000);
        itIs(Calendar.day(2017, 6, 1));
        announces(Calendar.day(2017, 6, 20));
        assertEq(round.deadline(), Calendar.day(2017, 6, 20));
        amends(DEADLINE, false);
        assertEq(round.deadline(), DEADLINE);
        itIs(Calendar.day(2017, 6, 20));
        vm.expectRevert(
            abi.encodeWithSelector(RoundEvents.TooEarlyToClose.selector, DEADLINE, Calendar.day(2017, 6, 20))
        );
        round.close();
    }

    // ------------------------------------------------------------------------------------------ leaving

    function test_LetsThemCancelUntilTheNewDeadline() public {
        commits(alice, 100);
        commits(bob, 100);
        itIs(DEADLINE - 1);
        amends(DEADLINE, false);
        uint256 end = round.deadline();
        assertEq(round.cancellableUntil(identityOf(alice)), end);
        itIs(end - 1);
        cancels(alice);
        itIs(end);
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.CancellationClosed.selector, end, end));
        cancels(bob);
    }

    function test_LetsNobodyWhoAgreedCancelAnyLater() public {
        commits(alice, 100);
        itIs(Calendar.day(2017, 6, 1));
        amends(DEADLINE, true);
        reconfirms(alice, 2);
        assertEq(round.cancellableUntil(identityOf(alice)), DEADLINE - 48 hours);
        itIs(DEADLINE - 48 hours);
        vm.expectRevert(
            abi.encodeWithSelector(RoundEvents.CancellationClosed.selector, DEADLINE - 48 hours, DEADLINE - 48 hours)
        );
        cancels(alice);
    }

    function test_AsksNewCommitmentsForTheVersion() public {
        amends(DEADLINE, false);
        funds(alice, cost(10));
        vm.startPrank(alice);
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.TermsVersionDiffers.selector, 1, 2));
        round.commit(10, 1, false);
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.TermsVersionDiffers.selector, 3, 2));
        round.commit(10, 3, false);
        round.commit(10, 2, false);
        assertEq(commitment(alice).termsVersion, 2);
    }

    // ------------------------------------------------------------------------------------------ reconfirmation

    function test_KeepsWhoReconfirmsInTheLastSecond() public {
        commits(alice, 5000);
        itIs(MONDAY);
        amends(DEADLINE + 10 days, true);
        itIs(WINDOW_END - 1);
        vm.expectEmit(address(round));
        emit RoundEvents.CommitmentReconfirmed(identityOf(alice), alice, 2);
        reconfirms(alice, 2);
        assertEq(commitment(alice).termsVersion, 2);
        assertEq(commitment(alice).shares, 5000);
        itIs(DEADLINE + 10 days);
        round.close();
        tallies();
        assertStatus(RoundStatus.Settling);
    }

    function test_RefusesToReconfirmFromTheSecondThatTheWindowEnds() public {
        commits(alice, 5000);
        itIs(MONDAY);
        amends(DEADLINE + 10 days, true);
        itIs(WINDOW_END);
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.ReconfirmationClosed.selector, WINDOW_END, WINDOW_END));
        reconfirms(alice, 2);
    }

    function test_RefundsByAnyoneWhoDidNotReconfirm() public {
        commits(alice, 100);
        commits(bob, 50);
        itIs(MONDAY);
        amends(DEADLINE + 10 days, true);
        itIs(WINDOW_END - 1);
        vm.expectPartialRevert(RoundEvents.NotRefundable.selector);
        round.refund(identityOf(alice));
        itIs(WINDOW_END);
        assertEq(refunds(alice), 200 * DOLLAR);
        assertState(alice, CommitmentState.Refunded);
        assertFalse(commitment(alice).counted);
        assertEq(used(alice), 0);
        cancels(bob);
        commits(alice, 30);
        assertEq(round.progressOf().escrowedShares, 30, "one may come back");
        assertEq(round.progressOf().commitments, 2, "in the old place");
    }

    function test_RefundsNobodyTwiceForNotReconfirming() public {
        commits(alice, 100);
        commits(bob, 50);
        commits(carol, 200);
        cancels(bob);
        itIs(MONDAY);
        amends(DEADLINE + 10 days, true);
        itIs(WINDOW_END);
        assertEq(refunds(alice), 200 * DOLLAR);
        vm.expectRevert(_notRefundable(alice, CommitmentState.Refunded));
        round.refund(identityOf(alice));
        vm.expectRevert(_notRefundable(bob, CommitmentState.Cancelled));
        round.refund(identityOf(bob));
        assertEq(escrowed(), 400 * DOLLAR, "the other's money");
    }

    function test_ExcludesAtTheTallyWhoDidNotReconfirm() public {
        commits(alice, 5000);
        commits(bob, 100);
        itIs(MONDAY);
        amends(DEADLINE + 10 days, true);
        reconfirms(alice, 2);
        itIs(DEADLINE + 10 days);
        round.close();
        vm.expectEmit(address(round));
        emit RoundEvents.CommitmentLapsed(identityOf(bob), bob, 100, 1);
        vm.expectEmit(address(round));
        emit RoundEvents.RoundTallied(5000, 0);
        tallies();
        assertState(bob, CommitmentState.Excluded);
        assertEq(refunds(bob), 200 * DOLLAR);
        settles();
        assertEq(share.balanceOf(alice), 5000);
        assertEq(share.balanceOf(bob), 0);
    }

    function test_LetsAnAdditionAgreeForAll() public {
        commits(alice, 5000);
        itIs(MONDAY);
        amends(DEADLINE + 10 days, true);
        commits(alice, 10);
        itIs(DEADLINE + 10 days);
        round.close();
        tallies();
        assertEq(round.outcome().eligibleShares, 5010);
    }

    /// @dev No regime of today closes before its window ends; one that did would have to wait.
    function test_HasTheTallyWaitForTheWindow() public {
        openRoundUnder(address(openRules));
        commits(alice, 100);
        uint256 by = DEADLINE + 20 days;
        vm.mockCall(address(openRules), abi.encodeWithSignature("reconfirmBy(uint256)"), abi.encode(by));
        amends(DEADLINE, true);
        closes();
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.TooEarlyToTally.selector, by, DEADLINE));
        tallies();
        itIs(by - 1);
        reconfirms(alice, 2);
        itIs(by);
        tallies();
        assertEq(round.outcome().eligibleShares, 100);
    }

    function test_BindsWhoDoesNotCancel() public {
        openRoundUnder(address(openRules));
        commits(alice, 100);
        amends(DEADLINE, true);
        assertEq(round.amendment().materialVersion, 0);
        closes();
        tallies();
        assertEq(round.outcome().eligibleShares, 100);
    }

    function test_RevertsWithTermsVersionDiffers() public {
        commits(alice, 100);
        amends(DEADLINE, true);
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.TermsVersionDiffers.selector, 1, 2));
        vm.prank(alice);
        round.reconfirm(1);
    }

    function test_RevertsWithNoCommitment() public {
        amends(DEADLINE, true);
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.NoCommitment.selector, identityOf(alice)));
        reconfirms(alice, 2);
    }

    function test_RevertsWithNothingToReconfirm() public {
        commits(alice, 100);
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.NothingToReconfirm.selector, identityOf(alice), 1));
        reconfirms(alice, 1);
    }

    function test_RevertsWithNotTheInvestor() public {
        commits(alice, 100);
        address next = makeAddr("alice's next wallet");
        recovers(alice, next);
        amends(DEADLINE, true);
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.NotTheInvestor.selector, next, alice));
        reconfirms(next, 2);
        round.moveCommitment(identityOf(alice));
        reconfirms(next, 2);
    }

    function test_RefusesOnceTheTallyHasBegun() public {
        openRoundUnder(address(openRules));
        commits(alice, 100);
        commits(bob, 100);
        amends(DEADLINE, true);
        closes();
        round.tally(1);
        vm.expectRevert(wrongStatus(RoundStatus.Tallying, RoundStatus.Open));
        reconfirms(bob, 2);
        round.tally(1);
        vm.expectRevert(wrongStatus(RoundStatus.Settling, RoundStatus.Open));
        reconfirms(bob, 2);
    }

    function testFuzz_Amend_NobodyIsBoundWithoutATimeToLeave(uint256 time, uint256 extension, bool material) public {
        time = bound(time, block.timestamp, DEADLINE - 1);
        extension = bound(extension, 0, 300 days);
        commits(alice, 100);
        itIs(time);
        amends(DEADLINE + extension, material);
        assertGe(round.deadline(), DEADLINE + extension);
        assertGe(round.cancellableUntil(identityOf(alice)), time + 5 days);
        itIs(time + 5 days - 1);
        cancels(alice);
        assertEq(dollar.balanceOf(alice), 200 * DOLLAR);
    }

    function _notRefundable(address wallet, CommitmentState state) private pure returns (bytes memory) {
        return abi.encodeWithSelector(
            RoundEvents.NotRefundable.selector, identityOf(wallet), state, RoundStatus.Open, type(uint256).max
        );
    }
}
