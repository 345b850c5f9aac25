// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IInvestorRegistry} from "../identity/IInvestorRegistry.sol";
import {ICompanies} from "../ledger/ICompanies.sol";
import {Instance} from "../ledger/Instance.sol";
import {Restricted} from "../ledger/Restricted.sol";
import {IHolderVote} from "../vote/IHolderVote.sol";
import {ClassTerms, ClassTermsCodec} from "./ClassTerms.sol";
import {Documents} from "./Documents.sol";
import {IERC7943Fungible} from "./IERC7943Fungible.sol";
import {LockedLots} from "./LockedLots.sol";
import {Orders} from "./Orders.sol";
import {RecordDates} from "./RecordDates.sol";
import {Refusal} from "./Refusal.sol";
import {TransferRules} from "./TransferRules.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @title ShareToken
/// @notice One share class of one company: an ERC-20 of whole shares that only attested persons and trusts receive,
/// whose new shares are locked for as long as the offering's rules ask, and whose supply never passes the authorised
/// number. Shares come into being by rounds, by the company within what no round has reserved, and by conversion of
/// another class; they end by conversion into another, or when the company cancels its own.
/// @dev Locked lots keep their date when they move. Free shares go first, then the oldest lot. A split emits no
/// Transfer: whoever follows the events multiplies every holding at `SharesSplit`.
contract ShareToken is ERC20Permit, Documents, Orders {
    using SafeCast for uint256;

    /// @dev One slot: shares 0, admitted 64.
    struct Reservation {
        uint64 shares;
        bool admitted;
    }

    mapping(address round => Reservation) private _reservations;

    event ShareClassOpened(uint256 indexed companyId, address indexed directory, ClassTerms terms);
    event SharesReserved(address indexed round, uint256 shares);
    event ReservationReleased(address indexed round, uint256 shares);
    event SharesIssued(address indexed source, address indexed holder, uint256 shares, uint256 lockedUntil);
    event SharesCancelled(address indexed holder, uint256 shares);
    event SharesConverted(address indexed holder, address indexed into, uint256 shares, uint256 received);
    event LockedSharesMoved(address indexed from, address indexed to, uint256 shares, uint256 lockedUntil);
    event HoldingRecovered(address indexed oldWallet, address indexed newWallet, uint256 shares);
    event AuthorisedRaised(uint256 authorised, address indexed vote);

    error TransferRefused(address from, address to, uint256 shares, Refusal reason);
    error IssuanceRefused(address to, uint256 shares, Refusal reason);
    error OnlyDirectory(address caller, address directory);
    error NotReserved(address round, uint256 reserved, uint256 requested);
    error AuthorisedExceeded(uint256 authorised, uint256 issuedAndReserved, uint256 requested);
    error AuthorisedNotRaised(uint256 authorised, uint256 given);
    error VoteNotPassed(address vote, bytes32 subject);
    error NotConvertible(address class);
    error NotWhole(uint256 shares, uint256 numerator, uint256 denominator);
    error NothingToRecover(address wallet);
    error NoShares();

    constructor(IInvestorRegistry registry_, IAccessManager authority_)
        ERC20("", "")
        ERC20Permit("Fundtrail Share")
        TransferRules(registry_)
        Restricted(authority_)
    {}

    /// @inheritdoc Instance
    function open() external override opening {
        ClassTerms memory t = terms();
        _capacity.authorised = t.authorised;
        if (t.convertsInto != address(0)) {
            _capacity.conversionFactor = ShareToken(t.convertsInto).splitFactor().toUint64();
        }
        _emit(
            ShareClassOpened.selector, bytes32(uint256(t.companyId)), _topic(ClassTermsCodec.directory()), abi.encode(t)
        );
    }

    // ------------------------------------------------------------------------------------------ views

    /// @notice The terms of the opening.
    function terms() public view returns (ClassTerms memory) {
        return ClassTermsCodec.read();
    }

    /// @notice The Directory that opened this class.
    function directory() external view returns (address) {
        return ClassTermsCodec.directory();
    }

    function votesPerShare() external view returns (uint256) {
        return ClassTermsCodec.votesPerShare();
    }

    function convertsInto() public view returns (address into) {
        (into,,) = ClassTermsCodec.conversion();
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

    function balanceOf(address wallet) public view override returns (uint256) {
        return _holdingOf(_register, wallet).balance;
    }

    function totalSupply() public view override returns (uint256) {
        return _register.supply;
    }

    /// @notice A wallet's holding as it is stored; see `RecordDates.Holding` for what its shares count in.
    function holding(address wallet) external view returns (Holding memory) {
        return _holdings[wallet];
    }

    function register() external view returns (Register memory) {
        return _register;
    }

    function capacity() external view returns (Capacity memory) {
        return _capacity;
    }

    function registry() external view returns (IInvestorRegistry) {
        return REGISTRY;
    }

    /// @notice Most shares that may be in issue.
    function authorised() external view returns (uint256) {
        return _capacity.authorised;
    }

    /// @notice Persons that hold at least one share, nominees counted through.
    function holderCount() external view returns (uint256) {
        return _register.persons;
    }

    /// @notice The place that open rounds keep for a person.
    function placeOf(bytes32 identity) external view returns (Place memory) {
        return _places[identity];
    }

    /// @notice Shares promised to open rounds and not yet issued.
    function reserved() external view returns (uint256) {
        return _register.reserved;
    }

    function reservedFor(address round) external view returns (uint256) {
        return _reservations[round].shares;
    }

    /// @notice Shares of `holder` that may not be resold yet.
    function lockedOf(address holder) external view returns (uint256) {
        Register memory r = _register;
        return _lockedIn(r, holder, _holdingOf(r, holder));
    }

    /// @notice The lots of `holder` that are locked now, in ascending order of date.
    function lotsOf(address holder) external view returns (LockedLots.Lot[] memory) {
        Register memory r = _register;
        return _liveLots(r, holder, _holdingOf(r, holder));
    }

    /// @inheritdoc IERC165
    function supportsInterface(bytes4 id) external pure returns (bool) {
        return
            id == type(IERC7943Fungible).interfaceId || id == type(IERC165).interfaceId
                || id == type(IERC20).interfaceId;
    }

    // ------------------------------------------------------------------------------------------ rounds

    /// @notice Keeps `shares` of the authorised number for a round, from its opening on. By the Directory that keeps the
    /// company.
    function reserve(address round, uint64 shares) external {
        address directory_ = ClassTermsCodec.directory();
        if (msg.sender != directory_) {
            (address successor,) = ICompanies(directory_).successorOf(ClassTermsCodec.companyId());
            if (msg.sender != successor) revert OnlyDirectory(msg.sender, successor);
        }
        Register memory r = _advance();
        _requireAuthorised(r, shares);
        Reservation memory reservation = _reservations[round];
        _reservations[round] = Reservation(reservation.shares + shares, true);
        r.reserved += shares;
        _register = r;
        _emit(SharesReserved.selector, _topic(round), abi.encode(shares));
    }

    /// @notice Called by a round that ends: what it did not issue is free again. Without a reservation nothing
    /// happens, so a stranger writes nothing into the history.
    function releaseReservation() external {
        uint64 shares = _reservations[msg.sender].shares;
        if (shares == 0) return;
        _reservations[msg.sender].shares = 0;
        _register.reserved -= shares;
        _emit(ReservationReleased.selector, _topic(msg.sender), abi.encode(shares));
    }

    /// @notice Keeps a place under the holder cap for a person who commits to the calling round. Without a cap nothing
    /// happens.
    function reservePlace(bytes32 identity) external {
        _requireAdmitted();
        _reservePlace(identity);
    }

    /// @notice Gives back one place that `reservePlace` kept; never refused to a round. An issuance uses its place up.
    function releasePlace(bytes32 identity) external {
        _requireAdmitted();
        _releasePlace(identity);
    }

    /// @notice Issues shares from the calling round's reservation.
    /// @param lockedUntil first second, UTC, at which the shares may be resold freely
    /// @return wallet that acts for the person now
    function issue(bytes32 identity, uint64 shares, uint64 lockedUntil) external returns (address wallet) {
        Reservation memory reservation = _reservations[msg.sender];
        if (shares == 0 || shares > reservation.shares) revert NotReserved(msg.sender, reservation.shares, shares);
        Receiver memory to = _person(identity);
        Register memory r = _advance();
        r.reserved -= shares;
        _reservations[msg.sender] = Reservation(reservation.shares - shares, true);
        _issue(r, to, shares, lockedUntil);
        _releasePlace(identity);
        return to.wallet;
    }

    /// @notice Why an issuance to a person would be refused now.
    function issuanceRefusal(bytes32 identity, uint64 lockedUntil) external view returns (Refusal) {
        Register memory r = _register;
        Receiver memory to = _person(identity);
        return _issuanceRefusal(r, to, _holdingOf(r, to.wallet), _lot(1, lockedUntil));
    }

    // ------------------------------------------------------------------------------------------ the company

    /// @notice Issues shares that no round has reserved: to founders, to employees, to a trust that holds for them.
    /// @param lockedUntil first second, UTC, at which the shares may be resold freely
    function issueByCompany(address to, uint64 shares, uint64 lockedUntil) external onlyController {
        if (shares == 0) revert NoShares();
        Register memory r = _advance();
        _requireAuthorised(r, shares);
        _issue(r, _receiver(to), shares, lockedUntil);
    }

    /// @notice Cancels shares that the company holds: bought back, or never given away.
    function cancelShares(uint64 shares) external onlyController {
        Register memory r = _advance();
        Holding memory h = _holdingOf(r, msg.sender);
        _withdraw(r, h, shares);
        _emit(SharesCancelled.selector, _topic(msg.sender), abi.encode(shares));
    }

    /// @notice Raises the authorised number, as the holders of this class alone decided in a vote on
    /// keccak256(abi.encode("authorised", this class, authorised)).
    function raiseAuthorised(uint64 authorised_, address vote) external onlyController {
        uint64 current = _capacity.authorised;
        if (authorised_ <= current || authorised_ > ClassTermsCodec.MOST_AUTHORISED) {
            revert AuthorisedNotRaised(current, authorised_);
        }
        bytes32 subject = keccak256(abi.encode("authorised", address(this), authorised_));
        bool ofCompany =
            _isOfThisCompany(vote) && ICompanies(ClassTermsCodec.directory()).kindOf(vote) == ICompanies.Kind.Vote;
        if (!ofCompany || !IHolderVote(vote).passedBy(address(this), subject)) revert VoteNotPassed(vote, subject);
        _capacity.authorised = authorised_;
        _emit(AuthorisedRaised.selector, _topic(vote), abi.encode(authorised_));
    }

    // ------------------------------------------------------------------------------------------ conversion

    /// @notice Converts the caller's shares into the class that the terms name, where lots keep their dates. Only a
    /// number that converts into whole shares.
    function convert(uint64 shares) external returns (uint64 received) {
        if (!canSend(msg.sender)) revert ERC7943CannotSend(msg.sender);
        Register memory r = _advance();
        Holding memory h = _holdingOf(r, msg.sender);
        (address into, uint256 numerator, uint256 denominator) = conversionRate();
        LockedLots.Lot[] memory lots = _withdraw(r, h, shares);
        uint256 whole = uint256(shares) * numerator;
        if (whole % denominator != 0) revert NotWhole(shares, numerator, denominator);
        received = (whole / denominator).toUint64();
        _convertLots(lots, shares, numerator, denominator);
        _emit(SharesConverted.selector, _topic(msg.sender), _topic(into), abi.encode(shares, received));
        ShareToken(into).issueConverted(msg.sender, received, lots);
    }

    /// @notice Into what this class converts now, and at what rate, splits of both counted in.
    function conversionRate() public view returns (address into, uint256 numerator, uint256 denominator) {
        (into, numerator, denominator) = ClassTermsCodec.conversion();
        if (into == address(0)) revert NotConvertible(address(this));
        numerator *= ShareToken(into).splitFactor() / _capacity.conversionFactor;
        denominator *= splitFactor();
    }

    /// @notice Called by a class of the same company that converts into this one.
    /// @param lots of `shares` that are locked
    function issueConverted(address to, uint64 shares, LockedLots.Lot[] calldata lots) external {
        bool convertible = _isOfThisCompany(msg.sender)
            && ICompanies(ClassTermsCodec.directory()).kindOf(msg.sender) == ICompanies.Kind.ShareClass;
        if (!convertible || ShareToken(msg.sender).convertsInto() != address(this)) revert NotConvertible(msg.sender);
        Register memory r = _advance();
        _requireAuthorised(r, shares);
        Receiver memory receiver = _receiver(to);
        _issueLots(r, receiver, shares, lots);
    }

    // ------------------------------------------------------------------------------------------ recovery

    /// @notice Moves what a wallet holds that was succeeded by another, with its lots, its freeze and its place in the
    /// register. By anyone; refused to nobody.
    function recover(address oldWallet) external {
        address newWallet = REGISTRY.successorOf(oldWallet);
        Register memory r = _advance();
        Holding memory from = _holdingOf(r, oldWallet);
        if (newWallet == address(0) || (from.balance == 0 && !from.frozen)) revert NothingToRecover(oldWallet);
        Holding memory to = _holdingOf(r, newWallet);
        uint64 shares = from.balance;
        if (from.frozen) _recoverFreeze(r, oldWallet, from, newWallet, to);
        _recoverLots(r, oldWallet, from, newWallet, to);
        if (to.balance > 0) r.persons -= from.persons;
        else if (shares > 0) _recoverPlace(newWallet, from, to);
        from.persons = 0;
        from.balance = 0;
        to.balance += shares;
        _register = r;
        _save(r, oldWallet, from);
        _save(r, newWallet, to);
        _emit(HoldingRecovered.selector, _topic(oldWallet), _topic(newWallet), abi.encode(shares));
        _emit(Transfer.selector, _topic(oldWallet), _topic(newWallet), abi.encode(shares));
    }

    // ------------------------------------------------------------------------------------------ transfers

    /// @inheritdoc IERC7943Fungible
    function canTransfer(address from, address to, uint256 shares) external view returns (bool) {
        return transferRefusal(from, to, shares) == Refusal.None;
    }

    /// @notice Why a transfer would be refused now. Never reverts; a lack of balance is not asked for.
    function transferRefusal(address from, address to, uint256 shares) public view returns (Refusal) {
        Register memory r = _register;
        return _refusal(r, from, _holdingOf(r, from), _receiver(to), _holdingOf(r, to), shares);
    }

    /// @dev Only transfers come here: shares are issued and cancelled without OpenZeppelin's mint and burn.
    function _update(address from, address to, uint256 shares) internal override {
        Register memory r = _advance();
        Holding memory f = _holdingOf(r, from);
        if (shares > f.balance) revert ERC20InsufficientBalance(from, f.balance, shares);
        Holding memory t = _holdingOf(r, to);
        Receiver memory receiver = _receiver(to);
        Refusal refusal = _refusal(r, from, f, receiver, t, shares);
        if (refusal == Refusal.Frozen) revert ERC7943InsufficientUnfrozenBalance(from, shares, _unfrozen(r, from, f));
        if (refusal != Refusal.None) revert TransferRefused(from, to, shares, refusal);
        if (shares > 0 && from != to) _move(r, from, f, receiver, t, uint64(shares));
        _emit(Transfer.selector, _topic(from), _topic(to), abi.encode(shares));
    }

    function _forceTransfer(address from, address to, uint256 shares) internal override {
        Register memory r = _advance();
        Holding memory f = _holdingOf(r, from);
        if (shares > f.balance) revert ERC20InsufficientBalance(from, f.balance, shares);
        if (!canSend(from)) revert ERC7943CannotSend(from);
        Receiver memory receiver = _receiver(to);
        if (receiver.refusal != Refusal.None) revert ERC7943CannotReceive(to);
        Holding memory t = _holdingOf(r, to);
        if (
            shares == 0 || from == to
                || (t.balance == 0 && _capRefusal(r, from, f, receiver, shares, false) != Refusal.None)
        ) {
            revert ERC7943CannotTransfer(from, to, shares);
        }
        uint256 unfrozen = _unfrozen(r, from, f);
        if (shares > unfrozen) _freeze(r, from, f, _frozenOf(r, from) - (shares - unfrozen));
        _move(r, from, f, receiver, t, uint64(shares));
        _emit(Transfer.selector, _topic(from), _topic(to), abi.encode(shares));
        _emit(ForcedTransfer.selector, _topic(from), _topic(to), abi.encode(shares));
    }

    function _approve(address owner, address spender, uint256 shares, bool emitEvent) internal override {
        super._approve(owner, spender, shares, emitEvent);
        if (emitEvent) _fold(Approval.selector, _topic(owner), _topic(spender), abi.encode(shares));
    }

    // ------------------------------------------------------------------------------------------ inside

    /// @dev Moves shares between two wallets; at least one, at most what `from` holds.
    function _move(
        Register memory r,
        address from,
        Holding memory f,
        Receiver memory to,
        Holding memory t,
        uint64 shares
    ) private {
        LockedLots.Lot[] memory moving = _takeLots(r, from, f, shares);
        if (moving.length > 0) {
            LockedLots.Lot[] memory lots = LockedLots.merge(_liveLots(r, to.wallet, t), moving);
            if (lots.length > LockedLots.MOST) revert LockedLots.TooManyLots(LockedLots.MOST);
            _keepLots(r, to.wallet, t, lots);
            _emitMoved(from, to.wallet, moving);
        }
        uint32 persons = r.persons;
        f.balance -= shares;
        if (t.balance == 0) _join(r, to, t);
        t.balance += shares;
        if (f.balance == 0) _leave(r, from, f);
        if (r.persons != persons) _register = r;
        _save(r, from, f);
        _save(r, to.wallet, t);
    }

    /// @dev Takes the lots that `shares` leaving bring along: free shares go first, then the oldest.
    function _takeLots(Register memory r, address from, Holding memory f, uint64 shares)
        private
        returns (LockedLots.Lot[] memory moving)
    {
        if (f.lots == 0) return moving;
        uint256 locked = _lockedToMove(r, from, f, shares);
        if (locked == 0 && shares < f.balance) return moving;
        LockedLots.Lot[] memory rest;
        (moving, rest) = LockedLots.split(_liveLots(r, from, f), locked);
        _keepLots(r, from, f, rest);
    }

    /// @dev Ends shares of the caller and returns the locked lots among them.
    function _withdraw(Register memory r, Holding memory h, uint64 shares)
        private
        returns (LockedLots.Lot[] memory lots)
    {
        if (shares == 0) revert NoShares();
        if (shares > h.balance) revert ERC20InsufficientBalance(msg.sender, h.balance, shares);
        uint256 unfrozen = _unfrozen(r, msg.sender, h);
        if (shares > unfrozen) revert ERC7943InsufficientUnfrozenBalance(msg.sender, shares, unfrozen);
        lots = _takeLots(r, msg.sender, h, shares);
        _emitMoved(msg.sender, address(0), lots);
        h.balance -= shares;
        r.supply -= shares;
        if (h.balance == 0) _leave(r, msg.sender, h);
        _register = r;
        _save(r, msg.sender, h);
        _emit(Transfer.selector, _topic(msg.sender), 0, abi.encode(shares));
    }

    function _issue(Register memory r, Receiver memory to, uint64 shares, uint64 lockedUntil) private {
        _issueLots(r, to, shares, _lot(shares, lockedUntil));
    }

    /// @dev Issues `shares`, of which `lots` are locked; the caller has made sure that they are authorised.
    function _issueLots(Register memory r, Receiver memory to, uint64 shares, LockedLots.Lot[] memory lots) private {
        Holding memory t = _holdingOf(r, to.wallet);
        Refusal refusal = _issuanceRefusal(r, to, t, lots);
        if (refusal != Refusal.None) revert IssuanceRefused(to.wallet, shares, refusal);
        uint256 free = shares - LockedLots.sum(lots);
        if (lots.length > 0) _keepLots(r, to.wallet, t, LockedLots.merge(_liveLots(r, to.wallet, t), lots));
        if (t.balance == 0) _join(r, to, t);
        t.balance += shares;
        r.supply += shares;
        _register = r;
        _save(r, to.wallet, t);
        _emit(Transfer.selector, 0, _topic(to.wallet), abi.encode(shares));
        if (free > 0) _emitIssued(to.wallet, free, 0);
        for (uint256 i = 0; i < lots.length; ++i) {
            _emitIssued(to.wallet, lots[i].shares, lots[i].lockedUntil);
        }
    }

    function _issuanceRefusal(Register memory r, Receiver memory to, Holding memory t, LockedLots.Lot[] memory lots)
        private
        view
        returns (Refusal)
    {
        if (to.refusal != Refusal.None) return to.refusal;
        if (lots.length > 0 && uint256(t.lots) + lots.length > LockedLots.MOST) {
            uint256 count = LockedLots.merge(_liveLots(r, to.wallet, t), lots).length;
            if (count > LockedLots.MOST) return Refusal.TooManyLots;
        }
        return t.balance > 0 ? Refusal.None : _capRefusal(r, address(0), t, to, 0, false);
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

    function _recoverLots(
        Register memory r,
        address oldWallet,
        Holding memory from,
        address newWallet,
        Holding memory to
    ) private {
        if (from.lots == 0) return;
        LockedLots.Lot[] memory moving = _takeLots(r, oldWallet, from, from.balance);
        if (moving.length == 0) return;
        LockedLots.Lot[] memory lots = LockedLots.merge(_liveLots(r, newWallet, to), moving);
        if (lots.length > LockedLots.MOST_BY_RECOVERY) revert LockedLots.TooManyLots(LockedLots.MOST_BY_RECOVERY);
        _keepLots(r, newWallet, to, lots);
        _emitMoved(oldWallet, newWallet, moving);
    }

    /// @dev The successor takes the old wallet's persons over; a place that rounds keep for it is no longer counted.
    function _recoverPlace(address newWallet, Holding memory from, Holding memory to) private {
        to.persons = from.persons;
        bytes32 identity = REGISTRY.identityOf(newWallet);
        Place memory place = _places[identity];
        if (place.counted) _count(identity, place, false);
    }

    /// @dev The lots of the caller's `shares` become lots of what they convert into: each a rounded part of the running
    /// sum, counted from the latest, so that rounding never frees a locked share.
    function _convertLots(LockedLots.Lot[] memory lots, uint64 shares, uint256 numerator, uint256 denominator)
        private
        pure
    {
        (uint256 old, uint256 converted) = (0, 0);
        for (uint256 i = lots.length; i > 0; --i) {
            old += lots[i - 1].shares;
            uint256 total = (old * numerator + denominator - 1) / denominator;
            lots[i - 1].shares = uint64(total - converted);
            converted = total;
        }
        assert(old <= shares);
    }

    function _emitMoved(address from, address to, LockedLots.Lot[] memory lots) private {
        for (uint256 i = 0; i < lots.length; ++i) {
            _emit(LockedSharesMoved.selector, _topic(from), _topic(to), abi.encode(lots[i].shares, lots[i].lockedUntil));
        }
    }

    function _emitIssued(address holder, uint256 shares, uint256 lockedUntil) private {
        _emit(SharesIssued.selector, _topic(msg.sender), _topic(holder), abi.encode(shares, lockedUntil));
    }

    function _lot(uint64 shares, uint64 lockedUntil) private view returns (LockedLots.Lot[] memory lots) {
        if (lockedUntil <= block.timestamp) return lots;
        lots = new LockedLots.Lot[](1);
        lots[0] = LockedLots.Lot(shares, lockedUntil);
    }

    function _person(bytes32 identity) private view returns (Receiver memory) {
        IInvestorRegistry.Investor memory person = REGISTRY.investor(identity);
        return _receiver(person.wallet, identity, person);
    }

    function _requireAuthorised(Register memory r, uint64 shares) private view {
        uint256 taken = uint256(r.supply) + r.reserved;
        uint256 most = _capacity.authorised;
        if (taken + shares > most) revert AuthorisedExceeded(most, taken, shares);
    }

    function _requireAdmitted() private view {
        if (!_reservations[msg.sender].admitted) revert NotReserved(msg.sender, 0, 0);
    }
}
