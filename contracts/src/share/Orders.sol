// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICompanies} from "../ledger/ICompanies.sol";
import {Restricted} from "../ledger/Restricted.sol";
import {ActEvents, OrderKind} from "./ActEvents.sol";
import {ClassTermsCodec} from "./ClassTerms.sol";
import {IERC7943Fungible} from "./IERC7943Fungible.sol";
import {Refusal} from "./Refusal.sol";
import {TransferRules} from "./TransferRules.sol";
import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

/// @title Orders
/// @notice What a court or an authority orders about shares: that some are frozen, or go to another holder. The
/// registrar announces the order with its document's hash; `ORDER_DELAY` later a second party that the operator does not
/// control carries out exactly that. Never against what the Directory opened: rounds, trusts, distributions.
/// @dev Freeze and forced transfer are those of ERC-7943, whose `Frozen` comes before the `Transfer` that it allows.
abstract contract Orders is TransferRules, ActEvents, Restricted {
    /// @notice Seconds between an order's announcement and the first second in which it may be carried out.
    uint256 internal constant ORDER_DELAY = 5 days;
    /// @notice Seconds for which an order may then be carried out.
    uint256 internal constant ORDER_PERIOD = 30 days;

    /// @notice Announces an order, or announces it anew with another document and a new delay.
    /// @param from whose shares are frozen or transferred
    /// @param to who receives them; zero for a freeze
    /// @param shares number to be frozen from then on, or to be transferred
    function announceOrder(OrderKind kind, address from, address to, uint256 shares, bytes32 documentHash)
        external
        restricted
        returns (bytes32 order)
    {
        if (documentHash == 0) revert DocumentMissing();
        _requireNoInstance(from);
        order = orderId(kind, from, to, shares);
        uint256 due = block.timestamp + ORDER_DELAY;
        _orders[order] = Order(documentHash, uint40(due), uint40(due + ORDER_PERIOD));
        _emit(
            OrderAnnounced.selector,
            order,
            _topic(from),
            _topic(to),
            abi.encode(kind, shares, documentHash, due, due + ORDER_PERIOD)
        );
    }

    /// @notice Withdraws an announced order.
    function withdrawOrder(bytes32 order) external restricted {
        if (_orders[order].documentHash == 0) revert OrderNotAnnounced(order);
        delete _orders[order];
        _emit(OrderWithdrawn.selector, order, "");
    }

    /// @notice Carries out an announced order of kind Freeze.
    function setFrozenTokens(address account, uint256 amount) external restricted returns (bool) {
        _carryOut(OrderKind.Freeze, account, address(0), amount);
        Register memory r = _advance();
        Holding memory h = _holdingOf(r, account);
        _freeze(r, account, h, amount);
        _save(r, account, h);
        return true;
    }

    /// @notice Carries out an announced order of kind Transfer. Locked and frozen shares move too, the locked with their
    /// dates; the receiver must be one who may receive, and the holder cap holds.
    function forcedTransfer(address from, address to, uint256 amount) external restricted returns (bool) {
        _carryOut(OrderKind.Transfer, from, to, amount);
        _forceTransfer(from, to, amount);
        _emit(IERC7943Fungible.ForcedTransfer.selector, _topic(from), _topic(to), abi.encode(amount));
        return true;
    }

    /// @notice An announced order; zeros when there is none.
    function orderOf(bytes32 order) external view returns (Order memory) {
        return _orders[order];
    }

    /// @notice Names an order. A split makes it another: what was announced in old shares lapses.
    function orderId(OrderKind kind, address from, address to, uint256 shares) public view returns (bytes32) {
        return keccak256(abi.encode(kind, from, to, shares, _loadRegister().lastSplit));
    }

    function _forceTransfer(address from, address to, uint256 amount) private {
        Register memory r = _advance();
        Holding memory f = _holdingOf(r, from);
        if (amount > f.balance) revert IERC20Errors.ERC20InsufficientBalance(from, f.balance, amount);
        if (!_maySend(from)) revert IERC7943Fungible.ERC7943CannotSend(from);
        Receiver memory receiver = _receiver(to);
        if (receiver.refusal != Refusal.None) revert IERC7943Fungible.ERC7943CannotReceive(to);
        Holding memory t = _holdingOf(r, to);
        bool full = t.balance == 0 && _isFull(r, receiver, from, amount == f.balance ? f.persons : 0);
        if (amount == 0 || from == to || full) revert IERC7943Fungible.ERC7943CannotTransfer(from, to, amount);
        uint256 unfrozen = _unfrozen(r, from, f);
        if (amount > unfrozen) _freeze(r, from, f, _frozenOf(r, from) - (amount - unfrozen));
        _move(r, from, f, receiver, t, uint64(amount));
        _emitTransfer(from, to, amount);
    }

    function _carryOut(OrderKind kind, address from, address to, uint256 shares) private {
        bytes32 id = orderId(kind, from, to, shares);
        Order memory order = _orders[id];
        if (order.documentHash == 0) revert OrderNotAnnounced(id);
        if (block.timestamp < order.executableFrom) revert OrderNotDue(id, order.executableFrom, block.timestamp);
        if (block.timestamp >= order.lapsesAt) revert OrderLapsed(id, order.lapsesAt, block.timestamp);
        _requireNoInstance(from);
        delete _orders[id];
        _emit(OrderExecuted.selector, id, abi.encode(order.documentHash));
    }

    function _requireNoInstance(address account) private view {
        if (ICompanies(ClassTermsCodec.directory()).listed(account)) revert NotAgainstInstances(account);
    }
}
