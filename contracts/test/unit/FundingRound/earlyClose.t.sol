// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {RoundEvents, RoundStatus} from "../../../src/round/RoundEvents.sol";
import {IRoundRules} from "../../../src/round/rules/IRoundRules.sol";
import {Calendar} from "../../Calendar.sol";
import {RoundTest} from "./RoundTest.sol";

/// @notice 17 CFR 227.304(b).
contract EarlyCloseTest is RoundTest {
    uint256 private constant FIRST_OF_JUNE = 1_496_275_200; // 2017-06-01, a Thursday
    uint256 private constant NOTICE_END = 1_496_966_400; // 2017-06-09, after 2, 5, 6, 7 and 8 June

    function test_RevertsWithNotTheController() public {
        commits(alice, 5000);
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.NotTheController.selector, guardian, issuer));
        vm.prank(guardian);
        round.announceEarlyClose(uint40(Calendar.day(2017, 7, 1)));
    }

    function test_RevertsWithMinimumNotReached() public {
        commits(alice, 4999);
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.MinimumNotReached.selector, 4999, 5000));
        announces(Calendar.day(2017, 7, 1));
    }

    function test_AsksForFiveBusinessDaysOfNotice() public {
        commits(alice, 5000);
        itIs(FIRST_OF_JUNE);
        vm.expectRevert(_outOfRange(NOTICE_END - 1, NOTICE_END));
        announces(NOTICE_END - 1);
        vm.expectEmit(address(round));
        emit RoundEvents.EarlyCloseAnnounced(NOTICE_END);
        announces(NOTICE_END);
        assertEq(round.deadline(), NOTICE_END);
    }

    function test_AsksForTwentyOneDaysOpen() public {
        commits(alice, 5000);
        vm.expectRevert(_outOfRange(Calendar.day(2017, 5, 30) - 1, Calendar.day(2017, 5, 30)));
        announces(Calendar.day(2017, 5, 30) - 1);
        announces(Calendar.day(2017, 5, 30));
    }

    function test_RefusesACloseThatIsNotBeforeTheDeadline() public {
        commits(alice, 5000);
        vm.expectRevert(_outOfRange(DEADLINE, Calendar.day(2017, 5, 30)));
        announces(DEADLINE);
        itIs(DEADLINE);
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.DeadlinePassed.selector, DEADLINE, DEADLINE));
        announces(DEADLINE + 1);
    }

    /// @dev No regime of today allows a close without notice; one that did would have no round end in the same second.
    function test_RefusesACloseThatIsNotAhead() public {
        commits(alice, 5000);
        vm.mockCall(
            address(rules),
            abi.encodeWithSignature("earlyCloseAllowedFrom(uint256,uint256,uint256)"),
            abi.encode(uint256(0))
        );
        vm.expectRevert(_outOfRange(block.timestamp, 0));
        announces(block.timestamp);
        announces(block.timestamp + 1);
    }

    function test_RevertsWithEarlyCloseStands() public {
        commits(alice, 5000);
        announces(Calendar.day(2017, 6, 20));
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.EarlyCloseStands.selector, Calendar.day(2017, 6, 20)));
        announces(Calendar.day(2017, 6, 25));
    }

    function test_EndsCommitmentsThenAndCancellationsBefore() public {
        uint256 closeAt = Calendar.day(2017, 6, 20);
        commits(alice, 5000);
        commits(bob, 100);
        commits(carol, 100);
        announces(closeAt);
        itIs(closeAt - 48 hours - 1);
        cancels(bob);
        itIs(closeAt - 48 hours);
        vm.expectRevert(
            abi.encodeWithSelector(RoundEvents.CancellationClosed.selector, closeAt - 48 hours, closeAt - 48 hours)
        );
        cancels(carol);
        itIs(closeAt - 1);
        commits(carol, 10);
        itIs(closeAt);
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.DeadlinePassed.selector, closeAt, closeAt));
        vm.prank(carol);
        round.commit(10, 1, false);
    }

    function test_ClosesAtThatSecondAndNotBefore() public {
        uint256 closeAt = Calendar.day(2017, 6, 20);
        commits(alice, 5000);
        announces(closeAt);
        itIs(closeAt - 1);
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.TooEarlyToClose.selector, closeAt, closeAt - 1));
        round.close();
        itIs(closeAt);
        round.close();
        tallies();
        assertStatus(RoundStatus.Settling);
    }

    function test_LapsesAndTheRoundGoesOnToItsDeadline() public {
        uint256 closeAt = _missesTheMinimumAtItsEarlyClose();
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.TooEarlyToClose.selector, DEADLINE, closeAt));
        round.close();
        assertEq(round.deadline(), DEADLINE);
        funds(alice, cost(5000));
        vm.expectEmit(address(round));
        emit RoundEvents.EarlyCloseLapsed(closeAt);
        vm.prank(alice);
        round.commit(5000, 1, false);
        assertEq(round.progressOf().earlyCloseAt, 0);
        assertEq(round.deadline(), DEADLINE, "a minimum reached again brings nothing back");
        closes();
        assertStatus(RoundStatus.Tallying);
    }

    function test_LapsesOnlyWhereItWasAnnounced() public {
        funds(alice, cost(100));
        vm.expectEmit(address(round), 0);
        emit RoundEvents.EarlyCloseLapsed(0);
        vm.prank(alice);
        round.commit(100, 1, false);
    }

    /// @dev Rules may give another answer to an end that was announced, as long as they are told which it is.
    function test_TellsTheRulesOfTheEndThatWasAnnouncedAlone() public {
        uint256 opensAt = block.timestamp;
        uint256 closeAt = Calendar.day(2017, 6, 20);
        commits(alice, 5000);
        uint256 state = vm.snapshotState();
        announces(closeAt);
        _answers(opensAt, closeAt, closeAt, closeAt + 1 days);
        itIs(closeAt);
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.TooEarlyToClose.selector, closeAt + 1 days, closeAt));
        round.close();
        vm.clearMockedCalls();
        vm.revertToState(state);
        _answers(opensAt, DEADLINE, 0, DEADLINE + 1 days);
        vm.warp(DEADLINE);
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.TooEarlyToClose.selector, DEADLINE + 1 days, DEADLINE));
        round.close();
        vm.clearMockedCalls();
    }

    function test_MayBeAnnouncedAgain() public {
        uint256 closeAt = _missesTheMinimumAtItsEarlyClose();
        commits(alice, 5000);
        announces(closeAt + 14 days);
        assertEq(round.deadline(), closeAt + 14 days);
    }

    function _answers(uint256 opensAt, uint256 end, uint256 announced, uint256 earliest) private {
        bytes memory asked = abi.encodeCall(IRoundRules.earliestClose, (opensAt, end, announced));
        vm.mockCall(address(rules), asked, abi.encode(earliest));
    }

    function _missesTheMinimumAtItsEarlyClose() private returns (uint256 closeAt) {
        closeAt = Calendar.day(2017, 6, 15);
        commits(alice, 4990);
        commits(bob, 10);
        announces(closeAt);
        itIs(closeAt - 3 days);
        cancels(bob);
        itIs(closeAt);
    }

    function _outOfRange(uint256 given, uint256 earliest) private pure returns (bytes memory) {
        return abi.encodeWithSelector(RoundEvents.EarlyCloseOutOfRange.selector, given, earliest, DEADLINE);
    }
}
