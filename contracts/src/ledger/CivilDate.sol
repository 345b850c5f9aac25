// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title CivilDate
/// @notice Calendar arithmetic on UTC timestamps in the proleptic Gregorian calendar, valid from 1970 to the year 9999.
/// @dev Days-from-civil and civil-from-days by eras of 400 years counted from 1 March of year 0.
library CivilDate {
    uint256 private constant DAYS_TO_EPOCH = 719_468;
    uint256 private constant DAYS_PER_ERA = 146_097;

    /// @notice The same date and time of day one year later; 29 February becomes 1 March.
    function oneYearAfter(uint256 timestamp) internal pure returns (uint256) {
        (uint256 year, uint256 month, uint256 day) = dateOf(timestamp / 1 days);
        return daysFromDate(year + 1, month, day) * 1 days + timestamp % 1 days;
    }

    /// @notice The latest day, counted from 1970-01-01, whose same date one year later is `epochDay` or before: what was
    /// counted on it, or earlier, for one year no longer counts.
    /// @param epochDay 366 or later
    function lastDayOneYearBefore(uint256 epochDay) internal pure returns (uint256) {
        (uint256 year, uint256 month, uint256 day) = dateOf(epochDay);
        if (month == 2 && day == 29) return daysFromDate(year - 1, 2, 28);
        return daysFromDate(year - 1, month, day);
    }

    /// @notice Day of the week, 0 for Sunday to 6 for Saturday.
    function weekdayOf(uint256 epochDay) internal pure returns (uint256) {
        return (epochDay + 4) % 7;
    }

    /// @notice Year, month (1-12) and day (1-31) of a day counted from 1970-01-01.
    function dateOf(uint256 epochDay) internal pure returns (uint256 year, uint256 month, uint256 day) {
        uint256 shifted = epochDay + DAYS_TO_EPOCH;
        uint256 era = shifted / DAYS_PER_ERA;
        uint256 dayOfEra = shifted % DAYS_PER_ERA;
        uint256 yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        uint256 dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        uint256 marchMonth = (5 * dayOfYear + 2) / 153;
        day = dayOfYear - (153 * marchMonth + 2) / 5 + 1;
        month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
    }

    /// @notice Days from 1970-01-01 to a date; a day past its month's end runs into the next month.
    function daysFromDate(uint256 year, uint256 month, uint256 day) internal pure returns (uint256) {
        uint256 marchYear = month <= 2 ? year - 1 : year;
        uint256 yearOfEra = marchYear % 400;
        uint256 marchMonth = month > 2 ? month - 3 : month + 9;
        uint256 dayOfYear = (153 * marchMonth + 2) / 5 + day - 1;
        uint256 dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return (marchYear / 400) * DAYS_PER_ERA + dayOfEra - DAYS_TO_EPOCH;
    }
}
