// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICompanies} from "../ledger/ICompanies.sol";
import {ActEvents} from "./ActEvents.sol";
import {ClassTermsCodec} from "./ClassTerms.sol";
import {ShareRegister} from "./ShareRegister.sol";

/// @title RecordDates
/// @notice Record dates, declared ahead, and splits. What counts at a record date is what was held before the first
/// transaction at or after it. A split multiplies every holding by the same whole number, so it is exact for each and
/// for their sum, whatever their number.
abstract contract RecordDates is ShareRegister, ActEvents {
    /// @notice Most record dates that lie ahead at one time.
    uint256 internal constant MOST_DATES_AHEAD = 16;
    /// @notice Seconds from now on within which a record date lies, so that none takes a place for ever.
    uint256 internal constant FARTHEST_DATE = 730 days;

    /// @notice Declares a record date, or finds the one already declared for that second. By the company's controller,
    /// or by what was opened for the company: a distribution, a vote.
    /// @param date second, UTC, later than now and within two years
    /// @return index by which balances at that date are read, counted from 1
    function declareRecordDate(uint40 date) external returns (uint16 index) {
        if (msg.sender != _controller()) {
            uint256 company = ICompanies(ClassTermsCodec.directory()).companyOf(msg.sender);
            if (company != ClassTermsCodec.companyId()) revert NotOfThisCompany(msg.sender);
        }
        if (date <= block.timestamp) revert RecordDateInThePast(date, block.timestamp);
        uint256 latest = block.timestamp + FARTHEST_DATE;
        if (date > latest) revert RecordDateTooFar(date, latest);
        Register memory r = _advance();
        Capacity memory c = _loadCapacity();
        uint256 place = c.boundaries;
        while (place > r.period && _boundaries[place].date > date) {
            --place;
        }
        if (place > r.period && _boundaries[place].date == date) return _boundaries[place].recordDate;
        if (c.boundaries - r.period == MOST_DATES_AHEAD) revert TooManyDatesAhead(MOST_DATES_AHEAD);
        index = ++c.recordDates;
        _insert(c, place + 1, Boundary(0, 0, date, index), r.lastSplit);
        _storeCapacity(c);
        if (place == r.period) {
            r.nextDate = date;
            _storeRegister(r);
        }
        _emit(RecordDateDeclared.selector, bytes32(uint256(index)), abi.encode(date, msg.sender));
    }

    /// @notice Multiplies every share, the supply and the authorised number by `factor`, 2 or more. Not while shares are
    /// reserved for open rounds, whose price is that of one share.
    function split(uint64 factor) external onlyController {
        if (factor < 2) revert SplitFactorTooSmall(factor);
        Register memory r = _advance();
        Capacity memory c = _loadCapacity();
        if (c.reserved > 0) revert ReservedForRounds(c.reserved);
        uint256 authorised = uint256(c.authorised) * factor;
        if (authorised > ClassTermsCodec.MOST_AUTHORISED) {
            revert ClassTermsCodec.AuthorisedOutOfRange(authorised, ClassTermsCodec.MOST_AUTHORISED);
        }
        // The supply is at most the authorised number, and the factor of all splits divides that.
        uint64 total = uint64(_factorOf(r.period)) * factor;
        _insert(c, r.period + 1, Boundary(r.supply, total, uint40(block.timestamp), 0), r.period + 1);
        c.authorised = uint64(authorised);
        _storeCapacity(c);
        r.lastSplit = ++r.period;
        r.supply *= factor;
        _storeRegister(r);
        _emit(SharesSplit.selector, abi.encode(factor, r.supply, authorised));
    }

    /// @dev Puts a boundary before those that lie further ahead. A split takes place at once, so all dates ahead have the
    /// same one behind them.
    /// @param lastSplit the period that began with the last split, `boundary` among them
    function _insert(Capacity memory c, uint256 place, Boundary memory boundary, uint16 lastSplit) private {
        for (uint256 i = ++c.boundaries; i > place; --i) {
            Boundary memory later = _boundaries[i - 1];
            _boundaries[i] = later;
            _recordDates[later.recordDate] = RecordDate(later.date, uint16(i), lastSplit);
        }
        _boundaries[place] = boundary;
        if (boundary.recordDate != 0) {
            _recordDates[boundary.recordDate] = RecordDate(boundary.date, uint16(place), lastSplit);
        }
    }
}
