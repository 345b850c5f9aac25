// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../identity/Category.sol";
import {IInvestorRegistry} from "../identity/IInvestorRegistry.sol";
import {PackedInvestor} from "../identity/PackedInvestor.sol";
import {ICompanies} from "../ledger/ICompanies.sol";
import {Instance} from "../ledger/Instance.sol";
import {ActEvents, OrderKind} from "./ActEvents.sol";
import {ClassTerms, ClassTermsCodec} from "./ClassTerms.sol";
import {IERC7943Fungible} from "./IERC7943Fungible.sol";
import {LockedLots} from "./LockedLots.sol";
import {Refusal} from "./Refusal.sol";
import {ShareActs} from "./ShareActs.sol";
import {ShareOrders} from "./ShareOrders.sol";
import {TransferRules} from "./TransferRules.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";

/// @title ShareToken
/// @notice One share class of one company: an ERC-20 of whole shares that only attested persons and trusts receive,
/// whose new shares are locked for as long as the offering's rules ask, and whose supply never passes the authorised
/// number. Shares come into being by rounds, by the company within what no round has reserved, and by conversion of
/// another class; they end by conversion into another, or when the company cancels its own.
/// @dev Locked shares go to the company and to accredited investors and institutions only, and where an exempt transfer
/// is attested (17 CFR 227.501(a)); they keep their date. Free shares go first, then the oldest lot. A sender's
/// attestation is not asked for: to let a lapsed attestation stop a sale would be a freeze without an order.
/// A split emits no Transfer: whoever follows the events multiplies every holding at `SharesSplit`.
/// The rarer acts are code of `ShareActs` and `ShareOrders`, run on this contract's storage.
contract ShareToken is TransferRules, ActEvents, ERC20Permit, IERC7943Fungible {
    address private immutable ACTS;
    address private immutable ORDERS;

    event SharesReserved(address indexed round, uint256 shares);
    event ReservationReleased(address indexed round, uint256 shares);
    event PlaceReserved(address indexed round, bytes32 indexed identity, uint256 persons);
    event PlaceReleased(address indexed round, bytes32 indexed identity, uint256 persons);

    error TransferRefused(address from, address to, uint256 shares, Refusal reason);
    error PlaceRefused(bytes32 identity, Refusal reason);
    error OnlyDirectory(address caller, address directory);
    error NotReserved(address round, uint256 reserved, uint256 requested);
    error RecordDateAhead(uint256 date, uint256 time);
    error UnknownRecordDate(uint256 index);

    constructor(IInvestorRegistry registry_, ShareActs acts_, ShareOrders orders_)
        ERC20("", "")
        ERC20Permit("Fundtrail Share")
        TransferRules(registry_)
    {
        ACTS = address(acts_);
        ORDERS = address(orders_);
    }

    /// @inheritdoc Instance
    function open() external override opening {
        _act(ACTS);
    }

    // ------------------------------------------------------------------------------------------ ERC-20

    function name() public view override returns (string memory) {
        return ClassTermsCodec.name();
    }

    function symbol() public view override returns (string memory) {
        return ClassTermsCodec.symbol();
    }

    /// @notice Shares are whole.
    function decimals() public pure override returns (uint8) {
        return 0;
    }

    function balanceOf(address wallet) public view override returns (uint256) {
        return _holdingOf(_loadRegister(), wallet).balance;
    }

    function totalSupply() public view override returns (uint256) {
        return _loadRegister().supply;
    }

    /// @inheritdoc IERC165
    function supportsInterface(bytes4 id) external pure returns (bool) {
        return
            id == type(IERC7943Fungible).interfaceId || id == type(IERC165).interfaceId
                || id == type(IERC20).interfaceId;
    }

    // ------------------------------------------------------------------------------------------ register

    /// @notice A wallet's holding as it is stored, in shares of its period.
    function holding(address wallet) external view returns (Holding memory) {
        return _loadHolding(wallet);
    }

    /// @notice The authorised number, and what else the class's second slot counts.
    function capacity() external view returns (Capacity memory) {
        _actInView(ACTS);
    }

    /// @notice Persons that hold at least one share, nominees counted through.
    function holderCount() external view returns (uint256) {
        return _loadRegister().persons;
    }

    /// @notice Shares promised to open rounds and not yet issued.
    function reserved() external view returns (uint256) {
        return _loadCapacity().reserved;
    }

    function reservedFor(address round) external view returns (uint256) {
        return _reservations[round].shares;
    }

    /// @notice The place that open rounds keep for a person.
    function placeOf(bytes32 identity) external view returns (Place memory) {
        return _loadPlace(identity);
    }

    /// @notice Shares of `holder` that may not be resold yet.
    function lockedOf(address holder) external view returns (uint256) {
        Register memory r = _loadRegister();
        return _lockedIn(r, holder, _holdingOf(r, holder));
    }

    /// @notice The lots of `holder` that are locked now, in ascending order of date.
    function lotsOf(address holder) external view returns (LockedLots.Lot[] memory) {
        Register memory r = _loadRegister();
        return _liveLots(r, holder, _holdingOf(r, holder));
    }

    // ------------------------------------------------------------------------------------------ terms

    /// @notice The terms of the opening.
    function terms() external view returns (ClassTerms memory) {
        _actInView(ACTS);
    }

    /// @notice The Directory that opened this class.
    function directory() external view returns (address) {
        return ClassTermsCodec.directory();
    }

    function registry() external view returns (IInvestorRegistry) {
        return REGISTRY;
    }

    /// @notice The code of the rarer acts.
    function acts() external view returns (address) {
        return ACTS;
    }

    /// @notice The code of orders and successions.
    function orders() external view returns (address) {
        return ORDERS;
    }

    function votesPerShare() external view returns (uint256) {
        return ClassTermsCodec.votesPerShare();
    }

    /// @notice Most persons among the holders; 0 without a cap.
    function holderCap() external view returns (uint256) {
        return ClassTermsCodec.holderCap();
    }

    /// @notice The class into which its holders may convert; zero for none.
    function convertsInto() external view returns (address into) {
        (into,,) = ClassTermsCodec.conversion();
    }

    /// @notice Most shares that may be in issue.
    function authorised() external view returns (uint256) {
        return _loadCapacity().authorised;
    }

    // ------------------------------------------------------------------------------------------ record dates

    /// @notice The second, UTC, of a record date; zero when there is none of that index.
    function recordDates(uint16 index) external view returns (uint256) {
        return _recordDates[index].date;
    }

    /// @notice What `wallet` held before the first transaction at or after a record date, in shares of that time.
    function balanceAt(address wallet, uint16 index) external view returns (uint256) {
        RecordDate memory passed = _passedDate(index);
        return balanceIn(wallet, passed.period - 1, passed.lastSplit);
    }

    /// @notice The period that a record date whose time has come put an end to, and the one that began with the last
    /// split before it. Neither changes any more, so whoever asks for many balances keeps them and asks `balanceIn`.
    function periodBefore(uint16 index) external view returns (uint16 period, uint16 lastSplit) {
        RecordDate memory passed = _passedDate(index);
        return (passed.period - 1, passed.lastSplit);
    }

    /// @notice What `wallet` held at the end of a period, or holds while it runs, in shares of that time.
    /// @param lastSplit period that began with the last split up to then, as `periodBefore` says
    function balanceIn(address wallet, uint256 period, uint256 lastSplit) public view returns (uint256) {
        uint256 word = _holdingWord(wallet);
        uint256 written = uint16(word >> PERIOD);
        if (written <= period && written >= lastSplit) return uint64(word);
        uint256 current = _loadRegister().period;
        if (period > current) period = current;
        if (written <= period) return uint64(word) * _growth(written, period);
        (uint256 low, uint256 high) = (0, uint16(word >> CHECKPOINTS));
        while (low < high) {
            uint256 middle = (low + high) / 2;
            if (_checkpoints[wallet][middle].period <= period) low = middle + 1;
            else high = middle;
        }
        if (low == 0) return 0;
        Checkpoint memory checkpoint = _checkpoints[wallet][low - 1];
        return checkpoint.balance * _growth(checkpoint.period, period);
    }

    /// @notice What was in issue before the first transaction at or after a record date, in shares of that time.
    function supplyAt(uint16 index) external view returns (uint256) {
        uint256 period = _passedDate(index).period - 1;
        Register memory r = _loadRegister();
        return period < r.period ? _boundaries[period + 1].supply : r.supply;
    }

    /// @notice Shares that one share of the opening has become.
    function splitFactor() external view returns (uint256) {
        return _factorOf(_loadRegister().lastSplit);
    }

    /// @dev A record date whose time has come.
    function _passedDate(uint256 index) private view returns (RecordDate memory declared) {
        declared = _recordDates[index];
        if (declared.date == 0) revert UnknownRecordDate(index);
        if (block.timestamp < declared.date) revert RecordDateAhead(declared.date, block.timestamp);
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
        _requireAuthorised(_advance(), shares);
        _reservations[round] = Reservation(_reservations[round].shares + shares, true);
        _reserve(shares);
        _emit(SharesReserved.selector, _topic(round), abi.encode(shares));
    }

    /// @notice Called by a round that ends: what it did not issue is free again. Without a reservation nothing
    /// happens, so a stranger writes nothing into the history.
    function releaseReservation() external {
        uint64 shares = _reservations[msg.sender].shares;
        if (shares == 0) return;
        _reservations[msg.sender].shares = 0;
        _unreserve(shares);
        _emit(ReservationReleased.selector, _topic(msg.sender), abi.encode(shares));
    }

    /// @notice Keeps a place under the holder cap for a person who commits to the calling round. Without a cap nothing
    /// happens.
    function reservePlace(bytes32 identity) external {
        _requireAdmitted();
        if (ClassTermsCodec.holderCap() == 0) return;
        Place memory place = _loadPlace(identity);
        if (place.rounds == 0) {
            Receiver memory to = _person(identity);
            Holding memory h = _loadHolding(to.wallet);
            place.persons = h.balance > 0 ? h.persons : to.persons;
            if (h.balance == 0) {
                if (_isFull(_loadRegister(), to, address(0), 0)) {
                    revert PlaceRefused(identity, Refusal.HolderCapReached);
                }
                _count(identity, place, true);
            }
        }
        ++place.rounds;
        _storePlace(identity, place);
        _emit(PlaceReserved.selector, _topic(msg.sender), identity, abi.encode(place.persons));
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
        uint64 available = _reservations[msg.sender].shares;
        if (shares == 0 || shares > available) revert NotReserved(msg.sender, available, shares);
        Receiver memory to = _person(identity);
        Register memory r = _advance();
        _unreserve(shares);
        _reservations[msg.sender].shares = available - shares;
        _issue(r, msg.sender, to, shares, _lot(shares, lockedUntil));
        if (ClassTermsCodec.holderCap() != 0) _releasePlace(identity);
        return to.wallet;
    }

    /// @notice Why an issuance to a person would be refused now.
    function issuanceRefusal(bytes32 identity, uint64 lockedUntil) external view returns (Refusal) {
        Register memory r = _loadRegister();
        Receiver memory to = _person(identity);
        return _issuanceRefusal(r, to, _holdingOf(r, to.wallet), _lot(1, lockedUntil));
    }

    function _releasePlace(bytes32 identity) private {
        Place memory place = _loadPlace(identity);
        if (place.rounds == 0) return;
        uint256 persons = place.persons;
        if (--place.rounds == 0) {
            if (place.counted) _count(identity, place, false);
            place.persons = 0;
        }
        _storePlace(identity, place);
        _emit(PlaceReleased.selector, _topic(msg.sender), identity, abi.encode(persons));
    }

    function _person(bytes32 identity) private view returns (Receiver memory) {
        IInvestorRegistry.Investor memory person = REGISTRY.investor(identity);
        return _receiver(person.wallet, identity, person);
    }

    function _requireAdmitted() private view {
        if (!_reservations[msg.sender].admitted) revert NotReserved(msg.sender, 0, 0);
    }

    // ------------------------------------------------------------------------------------------ transfers

    /// @inheritdoc IERC7943Fungible
    function canTransfer(address from, address to, uint256 shares) external view returns (bool) {
        return transferRefusal(from, to, shares) == Refusal.None;
    }

    /// @inheritdoc IERC7943Fungible
    function canSend(address account) external view returns (bool) {
        return _maySend(account);
    }

    /// @inheritdoc IERC7943Fungible
    function canReceive(address account) external view returns (bool) {
        return _receiver(account).refusal == Refusal.None;
    }

    /// @inheritdoc IERC7943Fungible
    function getFrozenTokens(address account) external view returns (uint256) {
        return _frozenOf(_loadRegister(), account);
    }

    /// @notice Why a transfer would be refused now. Never reverts; a lack of balance is not asked for.
    function transferRefusal(address from, address to, uint256 shares) public view returns (Refusal) {
        Register memory r = _loadRegister();
        return _transferRefusal(r, from, _holdingOf(r, from), _receiver(to), _holdingOf(r, to), shares);
    }

    /// @dev Only transfers come here: shares are issued and ended without OpenZeppelin's mint and burn.
    function _update(address from, address to, uint256 shares) internal override {
        if (!_passOn(from, to, shares)) _transferByRules(from, to, shares);
        _emitTransfer(from, to, shares);
    }

    /// @dev The everyday transfer, of free shares between two who hold some before and after, on their slots as they
    /// are; it does what `_transferByRules` would do, or nothing.
    function _passOn(address from, address to, uint256 shares) private returns (bool) {
        uint256 r = _registerWord();
        uint256 f = _holdingWord(from);
        uint256 t = _holdingWord(to);
        uint256 date = r >> NEXT_DATE;
        uint256 period = uint16(r >> REGISTER_PERIOD);
        bool written = uint16(f >> PERIOD) == period && uint16(t >> PERIOD) == period;
        if (!written || (date != 0 && block.timestamp >= date) || from == to) return false;
        if (uint64(t) == 0 || f & FROZEN != 0 || shares == 0 || shares >= _surelyFree(f)) return false;
        if (uint64(f) - shares < _smallestHolding(uint16(r >> LAST_SPLIT))) return false;
        (bool succeeded, bytes32 identity, PackedInvestor person) = REGISTRY.transferParties(from, to);
        if (succeeded || identity == 0 || block.timestamp >= person.expiresAt()) return false;
        if (ClassTermsCodec.isExcluded(person.country())) return false;
        // Less than the one holds, and both together fit: no field beside the balance is touched.
        _storeHoldingWord(from, f - shares);
        _storeHoldingWord(to, t + shares);
        return true;
    }

    /// @dev Shares of a stored holding that no lot locks; none when that takes more than its own slot to say.
    function _surelyFree(uint256 word) private view returns (uint256) {
        uint256 lots = uint8(word >> LOTS);
        if (lots > 1) return 0;
        bool locked = lots == 1 && uint40(word >> OLDEST_UNTIL) > block.timestamp;
        return locked ? uint64(word) - uint64(word >> OLDEST_SHARES) : uint64(word);
    }

    function _transferByRules(address from, address to, uint256 shares) private {
        Register memory r = _advance();
        Holding memory f = _holdingOf(r, from);
        if (shares > f.balance) revert ERC20InsufficientBalance(from, f.balance, shares);
        Holding memory t = _holdingOf(r, to);
        Receiver memory receiver = _receiver(to);
        Refusal refusal = _transferRefusal(r, from, f, receiver, t, shares);
        if (refusal == Refusal.Frozen) revert ERC7943InsufficientUnfrozenBalance(from, shares, _unfrozen(r, from, f));
        if (refusal != Refusal.None) revert TransferRefused(from, to, shares, refusal);
        if (shares > 0 && from != to) _move(r, from, f, receiver, t, uint64(shares));
    }

    function _approve(address owner, address spender, uint256 shares, bool emitEvent) internal override {
        super._approve(owner, spender, shares, emitEvent);
        if (emitEvent) _fold(Approval.selector, _topic(owner), _topic(spender), abi.encode(shares));
    }

    /// @dev In this order: who, then how many, then which shares, then the cap.
    function _transferRefusal(
        Register memory r,
        address from,
        Holding memory f,
        Receiver memory to,
        Holding memory t,
        uint256 shares
    ) private view returns (Refusal) {
        if (to.refusal != Refusal.None) return to.refusal;
        if (!_maySend(from)) return Refusal.SenderSucceeded;
        // A lack of balance is the base token's matter (ERC-7943), and no rule's.
        if (shares > f.balance) return Refusal.None;
        if (f.frozen && shares > _unfrozen(r, from, f)) return Refusal.Frozen;
        if (shares == 0 || from == to.wallet) return Refusal.None;
        Refusal refusal = f.lots == 0 ? Refusal.None : _lockRefusal(r, from, f, to, t, shares);
        if (refusal != Refusal.None) return refusal;
        uint256 least = _smallestHolding(r.lastSplit);
        bool dust = (t.balance == 0 && shares < least) || (shares < f.balance && f.balance - shares < least);
        if (dust && !_isTrust(from)) return Refusal.BelowSmallestHolding;
        if (t.balance > 0) return Refusal.None;
        return _isFull(r, to, from, shares == f.balance ? f.persons : 0) ? Refusal.HolderCapReached : Refusal.None;
    }

    /// @dev Under a cap, what a newcomer receives by transfer and what a sender keeps: dust would fill it for nothing. A
    /// trust pays out whatever is its beneficiaries'.
    function _smallestHolding(uint256 lastSplit) private view returns (uint256) {
        return ClassTermsCodec.holderCap() == 0 ? 0 : ClassTermsCodec.smallestHolding() * _growth(0, lastSplit);
    }

    function _lockRefusal(
        Register memory r,
        address from,
        Holding memory f,
        Receiver memory to,
        Holding memory t,
        uint256 shares
    ) private view returns (Refusal) {
        uint256 locked = _lockedToMove(r, from, f, shares);
        if (locked == 0) return Refusal.None;
        if (!_mayReceiveLocked(from, to)) return Refusal.Locked;
        (LockedLots.Lot[] memory moving,) = LockedLots.split(_liveLots(r, from, f), locked);
        LockedLots.Lot[] memory kept = _liveLots(r, to.wallet, t);
        uint256 count = LockedLots.merge(kept, moving).length;
        return count > LockedLots.MOST_BY_TRANSFER && count > kept.length ? Refusal.TooManyLots : Refusal.None;
    }

    /// @dev 17 CFR 227.501(a): to the issuer (1), to an accredited investor (2); by an exemption that is attested, in a
    /// registered offering (3), within a family, to a trust of the holder's, in death or divorce (4).
    function _mayReceiveLocked(address from, Receiver memory to) private view returns (bool) {
        if (to.category == Category.Accredited) return true;
        return to.wallet == _controller() || REGISTRY.exemptTransfer(from, to.wallet);
    }

    // ------------------------------------------------------------------------------------------ acts

    /// @notice See `RecordDates.declareRecordDate`.
    function declareRecordDate(uint40) external returns (uint16) {
        _act(ACTS);
    }

    /// @notice See `RecordDates.split`.
    function split(uint64) external {
        _act(ACTS);
    }

    /// @notice See `CompanyShares.issueByCompany`.
    function issueByCompany(address, uint64, uint64) external {
        _act(ACTS);
    }

    /// @notice See `CompanyShares.cancelShares`.
    function cancelShares(uint64) external {
        _act(ACTS);
    }

    /// @notice See `CompanyShares.raiseAuthorised`.
    function raiseAuthorised(uint64, address) external {
        _act(ACTS);
    }

    /// @notice See `Conversion.convert`.
    function convert(uint64) external returns (uint64) {
        _act(ACTS);
    }

    /// @notice See `Conversion.conversionRate`.
    function conversionRate() external view returns (address, uint256, uint256) {
        _actInView(ACTS);
    }

    /// @notice See `Conversion.issueConverted`.
    function issueConverted(address, uint64, LockedLots.Lot[] calldata) external {
        _act(ACTS);
    }

    /// @notice See `Succession.recover`.
    function recover(address) external {
        _act(ORDERS);
    }

    /// @notice See `Orders.announceOrder`.
    function announceOrder(OrderKind, address, address, uint256, bytes32) external returns (bytes32) {
        _act(ORDERS);
    }

    /// @notice See `Orders.withdrawOrder`.
    function withdrawOrder(bytes32) external {
        _act(ORDERS);
    }

    /// @notice See `Orders.orderId`.
    function orderId(OrderKind, address, address, uint256) external view returns (bytes32) {
        _actInView(ORDERS);
    }

    /// @notice See `Orders.orderOf`.
    function orderOf(bytes32) external view returns (Order memory) {
        _actInView(ORDERS);
    }

    /// @inheritdoc IERC7943Fungible
    function setFrozenTokens(address, uint256) external returns (bool) {
        _act(ORDERS);
    }

    /// @inheritdoc IERC7943Fungible
    function forcedTransfer(address, address, uint256) external returns (bool) {
        _act(ORDERS);
    }

    /// @notice See `Documents.setDocument`.
    function setDocument(bytes32, string calldata, bytes32) external {
        _act(ACTS);
    }

    /// @notice See `Documents.removeDocument`.
    function removeDocument(bytes32) external {
        _act(ACTS);
    }

    /// @notice See `Documents.getDocument`.
    function getDocument(bytes32) external view returns (string memory, bytes32, uint256) {
        _actInView(ACTS);
    }

    /// @notice See `Documents.getAllDocuments`.
    function getAllDocuments() external view returns (bytes32[] memory) {
        _actInView(ACTS);
    }

    /// @dev Hands the whole call to other code, on this contract's storage, and ends with its answer.
    function _act(address code) private {
        assembly ("memory-safe") {
            let call_ := mload(0x40)
            calldatacopy(call_, 0, calldatasize())
            let done := delegatecall(gas(), code, call_, calldatasize(), 0, 0)
            returndatacopy(call_, 0, returndatasize())
            if iszero(done) { revert(call_, returndatasize()) }
            return(call_, returndatasize())
        }
    }

    /// @dev The same for a question: a view is called statically, so nothing that it runs can change anything.
    function _actInView(address code) private view {
        function(address) internal acting = _act;
        function(address) internal view asking;
        assembly ("memory-safe") {
            asking := acting
        }
        asking(code);
    }
}
