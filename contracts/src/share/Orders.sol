// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICompanies} from "../ledger/ICompanies.sol";
import {Restricted} from "../ledger/Restricted.sol";
import {ClassTermsCodec} from "./ClassTerms.sol";
import {IERC7943Fungible} from "./IERC7943Fungible.sol";
import {Refusal} from "./Refusal.sol";
import {TransferRules} from "./TransferRules.sol";

/// @title Orders
/// @notice What a court or an authority orders about shares: that some are frozen, or go to another holder. The
/// registrar announces the order with its document's hash; `ORDER_DELAY` later a second party that the operator does not
/// control carries out exactly that. Never against what the Directory opened: rounds, trusts, distributions.
abstract contract Orders is TransferRules, Restricted, IERC7943Fungible {
    enum OrderKind {
        Freeze,
        Transfer
    }

    /// @dev documentHash, then one slot: executableFrom 0, lapsesAt 40.
    struct Order {
        bytes32 documentHash;
        uint40 executableFrom;
        uint40 lapsesAt;
    }

    /// @dev shares, then one slot: split 0. The number counts shares as of the split that began period `split`.
    struct Freeze {
        uint256 shares;
        uint16 split;
    }

    /// @notice Seconds between an order's announcement and the first second in which it may be carried out.
    uint256 public constant ORDER_DELAY = 5 days;
    /// @notice Seconds for which an order may then be carried out.
    uint256 public constant ORDER_PERIOD = 30 days;

    mapping(bytes32 order => Order) private _orders;
    mapping(address account => Freeze) internal _freezes;

    event OrderAnnounced(
        bytes32 indexed order,
        address indexed from,
        address indexed to,
        OrderKind kind,
        uint256 shares,
        bytes32 documentHash,
        uint256 executableFrom,
        uint256 lapsesAt
    );
    event OrderWithdrawn(bytes32 indexed order);
    event OrderExecuted(bytes32 indexed order, bytes32 documentHash);

    error DocumentMissing();
    error OrderNotAnnounced(bytes32 order);
    error OrderNotDue(bytes32 order, uint256 executableFrom, uint256 time);
    error OrderLapsed(bytes32 order, uint256 lapsesAt, uint256 time);
    error NotAgainstInstances(address account);

    // ------------------------------------------------------------------------------------------ orders

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

    function orderOf(bytes32 order) external view returns (Order memory) {
        return _orders[order];
    }

    /// @notice Names an order. A split makes it another: what was announced in old shares lapses.
    function orderId(OrderKind kind, address from, address to, uint256 shares) public view returns (bytes32) {
        return keccak256(abi.encode(kind, from, to, shares, _register.lastSplit));
    }

    // ------------------------------------------------------------------------------------------ ERC-7943

    /// @inheritdoc IERC7943Fungible
    /// @dev Carries out an announced order of kind Freeze.
    function setFrozenTokens(address account, uint256 amount) external restricted returns (bool) {
        _carryOut(OrderKind.Freeze, account, address(0), amount);
        Register memory r = _advance();
        Holding memory h = _holdingOf(r, account);
        _freeze(r, account, h, amount);
        _save(r, account, h);
        return true;
    }

    /// @inheritdoc IERC7943Fungible
    /// @dev Carries out an announced order of kind Transfer. Locked and frozen shares move too, the locked with their
    /// dates; the receiver must be one who may receive, and the holder cap holds.
    function forcedTransfer(address from, address to, uint256 amount) external restricted returns (bool) {
        _carryOut(OrderKind.Transfer, from, to, amount);
        _forceTransfer(from, to, amount);
        return true;
    }

    /// @inheritdoc IERC7943Fungible
    function getFrozenTokens(address account) external view returns (uint256) {
        return _frozenOf(_register, account);
    }

    /// @inheritdoc IERC7943Fungible
    /// @dev A wallet that was succeeded by another sends nothing; its shares follow by `recover`.
    function canSend(address account) public view returns (bool) {
        return REGISTRY.successorOf(account) == address(0);
    }

    /// @inheritdoc IERC7943Fungible
    function canReceive(address account) public view returns (bool) {
        return _receiver(account).refusal == Refusal.None;
    }

    // ------------------------------------------------------------------------------------------ inside

    function _forceTransfer(address from, address to, uint256 amount) internal virtual;

    /// @dev The caller saves `h`.
    function _freeze(Register memory r, address account, Holding memory h, uint256 amount) internal {
        h.frozen = amount > 0;
        if (amount > 0) _freezes[account] = Freeze(amount, r.lastSplit);
        else delete _freezes[account];
        _emit(Frozen.selector, _topic(account), abi.encode(amount));
    }

    function _frozenOf(Register memory r, address account) internal view returns (uint256) {
        Freeze memory freeze = _freezes[account];
        uint256 growth = _growth(freeze.split, r.lastSplit);
        // More than can ever be held stays more than can ever be held.
        return freeze.shares > type(uint256).max / growth ? type(uint256).max : freeze.shares * growth;
    }

    function _unfrozen(Register memory r, address wallet, Holding memory h) internal view override returns (uint256) {
        if (!h.frozen) return h.balance;
        uint256 frozen = _frozenOf(r, wallet);
        return frozen < h.balance ? h.balance - frozen : 0;
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
