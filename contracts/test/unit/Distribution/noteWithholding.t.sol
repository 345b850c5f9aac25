// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Distribution} from "../../../src/distribution/Distribution.sol";
import {PayoutStage} from "./PayoutStage.sol";

contract DistributionNoteWithholdingTest is PayoutStage {
    uint16 private second;
    uint16 private third;

    function setUp() public override {
        super.setUp();
        second = register.declareRecordDate(recordDate + 1 days);
        third = register.declareRecordDate(recordDate + 2 days);
        holdings(second);
        holdings(third);
    }

    function test_RevertsWithRecordDatePassedFromItsFirstSecondOn() public {
        attestsWithholding(alice, 1000);
        passesTo(recordDate - 1);
        notes(alice);
        passesTo(recordDate);
        vm.expectRevert(abi.encodeWithSelector(Distribution.RecordDatePassed.selector, recordDate, recordDate));
        notes(alice);
    }

    function test_RevertsWithRecordDatePassedForNone() public {
        vm.expectRevert(abi.encodeWithSelector(Distribution.RecordDatePassed.selector, 0, block.timestamp));
        _notes(4, alice);
    }

    function test_TakesTheRateAttestedNowOverForItAndThoseAfter() public {
        attestsWithholding(alice, 1000);
        vm.expectEmit(address(payout));
        emit Distribution.WithholdingNoted(alice, second, 1000);
        _notes(second, alice);
        assertEq(payout.withholdingOf(alice, FIRST), 0);
        assertEq(payout.withholdingOf(alice, second), 1000);
        assertEq(payout.withholdingOf(alice, third), 1000);
        assertEq(payout.withholdingOf(bob, second), 0);
        assertTrue(payout.accountOf(alice).noted);
        requireFolded();
    }

    /// @dev Indices follow the order of declaration, not that of the dates.
    function test_LeavesTheRatesOfAnEarlierDateThatWasDeclaredLater() public {
        uint16 far = register.declareRecordDate(recordDate + 300 days);
        uint16 near = register.declareRecordDate(recordDate + 3 days);
        attestsWithholding(alice, 1000);
        _notes(near, alice);
        passesTo(recordDate + 3 days);
        attestsWithholding(alice, 3500);
        _notes(far, alice);
        assertEq(payout.withholdingOf(alice, near), 1000);
        assertEq(payout.withholdingOf(alice, far), 3500);
        assertEq(payout.withholdingOf(alice, third), 0, "before the first that was noted");
    }

    function test_LeavesTheRatesOfEarlierRecordDatesAsTheyWere() public {
        attestsWithholding(alice, 1000);
        notes(alice);
        passesTo(recordDate);
        attestsWithholding(alice, 3500);
        _notes(second, alice);
        attestsWithholding(alice, 0);
        _notes(third, alice);
        assertEq(payout.withholdingOf(alice, FIRST), 1000);
        assertEq(payout.withholdingOf(alice, second), 3500);
        assertEq(payout.withholdingOf(alice, third), 0);
    }

    function test_ReplacesWhatWasNotedForLaterOnes() public {
        attestsWithholding(alice, 1000);
        _notes(third, alice);
        attestsWithholding(alice, 2000);
        _notes(second, alice);
        assertEq(payout.withholdingOf(alice, FIRST), 0);
        assertEq(payout.withholdingOf(alice, second), 2000);
        assertEq(payout.withholdingOf(alice, third), 2000);
        attestsWithholding(alice, 0);
        notes(alice);
        assertEq(payout.withholdingOf(alice, third), 0, "nothing is left of it");
    }

    function test_SaysNothingWhenNothingChanges() public {
        notes(alice);
        assertFalse(payout.accountOf(alice).noted, "a rate of nothing needs no note");
        attestsWithholding(alice, 1000);
        notes(alice);
        requireFolded();
        uint256 events = recorder.eventsOf(address(payout));
        notes(alice);
        _notes(third, alice);
        requireFolded();
        assertEq(recorder.eventsOf(address(payout)), events);
    }

    function test_PassesOverWhomTheRegistryDoesNotKnow() public {
        notes(outsider);
        assertFalse(payout.accountOf(outsider).noted);
        requireFolded();
    }

    function test_TakesTheSuccessorsRateForAWalletThatWasGivenUp() public {
        passesTo(block.timestamp);
        attestsWithholding(alice, 1000);
        recordDate = block.timestamp + 30 days;
        uint16 later = register.declareRecordDate(recordDate);
        recovers(alice, makeAddr("successor"));
        _notes(later, alice);
        assertEq(payout.withholdingOf(alice, later), 1000);
    }

    function test_TakesNothingFromWhatIsDue() public {
        uint256 id = pays(600);
        attestsWithholding(alice, 3500);
        _notes(third, alice);
        assertEq(claims(id, alice), 300);
        assertEq(payout.companyCredit(), 0);
    }

    function _notes(uint16 index, address holder) private {
        address[] memory holders = new address[](1);
        holders[0] = holder;
        payout.noteWithholding(index, holders);
    }
}
