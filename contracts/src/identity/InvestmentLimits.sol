// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {HistoryChain} from "../ledger/HistoryChain.sol";
import {Restricted} from "../ledger/Restricted.sol";
import {RollingYear} from "./RollingYear.sol";
import {YearSum} from "./YearSum.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title InvestmentLimits
/// @notice What counts over twelve months under a regime and in a currency: what each person has committed over all
/// issuers (17 CFR 227.100(a)(2)), and what each issuer has sold or is offering (17 CFR 227.100(a)(1), Regulation (EU)
/// 2020/1503 article 1(2)(c)). Only rounds of allow-listed Directories consume and release.
/// @dev Amounts are in millionths of the currency, days are counted from 1970-01-01 in UTC.
contract InvestmentLimits is HistoryChain, Restricted {
    using RollingYear for RollingYear.Counted;

    /// @param reserved what the round may sell at most and is still counted as on offer
    struct Admission {
        bool admitted;
        uint88 reserved;
    }

    mapping(address directory => bool) private _directories;
    mapping(address round => Admission) private _rounds;
    mapping(bytes32 key => RollingYear.Counted) private _committed;
    mapping(bytes32 key => RollingYear.Counted) private _sold;
    mapping(bytes32 key => uint256) private _onOffer;

    event DirectoryAllowed(address indexed directory, bool allowed);
    event RoundAdmitted(address indexed directory, address indexed round);
    event LimitConsumed(
        bytes32 indexed identity, bytes32 indexed regime, address indexed round, bytes3 currency, uint256 amount
    );
    event LimitReleased(
        bytes32 indexed identity,
        bytes32 indexed regime,
        address indexed round,
        bytes3 currency,
        uint256 day,
        uint256 amount
    );
    event OfferingReserved(
        bytes32 indexed issuer, bytes32 indexed regime, address indexed round, bytes3 currency, uint256 maximum
    );
    event OfferingSettled(
        bytes32 indexed issuer,
        bytes32 indexed regime,
        address indexed round,
        bytes3 currency,
        uint256 maximum,
        uint256 sold
    );

    error NotAnAllowedDirectory(address caller);
    error NotAnAdmittedRound(address caller);
    error YearlyLimitExceeded(uint256 limit, uint256 used, uint256 requested);
    error IssuerLimitExceeded(uint256 limit, uint256 used, uint256 requested);
    error AlreadyReserved(address round, uint256 reserved);

    modifier onlyRound() {
        if (!_rounds[msg.sender].admitted) revert NotAnAdmittedRound(msg.sender);
        _;
    }

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
        _rounds[round].admitted = true;
        _emit(RoundAdmitted.selector, _topic(msg.sender), _topic(round), "");
    }

    // ------------------------------------------------------------------------------------------ persons

    /// @notice Counts `amount` as committed today.
    /// @param limit the most that may be counted at any time in twelve months
    function consume(bytes32 identity, bytes32 regime, bytes3 currency, uint256 amount, uint256 limit)
        external
        onlyRound
    {
        _consume(_committed[_key(identity, regime, currency)], identity, regime, currency, amount, limit);
    }

    /// @notice Gives back what was counted on `day`. Never reverts for an admitted round, so that no exit hangs on it.
    function release(bytes32 identity, bytes32 regime, bytes3 currency, uint256 day, uint256 amount)
        external
        onlyRound
    {
        _release(_committed[_key(identity, regime, currency)], identity, regime, currency, day, amount);
    }

    /// @notice Gives back what was counted on `day` and counts `amount` as committed today: a commitment that grows counts
    /// as a whole from the day of its last addition.
    function recount(
        bytes32 identity,
        bytes32 regime,
        bytes3 currency,
        uint256 day,
        uint256 released,
        uint256 amount,
        uint256 limit
    ) external onlyRound {
        RollingYear.Counted storage counted = _committed[_key(identity, regime, currency)];
        _release(counted, identity, regime, currency, day, released);
        _consume(counted, identity, regime, currency, amount, limit);
    }

    /// @notice What counts against a person's limit now.
    function used(bytes32 identity, bytes32 regime, bytes3 currency) external view returns (uint256 amount) {
        return _committed[_key(identity, regime, currency)].sum(_today());
    }

    // ------------------------------------------------------------------------------------------ issuers

    /// @notice Called by an allowed Directory for a round under a regime that limits the issuer: counts `maximum` as on offer
    /// until the round ends.
    /// @param issuer `Directory.issuerKey` of the company
    /// @param limit the most that may be sold in twelve months and on offer together
    function reserveOffering(
        address round,
        bytes32 issuer,
        bytes32 regime,
        bytes3 currency,
        uint256 maximum,
        uint256 limit
    ) external {
        if (!_directories[msg.sender]) revert NotAnAllowedDirectory(msg.sender);
        Admission storage admission = _rounds[round];
        if (admission.reserved != 0) revert AlreadyReserved(round, admission.reserved);
        bytes32 key = _key(issuer, regime, currency);
        uint256 before = _offeringUsed(key);
        if (!YearSum.fits(before, maximum, limit)) revert IssuerLimitExceeded(limit, before, maximum);
        _onOffer[key] += maximum;
        admission.reserved = uint88(maximum);
        _emit(OfferingReserved.selector, issuer, regime, _topic(round), abi.encode(currency, maximum));
    }

    /// @notice Called by a round when it ends: what it sold counts from today, the rest of its maximum no longer. Never
    /// reverts for an admitted round; without a reservation, or a second time, it does nothing.
    function settleOffering(bytes32 issuer, bytes32 regime, bytes3 currency, uint256 sold) external onlyRound {
        uint256 maximum = _rounds[msg.sender].reserved;
        bytes32 key = _key(issuer, regime, currency);
        if (maximum == 0 || _onOffer[key] < maximum) return;
        uint256 counted = Math.min(sold, maximum);
        _rounds[msg.sender].reserved = 0;
        _onOffer[key] -= maximum;
        _sold[key].add(_today(), counted, YearSum.MOST);
        _emit(OfferingSettled.selector, issuer, regime, _topic(msg.sender), abi.encode(currency, maximum, counted));
    }

    /// @notice What counts against an issuer's limit now: sold in twelve months, and on offer.
    function offeringUsed(bytes32 issuer, bytes32 regime, bytes3 currency) external view returns (uint256) {
        return _offeringUsed(_key(issuer, regime, currency));
    }

    // ------------------------------------------------------------------------------------------ inside

    function isAdmitted(address round) external view returns (bool) {
        return _rounds[round].admitted;
    }

    function _allow(address directory, bool allowed) private {
        _directories[directory] = allowed;
        _emit(DirectoryAllowed.selector, _topic(directory), abi.encode(allowed));
    }

    function _consume(
        RollingYear.Counted storage counted,
        bytes32 identity,
        bytes32 regime,
        bytes3 currency,
        uint256 amount,
        uint256 limit
    ) private {
        (bool within, uint256 before) = counted.add(_today(), amount, limit);
        if (!within) revert YearlyLimitExceeded(limit, before, amount);
        _emit(LimitConsumed.selector, identity, regime, _topic(msg.sender), abi.encode(currency, amount));
    }

    function _release(
        RollingYear.Counted storage counted,
        bytes32 identity,
        bytes32 regime,
        bytes3 currency,
        uint256 day,
        uint256 amount
    ) private {
        uint256 given = counted.subtract(day, amount);
        if (given == 0) return;
        _emit(LimitReleased.selector, identity, regime, _topic(msg.sender), abi.encode(currency, day, given));
    }

    function _offeringUsed(bytes32 key) private view returns (uint256) {
        return _sold[key].sum(_today()) + _onOffer[key];
    }

    function _today() private view returns (uint256) {
        return block.timestamp / 1 days;
    }

    function _key(bytes32 subject, bytes32 regime, bytes3 currency) private pure returns (bytes32) {
        return keccak256(abi.encode(subject, regime, currency));
    }
}
