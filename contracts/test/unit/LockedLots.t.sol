// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LockedLots} from "../../src/share/LockedLots.sol";
import {Test} from "forge-std/Test.sol";

/// @notice Lots against a naive model: for each date of unlocking, one number.
contract LockedLotsTest is Test {
    uint256 private constant DATES = 12;

    function testFuzz_MergesWhatIsOfOneDate(uint64[DATES] memory a, uint64[DATES] memory b) public pure {
        LockedLots.Lot[] memory merged = LockedLots.merge(_lots(a), _lots(b));
        uint256[DATES] memory model;
        for (uint256 date = 0; date < DATES; ++date) {
            model[date] = uint256(a[date] % 1000) + b[date] % 1000;
        }
        _agrees(merged, model);
    }

    function testFuzz_TakesTheOldest(uint64[DATES] memory a, uint256 shares) public pure {
        LockedLots.Lot[] memory lots = _lots(a);
        uint256 all = 0;
        for (uint256 date = 0; date < DATES; ++date) {
            all += a[date] % 1000;
        }
        assertEq(LockedLots.sum(lots), all, "in all");
        shares = bound(shares, 0, all);
        (LockedLots.Lot[] memory oldest, LockedLots.Lot[] memory rest) = LockedLots.split(lots, shares);
        assertEq(LockedLots.sum(oldest), shares, "taken");
        assertEq(LockedLots.sum(rest), all - shares, "left");
        if (oldest.length > 0 && rest.length > 0) {
            assertLe(oldest[oldest.length - 1].lockedUntil, rest[0].lockedUntil, "the oldest go first");
        }
        uint256[DATES] memory model;
        for (uint256 date = 0; date < DATES; ++date) {
            model[date] = a[date] % 1000;
        }
        _agrees(LockedLots.merge(rest, oldest), model);
    }

    function test_TakesWholeLotsAndOneInPart() public pure {
        uint64[5] memory shares = [uint64(0), 7, 8, 11, 12];
        uint64[3][5] memory taken =
            [[uint64(0), 0, 0], [uint64(3), 4, 0], [uint64(3), 4, 1], [uint64(3), 4, 4], [uint64(3), 4, 5]];
        for (uint256 i = 0; i < shares.length; ++i) {
            LockedLots.Lot[] memory lots = new LockedLots.Lot[](3);
            (lots[0], lots[1], lots[2]) = (LockedLots.Lot(3, 10), LockedLots.Lot(4, 20), LockedLots.Lot(5, 30));
            (LockedLots.Lot[] memory oldest, LockedLots.Lot[] memory rest) = LockedLots.split(lots, shares[i]);
            _are(oldest, [taken[i][0], taken[i][1], taken[i][2]]);
            _are(rest, [3 - taken[i][0], 4 - taken[i][1], 5 - taken[i][2]]);
        }
    }

    function test_LeavesTheLotsThatItSplitsAsTheyWere() public pure {
        LockedLots.Lot[] memory lots = new LockedLots.Lot[](1);
        lots[0] = LockedLots.Lot(10, 1);
        LockedLots.split(lots, 4);
        assertEq(lots[0].shares, 10);
    }

    function _lots(uint64[DATES] memory shares) private pure returns (LockedLots.Lot[] memory lots) {
        for (uint256 date = 0; date < DATES; ++date) {
            if (shares[date] % 1000 == 0) continue;
            LockedLots.Lot[] memory one = new LockedLots.Lot[](1);
            one[0] = LockedLots.Lot(shares[date] % 1000, uint64(date + 1));
            lots = LockedLots.merge(lots, one);
        }
    }

    /// @dev Of the seconds 10, 20 and 30, none for a number of zero.
    function _are(LockedLots.Lot[] memory lots, uint64[3] memory shares) private pure {
        uint256 place = 0;
        for (uint256 i = 0; i < 3; ++i) {
            if (shares[i] == 0) continue;
            assertEq(lots[place].shares, shares[i], "shares of the lot");
            assertEq(lots[place++].lockedUntil, 10 * (i + 1), "when it is unlocked");
        }
        assertEq(lots.length, place, "no lot of nothing");
    }

    function _agrees(LockedLots.Lot[] memory lots, uint256[DATES] memory model) private pure {
        uint256 place = 0;
        for (uint256 date = 0; date < DATES; ++date) {
            if (model[date] == 0) continue;
            assertEq(lots[place].lockedUntil, date + 1, "a lot per date, in order");
            assertEq(lots[place].shares, model[date], "shares of the date");
            ++place;
        }
        assertEq(lots.length, place, "no other lots");
    }
}
