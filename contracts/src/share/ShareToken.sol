// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../identity/Category.sol";
import {InvestorRegistry} from "../identity/InvestorRegistry.sol";
import {ICompanies} from "../ledger/ICompanies.sol";
import {Instance} from "../ledger/Instance.sol";
import {LockedLots} from "./LockedLots.sol";
import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @title ShareToken
/// @notice One share class of one company: an ERC-20 of whole shares that only attested persons receive, whose new
/// shares are locked for as long as the offering's rules ask, and whose supply never passes the authorised number.
/// @dev Locked lots keep their date when they move. Free shares go first, then the oldest lot; locked shares go to
/// the company and to accredited investors and institutions only (17 CFR 227.501(a)). A sender's attestation is not
/// asked for: to let a lapsed attestation stop a sale would be a freeze without an order.
contract ShareToken is ERC20Permit, Instance {
    using LockedLots for LockedLots.Lot[];
    using SafeCast for uint256;

    /// @param directory that opened this class
    /// @param authorised most shares that may ever be in issue
    struct Terms {
        address directory;
        uint256 companyId;
        uint64 authorised;
        string name;
        string symbol;
    }

    /// @notice Why a transfer would be refused.
    enum Refusal {
        None,
        ReceiverNotEligible,
        Locked,
        TooManyLots,
        ReceiverIsToken
    }

    struct Register {
        uint64 reserved;
        uint32 holders;
    }

    InvestorRegistry private immutable REGISTRY;

    Register private _register;
    mapping(address round => uint64 shares) private _reservations;
    mapping(address holder => LockedLots.Lot[]) private _lots;

    event ShareClassOpened(
        uint256 indexed companyId, address indexed directory, uint256 authorised, string name, string symbol
    );
    event SharesReserved(address indexed round, uint256 shares);
    event ReservationReleased(address indexed round, uint256 shares);
    event SharesIssued(address indexed round, address indexed holder, uint256 shares, uint256 lockedUntil);

    error TransferRefused(address from, address to, uint256 shares, Refusal reason);
    error IssuanceRefused(address to, uint256 shares, Refusal reason);
    error OnlyDirectory(address caller, address directory);
    error NotReserved(address round, uint256 reserved, uint256 requested);
    error AuthorisedExceeded(uint256 authorised, uint256 issuedAndReserved, uint256 requested);

    constructor(InvestorRegistry registry_) ERC20("", "") ERC20Permit("Fundtrail Share") {
        REGISTRY = registry_;
    }

    /// @inheritdoc Instance
    function open() external override opening {
        Terms memory t = terms();
        _emit(
            ShareClassOpened.selector,
            bytes32(t.companyId),
            _topic(t.directory),
            abi.encode(t.authorised, t.name, t.symbol)
        );
    }

    function terms() public view returns (Terms memory) {
        return abi.decode(Clones.fetchCloneArgs(address(this)), (Terms));
    }

    function name() public view override returns (string memory) {
        return terms().name;
    }

    function symbol() public view override returns (string memory) {
        return terms().symbol;
    }

    /// @notice Shares are whole.
    function decimals() public pure override returns (uint8) {
        return 0;
    }

    function registry() external view returns (InvestorRegistry) {
        return REGISTRY;
    }

    /// @notice Wallets that hold at least one share.
    function holderCount() external view returns (uint256) {
        return _register.holders;
    }

    /// @notice Shares promised to open rounds and not yet issued.
    function reserved() external view returns (uint256) {
        return _register.reserved;
    }

    function reservedFor(address round) external view returns (uint256) {
        return _reservations[round];
    }

    /// @notice Shares of `holder` that may not be resold yet.
    function lockedOf(address holder) external view returns (uint256) {
        return _lots[holder].locked(block.timestamp);
    }

    /// @notice The lots of `holder` in ascending order of date; one whose date has passed counts as free.
    function lotsOf(address holder) external view returns (LockedLots.Lot[] memory) {
        return _lots[holder];
    }

    /// @notice Keeps `shares` of the authorised number for a round, from its opening on.
    function reserve(address round, uint64 shares) external {
        Terms memory t = terms();
        if (msg.sender != t.directory) revert OnlyDirectory(msg.sender, t.directory);
        uint256 taken = totalSupply() + _register.reserved;
        if (taken + shares > t.authorised) revert AuthorisedExceeded(t.authorised, taken, shares);
        _reservations[round] += shares;
        _register.reserved += shares;
        _emit(SharesReserved.selector, _topic(round), abi.encode(shares));
    }

    /// @notice Called by a round that ends: what it did not issue is free again. Without a reservation nothing
    /// happens, so a stranger writes nothing into the history.
    function releaseReservation() external {
        uint64 shares = _reservations[msg.sender];
        if (shares == 0) return;
        _reservations[msg.sender] = 0;
        _register.reserved -= shares;
        _emit(ReservationReleased.selector, _topic(msg.sender), abi.encode(shares));
    }

    /// @notice Issues shares from the calling round's reservation.
    /// @param lockedUntil first second, UTC, at which the shares may be resold freely
    function issue(address to, uint64 shares, uint64 lockedUntil) external {
        uint64 available = _reservations[msg.sender];
        if (shares == 0 || shares > available) revert NotReserved(msg.sender, available, shares);
        Refusal refusal = issuanceRefusal(to, lockedUntil);
        if (refusal != Refusal.None) revert IssuanceRefused(to, shares, refusal);
        _reservations[msg.sender] = available - shares;
        _register.reserved -= shares;
        _mint(to, shares);
        _lots[to].add(shares, lockedUntil, block.timestamp);
        _emit(SharesIssued.selector, _topic(msg.sender), _topic(to), abi.encode(shares, lockedUntil));
    }

    /// @notice Why an issuance to `to` would be refused now.
    function issuanceRefusal(address to, uint64 lockedUntil) public view returns (Refusal) {
        if (to == address(this)) return Refusal.ReceiverIsToken;
        if (!REGISTRY.isVerified(to)) return Refusal.ReceiverNotEligible;
        if (lockedUntil > block.timestamp && !_lots[to].hasRoom(lockedUntil, block.timestamp)) {
            return Refusal.TooManyLots;
        }
        return Refusal.None;
    }

    /// @notice Whether a transfer is allowed by the rules; a lack of balance is not asked for (ERC-7943).
    function canTransfer(address from, address to, uint256 shares) external view returns (bool) {
        return transferRefusal(from, to, shares) == Refusal.None;
    }

    /// @notice Why a transfer would be refused now. Never reverts.
    function transferRefusal(address from, address to, uint256 shares) public view returns (Refusal) {
        if (to == address(this)) return Refusal.ReceiverIsToken;
        (, Category category, bool eligible) = REGISTRY.personOf(to);
        if (!eligible) return Refusal.ReceiverNotEligible;
        uint256 fromLocked = _lockedToMove(from, shares);
        if (fromLocked == 0 || from == to) return Refusal.None;
        if (!_mayReceiveLocked(to, category)) return Refusal.Locked;
        return _lots[from].hasRoomForOldest(_lots[to], fromLocked, block.timestamp) ? Refusal.None : Refusal.TooManyLots;
    }

    function _update(address from, address to, uint256 shares) internal override {
        if (from != address(0) && to != address(0)) {
            Refusal refusal = transferRefusal(from, to, shares);
            if (refusal != Refusal.None) revert TransferRefused(from, to, shares, refusal);
        }
        uint256 lockedShares = from == address(0) || from == to ? 0 : _lockedToMove(from, shares);
        super._update(from, to, shares);
        if (lockedShares > 0) _lots[from].moveOldest(_lots[to], lockedShares, block.timestamp);
        _fold(Transfer.selector, _topic(from), _topic(to), abi.encode(shares));
        _countHolders(from, to, shares);
    }

    function _approve(address owner, address spender, uint256 shares, bool emitEvent) internal override {
        super._approve(owner, spender, shares, emitEvent);
        if (emitEvent) _fold(Approval.selector, _topic(owner), _topic(spender), abi.encode(shares));
    }

    /// @dev Of `shares` leaving `from`, those that must come out of live lots; at most what the lots hold.
    function _lockedToMove(address from, uint256 shares) private view returns (uint256) {
        uint256 lockedShares = _lots[from].locked(block.timestamp);
        if (lockedShares == 0) return 0;
        uint256 balance = balanceOf(from);
        uint256 free = balance - lockedShares;
        if (shares <= free) return 0;
        return (shares < balance ? shares : balance) - free;
    }

    function _mayReceiveLocked(address to, Category category) private view returns (bool) {
        if (category == Category.Accredited || category == Category.Institution) return true;
        Terms memory t = terms();
        return to == ICompanies(t.directory).controllerOf(t.companyId);
    }

    function _countHolders(address from, address to, uint256 shares) private {
        if (shares == 0 || from == to) return;
        bool joins = balanceOf(to) == shares;
        bool leaves = from != address(0) && balanceOf(from) == 0;
        if (joins == leaves) return;
        if (joins) ++_register.holders;
        else --_register.holders;
    }
}
