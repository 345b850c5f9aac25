// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICompanies} from "../ledger/ICompanies.sol";
import {Instance} from "../ledger/Instance.sol";
import {ClassTermsCodec} from "./ClassTerms.sol";
import {IERC7943Fungible} from "./IERC7943Fungible.sol";
import {LockedLots} from "./LockedLots.sol";

/// @title ShareRegister
/// @notice The register of a share class as it is stored: who holds how many shares now, which of them are locked, and
/// what was held before.
/// @dev Record dates and splits cut time into periods, counted from 0. A holding says in which period it was last
/// written; only the first change after a boundary writes history, so a transfer between boundaries costs nothing more.
/// A split changes no holding: a holding's shares are multiplied when it is next read or written.
/// Everything that a class keeps is declared here, so that `ShareToken` and `ShareActs`, which acts on the same storage,
/// agree on every slot.
abstract contract ShareRegister is Instance {
    /// @notice What one wallet holds; one slot.
    /// @dev Offsets in bits from the lowest: balance 0, oldestShares 64, oldestUntil 128, lots 168, period 176,
    /// persons 192, checkpoints 208, frozen 224; 232 to 255 are zero. `balance` and `oldestShares` count shares of
    /// `period`: times splitFactor(now) / splitFactor(period) they are today's.
    /// @param balance shares
    /// @param oldestShares of the lot that is unlocked first, part of `balance`
    /// @param oldestUntil first second, UTC, at which that lot may be resold; a lot whose time has come is free
    /// @param lots how many lots there are; all but the oldest lie in `_laterLots`, two a slot
    /// @param period in which this was last written
    /// @param persons how many the holder counts for under a holder cap, fixed when it joined; 0 without shares
    /// @param checkpoints how many earlier balances are kept
    /// @param frozen whether `_freezes` keeps a number for this wallet
    struct Holding {
        uint64 balance;
        uint64 oldestShares;
        uint40 oldestUntil;
        uint8 lots;
        uint16 period;
        uint16 persons;
        uint16 checkpoints;
        bool frozen;
    }

    /// @notice What every issuance asks and a transfer reads; one slot.
    /// @dev Offsets in bits from the lowest: supply 0, persons 128, period 160, lastSplit 176, nextDate 192; 64 to 127 and
    /// 232 to 255 are zero.
    /// @param supply shares in issue
    /// @param persons holders, nominees counted through
    /// @param period that runs, as of the last transaction
    /// @param lastSplit period that began with the last split; 0 before the first
    /// @param nextDate second, UTC, at which the next period begins; 0 when no record date is ahead
    struct Register {
        uint64 supply;
        uint32 persons;
        uint16 period;
        uint16 lastSplit;
        uint40 nextDate;
    }

    /// @notice What the class may grow to and what has been counted out; one slot.
    /// @dev Offsets in bits from the lowest: authorised 0, conversionFactor 64, places 128, boundaries 160,
    /// recordDates 176, reserved 192. It is never zero once the class is open, so that a reservation is not the first to
    /// write it.
    /// @param authorised most shares in issue
    /// @param conversionFactor the split factor of the class into which this one converts, at this one's opening
    /// @param places kept in open rounds, in persons, for those who hold no shares yet
    /// @param boundaries between periods, those ahead included
    /// @param recordDates how many were declared
    /// @param reserved shares promised to open rounds and not yet issued
    struct Capacity {
        uint64 authorised;
        uint64 conversionFactor;
        uint32 places;
        uint16 boundaries;
        uint16 recordDates;
        uint64 reserved;
    }

    /// @dev The beginning of a period; one slot: supply 0, factor 64, date 128, recordDate 168.
    /// @param supply in issue just before; known once the boundary has passed and a transaction came
    /// @param factor by which one share of the opening has multiplied, from this boundary on; known likewise
    /// @param date second, UTC
    /// @param recordDate index of the record date that it is; 0 for a split
    struct Boundary {
        uint64 supply;
        uint64 factor;
        uint40 date;
        uint16 recordDate;
    }

    /// @dev One slot: date 0, period 40, lastSplit 56.
    /// @param period that begins at this date
    /// @param lastSplit period that began with the last split before this date; 0 when there was none
    struct RecordDate {
        uint40 date;
        uint16 period;
        uint16 lastSplit;
    }

    /// @dev One slot: balance 0, period 64. The balance from `period` to before that of the next checkpoint, or of the
    /// holding, in shares of `period`.
    struct Checkpoint {
        uint64 balance;
        uint16 period;
    }

    /// @dev Two lots in one slot: 0, 64, 104, 168, 208. Shares count as of the split that began period `split`.
    struct LotPair {
        uint64 firstShares;
        uint40 firstUntil;
        uint64 secondShares;
        uint40 secondUntil;
        uint16 split;
    }

    /// @dev One slot: persons 0, rounds 16, counted 32.
    /// @param persons that the place is for, fixed when the first round kept it
    /// @param rounds that keep it
    /// @param counted whether it is among `Capacity.places`: not while the person holds shares
    struct Place {
        uint16 persons;
        uint16 rounds;
        bool counted;
    }

    /// @dev One slot: shares 0, admitted 64.
    struct Reservation {
        uint64 shares;
        bool admitted;
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

    /// @dev documentHash; then one slot: lastModified 0, place 64; then uri.
    struct Document {
        bytes32 documentHash;
        uint64 lastModified;
        uint32 place;
        string uri;
    }

    uint256 internal constant OLDEST_SHARES = 64;
    uint256 internal constant OLDEST_UNTIL = 128;
    uint256 internal constant LOTS = 168;
    uint256 internal constant PERIOD = 176;
    uint256 internal constant CHECKPOINTS = 208;
    uint256 internal constant FROZEN = 1 << 224;
    uint256 internal constant REGISTER_PERIOD = 160;
    uint256 internal constant LAST_SPLIT = 176;
    uint256 internal constant NEXT_DATE = 192;

    Register private _register;
    Capacity private _capacity;
    mapping(address wallet => Holding) private _holdings;
    mapping(address wallet => mapping(uint256 pair => LotPair)) private _laterLots;
    mapping(address wallet => mapping(uint256 index => Checkpoint)) internal _checkpoints;
    mapping(uint256 period => Boundary) internal _boundaries;
    mapping(uint256 index => RecordDate) internal _recordDates;
    mapping(bytes32 identity => Place) private _places;
    mapping(address round => Reservation) internal _reservations;
    mapping(address account => Freeze) private _freezes;
    mapping(bytes32 order => Order) internal _orders;
    mapping(bytes32 name => Document) internal _documents;
    bytes32[] internal _documentNames;

    error NotTheController(address caller, address controller);

    modifier onlyController() {
        address controller = _controller();
        if (msg.sender != controller) revert NotTheController(msg.sender, controller);
        _;
    }

    // ------------------------------------------------------------------------------------------ company

    function _controller() internal view returns (address) {
        return ICompanies(ClassTermsCodec.directory()).controllerOf(ClassTermsCodec.companyId());
    }

    /// @dev Whether this was opened for the class's company, as what is asked for.
    function _isOfCompany(address instance, ICompanies.Kind kind) internal view returns (bool) {
        ICompanies directory = ICompanies(ClassTermsCodec.directory());
        return directory.companyOf(instance) == ClassTermsCodec.companyId() && directory.kindOf(instance) == kind;
    }

    // ------------------------------------------------------------------------------------------ slots

    // Register and holdings are read and written whole: one access each, whatever the compiler makes of a struct.

    function _registerWord() internal view returns (uint256 word) {
        assembly ("memory-safe") {
            word := sload(_register.slot)
        }
    }

    function _loadRegister() internal view returns (Register memory r) {
        uint256 word = _registerWord();
        r.supply = uint64(word);
        r.persons = uint32(word >> 128);
        r.period = uint16(word >> REGISTER_PERIOD);
        r.lastSplit = uint16(word >> LAST_SPLIT);
        r.nextDate = uint40(word >> NEXT_DATE);
    }

    function _storeRegister(Register memory r) internal {
        uint256 word = uint256(r.nextDate) << NEXT_DATE | uint256(r.lastSplit) << LAST_SPLIT | uint256(r.period)
            << REGISTER_PERIOD;
        word |= uint256(r.persons) << 128 | r.supply;
        assembly ("memory-safe") {
            sstore(_register.slot, word)
        }
    }

    function _loadCapacity() internal view returns (Capacity memory) {
        return _capacity;
    }

    function _storeCapacity(Capacity memory c) internal {
        _capacity = c;
    }

    function _reserve(uint64 shares) internal {
        _capacity.reserved += shares;
    }

    function _unreserve(uint64 shares) internal {
        _capacity.reserved -= shares;
    }

    function _holdingWord(address wallet) internal view returns (uint256 word) {
        Holding storage slot = _holdings[wallet];
        assembly ("memory-safe") {
            word := sload(slot.slot)
        }
    }

    function _storeHoldingWord(address wallet, uint256 word) internal {
        Holding storage slot = _holdings[wallet];
        assembly ("memory-safe") {
            sstore(slot.slot, word)
        }
    }

    /// @dev As it is stored, in shares of its period.
    function _loadHolding(address wallet) internal view returns (Holding memory h) {
        uint256 word = _holdingWord(wallet);
        h.balance = uint64(word);
        h.oldestShares = uint64(word >> OLDEST_SHARES);
        h.oldestUntil = uint40(word >> OLDEST_UNTIL);
        h.lots = uint8(word >> LOTS);
        h.period = uint16(word >> PERIOD);
        h.persons = uint16(word >> 192);
        h.checkpoints = uint16(word >> CHECKPOINTS);
        h.frozen = word & FROZEN != 0;
    }

    function _storeHolding(address wallet, Holding memory h) private {
        uint256 word = uint256(h.checkpoints) << CHECKPOINTS | uint256(h.persons) << 192 | uint256(h.period) << PERIOD;
        word |= uint256(h.lots) << LOTS | uint256(h.oldestUntil) << OLDEST_UNTIL | uint256(h.oldestShares)
        << OLDEST_SHARES | h.balance;
        if (h.frozen) word |= FROZEN;
        _storeHoldingWord(wallet, word);
    }

    function _loadPlace(bytes32 identity) internal view returns (Place memory) {
        return _places[identity];
    }

    function _storePlace(bytes32 identity, Place memory place) internal {
        _places[identity] = place;
    }

    // ------------------------------------------------------------------------------------------ periods

    /// @dev Begins the periods whose time has come. Every change of holdings or supply comes after it.
    function _advance() internal returns (Register memory r) {
        r = _loadRegister();
        if (r.nextDate == 0 || block.timestamp < r.nextDate) return r;
        uint256 last = _loadCapacity().boundaries;
        uint64 factor = uint64(_factorOf(r.lastSplit));
        while (r.nextDate != 0 && block.timestamp >= r.nextDate) {
            Boundary storage boundary = _boundaries[++r.period];
            boundary.supply = r.supply;
            boundary.factor = factor;
            r.nextDate = r.period < last ? _boundaries[r.period + 1].date : 0;
        }
        _storeRegister(r);
    }

    /// @dev What one share of period `from` is in period `to`; exact, as every factor is a multiple of the one before.
    function _growth(uint256 from, uint256 to) internal view returns (uint256) {
        return from == to ? 1 : _factorOf(to) / _factorOf(from);
    }

    /// @dev Of a period that has begun.
    function _factorOf(uint256 period) internal view returns (uint256) {
        return period == 0 ? 1 : _boundaries[period].factor;
    }

    // ------------------------------------------------------------------------------------------ holdings

    /// @dev A wallet's holding in today's shares; `period` still says when it was written.
    function _holdingOf(Register memory r, address wallet) internal view returns (Holding memory h) {
        h = _loadHolding(wallet);
        if (h.period >= r.lastSplit) return h;
        uint64 growth = uint64(_growth(h.period, r.lastSplit));
        h.balance *= growth;
        h.oldestShares *= growth;
    }

    /// @dev Writes what `_holdingOf` read, after changes; keeps the balance of the periods that have passed.
    function _save(Register memory r, address wallet, Holding memory h) internal {
        if (h.period != r.period) {
            uint64 before = _holdings[wallet].balance;
            if (before > 0 || h.checkpoints > 0) {
                _checkpoints[wallet][h.checkpoints++] = Checkpoint(before, h.period);
            }
            h.period = r.period;
        }
        // A wallet that is gone without a trace leaves an empty slot.
        if (h.balance == 0 && h.checkpoints == 0 && !h.frozen) h.period = 0;
        _storeHolding(wallet, h);
    }

    // ------------------------------------------------------------------------------------------ lots

    /// @dev Lots that are locked now, in today's shares.
    function _liveLots(Register memory r, address wallet, Holding memory h)
        internal
        view
        returns (LockedLots.Lot[] memory lots)
    {
        uint256 count = h.lots;
        lots = new LockedLots.Lot[](count);
        uint256 live = 0;
        if (count > 0 && h.oldestUntil > block.timestamp) {
            lots[live++] = LockedLots.Lot(h.oldestShares, h.oldestUntil);
        }
        for (uint256 i = 1; i < count; i += 2) {
            LotPair memory pair = _laterLots[wallet][i / 2];
            uint64 growth = uint64(_growth(pair.split, r.lastSplit));
            if (pair.firstUntil > block.timestamp) {
                lots[live++] = LockedLots.Lot(pair.firstShares * growth, pair.firstUntil);
            }
            if (pair.secondUntil > block.timestamp) {
                lots[live++] = LockedLots.Lot(pair.secondShares * growth, pair.secondUntil);
            }
        }
        // Only ever shorter than allocated.
        assembly ("memory-safe") {
            mstore(lots, live)
        }
    }

    /// @dev Makes `lots` the holding's; the oldest into `h`, to be saved by the caller.
    function _keepLots(Register memory r, address wallet, Holding memory h, LockedLots.Lot[] memory lots) internal {
        uint256 count = lots.length;
        for (uint256 i = 1; i < count; i += 2) {
            LockedLots.Lot memory first = lots[i];
            LockedLots.Lot memory second = i + 1 < count ? lots[i + 1] : LockedLots.Lot(0, 0);
            _laterLots[wallet][i / 2] = LotPair(
                first.shares, uint40(first.lockedUntil), second.shares, uint40(second.lockedUntil), r.lastSplit
            );
        }
        for (uint256 pair = count / 2; pair < h.lots / 2; ++pair) {
            delete _laterLots[wallet][pair];
        }
        h.lots = uint8(count);
        h.oldestShares = count > 0 ? lots[0].shares : 0;
        h.oldestUntil = count > 0 ? uint40(lots[0].lockedUntil) : 0;
    }

    /// @dev Adds to the holding's lots.
    function _addLots(Register memory r, address wallet, Holding memory h, LockedLots.Lot[] memory lots, uint256 most)
        internal
    {
        if (lots.length == 0) return;
        if (h.lots > 0) lots = LockedLots.merge(_liveLots(r, wallet, h), lots);
        if (lots.length > most) revert LockedLots.TooManyLots(most);
        _keepLots(r, wallet, h, lots);
    }

    /// @dev Takes the lots that `shares` leaving bring along: free shares go first, then the oldest.
    function _takeLots(Register memory r, address wallet, Holding memory h, uint64 shares)
        internal
        returns (LockedLots.Lot[] memory taken)
    {
        if (h.lots == 0) return taken;
        uint256 locked = _lockedToMove(r, wallet, h, shares);
        if (locked == 0 && shares < h.balance) return taken;
        LockedLots.Lot[] memory rest;
        (taken, rest) = LockedLots.split(_liveLots(r, wallet, h), locked);
        _keepLots(r, wallet, h, rest);
    }

    /// @dev Of `shares` leaving, those that must come out of live lots.
    function _lockedToMove(Register memory r, address wallet, Holding memory h, uint256 shares)
        internal
        view
        returns (uint256)
    {
        uint256 free = h.balance - _lockedIn(r, wallet, h);
        return shares > free ? shares - free : 0;
    }

    /// @dev Shares of a holding that are locked now.
    function _lockedIn(Register memory r, address wallet, Holding memory h) internal view returns (uint256) {
        if (h.lots == 0) return 0;
        if (h.lots == 1) return h.oldestUntil > block.timestamp ? h.oldestShares : 0;
        return LockedLots.sum(_liveLots(r, wallet, h));
    }

    // ------------------------------------------------------------------------------------------ freezes

    /// @dev Shares that are frozen, in today's shares.
    function _frozenOf(Register memory r, address wallet) internal view returns (uint256) {
        Freeze memory freeze = _freezes[wallet];
        uint256 growth = _growth(freeze.split, r.lastSplit);
        // More than can ever be held stays more than can ever be held.
        return freeze.shares > type(uint256).max / growth ? type(uint256).max : freeze.shares * growth;
    }

    /// @dev Shares that are not frozen; zero when more is frozen than held.
    function _unfrozen(Register memory r, address wallet, Holding memory h) internal view returns (uint256) {
        if (!h.frozen) return h.balance;
        uint256 frozen = _frozenOf(r, wallet);
        return frozen < h.balance ? h.balance - frozen : 0;
    }

    /// @dev The caller saves `h`.
    function _freeze(Register memory r, address wallet, Holding memory h, uint256 shares) internal {
        h.frozen = shares > 0;
        if (shares > 0) _freezes[wallet] = Freeze(shares, r.lastSplit);
        else delete _freezes[wallet];
        _emit(IERC7943Fungible.Frozen.selector, _topic(wallet), abi.encode(shares));
    }
}
