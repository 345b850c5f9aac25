// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../../../src/identity/Category.sol";
import {Calendar} from "../../Calendar.sol";
import {Ledger} from "../../Ledger.sol";

/// @notice 17 CFR 227.303, 227.304 and 227.501 by their own numbers.
contract RegulationCrowdfundingWindowsTest is Ledger {
    uint256 private constant OPENS = 1_494_288_000; // 2017-05-09

    function testFuzz_CancellationEnds48HoursBeforeTheDeadline(uint40 deadline, uint8 category) public view {
        vm.assume(deadline > 48 hours);
        Category who = Category(bound(category, 1, 6));
        assertEq(rules.cancellableUntil(who, OPENS, deadline), uint256(deadline) - 172_800);
    }

    function test_AnEarlyEndLeaves21Days() public view {
        uint256 earliest = OPENS + 21 days; // Tuesday, 2017-05-30, after Memorial Day
        assertEq(rules.earlyCloseAllowedFrom(OPENS, OPENS + 60 days, OPENS), earliest);
        assertEq(rules.earlyCloseAllowedFrom(OPENS, OPENS + 60 days, Calendar.day(2017, 5, 19)), earliest);
        assertEq(rules.earlyCloseAllowedFrom(OPENS, OPENS + 60 days, Calendar.day(2017, 5, 20)), earliest, "Saturday");
    }

    function test_AnEarlyEndIsAfterFiveBusinessDays() public view {
        uint256 notice = Calendar.day(2017, 6, 29) + 15 hours;
        uint256 end = rules.earlyCloseAllowedFrom(OPENS, OPENS + 90 days, notice);
        assertEq(end, Calendar.day(2017, 7, 8), "Friday 30, Monday 3, Wednesday 5, Thursday 6, Friday 7");
        assertEq(end, calendar.endOfBusinessDay(notice, 5));
    }

    function testFuzz_ClosesFromTheDeadlineOn(uint256 deadline) public view {
        deadline = bound(deadline, OPENS + 21 days, OPENS + 3650 days);
        assertEq(rules.earliestClose(OPENS, deadline, 0), deadline);
    }

    function testFuzz_ClosesFromTheEarlyEndOn(uint256 deadline, uint256 announced) public view {
        deadline = bound(deadline, OPENS + 21 days, OPENS + 3650 days);
        announced = bound(announced, 1, OPENS + 3650 days);
        uint256 expected = announced < OPENS + 21 days ? OPENS + 21 days : announced;
        assertEq(rules.earliestClose(OPENS, deadline, announced), expected < deadline ? expected : deadline);
    }

    function testFuzz_IsTalliedAtOnce(uint256 closedAt, uint256 reflectionEnd) public view {
        assertEq(rules.tallyFrom(closedAt, reflectionEnd), closedAt);
    }

    function test_FiveBusinessDaysToReconfirm() public {
        assertEq(rules.reconfirmBy(Calendar.day(2017, 6, 12)), Calendar.day(2017, 6, 20));
        assertEq(rules.reconfirmBy(Calendar.day(2017, 6, 12) + 1 days - 1), Calendar.day(2017, 6, 20));
        assertEq(rules.reconfirmBy(Calendar.day(2017, 6, 13)), Calendar.day(2017, 6, 21));
        assertEq(
            rules.reconfirmBy(Calendar.day(2017, 12, 22)), Calendar.day(2018, 1, 3), "Christmas and New Year's Day"
        );
        vm.prank(operator);
        calendar.addHoliday(Calendar.day(2017, 12, 26) / 1 days, "closed");
        assertEq(rules.reconfirmBy(Calendar.day(2017, 12, 22)), Calendar.day(2018, 1, 4));
    }

    function test_ADeadlineFarEnoughStays() public view {
        uint256 amended = Calendar.day(2017, 6, 12);
        assertEq(rules.deadlineAfter(amended, Calendar.day(2017, 6, 20)), Calendar.day(2017, 6, 20), "exactly five");
        assertEq(rules.deadlineAfter(amended, Calendar.day(2017, 7, 8)), Calendar.day(2017, 7, 8));
    }

    function test_ADeadlineTooNearMoves() public view {
        uint256 amended = Calendar.day(2017, 6, 12);
        assertEq(rules.deadlineAfter(amended, Calendar.day(2017, 6, 20) - 1), Calendar.day(2017, 6, 20));
        assertEq(rules.deadlineAfter(amended, amended + 1), Calendar.day(2017, 6, 20));
    }

    function test_LocksForOneCalendarYear() public view {
        assertEq(rules.lockedUntil(Calendar.day(2017, 7, 12) + 5), Calendar.day(2018, 7, 12) + 5);
        assertEq(rules.lockedUntil(Calendar.day(2020, 2, 28)), Calendar.day(2021, 2, 28));
        assertEq(rules.lockedUntil(Calendar.day(2020, 2, 29)), Calendar.day(2021, 3, 1));
        assertEq(rules.lockedUntil(Calendar.day(2019, 3, 1)), Calendar.day(2020, 3, 1));
        assertEq(rules.lockedUntil(Calendar.day(2023, 12, 31) + 1 days - 1), Calendar.day(2024, 12, 31) + 1 days - 1);
    }
}
