// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICompanies} from "../ledger/ICompanies.sol";
import {Instance} from "../ledger/Instance.sol";
import {ClassTermsCodec} from "./ClassTerms.sol";
import {LockedLots} from "./LockedLots.sol";

/// @title RecordDates
/// @notice The register of a share class: who holds how many shares now, and how many at each record date. A record
/// date is declared ahead; what counts is what was held before the first transaction at or after it. A split multiplies
/// every holding by the same whole number, so it is exact for each and for their sum.
/// @dev Record dates and splits cut time into periods, counted from 0. A holding says in which period it was last
/// written; only the first change after a boundary writes history, so a transfer between boundaries costs nothing more.
/// A split changes no holding: a holding's shares are multiplied when it is next read or written.
abstract contract RecordDates is Instance {
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
    /// @dev Offsets in bits from the lowest: supply 0, reserved 64, persons 128, period 160, lastSplit 176, nextDate 192;
    /// 232 to 255 are zero.
    /// @param supply shares in issue
    /// @param reserved shares promised to open rounds and not yet issued
    /// @param persons holders, nominees counted through
    /// @param period that runs, as of the last transaction
    /// @param lastSplit period that began with the last split; 0 before the first
    /// @param nextDate second, UTC, at which the next period begins; 0 when no record date is ahead
    struct Register {
        uint64 supply;
        uint64 reserved;
        uint32 persons;
        uint16 period;
        uint16 lastSplit;
        uint40 nextDate;
    }

    /// @notice What the class may grow to and what has been counted out; one slot.
    /// @dev Offsets in bits from the lowest: authorised 0, conversionFactor 64, places 128, boundaries 160,
    /// recordDates 176; 192 to 255 are zero.
    /// @param authorised most shares in issue
    /// @param conversionFactor the split factor of the class into which this one converts, at this one's opening
    /// @param places kept in open rounds, in persons, for those who hold no shares yet
    /// @param boundaries between periods, those ahead included
    /// @param recordDates how many were declared
    struct Capacity {
        uint64 authorised;
        uint64 conversionFactor;
        uint32 places;
        uint16 boundaries;
        uint16 recordDates;
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

    /// @dev One slot: date 0, period 40.
    /// @param period that begins at this date
    struct RecordDate {
        uint40 date;
        uint16 period;
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

    /// @notice Most record dates that lie ahead at one time.
    uint256 public constant MOST_DATES_AHEAD = 16;

    Register internal _register;
    Capacity internal _capacity;
    mapping(address wallet => Holding) internal _holdings;
    mapping(address wallet => mapping(uint256 pair => LotPair)) private _laterLots;
    mapping(address wallet => mapping(uint256 index => Checkpoint)) private _checkpoints;
    mapping(uint256 period => Boundary) private _boundaries;
    mapping(uint256 index => RecordDate) private _recordDates;

    event RecordDateDeclared(uint256 indexed index, uint256 date, address declaredBy);
    event SharesSplit(uint256 factor, uint256 supply, uint256 authorised);

    error NotTheController(address caller, address controller);
    error NotOfThisCompany(address caller);
    error RecordDateInThePast(uint256 date, uint256 time);
    error RecordDateAhead(uint256 date, uint256 time);
    error UnknownRecordDate(uint256 index);
    error TooManyDatesAhead(uint256 most);
    error SplitFactorTooSmall(uint256 factor);
    error ReservedForRounds(uint256 reserved);

    modifier onlyController() {
        address controller = _controller();
        if (msg.sender != controller) revert NotTheController(msg.sender, controller);
        _;
    }

    // ------------------------------------------------------------------------------------------ record dates

    /// @notice Declares a record date, or finds the one already declared for that second. By the company's controller,
    /// or by what was opened for the company: a distribution, a vote.
    /// @param date second, UTC, later than now
    /// @return index by which balances at that date are read, counted from 1
    function declareRecordDate(uint40 date) external returns (uint16 index) {
        if (msg.sender != _controller() && !_isOfThisCompany(msg.sender)) revert NotOfThisCompany(msg.sender);
        if (date <= block.timestamp) revert RecordDateInThePast(date, block.timestamp);
        Register memory r = _advance();
        Capacity memory c = _capacity;
        uint256 place = c.boundaries;
        while (place > r.period && _boundaries[place].date > date) {
            --place;
        }
        if (place > r.period && _boundaries[place].date == date) return _boundaries[place].recordDate;
        if (c.boundaries - r.period == MOST_DATES_AHEAD) revert TooManyDatesAhead(MOST_DATES_AHEAD);
        index = ++c.recordDates;
        _insert(c, place + 1, Boundary(0, 0, date, index));
        _capacity = c;
        if (place == r.period) _register.nextDate = date;
        _emit(RecordDateDeclared.selector, bytes32(uint256(index)), abi.encode(date, msg.sender));
    }

    /// @notice The second, UTC, of a record date; zero when there is none of that index.
    function recordDates(uint16 index) external view returns (uint256) {
        return _recordDates[index].date;
    }

    function recordDateCount() external view returns (uint256) {
        return _capacity.recordDates;
    }

    /// @notice What `wallet` held before the first transaction at or after a record date, in shares of that time.
    function balanceAt(address wallet, uint16 index) external view returns (uint256) {
        Holding memory h = _holdings[wallet];
        uint256 period = _periodBefore(index);
        if (h.period <= period) return h.balance * _growth(h.period, period);
        (uint256 low, uint256 high) = (0, h.checkpoints);
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
        uint256 period = _periodBefore(index);
        Register memory r = _register;
        return period < r.period ? _boundaries[period + 1].supply : r.supply;
    }

    // ------------------------------------------------------------------------------------------ split

    /// @notice Multiplies every share, the supply and the authorised number by `factor`, 2 or more. Not while shares are
    /// reserved for open rounds, whose price is that of one share.
    function split(uint64 factor) external onlyController {
        if (factor < 2) revert SplitFactorTooSmall(factor);
        Register memory r = _advance();
        if (r.reserved > 0) revert ReservedForRounds(r.reserved);
        Capacity memory c = _capacity;
        uint256 authorised_ = uint256(c.authorised) * factor;
        if (authorised_ > ClassTermsCodec.MOST_AUTHORISED) {
            revert ClassTermsCodec.AuthorisedOutOfRange(authorised_, ClassTermsCodec.MOST_AUTHORISED);
        }
        // The supply is at most the authorised number, and the factor of all splits divides it.
        uint64 total = uint64(_factorOf(r.period)) * factor;
        _insert(c, r.period + 1, Boundary(r.supply, total, uint40(block.timestamp), 0));
        c.authorised = uint64(authorised_);
        _capacity = c;
        r.lastSplit = ++r.period;
        r.supply *= factor;
        _register = r;
        _emit(SharesSplit.selector, abi.encode(factor, r.supply, authorised_));
    }

    /// @notice Shares that one share of the opening has become.
    function splitFactor() public view returns (uint256) {
        return _factorOf(_register.lastSplit);
    }

    // ------------------------------------------------------------------------------------------ inside

    function _controller() internal view returns (address) {
        return ICompanies(ClassTermsCodec.directory()).controllerOf(ClassTermsCodec.companyId());
    }

    function _isOfThisCompany(address instance) internal view returns (bool) {
        return ICompanies(ClassTermsCodec.directory()).companyOf(instance) == ClassTermsCodec.companyId();
    }

    /// @dev Begins the periods whose time has come. Every change of holdings or supply comes after it.
    function _advance() internal returns (Register memory r) {
        r = _register;
        if (r.nextDate == 0 || block.timestamp < r.nextDate) return r;
        uint256 last = _capacity.boundaries;
        uint64 factor = uint64(_factorOf(r.lastSplit));
        while (r.nextDate != 0 && block.timestamp >= r.nextDate) {
            Boundary storage boundary = _boundaries[++r.period];
            boundary.supply = r.supply;
            boundary.factor = factor;
            r.nextDate = r.period < last ? _boundaries[r.period + 1].date : 0;
        }
        _register = r;
    }

    /// @dev A wallet's holding in today's shares; `period` still says when it was written.
    function _holdingOf(Register memory r, address wallet) internal view returns (Holding memory h) {
        h = _holdings[wallet];
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
        if (h.balance == 0 && h.checkpoints == 0 && !h.frozen) delete _holdings[wallet];
        else _holdings[wallet] = h;
    }

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
            uint64 growth = pair.split == r.lastSplit ? 1 : uint64(_growth(pair.split, r.lastSplit));
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

    /// @dev Shares of a holding that are locked now.
    function _lockedIn(Register memory r, address wallet, Holding memory h) internal view returns (uint256) {
        if (h.lots == 0) return 0;
        if (h.lots == 1) return h.oldestUntil > block.timestamp ? h.oldestShares : 0;
        return LockedLots.sum(_liveLots(r, wallet, h));
    }

    /// @dev What one share of period `from` is in period `to`; exact, as every factor is a multiple of the one before.
    function _growth(uint256 from, uint256 to) internal view returns (uint256) {
        return _factorOf(to) / _factorOf(from);
    }

    /// @dev Of a period that has begun.
    function _factorOf(uint256 period) private view returns (uint256) {
        return period == 0 ? 1 : _boundaries[period].factor;
    }

    /// @dev The period that a record date ended, or the one that still runs when no transaction has come since.
    function _periodBefore(uint256 index) private view returns (uint256 period) {
        RecordDate memory declared = _recordDates[index];
        if (declared.date == 0) revert UnknownRecordDate(index);
        if (block.timestamp < declared.date) revert RecordDateAhead(declared.date, block.timestamp);
        period = declared.period - 1;
        uint256 current = _register.period;
        return period < current ? period : current;
    }

    /// @dev Puts a boundary before those that lie further ahead.
    function _insert(Capacity memory c, uint256 place, Boundary memory boundary) private {
        for (uint256 i = ++c.boundaries; i > place; --i) {
            Boundary memory later = _boundaries[i - 1];
            _boundaries[i] = later;
            _recordDates[later.recordDate].period = uint16(i);
        }
        _boundaries[place] = boundary;
        if (boundary.recordDate != 0) _recordDates[boundary.recordDate] = RecordDate(boundary.date, uint16(place));
    }
}
