// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CivilDate} from "../ledger/CivilDate.sol";
import {HistoryChain} from "../ledger/HistoryChain.sol";
import {Restricted} from "../ledger/Restricted.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";

/// @title BusinessCalendar
/// @notice Which days, in UTC, are business days in the United States: Monday to Friday but the federal holidays
/// (5 U.S.C. 6103(a), as in force since 1986) and the further days that the operator added well ahead.
/// @dev What a window of business days was said to last can never change. A further day is added at least `NOTICE` days
/// ahead and stays for ever; with at most `MOST_FURTHER_DAYS` in a year and `MOST_BUSINESS_DAYS` in a window, no window
/// that has begun reaches that far.
contract BusinessCalendar is HistoryChain, Restricted {
    /// @notice A further day is added at least this many days ahead.
    uint256 public constant NOTICE = 60;
    /// @notice Most further days in a calendar year.
    uint256 public constant MOST_FURTHER_DAYS = 10;
    /// @notice Longest window that is counted. With as many further days, each year's, around a turn of the year it ends
    /// within 48 days.
    uint256 public constant MOST_BUSINESS_DAYS = 10;

    uint256 private constant SUNDAY = 0;
    uint256 private constant MONDAY = 1;
    uint256 private constant THURSDAY = 4;
    uint256 private constant FRIDAY = 5;
    uint256 private constant SATURDAY = 6;

    mapping(uint256 word => uint256 bits) private _furtherDays;
    mapping(uint256 year => uint256 count) private _furtherDaysOf;

    event HolidayAdded(uint256 indexed day, bytes32 reason);

    error HolidayTooSoon(uint256 day, uint256 earliest);
    error NotABusinessDay(uint256 day);
    error TooManyHolidays(uint256 year, uint256 most);
    error WindowOutOfRange(uint256 businessDays, uint256 most);

    constructor(IAccessManager authority_) Restricted(authority_) {}

    /// @notice Makes a business day a holiday, for ever.
    /// @param day counted from 1970-01-01, at least `NOTICE` days after today
    /// @param reason such as "day of mourning"
    function addHoliday(uint256 day, bytes32 reason) external restricted {
        uint256 earliest = block.timestamp / 1 days + NOTICE;
        if (day < earliest) revert HolidayTooSoon(day, earliest);
        if (!isBusinessDay(day)) revert NotABusinessDay(day);
        (uint256 year,,) = CivilDate.dateOf(day);
        if (_furtherDaysOf[year] == MOST_FURTHER_DAYS) revert TooManyHolidays(year, MOST_FURTHER_DAYS);
        ++_furtherDaysOf[year];
        _furtherDays[day / 256] |= 1 << (day % 256);
        _emit(HolidayAdded.selector, bytes32(day), abi.encode(reason));
    }

    /// @notice First second after the `count`-th business day that follows the day of `time`, which is not counted itself.
    /// @param count 1 to `MOST_BUSINESS_DAYS`
    function endOfBusinessDay(uint256 time, uint256 count) external view returns (uint256) {
        if (count == 0 || count > MOST_BUSINESS_DAYS) revert WindowOutOfRange(count, MOST_BUSINESS_DAYS);
        uint256 day = time / 1 days;
        while (count != 0) {
            if (isBusinessDay(++day)) --count;
        }
        return (day + 1) * 1 days;
    }

    /// @param day counted from 1970-01-01
    function isBusinessDay(uint256 day) public view returns (bool) {
        uint256 weekday = CivilDate.weekdayOf(day);
        if (weekday == SATURDAY || weekday == SUNDAY) return false;
        return !isFederalHoliday(day) && !isFurtherHoliday(day);
    }

    /// @notice Whether the operator made this day, counted from 1970-01-01, a holiday.
    function isFurtherHoliday(uint256 day) public view returns (bool) {
        return _furtherDays[day / 256] >> (day % 256) & 1 == 1;
    }

    /// @notice How many further holidays a calendar year has.
    function furtherHolidaysIn(uint256 year) external view returns (uint256) {
        return _furtherDaysOf[year];
    }

    /// @notice Whether a federal holiday is observed on this day, counted from 1970-01-01: one that falls on a Saturday on
    /// the Friday before (5 U.S.C. 6103(b)(1)), one that falls on a Sunday on the Monday after (Executive Order 11582,
    /// section 3).
    function isFederalHoliday(uint256 day) public pure returns (bool) {
        uint256 weekday = CivilDate.weekdayOf(day);
        if (weekday == SATURDAY || weekday == SUNDAY) return false;
        (uint256 year, uint256 month, uint256 dayOfMonth) = CivilDate.dateOf(day);
        if (_isDateOfHoliday(year, month, dayOfMonth) || _isWeekdayOfHoliday(month, dayOfMonth, weekday)) return true;
        if (weekday == MONDAY) (year, month, dayOfMonth) = CivilDate.dateOf(day - 1);
        else if (weekday == FRIDAY) (year, month, dayOfMonth) = CivilDate.dateOf(day + 1);
        else return false;
        return _isDateOfHoliday(year, month, dayOfMonth);
    }

    /// @dev New Year's Day, Juneteenth (Public Law 117-17 of 2021-06-17), Independence Day, Veterans Day, Christmas Day.
    function _isDateOfHoliday(uint256 year, uint256 month, uint256 dayOfMonth) private pure returns (bool) {
        if (month == 1) return dayOfMonth == 1;
        if (month == 6) return dayOfMonth == 19 && year >= 2021;
        if (month == 7) return dayOfMonth == 4;
        if (month == 11) return dayOfMonth == 11;
        return month == 12 && dayOfMonth == 25;
    }

    /// @dev Birthday of Martin Luther King, Jr.: third Monday in January; Washington's Birthday: third in February; Memorial
    /// Day: last in May; Labor Day: first in September; Columbus Day: second in October; Thanksgiving Day: fourth Thursday
    /// in November.
    function _isWeekdayOfHoliday(uint256 month, uint256 dayOfMonth, uint256 weekday) private pure returns (bool) {
        if (weekday == THURSDAY) return month == 11 && dayOfMonth >= 22 && dayOfMonth <= 28;
        if (weekday != MONDAY) return false;
        if (month == 1 || month == 2) return dayOfMonth >= 15 && dayOfMonth <= 21;
        if (month == 5) return dayOfMonth >= 25;
        if (month == 9) return dayOfMonth <= 7;
        return month == 10 && dayOfMonth >= 8 && dayOfMonth <= 14;
    }
}
