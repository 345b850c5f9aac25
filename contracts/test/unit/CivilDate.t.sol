// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CivilDate} from "../../src/ledger/CivilDate.sol";
import {Calendar} from "../Calendar.sol";
import {Test} from "forge-std/Test.sol";

/// @notice The calendar by eras against the calendar day by day.
contract CivilDateTest is Test {
    error AnotherDate(uint256 epochDay, uint256 year, uint256 month, uint256 day);
    error AnotherDay(uint256 epochDay, uint256 year, uint256 month, uint256 day);

    function test_AgreesWithAWalkDayByDayFrom1970To2110() public pure {
        (uint256 year, uint256 month, uint256 day) = (1970, 1, 1);
        for (uint256 epochDay = 0; year < 2110; ++epochDay) {
            (uint256 y, uint256 m, uint256 d) = CivilDate.dateOf(epochDay);
            if (y != year || m != month || d != day) revert AnotherDate(epochDay, y, m, d);
            if (CivilDate.daysFromDate(year, month, day) != epochDay) revert AnotherDay(epochDay, year, month, day);
            (year, month, day) = Calendar.next(year, month, day);
        }
        assertEq(CivilDate.daysFromDate(2110, 1, 1), Calendar.day(2110, 1, 1) / 1 days);
    }

    function testFuzz_DaysAndDatesAreInverseUntil9999(uint256 epochDay) public pure {
        epochDay = bound(epochDay, 0, CivilDate.daysFromDate(9999, 12, 31));
        (uint256 year, uint256 month, uint256 day) = CivilDate.dateOf(epochDay);
        assertEq(CivilDate.daysFromDate(year, month, day), epochDay);
        assertLe(day, Calendar.daysIn(year, month));
        assertGe(day, 1);
    }

    function testFuzz_AYearLaterIsTheSameDateAndTimeOfDay(uint256 timestamp) public pure {
        timestamp = bound(timestamp, 0, Calendar.day(2400, 1, 1));
        (uint256 year, uint256 month, uint256 day) = CivilDate.dateOf(timestamp / 1 days);
        uint256 later = CivilDate.oneYearAfter(timestamp);
        bool leapDay = month == 2 && day == 29;
        uint256 expected = leapDay ? Calendar.day(year + 1, 3, 1) : Calendar.day(year + 1, month, day);
        assertEq(later, expected + timestamp % 1 days);
    }

    function test_KnowsTheCenturies() public pure {
        assertEq(CivilDate.oneYearAfter(Calendar.day(2096, 2, 29)), Calendar.day(2097, 3, 1));
        assertEq(CivilDate.oneYearAfter(Calendar.day(2099, 3, 1)) - Calendar.day(2099, 3, 1), 365 days, "2100: no leap");
        assertEq(CivilDate.oneYearAfter(Calendar.day(1999, 3, 1)) - Calendar.day(1999, 3, 1), 366 days, "2000: leap");
    }

    function test_KnowsTheFirstDayOfEachMonthAndTheLeapDaysOfCenturies() public pure {
        for (uint256 month = 1; month <= 12; ++month) {
            _isDateOf(1970, month, 1);
            _isDateOf(2100, month, 1);
        }
        _isDateOf(2000, 2, 29);
        _isDateOf(2000, 3, 1);
        _isDateOf(2100, 2, 28);
    }

    /// @dev Days that are a year old or older on a day are those up to the answer, and no others.
    function test_FindsTheLastDayThatIsAYearOldFor140Years() public pure {
        uint256 end = Calendar.day(2110, 1, 1) / 1 days;
        for (uint256 today = 366; today < end; ++today) {
            uint256 last = CivilDate.lastDayOneYearBefore(today);
            if (_yearAfter(last) > today || _yearAfter(last + 1) <= today) revert AnotherDay(today, last, 0, 0);
        }
    }

    function test_FindsTheLastDayThatIsAYearOldAroundALeapDay() public pure {
        assertEq(_lastOver(2024, 2, 28), Calendar.day(2023, 2, 28) / 1 days);
        assertEq(_lastOver(2024, 2, 29), Calendar.day(2023, 2, 28) / 1 days);
        assertEq(_lastOver(2024, 3, 1), Calendar.day(2023, 3, 1) / 1 days);
        assertEq(_lastOver(2025, 2, 28), Calendar.day(2024, 2, 28) / 1 days);
        assertEq(_lastOver(2025, 3, 1), Calendar.day(2024, 3, 1) / 1 days);
        assertEq(_lastOver(2024, 1, 1), Calendar.day(2023, 1, 1) / 1 days);
        assertEq(_lastOver(2024, 2, 1), Calendar.day(2023, 2, 1) / 1 days);
        assertEq(_lastOver(2024, 5, 29), Calendar.day(2023, 5, 29) / 1 days);
    }

    function test_CountsWeekdaysFromSunday() public pure {
        assertEq(CivilDate.weekdayOf(0), 4, "1970-01-01 was a Thursday");
        assertEq(CivilDate.weekdayOf(Calendar.day(2000, 2, 29) / 1 days), 2);
        assertEq(CivilDate.weekdayOf(Calendar.day(2026, 11, 29) / 1 days), 0);
        assertEq(CivilDate.weekdayOf(Calendar.day(2026, 11, 28) / 1 days), 6);
    }

    function _isDateOf(uint256 year, uint256 month, uint256 day) private pure {
        uint256 epochDay = Calendar.day(year, month, day) / 1 days;
        (uint256 y, uint256 m, uint256 d) = CivilDate.dateOf(epochDay);
        if (y != year || m != month || d != day) revert AnotherDate(epochDay, y, m, d);
    }

    function _yearAfter(uint256 epochDay) private pure returns (uint256) {
        return CivilDate.oneYearAfter(epochDay * 1 days) / 1 days;
    }

    function _lastOver(uint256 year, uint256 month, uint256 day) private pure returns (uint256) {
        return CivilDate.lastDayOneYearBefore(Calendar.day(year, month, day) / 1 days);
    }
}
