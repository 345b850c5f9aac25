// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LockedLots} from "../../src/share/LockedLots.sol";
import {Test} from "forge-std/Test.sol";

/// @notice Lots against a naive model: for each holder and each date of unlocking, one number.
contract LockedLotsTest is Test {
    using LockedLots for LockedLots.Lot[];

    uint256 private constant DATES = 12;
    uint256 private constant STEP = 1 days;

    mapping(uint256 holder => LockedLots.Lot[]) private lots;
    mapping(uint256 holder => uint256[DATES]) private model;
    uint256 private time = 1_000_000;
    uint256 private start = time;

    function testFuzz_AgreesWithOneNumberPerDate(uint256 seed) public {
        for (uint256 step = 0; step < 40; ++step) {
            seed = uint256(keccak256(abi.encode(seed)));
            if (seed % 5 == 0) time += (seed >> 8) % (2 * STEP);
            else if (seed % 5 < 3) _adds(seed & 0x10000 == 0 ? 0 : 1, (seed >> 24) % DATES, (seed >> 64) % 100);
            else _moves(seed & 0x10000 == 0 ? 0 : 1, seed >> 24);
            _agrees(0);
            _agrees(1);
        }
    }

    function test_IssuanceGoesOnTo64LiveLots() public {
        for (uint256 i = 1; i <= 64; ++i) {
            assertTrue(lots[0].hasRoom(uint64(time + i), time));
            lots[0].add(1, uint64(time + i), time);
        }
        assertFalse(lots[0].hasRoom(uint64(time + 65), time));
        assertTrue(lots[0].hasRoom(uint64(time + 64), time), "one of the same date");
        vm.expectRevert(abi.encodeWithSelector(LockedLots.TooManyLots.selector, 64));
        this.adds(1, uint64(time + 65), time);
        ++time;
        assertTrue(lots[0].hasRoom(uint64(time + 65), time), "the first has passed");
        lots[0].add(1, uint64(time + 65), time);
        assertEq(lots[0].length, 64);
    }

    function adds(uint64 shares, uint64 lockedUntil, uint256 now_) external {
        lots[0].add(shares, lockedUntil, now_);
    }

    function _adds(uint256 holder, uint256 date, uint256 shares) private {
        lots[holder].add(uint64(shares), uint64(_at(date)), time);
        if (_at(date) > time) model[holder][date] += shares;
    }

    function _moves(uint256 from, uint256 shares) private {
        uint256 most = lots[from].locked(time);
        shares = most == 0 ? 0 : shares % (most + 1);
        bool room = lots[from].hasRoomForOldest(lots[1 - from], shares, time);
        assertEq(room, _roomInModel(from, shares), "room");
        if (!room) return;
        lots[from].moveOldest(lots[1 - from], shares, time);
        for (uint256 date = 0; date < DATES && shares > 0; ++date) {
            if (_at(date) <= time) continue;
            uint256 moved = shares < model[from][date] ? shares : model[from][date];
            model[from][date] -= moved;
            model[1 - from][date] += moved;
            shares -= moved;
        }
    }

    function _roomInModel(uint256 from, uint256 shares) private view returns (bool) {
        uint256 live = 0;
        uint256 joining = 0;
        for (uint256 date = 0; date < DATES; ++date) {
            if (_at(date) <= time) continue;
            if (model[1 - from][date] > 0) ++live;
            if (shares == 0 || model[from][date] == 0) continue;
            if (model[1 - from][date] == 0) ++joining;
            shares -= shares < model[from][date] ? shares : model[from][date];
        }
        return joining == 0 || live + joining <= 8;
    }

    function _agrees(uint256 holder) private view {
        uint256 sum = 0;
        for (uint256 date = 0; date < DATES; ++date) {
            if (_at(date) > time) sum += model[holder][date];
        }
        assertEq(lots[holder].locked(time), sum, "locked");
        uint256 before = 0;
        for (uint256 i = 0; i < lots[holder].length; ++i) {
            LockedLots.Lot memory lot = lots[holder][i];
            assertGt(lot.lockedUntil, before, "ascending");
            assertGt(lot.shares, 0, "no empty lot");
            before = lot.lockedUntil;
            if (before > time) assertEq(lot.shares, model[holder][(before - start) / STEP], "a lot per date");
        }
    }

    function _at(uint256 date) private view returns (uint256) {
        return start + date * STEP;
    }
}
