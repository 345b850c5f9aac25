// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {BusinessCalendar} from "../../../src/round/BusinessCalendar.sol";
import {Calendar} from "../../Calendar.sol";
import {Ledger} from "../../Ledger.sol";

/// @notice Further holidays come well ahead, few of them, and for ever.
contract AddHolidayTest is Ledger {
    function testFuzz_RevertsWithNotAuthorized(address caller) public {
        vm.assume(caller != operator && caller != address(authority));
        uint256 day = _firstBusinessDayFrom(_today() + 60);
        vm.expectRevert(notAuthorized(caller, BusinessCalendar.addHoliday.selector));
        vm.prank(caller);
        calendar.addHoliday(day, "never");
    }

    function testFuzz_RevertsWithHolidayTooSoon(uint256 day) public {
        day = bound(day, 0, _today() + 59);
        vm.expectRevert(abi.encodeWithSelector(BusinessCalendar.HolidayTooSoon.selector, day, _today() + 60));
        _add(day);
    }

    function test_BecomesAHolidayAsSoonAsSixtyDaysAhead() public {
        itIs(Calendar.day(2017, 5, 12) - 1);
        uint256 monday = Calendar.day(2017, 7, 10) / 1 days;
        assertEq(monday, _today() + 60);
        _add(monday);
        assertFalse(calendar.isBusinessDay(monday));
    }

    function test_RevertsWithNotABusinessDay() public {
        uint256 saturday = Calendar.day(2017, 9, 2) / 1 days;
        _isRefused(saturday);
        _isRefused(saturday + 1);
        _isRefused(saturday + 2); // Labor Day
        _add(saturday + 3);
        _isRefused(saturday + 3);
        assertEq(calendar.furtherHolidaysIn(2017), 1);
    }

    function test_RevertsWithTooManyHolidays() public {
        uint256 day = Calendar.day(2018, 3, 1) / 1 days - 1;
        for (uint256 i = 0; i < 10; ++i) {
            day = _firstBusinessDayFrom(day + 1);
            _add(day);
        }
        day = _firstBusinessDayFrom(day + 1);
        vm.expectRevert(abi.encodeWithSelector(BusinessCalendar.TooManyHolidays.selector, 2018, 10));
        _add(day);
        _add(_firstBusinessDayFrom(Calendar.day(2019, 3, 1) / 1 days));
        _add(Calendar.day(2017, 12, 29) / 1 days);
    }

    /// @dev To the second: 60 whole days ahead is soon enough at any time of day.
    function testFuzz_BecomesAHolidayForEver(uint256 time, uint256 ahead) public {
        itIs(bound(time, block.timestamp, Calendar.day(2100, 1, 1)));
        uint256 day = _firstBusinessDayFrom(_today() + bound(ahead, 60, 1000));
        vm.expectEmit(address(calendar));
        emit BusinessCalendar.HolidayAdded(day, "closed");
        _add(day);
        assertFalse(calendar.isBusinessDay(day));
        itIs(block.timestamp + 1200 days);
        assertFalse(calendar.isBusinessDay(day));
    }

    /// @dev The operator does its worst on each of many days: every window that has begun keeps its end.
    /// forge-config: default.fuzz.runs = 40
    function testFuzz_ChangesNoWindowThatHasBegun(uint256 time) public {
        time = bound(time, Calendar.day(2019, 9, 1), Calendar.day(2022, 1, 31));
        vm.warp(time - 150 days);
        uint256[11] memory ends;
        for (uint256 step = 0; step < 150; step += 3) {
            vm.warp(time - 150 days + step * 1 days);
            _addAsSoonAsAllowed();
        }
        vm.warp(time);
        for (uint256 n = 1; n <= 10; ++n) {
            ends[n] = calendar.endOfBusinessDay(time, n);
            assertLt(ends[n] / 1 days, _today() + 60, "a window reaches days that can still change");
        }
        for (uint256 step = 0; step < 60; step += 2) {
            vm.warp(time + step * 1 days);
            _addAsSoonAsAllowed();
            for (uint256 n = 1; n <= 10; ++n) {
                assertEq(calendar.endOfBusinessDay(time, n), ends[n], "a window that had begun has changed");
            }
        }
    }

    function _addAsSoonAsAllowed() private {
        uint256 day = _firstBusinessDayFrom(_today() + 60);
        vm.prank(operator);
        try calendar.addHoliday(day, "worst") {} catch {}
    }

    function _isRefused(uint256 day) private {
        vm.expectRevert(abi.encodeWithSelector(BusinessCalendar.NotABusinessDay.selector, day));
        _add(day);
    }

    function _add(uint256 day) private {
        vm.prank(operator);
        calendar.addHoliday(day, "closed");
    }

    function _firstBusinessDayFrom(uint256 day) private view returns (uint256) {
        while (!calendar.isBusinessDay(day)) ++day;
        return day;
    }

    function _today() private view returns (uint256) {
        return block.timestamp / 1 days;
    }
}
