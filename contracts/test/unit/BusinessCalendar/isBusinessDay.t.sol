// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Calendar} from "../../Calendar.sol";
import {Ledger} from "../../Ledger.sol";

/// @notice The federal holidays against the lists that the Office of Personnel Management publishes.
contract IsBusinessDayTest is Ledger {
    error Differs(uint256 year, uint256 month, uint256 day, bool holiday);

    mapping(uint256 day => bool) private listed;

    function test_WeekendsAreNoBusinessDays() public view {
        uint256 saturday = _day(2026, 11, 28);
        assertTrue(calendar.isBusinessDay(saturday - 2 + 3 + 1), "Monday");
        assertFalse(calendar.isBusinessDay(saturday));
        assertFalse(calendar.isBusinessDay(saturday + 1));
        assertFalse(calendar.isFederalHoliday(_day(2026, 7, 4)), "a Saturday: observed the day before");
        assertFalse(calendar.isFederalHoliday(_day(2022, 12, 25)), "a Sunday: observed the day after");
    }

    function test_FederalHolidaysFrom2016To2027AreThoseThatWereListed() public {
        _list();
        for (uint256 day = _day(2016, 1, 1); day < _day(2028, 1, 1); ++day) {
            bool holiday = calendar.isFederalHoliday(day);
            bool weekend = (day + 4) % 7 == 0 || (day + 4) % 7 == 6;
            if (holiday != listed[day]) revert Differs(day, 0, 0, holiday);
            if (calendar.isBusinessDay(day) != (!holiday && !weekend)) revert Differs(day, 0, 0, holiday);
        }
    }

    /// @dev Counted out by walking through the month.
    function testFuzz_HolidaysOnAWeekdayAreThoseThatTheStatuteCountsOut(uint256 year) public view {
        year = bound(year, 1986, 2200);
        assertTrue(calendar.isFederalHoliday(_nth(year, 1, 1, 3)), "third Monday in January");
        assertTrue(calendar.isFederalHoliday(_nth(year, 2, 1, 3)), "third Monday in February");
        assertTrue(calendar.isFederalHoliday(_last(year, 5, 1)), "last Monday in May");
        assertTrue(calendar.isFederalHoliday(_nth(year, 9, 1, 1)), "first Monday in September");
        assertTrue(calendar.isFederalHoliday(_nth(year, 10, 1, 2)), "second Monday in October");
        assertTrue(calendar.isFederalHoliday(_nth(year, 11, 4, 4)), "fourth Thursday in November");
    }

    /// @dev In the 28 years after which weekdays and leap years repeat.
    function test_ThereAreNoOtherHolidays() public view {
        for (uint256 year = 2007; year < 2035; ++year) {
            assertEq(_holidaysIn(year), _expectedIn(year));
        }
    }

    function test_SaturdaysAreObservedOnFriday() public view {
        assertTrue(calendar.isFederalHoliday(_day(2026, 7, 3)));
        assertTrue(calendar.isFederalHoliday(_day(2021, 12, 31)), "New Year's Day of 2022");
        assertTrue(calendar.isFederalHoliday(_day(2021, 12, 24)));
        assertTrue(calendar.isFederalHoliday(_day(2017, 11, 10)));
        assertTrue(calendar.isFederalHoliday(_day(2021, 6, 18)));
        assertFalse(calendar.isFederalHoliday(_day(2027, 1, 4)), "the Monday after is none");
        assertFalse(calendar.isFederalHoliday(_day(2020, 12, 31)), "a Thursday before a Friday");
    }

    function test_SundaysAreObservedOnMonday() public view {
        assertTrue(calendar.isFederalHoliday(_day(2017, 1, 2)));
        assertTrue(calendar.isFederalHoliday(_day(2022, 6, 20)));
        assertTrue(calendar.isFederalHoliday(_day(2021, 7, 5)));
        assertTrue(calendar.isFederalHoliday(_day(2018, 11, 12)));
        assertTrue(calendar.isFederalHoliday(_day(2022, 12, 26)));
        assertFalse(calendar.isFederalHoliday(_day(2022, 12, 23)), "the Friday before is none");
    }

    function test_JuneteenthIsAHolidayFrom2021() public view {
        assertTrue(calendar.isBusinessDay(_day(2019, 6, 19)));
        assertTrue(calendar.isBusinessDay(_day(2020, 6, 19)), "a Friday");
        assertFalse(calendar.isBusinessDay(_day(2021, 6, 18)));
        assertFalse(calendar.isBusinessDay(_day(2023, 6, 19)));
    }

    function test_AFurtherHolidayIsNoBusinessDay() public {
        uint256 day = _day(2018, 12, 5);
        assertTrue(calendar.isBusinessDay(day));
        vm.prank(operator);
        calendar.addHoliday(day, "day of mourning");
        assertFalse(calendar.isBusinessDay(day));
        assertTrue(calendar.isFurtherHoliday(day));
        assertFalse(calendar.isFederalHoliday(day));
        assertTrue(calendar.isBusinessDay(day - 1));
        assertTrue(calendar.isBusinessDay(day + 1));
        assertEq(calendar.furtherHolidaysIn(2018), 1);
        assertEq(calendar.furtherHolidaysIn(2019), 0);
    }

    function _day(uint256 year, uint256 month, uint256 day) private pure returns (uint256) {
        return Calendar.day(year, month, day) / 1 days;
    }

    function _nth(uint256 year, uint256 month, uint256 weekday, uint256 n) private pure returns (uint256 day) {
        day = _day(year, month, 1) - 1;
        while (n > 0) {
            if ((++day + 4) % 7 == weekday) --n;
        }
    }

    function _last(uint256 year, uint256 month, uint256 weekday) private pure returns (uint256 day) {
        day = _day(year, month + 1, 1) - 1;
        while ((day + 4) % 7 != weekday) --day;
    }

    function _holidaysIn(uint256 year) private view returns (uint256 count) {
        for (uint256 day = _day(year, 1, 1); day < _day(year + 1, 1, 1); ++day) {
            if (calendar.isFederalHoliday(day)) ++count;
        }
    }

    /// @dev Ten, eleven with Juneteenth; New Year's Day falls out of a year that begins on a Saturday, and into one that
    /// ends on a Friday.
    function _expectedIn(uint256 year) private pure returns (uint256) {
        uint256 holidays = year >= 2021 ? 11 : 10;
        if ((_day(year, 1, 1) + 4) % 7 == 6) --holidays;
        if ((_day(year + 1, 1, 1) + 4) % 7 == 6) ++holidays;
        return holidays;
    }

    function _list() private {
        _list(2016, [uint256(101), 118, 215, 530, 0, 704, 905, 1010, 1111, 1124, 1226, 0]);
        _list(2017, [uint256(102), 116, 220, 529, 0, 704, 904, 1009, 1110, 1123, 1225, 0]);
        _list(2018, [uint256(101), 115, 219, 528, 0, 704, 903, 1008, 1112, 1122, 1225, 0]);
        _list(2019, [uint256(101), 121, 218, 527, 0, 704, 902, 1014, 1111, 1128, 1225, 0]);
        _list(2020, [uint256(101), 120, 217, 525, 0, 703, 907, 1012, 1111, 1126, 1225, 0]);
        _list(2021, [uint256(101), 118, 215, 531, 618, 705, 906, 1011, 1111, 1125, 1224, 1231]);
        _list(2022, [uint256(0), 117, 221, 530, 620, 704, 905, 1010, 1111, 1124, 1226, 0]);
        _list(2023, [uint256(102), 116, 220, 529, 619, 704, 904, 1009, 1110, 1123, 1225, 0]);
        _list(2024, [uint256(101), 115, 219, 527, 619, 704, 902, 1014, 1111, 1128, 1225, 0]);
        _list(2025, [uint256(101), 120, 217, 526, 619, 704, 901, 1013, 1111, 1127, 1225, 0]);
        _list(2026, [uint256(101), 119, 216, 525, 619, 703, 907, 1012, 1111, 1126, 1225, 0]);
        _list(2027, [uint256(101), 118, 215, 531, 618, 705, 906, 1011, 1111, 1125, 1224, 1231]);
    }

    /// @param dates month times 100 plus day; zero where there is none
    function _list(uint256 year, uint256[12] memory dates) private {
        for (uint256 i = 0; i < dates.length; ++i) {
            if (dates[i] != 0) listed[_day(year, dates[i] / 100, dates[i] % 100)] = true;
        }
    }
}
