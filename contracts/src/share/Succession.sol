// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ActEvents} from "./ActEvents.sol";
import {LockedLots} from "./LockedLots.sol";
import {TransferRules} from "./TransferRules.sol";

/// @title Succession
/// @notice Shares follow a person whose wallet the registry has replaced: a lost key, an inheritance, a court's order.
abstract contract Succession is TransferRules, ActEvents {
    /// @notice Moves all that a wallet holds that was succeeded by another, with its lots, its freeze and its place in
    /// the register. By anyone; refused to nobody but to this class, which holds no shares of its own, whoever is said to
    /// own its address.
    function recover(address oldWallet) external {
        address newWallet = REGISTRY.successorOf(oldWallet);
        Register memory r = _advance();
        Holding memory from = _holdingOf(r, oldWallet);
        bool lost = newWallet == address(0) || newWallet == address(this);
        if (lost || (from.balance == 0 && !from.frozen)) revert NothingToRecover(oldWallet);
        Holding memory to = _holdingOf(r, newWallet);
        uint64 shares = from.balance;
        if (from.frozen) _recoverFreeze(r, oldWallet, from, newWallet, to);
        LockedLots.Lot[] memory lots = _takeLots(r, oldWallet, from, shares);
        _addLots(r, newWallet, to, lots, LockedLots.MOST_BY_RECOVERY);
        if (to.balance > 0) _merge(r, newWallet, from, to);
        else _recoverPlace(newWallet, from, to);
        from.persons = 0;
        from.balance = 0;
        to.balance += shares;
        _storeRegister(r);
        _save(r, oldWallet, from);
        _save(r, newWallet, to);
        _emitLots(LockedSharesMoved.selector, oldWallet, newWallet, lots);
        _emit(HoldingRecovered.selector, _topic(oldWallet), _topic(newWallet), abi.encode(shares));
        _emitTransfer(oldWallet, newWallet, shares);
    }

    /// @dev Two holdings become one, which counts for as many persons as the greater of them: a nominee attested anew in
    /// between makes no room.
    function _merge(Register memory r, address newWallet, Holding memory from, Holding memory to) private {
        if (from.persons <= to.persons) {
            r.persons -= from.persons;
        } else {
            r.persons -= to.persons;
            to.persons = from.persons;
            _emit(PersonsCounted.selector, _topic(newWallet), abi.encode(to.persons));
        }
    }

    function _recoverFreeze(
        Register memory r,
        address oldWallet,
        Holding memory from,
        address newWallet,
        Holding memory to
    ) private {
        uint256 moved = _frozenOf(r, oldWallet);
        uint256 there = _frozenOf(r, newWallet);
        _freeze(r, oldWallet, from, 0);
        _freeze(r, newWallet, to, moved > type(uint256).max - there ? type(uint256).max : moved + there);
    }

    /// @dev The successor takes the old wallet's persons over; a place that rounds keep for it is no longer counted, and
    /// is for as many, should the successor leave.
    function _recoverPlace(address newWallet, Holding memory from, Holding memory to) private {
        to.persons = from.persons;
        bytes32 identity = REGISTRY.identityOf(newWallet);
        Place memory place = _loadPlace(identity);
        if (place.rounds == 0 || from.balance == 0) return;
        if (place.counted) _count(identity, place, false);
        place.persons = from.persons;
        _storePlace(identity, place);
    }
}
