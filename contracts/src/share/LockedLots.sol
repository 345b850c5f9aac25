// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title LockedLots
/// @notice Shares that may not yet be resold, in lots by the second at which each is unlocked, in ascending order and
/// one for each second. Transfers bring a holder to `MOST_BY_TRANSFER` live lots at most; issuance, which follows from
/// the holder's own commitments, goes on to `MOST`, so that what others send takes nobody's place in a round; the
/// recovery of a wallet, which refuses nothing, to `MOST_BY_RECOVERY`.
library LockedLots {
    struct Lot {
        uint64 shares;
        uint64 lockedUntil;
    }

    uint256 internal constant MOST_BY_TRANSFER = 8;
    uint256 internal constant MOST = 64;
    uint256 internal constant MOST_BY_RECOVERY = 255;

    error TooManyLots(uint256 most);

    /// @notice Shares in all of `lots`.
    function sum(Lot[] memory lots) internal pure returns (uint256 shares) {
        for (uint256 i = 0; i < lots.length; ++i) {
            shares += lots[i].shares;
        }
    }

    /// @notice The oldest `shares` of `lots`, and what is left of them.
    /// @param shares at most `sum(lots)`
    function split(Lot[] memory lots, uint256 shares) internal pure returns (Lot[] memory oldest, Lot[] memory rest) {
        uint256 whole = 0;
        while (whole < lots.length && lots[whole].shares <= shares) {
            shares -= lots[whole++].shares;
        }
        bool cut = shares > 0;
        oldest = new Lot[](cut ? whole + 1 : whole);
        rest = new Lot[](lots.length - whole);
        for (uint256 i = 0; i < lots.length; ++i) {
            if (i < whole) oldest[i] = lots[i];
            else rest[i - whole] = Lot(lots[i].shares, lots[i].lockedUntil);
        }
        if (!cut) return (oldest, rest);
        // Less than the lot's own 64-bit number of shares, as the loop above stopped at it.
        oldest[whole] = Lot(uint64(shares), rest[0].lockedUntil);
        rest[0].shares -= uint64(shares);
    }

    /// @notice Both together; lots of the same second become one.
    function merge(Lot[] memory a, Lot[] memory b) internal pure returns (Lot[] memory lots) {
        lots = new Lot[](a.length + b.length);
        (uint256 i, uint256 j, uint256 count) = (0, 0, 0);
        while (i < a.length || j < b.length) {
            bool fromA = j == b.length || (i < a.length && a[i].lockedUntil <= b[j].lockedUntil);
            Lot memory next = fromA ? a[i++] : b[j++];
            if (count > 0 && lots[count - 1].lockedUntil == next.lockedUntil) lots[count - 1].shares += next.shares;
            else lots[count++] = Lot(next.shares, next.lockedUntil);
        }
        // Only ever shorter than allocated.
        assembly ("memory-safe") {
            mstore(lots, count)
        }
    }
}
