// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CivilDate} from "../ledger/CivilDate.sol";
import {HistoryChain} from "../ledger/HistoryChain.sol";
import {Restricted} from "../ledger/Restricted.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @title InvestmentLimits
/// @notice What each person has committed in the last twelve months under a regime and in a currency, over all
/// issuers (17 CFR 227.100(a)(2)). Only rounds of allow-listed Directories consume and release.
/// @dev One entry per person and UTC day; a day's commitments count until the same date of the next year. Amounts
/// are in millionths of the currency.
contract InvestmentLimits is HistoryChain, Restricted {
    using SafeCast for uint256;

    struct Usage {
        uint128 total;
        uint64 first;
        uint64 end;
    }

    struct DayEntry {
        uint32 day;
        uint128 amount;
    }

    mapping(address directory => bool) private _directories;
    mapping(address round => bool) private _rounds;
    mapping(bytes32 key => Usage) private _usages;
    mapping(bytes32 key => mapping(uint256 index => DayEntry)) private _entries;

    event DirectoryAllowed(address indexed directory, bool allowed);
    event RoundAdmitted(address indexed directory, address indexed round);
    event LimitConsumed(
        bytes32 indexed identity, bytes32 indexed regime, address indexed round, bytes3 currency, uint256 amount
    );
    event LimitReleased(
        bytes32 indexed identity, bytes32 indexed regime, address indexed round, bytes3 currency, uint256 amount
    );

    error NotAnAllowedDirectory(address caller);
    error NotAnAdmittedRound(address caller);
    error YearlyLimitExceeded(uint256 limit, uint256 used, uint256 requested);

    /// @param directory the first Directory allowed
    constructor(IAccessManager authority_, address directory) Restricted(authority_) {
        _allow(directory, true);
    }

    /// @notice Allows another Directory's rounds, or no longer admits new ones of it; rounds admitted stay.
    function allowDirectory(address directory, bool allowed) external restricted {
        _allow(directory, allowed);
    }

    /// @notice Called by an allowed Directory for each round that it opens.
    function admit(address round) external {
        if (!_directories[msg.sender]) revert NotAnAllowedDirectory(msg.sender);
        _rounds[round] = true;
        _emit(RoundAdmitted.selector, _topic(msg.sender), _topic(round), "");
    }

    /// @notice Counts `amount` as committed today.
    /// @param limit the most that may be counted at any time in twelve months
    function consume(bytes32 identity, bytes32 regime, bytes3 currency, uint256 amount, uint256 limit) external {
        if (!_rounds[msg.sender]) revert NotAnAdmittedRound(msg.sender);
        bytes32 key = keccak256(abi.encode(identity, regime, currency));
        uint256 today = block.timestamp / 1 days;
        Usage memory usage = _expire(key, _usages[key], today);
        if (usage.total + amount > limit) revert YearlyLimitExceeded(limit, usage.total, amount);
        uint128 counted = amount.toUint128();
        if (usage.end > usage.first && _entries[key][usage.end - 1].day == today) {
            _entries[key][usage.end - 1].amount += counted;
        } else {
            _entries[key][usage.end++] = DayEntry(today.toUint32(), counted);
        }
        usage.total += counted;
        _usages[key] = usage;
        _emit(LimitConsumed.selector, identity, regime, _topic(msg.sender), abi.encode(currency, amount));
    }

    /// @notice Gives back what was counted on `day` (days since 1970-01-01). Never reverts for an admitted round, so
    /// that no exit hangs on it.
    function release(bytes32 identity, bytes32 regime, bytes3 currency, uint256 day, uint256 amount) external {
        if (!_rounds[msg.sender]) revert NotAnAdmittedRound(msg.sender);
        bytes32 key = keccak256(abi.encode(identity, regime, currency));
        Usage storage usage = _usages[key];
        (bool found, uint256 index) = _entryOf(key, usage.first, usage.end, day);
        if (found) {
            DayEntry storage entry = _entries[key][index];
            uint128 given = Math.min(amount, entry.amount).toUint128();
            entry.amount -= given;
            usage.total -= given;
        }
        _emit(LimitReleased.selector, identity, regime, _topic(msg.sender), abi.encode(currency, amount));
    }

    /// @notice What counts against the limit now, in millionths of the currency.
    function used(bytes32 identity, bytes32 regime, bytes3 currency) external view returns (uint256 amount) {
        bytes32 key = keccak256(abi.encode(identity, regime, currency));
        return _expire(key, _usages[key], block.timestamp / 1 days).total;
    }

    function isAdmitted(address round) external view returns (bool) {
        return _rounds[round];
    }

    function _allow(address directory, bool allowed) private {
        _directories[directory] = allowed;
        _emit(DirectoryAllowed.selector, _topic(directory), abi.encode(allowed));
    }

    /// @dev Drops the entries whose year is over: at most one per day since the last call.
    function _expire(bytes32 key, Usage memory usage, uint256 today) private view returns (Usage memory) {
        while (usage.first < usage.end) {
            DayEntry storage oldest = _entries[key][usage.first];
            if (CivilDate.oneYearAfter(uint256(oldest.day) * 1 days) / 1 days > today) break;
            usage.total -= oldest.amount;
            ++usage.first;
        }
        return usage;
    }

    /// @dev Entries are in ascending order of day.
    function _entryOf(bytes32 key, uint256 first, uint256 end, uint256 day)
        private
        view
        returns (bool found, uint256 index)
    {
        while (first < end) {
            uint256 middle = (first + end) / 2;
            uint256 middleDay = _entries[key][middle].day;
            if (middleDay == day) return (true, middle);
            if (middleDay < day) first = middle + 1;
            else end = middle;
        }
    }
}
