// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LockedLots} from "../../src/share/LockedLots.sol";
import {ShareRegister} from "../../src/share/ShareRegister.sol";
import {RegisterAtLarge} from "./RegisterAtLarge.sol";

/// @notice The register is exact (promise 7), after whatever happens to shares: it agrees with a record kept beside it.
/// forge-config: default.invariant.fail-on-revert = true
contract RegisterPromiseTest is RegisterAtLarge {
    function setUp() public override {
        super.setUp();
        targetContract(address(holders));
        // Each is many calls in one; they are for the walks of `RegisterReachability`.
        bytes4[] memory together = new bytes4[](2);
        (together[0], together[1]) = (holders.declareMany.selector, holders.fillLots.selector);
        excludeSelector(FuzzSelector(address(holders), together));
    }

    function invariant_TheRegisterIsExact() public view {
        (uint256 sum, uint256 persons) = (0, 0);
        for (uint256 i = 0; i < holders.walletCount(); ++i) {
            address wallet = holders.wallets(i);
            uint256 balance = share.balanceOf(wallet);
            assertEq(balance, holders.held(wallet), "balance");
            ShareRegister.Holding memory holding = share.holding(wallet);
            assertEq(holding.persons, holders.persons(wallet), "persons of the holder");
            assertEq(holding.persons > 0, balance > 0, "who holds counts");
            sum += balance;
            persons += holding.persons;
            _lotsAreWithin(wallet, balance);
        }
        assertEq(sum, share.totalSupply(), "sum of balances");
        assertEq(sum, holders.supply(), "supply");
        assertEq(persons, share.holderCount(), "persons");
        assertLe(sum + share.reserved(), share.authorised(), "authorised");
    }

    function invariant_ACapHoldsForHoldersAndPlaces() public view {
        uint256 places = 0;
        for (uint256 i = 0; i < wallets.length; ++i) {
            bytes32 identity = identityOf(wallets[i]);
            ShareRegister.Place memory place = share.placeOf(identity);
            assertEq(place.rounds, holders.rounds(identity), "rounds that keep a place");
            if (place.counted) places += place.persons;
            if (place.counted) assertGt(place.rounds, 0, "a place is kept by a round");
            bool holds = share.balanceOf(holders.wallet(i)) > 0;
            if (place.rounds > 0) assertTrue(place.counted || holds || _heldByOld(i), "a promised place counts");
        }
        assertEq(places, share.capacity().places, "places");
        assertLe(share.holderCount() + places, CAP, "cap");
    }

    function invariant_RecordDatesKeepWhatWasHeld() public view {
        for (uint256 index = 1; index <= holders.dates(); ++index) {
            if (holders.date(index) > block.timestamp) continue;
            assertEq(share.supplyAt(uint16(index)), holders.supplyAt(index), "supply at a record date");
            uint256 sum = 0;
            for (uint256 i = 0; i < holders.walletCount(); ++i) {
                address wallet = holders.wallets(i);
                uint256 balance = share.balanceAt(wallet, uint16(index));
                assertEq(balance, holders.heldAt(index, wallet), "balance at a record date");
                sum += balance;
            }
            assertEq(sum, holders.supplyAt(index), "sum at a record date");
        }
    }

    function _heldByOld(uint256 person) private view returns (bool) {
        for (uint256 i = 0; i < holders.walletCount(); ++i) {
            address old = holders.wallets(i);
            if (registry.successorOf(old) == holders.wallet(person) && share.balanceOf(old) > 0) return true;
        }
        return false;
    }

    function _lotsAreWithin(address wallet, uint256 balance) private view {
        LockedLots.Lot[] memory lots = share.lotsOf(wallet);
        uint256 sum = 0;
        for (uint256 i = 0; i < lots.length; ++i) {
            if (i > 0) assertLt(lots[i - 1].lockedUntil, lots[i].lockedUntil, "ascending");
            assertGt(lots[i].lockedUntil, block.timestamp, "live");
            assertGt(lots[i].shares, 0, "no empty lot");
            sum += lots[i].shares;
        }
        assertEq(share.lockedOf(wallet), sum);
        assertLe(sum, balance, "no more locked than held");
    }
}
