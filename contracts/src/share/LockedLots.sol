// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title LockedLots
/// @notice The shares of one holder that may not yet be resold, in lots by the second at which each is unlocked,
/// in ascending order. Shares outside any live lot are free. Transfers bring a holder to `MOST_BY_TRANSFER` live lots
/// at most; issuance, which follows from the holder's own commitments, goes on to `MOST`, so that what others send
/// takes nobody's place in a round.
library LockedLots {
    struct Lot {
        uint64 shares;
        uint64 lockedUntil;
    }

    uint256 internal constant MOST_BY_TRANSFER = 8;
    uint256 internal constant MOST = 64;

    error TooManyLots(uint256 most);

    /// @notice Shares locked at `time`.
    function locked(Lot[] storage lots, uint256 time) internal view returns (uint256 shares) {
        for (uint256 i = lots.length; i > 0 && lots[i - 1].lockedUntil > time; --i) {
            shares += lots[i - 1].shares;
        }
    }

    /// @notice Whether a lot locked until `lockedUntil` can be issued at `time`.
    function hasRoom(Lot[] storage lots, uint64 lockedUntil, uint256 time) internal view returns (bool) {
        uint256 live = 0;
        for (uint256 i = lots.length; i > 0 && lots[i - 1].lockedUntil > time; --i) {
            if (lots[i - 1].lockedUntil == lockedUntil) return true;
            ++live;
        }
        return live < MOST;
    }

    /// @notice Whether the oldest `shares` locked shares of `from` can be transferred into `to` at `time`.
    function hasRoomForOldest(Lot[] storage from, Lot[] storage to, uint256 shares, uint256 time)
        internal
        view
        returns (bool)
    {
        uint256 live = 0;
        for (uint256 i = to.length; i > 0 && to[i - 1].lockedUntil > time; --i) {
            ++live;
        }
        for (uint256 i = _firstLive(from, time); i < from.length && shares > 0; ++i) {
            Lot memory lot = from[i];
            if (!_contains(to, lot.lockedUntil) && ++live > MOST_BY_TRANSFER) return false;
            shares -= lot.shares < shares ? lot.shares : shares;
        }
        return true;
    }

    /// @notice Adds a lot, merging it with one of the same date; lots already unlocked are dropped.
    function add(Lot[] storage lots, uint64 shares, uint64 lockedUntil, uint256 time) internal {
        if (lockedUntil <= time || shares == 0) return;
        _drop(lots, _firstLive(lots, time));
        uint256 place = lots.length;
        while (place > 0 && lots[place - 1].lockedUntil > lockedUntil) {
            --place;
        }
        if (place > 0 && lots[place - 1].lockedUntil == lockedUntil) {
            lots[place - 1].shares += shares;
            return;
        }
        if (lots.length == MOST) revert TooManyLots(MOST);
        lots.push();
        for (uint256 i = lots.length - 1; i > place; --i) {
            lots[i] = lots[i - 1];
        }
        lots[place] = Lot(shares, lockedUntil);
    }

    /// @notice Moves the oldest `shares` locked shares with their dates.
    function moveOldest(Lot[] storage from, Lot[] storage to, uint256 shares, uint256 time) internal {
        uint256 emptied = _firstLive(from, time);
        while (shares > 0) {
            Lot storage lot = from[emptied];
            uint64 moved = lot.shares < shares ? lot.shares : uint64(shares);
            add(to, moved, lot.lockedUntil, time);
            shares -= moved;
            lot.shares -= moved;
            if (lot.shares == 0) ++emptied;
        }
        _drop(from, emptied);
    }

    function _firstLive(Lot[] storage lots, uint256 time) private view returns (uint256 first) {
        while (first < lots.length && lots[first].lockedUntil <= time) {
            ++first;
        }
    }

    function _contains(Lot[] storage lots, uint64 lockedUntil) private view returns (bool) {
        for (uint256 i = 0; i < lots.length; ++i) {
            if (lots[i].lockedUntil == lockedUntil) return true;
        }
        return false;
    }

    /// @dev Drops the first `count` lots, keeping the order of the others.
    function _drop(Lot[] storage lots, uint256 count) private {
        if (count == 0) return;
        for (uint256 i = count; i < lots.length; ++i) {
            lots[i - count] = lots[i];
        }
        for (uint256 i = 0; i < count; ++i) {
            lots.pop();
        }
    }
}
