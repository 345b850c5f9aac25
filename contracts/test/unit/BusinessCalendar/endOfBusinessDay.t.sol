// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {BusinessCalendar} from "../../../src/round/BusinessCalendar.sol";
import {Calendar} from "../../Calendar.sol";
import {Ledger} from "../../Ledger.sol";

/// @notice n business days after a moment.
contract EndOfBusinessDayTest is Ledger {
    function testFuzz_RevertsWithWindowOutOfRange(uint256 count) public {
        vm.assume(count == 0 || count > 10);
        vm.expectRevert(abi.encodeWithSelector(BusinessCalendar.WindowOutOfRange.selector, count, 10));
        calendar.endOfBusinessDay(block.timestamp, count);
        vm.expectRevert(abi.encodeWithSelector(BusinessCalendar.WindowOutOfRange.selector, 0, 10));
        calendar.endOfBusinessDay(block.timestamp, 0);
    }

    function test_DoesNotCountTheDayItself() public view {
        uint256 monday = Calendar.day(2026, 6, 1);
        assertEq(calendar.endOfBusinessDay(monday, 1), Calendar.day(2026, 6, 3));
        assertEq(calendar.endOfBusinessDay(monday, 5), Calendar.day(2026, 6, 9));
        assertEq(calendar.endOfBusinessDay(monday + 1 days - 1, 5), Calendar.day(2026, 6, 9));
        assertEq(calendar.endOfBusinessDay(monday + 1 days, 5), Calendar.day(2026, 6, 10));
        assertEq(calendar.endOfBusinessDay(monday, 10), Calendar.day(2026, 6, 16));
    }

    function test_PassesOverWeekendsAndHolidays() public {
        assertEq(calendar.endOfBusinessDay(Calendar.day(2026, 6, 18), 1), Calendar.day(2026, 6, 23), "Juneteenth");
        assertEq(calendar.endOfBusinessDay(Calendar.day(2026, 6, 20), 1), Calendar.day(2026, 6, 23), "from a Saturday");
        assertEq(calendar.endOfBusinessDay(Calendar.day(2026, 6, 19), 1), Calendar.day(2026, 6, 23), "from a holiday");
        assertEq(calendar.endOfBusinessDay(Calendar.day(2026, 11, 25), 5), Calendar.day(2026, 12, 4), "Thanksgiving");
        vm.prank(operator);
        calendar.addHoliday(Calendar.day(2026, 11, 27) / 1 days, "the day after");
        assertEq(calendar.endOfBusinessDay(Calendar.day(2026, 11, 25), 5), Calendar.day(2026, 12, 5));
    }

    function test_PassesOverTheTurnOfAYear() public view {
        assertEq(
            calendar.endOfBusinessDay(Calendar.day(2021, 12, 23), 5),
            Calendar.day(2022, 1, 4),
            "Christmas and New Year's Day on Friday"
        );
        assertEq(
            calendar.endOfBusinessDay(Calendar.day(2021, 12, 30), 1), Calendar.day(2022, 1, 4), "New Year on Friday"
        );
        assertEq(calendar.endOfBusinessDay(Calendar.day(2024, 2, 28) + 5, 1), Calendar.day(2024, 3, 1), "a leap day");
        assertEq(calendar.endOfBusinessDay(Calendar.day(2026, 12, 31), 1), Calendar.day(2027, 1, 5));
    }

    function testFuzz_EndsWhereAWalkDayByDayEnds(uint256 time, uint256 count) public view {
        time = bound(time, Calendar.day(1990, 1, 1), Calendar.day(2200, 1, 1));
        count = bound(count, 1, 10);
        uint256 end = calendar.endOfBusinessDay(time, count);
        assertEq(end % 1 days, 0);
        uint256 counted;
        for (uint256 day = time / 1 days + 1; day < end / 1 days; ++day) {
            if (calendar.isBusinessDay(day)) ++counted;
        }
        assertEq(counted, count);
        assertTrue(calendar.isBusinessDay(end / 1 days - 1), "it ends with a business day");
    }

    /// @dev All further days of two years side by side at their turn, before New Year and after it.
    function test_EndsBeforeDaysThatCanStillChange() public {
        for (uint256 year = 2020; year < 2032; year += 2) {
            uint256 day = Calendar.day(year + 1, 1, 1) / 1 days;
            _addTen(day, true);
            _addTen(day, false);
        }
        uint256 longest;
        for (uint256 start = Calendar.day(2020, 1, 1); start < Calendar.day(2032, 1, 1); start += 1 days) {
            uint256 length = (calendar.endOfBusinessDay(start, 10) - start) / 1 days;
            if (length > longest) longest = length;
        }
        assertEq(longest, 48, "the longest window of all, its first day included");
        assertLt(longest, calendar.NOTICE());
    }

    function _addTen(uint256 day, bool backwards) private {
        for (uint256 added = 0; added < 10;) {
            day = backwards ? day - 1 : day + 1;
            if (!calendar.isBusinessDay(day)) continue;
            vm.prank(operator);
            calendar.addHoliday(day, "turn of the year");
            ++added;
        }
    }
}
