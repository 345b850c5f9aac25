// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {HistoryChain} from "../ledger/HistoryChain.sol";
import {InstanceAddress, InstanceId} from "../ledger/InstanceAddress.sol";
import {Restricted} from "../ledger/Restricted.sol";
import {RollingYear} from "./RollingYear.sol";
import {YearSum} from "./YearSum.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title InvestmentLimits
/// @notice What counts over twelve months under a regime and in a currency: what each person has committed over all
/// issuers (17 CFR 227.100(a)(2)), and what each issuer has sold or is offering (17 CFR 227.100(a)(1), Regulation (EU)
/// 2020/1503 article 1(2)(c)). Only rounds of allow-listed Directories consume and release.
/// @dev Amounts are in millionths of the currency, days are counted from 1970-01-01 in UTC. A round calls with its id, from
/// which its address follows; so what is kept of each round are two bits, beside those of its Directory's others.
contract InvestmentLimits is HistoryChain, Restricted {
    using RollingYear for RollingYear.Counted;

    uint256 private constant ADMITTED = 1;
    uint256 private constant ON_OFFER = 2;
    uint256 private constant PAGE = 7;
    uint256 private constant LAST_OF_PAGE = 127;

    mapping(address directory => bool) private _directories;
    mapping(uint256 page => uint256 marks) private _rounds;
    mapping(bytes32 key => RollingYear.Counted) private _committed;
    mapping(bytes32 key => RollingYear.Counted) private _sold;
    mapping(bytes32 key => uint256) private _onOffer;

    event DirectoryAllowed(address indexed directory, bool allowed);
    /// @param onOffer the round's maximum, if the regime limits the issuer; zero otherwise
    event RoundAdmitted(
        address indexed directory,
        address indexed round,
        bytes32 indexed issuer,
        bytes32 regime,
        bytes3 currency,
        uint256 onOffer
    );
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
    error AlreadyAdmitted(address round);

    /// @param id the caller's
    modifier onlyRound(InstanceId id) {
        if (_marksOf(id) & ADMITTED == 0 || id.addressOf() != msg.sender) revert NotAnAdmittedRound(msg.sender);
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

    /// @notice Called by an allowed Directory for each round that it opens. Under a regime that limits the issuer, `maximum`
    /// counts as on offer until the round ends.
    /// @param number of the round among all that the Directory opened
    /// @param issuer `Directory.issuerKey` of the company
    /// @param limit the most that may be sold in twelve months and on offer together; the largest number when there is none
    function admit(uint48 number, bytes32 issuer, bytes32 regime, bytes3 currency, uint256 maximum, uint256 limit)
        external
    {
        if (!_directories[msg.sender]) revert NotAnAllowedDirectory(msg.sender);
        InstanceId id = InstanceAddress.idOf(msg.sender, number);
        bytes32 round = _topic(id.addressOf());
        if (_marksOf(id) != 0) revert AlreadyAdmitted(id.addressOf());
        bool limited = limit != type(uint256).max;
        if (limited) _offer(_key(issuer, regime, currency), maximum, limit);
        _mark(id, limited ? ADMITTED | ON_OFFER : ADMITTED);
        bytes memory offering = abi.encode(regime, currency, limited ? maximum : 0);
        _emit(RoundAdmitted.selector, _topic(msg.sender), round, issuer, offering);
    }

    // ------------------------------------------------------------------------------------------ persons

    /// @notice Counts `amount` as committed today.
    /// @param id the calling round's
    /// @param limit the most that may be counted at any time in twelve months
    function consume(InstanceId id, bytes32 identity, bytes32 regime, bytes3 currency, uint256 amount, uint256 limit)
        external
        onlyRound(id)
    {
        _consume(_committed[_key(identity, regime, currency)], identity, regime, currency, amount, limit);
    }

    /// @notice Gives back what was counted on `day`. Never reverts for an admitted round, so that no exit hangs on it.
    /// @param id the calling round's
    function release(InstanceId id, bytes32 identity, bytes32 regime, bytes3 currency, uint256 day, uint256 amount)
        external
        onlyRound(id)
    {
        _release(_committed[_key(identity, regime, currency)], identity, regime, currency, day, amount);
    }

    /// @notice Gives back what was counted on `day` and counts `amount` as committed today: a commitment that grows counts
    /// as a whole from the day of its last addition.
    /// @param id the calling round's
    function recount(
        InstanceId id,
        bytes32 identity,
        bytes32 regime,
        bytes3 currency,
        uint256 day,
        uint256 released,
        uint256 amount,
        uint256 limit
    ) external onlyRound(id) {
        RollingYear.Counted storage counted = _committed[_key(identity, regime, currency)];
        _release(counted, identity, regime, currency, day, released);
        _consume(counted, identity, regime, currency, amount, limit);
    }

    /// @notice What counts against a person's limit now.
    function used(bytes32 identity, bytes32 regime, bytes3 currency) external view returns (uint256 amount) {
        return _committed[_key(identity, regime, currency)].sum(_today());
    }

    // ------------------------------------------------------------------------------------------ issuers

    /// @notice Called by a round when it ends: what it sold counts from today, the rest of its maximum no longer. Never
    /// reverts for an admitted round; without a reservation, or a second time, it does nothing.
    /// @param id the calling round's
    /// @param maximum that was on offer
    function settleOffering(
        InstanceId id,
        bytes32 issuer,
        bytes32 regime,
        bytes3 currency,
        uint256 maximum,
        uint256 sold
    ) external onlyRound(id) {
        bytes32 key = _key(issuer, regime, currency);
        if (_marksOf(id) & ON_OFFER == 0 || _onOffer[key] < maximum) return;
        uint256 counted = Math.min(sold, maximum);
        _unmark(id, ON_OFFER);
        _onOffer[key] -= maximum;
        _sold[key].add(_today(), counted, YearSum.MOST);
        _emit(OfferingSettled.selector, issuer, regime, _topic(msg.sender), abi.encode(currency, maximum, counted));
    }

    /// @notice What counts against an issuer's limit now: sold in twelve months, and on offer.
    function offeringUsed(bytes32 issuer, bytes32 regime, bytes3 currency) external view returns (uint256) {
        return _offeringUsed(_key(issuer, regime, currency));
    }

    // ------------------------------------------------------------------------------------------ inside

    /// @notice Whether the instance of this number was admitted as a round of the Directory.
    function isAdmitted(address directory, uint48 number) external view returns (bool) {
        return _marksOf(InstanceAddress.idOf(directory, number)) & ADMITTED != 0;
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

    function _offer(bytes32 key, uint256 maximum, uint256 limit) private {
        uint256 onOffer = _onOffer[key];
        uint256 before = _sold[key].sum(_today()) + onOffer;
        if (!YearSum.fits(before, maximum, limit)) revert IssuerLimitExceeded(limit, before, maximum);
        _onOffer[key] = onOffer + maximum;
    }

    function _marksOf(InstanceId id) private view returns (uint256) {
        (uint256 page, uint256 place) = _placeOf(id);
        return _rounds[page] >> place & (ADMITTED | ON_OFFER);
    }

    function _mark(InstanceId id, uint256 marks) private {
        (uint256 page, uint256 place) = _placeOf(id);
        _rounds[page] |= marks << place;
    }

    function _unmark(InstanceId id, uint256 marks) private {
        (uint256 page, uint256 place) = _placeOf(id);
        _rounds[page] &= ~(marks << place);
    }

    /// @return page of 128 numbers of a Directory, whose marks share a slot
    /// @return place of the lower of the round's two bits
    function _placeOf(InstanceId id) private pure returns (uint256 page, uint256 place) {
        uint256 word = InstanceId.unwrap(id);
        return (word >> PAGE, (word & LAST_OF_PAGE) << 1);
    }

    function _offeringUsed(bytes32 key) private view returns (uint256) {
        return _sold[key].sum(_today()) + _onOffer[key];
    }

    function _today() private view returns (uint256) {
        return block.timestamp / 1 days;
    }

    /// @return key keccak256(abi.encode(subject, regime, currency))
    function _key(bytes32 subject, bytes32 regime, bytes3 currency) private pure returns (bytes32 key) {
        // Past the free pointer, which stays where it is: every count begins with this.
        assembly ("memory-safe") {
            let scratch := mload(0x40)
            mstore(scratch, subject)
            mstore(add(scratch, 32), regime)
            mstore(add(scratch, 64), currency)
            key := keccak256(scratch, 96)
        }
    }
}
