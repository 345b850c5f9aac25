// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CivilDate} from "../ledger/CivilDate.sol";
import {YearSum} from "./YearSum.sol";

/// @title RollingYear
/// @notice An exact sum over the last twelve months, one entry a day: what is counted on a day counts until the same date
/// of the next year.
/// @dev The sum and the newest day are in one slot, so that a first entry writes one new slot and a further one of the same
/// day rewrites it. Older days wait two in a slot, in ascending order, and are dropped from the front when their year is
/// over: at most one per day since the last addition.
library RollingYear {
    /// @param total of the newest day and of the older ones that still wait
    /// @param newest what was counted on `day`
    /// @param day the newest, counted from 1970-01-01
    /// @param first place of the oldest older day that waits
    /// @param end place after the youngest older day
    struct Usage {
        uint88 total;
        uint88 newest;
        uint24 day;
        uint24 first;
        uint24 end;
    }

    struct Counted {
        Usage usage;
        mapping(uint256 pair => uint256 entries) queue;
    }

    uint256 private constant ENTRY_BITS = 128;
    uint256 private constant DAY_BITS = 24;

    /// @notice The sum today.
    function sum(Counted storage counted, uint256 today) internal view returns (uint256) {
        return _expire(counted, counted.usage, today).total;
    }

    /// @notice Counts `amount` today, unless the sum would exceed `limit`.
    /// @param today never before an earlier call's
    /// @return within whether it was counted
    /// @return before the sum before
    function add(Counted storage counted, uint256 today, uint256 amount, uint256 limit)
        internal
        returns (bool within, uint256 before)
    {
        Usage memory usage = _expire(counted, counted.usage, today);
        before = usage.total;
        if (!YearSum.fits(before, amount, limit)) return (false, before);
        if (usage.day != today) {
            if (usage.newest != 0) _queue(counted, usage);
            (usage.day, usage.newest) = (uint24(today), 0);
        }
        (uint256 total, uint256 newest) = YearSum.plus(before, usage.newest, amount);
        (usage.total, usage.newest) = (uint88(total), uint88(newest));
        counted.usage = usage;
        return (true, before);
    }

    /// @notice Gives back what was counted on `day`, up to what is still counted of it.
    /// @return given how much that was
    function subtract(Counted storage counted, uint256 day, uint256 amount) internal returns (uint256 given) {
        Usage memory usage = counted.usage;
        // All that counts was counted on that day: the slot goes back to zero.
        if (usage.day == day && usage.newest == usage.total && usage.total != 0 && amount >= usage.total) {
            delete counted.usage;
            return usage.total;
        }
        given = usage.day == day ? _takeNewest(usage, amount) : _takeOlder(counted, usage, day, amount);
        if (given == 0) return 0;
        if (usage.total == 0) delete counted.usage;
        else counted.usage = usage;
    }

    /// @dev Drops the days whose year is over. A year has 365 days at least.
    function _expire(Counted storage counted, Usage memory usage, uint256 today) private view returns (Usage memory) {
        if (usage.total == 0) return usage;
        uint256 oldest = usage.day;
        if (usage.first < usage.end) (oldest,) = _entryAt(counted, usage.first);
        if (oldest + 365 > today) return usage;
        uint256 lastOver = CivilDate.lastDayOneYearBefore(today);
        while (usage.first < usage.end) {
            (uint256 day, uint256 amount) = _entryAt(counted, usage.first);
            if (day > lastOver) return usage;
            _take(usage, amount, amount);
            ++usage.first;
        }
        (usage.first, usage.end) = (0, 0);
        if (usage.day <= lastOver) _takeNewest(usage, usage.newest);
        return usage;
    }

    function _queue(Counted storage counted, Usage memory usage) private {
        uint256 entry = uint256(usage.newest) << DAY_BITS | usage.day;
        uint256 place = usage.end++;
        if (place % 2 == 0) counted.queue[place / 2] = entry;
        else counted.queue[place / 2] |= entry << ENTRY_BITS;
    }

    function _takeNewest(Usage memory usage, uint256 amount) private pure returns (uint256 given) {
        uint256 left;
        (left, given) = _take(usage, usage.newest, amount);
        usage.newest = uint88(left);
    }

    /// @dev Looks the day up by halves; days are in ascending order.
    function _takeOlder(Counted storage counted, Usage memory usage, uint256 day, uint256 amount)
        private
        returns (uint256 given)
    {
        uint256 low = usage.first;
        uint256 high = usage.end;
        while (low < high) {
            uint256 middle = (low + high) / 2;
            (uint256 middleDay, uint256 ofDay) = _entryAt(counted, middle);
            if (middleDay == day) {
                (, given) = _take(usage, ofDay, amount);
                counted.queue[middle / 2] -= given << (DAY_BITS + middle % 2 * ENTRY_BITS);
                return given;
            }
            if (middleDay < day) low = middle + 1;
            else high = middle;
        }
    }

    function _take(Usage memory usage, uint256 ofDay, uint256 amount)
        private
        pure
        returns (uint256 left, uint256 given)
    {
        uint256 total;
        (total, left, given) = YearSum.minus(usage.total, ofDay, amount);
        usage.total = uint88(total);
    }

    function _entryAt(Counted storage counted, uint256 place) private view returns (uint256 day, uint256 amount) {
        uint256 entry = counted.queue[place / 2] >> (place % 2 * ENTRY_BITS);
        return (uint24(entry), uint88(entry >> DAY_BITS));
    }
}
