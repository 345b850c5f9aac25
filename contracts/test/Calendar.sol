// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Calendar
/// @notice The civil calendar as a child counts it, year by year and month by month: the tests' own clock, and the
/// yardstick for the contracts' calendar.
library Calendar {
    function isLeap(uint256 year) internal pure returns (bool) {
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    }

    function daysIn(uint256 year, uint256 month) internal pure returns (uint256) {
        if (month == 2) return isLeap(year) ? 29 : 28;
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }

    /// @notice First second of a day, UTC.
    function day(uint256 year, uint256 month, uint256 dayOfMonth) internal pure returns (uint256) {
        uint256 daysBefore = dayOfMonth - 1;
        for (uint256 y = 1970; y < year; ++y) {
            daysBefore += isLeap(y) ? 366 : 365;
        }
        for (uint256 m = 1; m < month; ++m) {
            daysBefore += daysIn(year, m);
        }
        return daysBefore * 1 days;
    }

    /// @notice The day after a date.
    function next(uint256 year, uint256 month, uint256 dayOfMonth) internal pure returns (uint256, uint256, uint256) {
        if (dayOfMonth < daysIn(year, month)) return (year, month, dayOfMonth + 1);
        return month < 12 ? (year, month + 1, 1) : (year + 1, 1, 1);
    }
}
