// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {InstanceId} from "../ledger/InstanceAddress.sol";
import {PackedArgs} from "../ledger/PackedArgs.sol";

/// @notice How shares are allotted when more are asked for than there are (17 CFR 227.201(h)).
enum Allocation {
    FirstCome,
    ProRata
}

/// @notice What an issuer asks when it opens a round. Amounts are in the settlement token's smallest unit, times in
/// seconds since 1970, UTC.
/// @param settlementToken one that the Directory lists
/// @param rules one that the Directory allows; the round keeps it for life
/// @param trust that receives the proceeds; zero pays whoever controls the company at the time of payment
/// @param allocation first come: commitments end at the maximum; pro rata: each is cut in the same proportion
/// @param price of one whole share
/// @param minimumShares fewer eligible shares than this at the tally fail the round
/// @param maximumShares most that are sold
/// @param minimumTicket fewest shares of one commitment; a smaller one is accepted when only that is left
/// @param oversubscriptionShares most that may be committed when allotted pro rata, at least the maximum; zero otherwise
/// @param opensAt first second in which one may commit
/// @param deadline first second in which one no longer may
/// @param feeBps the platform's fee in hundredths of a percent of what reaches the issuer
/// @param termsHash keccak256 of the terms document
/// @param filing the regulator's reference of this offering, such as "SEC 020-23358"
struct RoundTerms {
    address shareClass;
    address settlementToken;
    address rules;
    address trust;
    Allocation allocation;
    uint128 price;
    uint64 minimumShares;
    uint64 maximumShares;
    uint64 minimumTicket;
    uint64 oversubscriptionShares;
    uint40 opensAt;
    uint40 deadline;
    uint16 feeBps;
    bytes32 termsHash;
    string filing;
}

/// @notice What the Directory adds when it opens the round.
/// @param currency ISO 4217, the settlement token's
/// @param currencyDecimals ten to this power of the token's smallest units make one unit of the currency
/// @param capped whether the share class has a holder cap, so that a place is reserved with each commitment
/// @param countsPersons whether the rules count what a person commits against a yearly limit
/// @param regime as the rules name it, at most 16 letters
struct RoundOrigin {
    address directory;
    uint64 companyId;
    address feeRecipient;
    bytes3 currency;
    uint8 currencyDecimals;
    bool capped;
    bool countsPersons;
    bytes32 regime;
}

/// @title RoundTermsCodec
/// @notice A round's terms as the tightly packed arguments of its clone, and each field read from them by its place.
/// @dev Big-endian; what a commitment asks for comes first. The accessors take what `load` returns.
///   0 settlementToken | 20 rules | 40 price 16 | 56 regime 16 | 72 currency 3 | 75 decimals 1 | 76 opensAt 5 |
///   81 deadline 5 | 86 minimumShares 6 | 92 maximumShares 6 | 98 minimumTicket 6 | 104 feeBps 2 |
///   106 flags 1 (1 pro rata, 2 capped, 4 counts persons, 8 trust) | 107 shareClass | 127 directory | 147 number 6 |
///   153 companyId 6 | 159 feeRecipient | then trust, if there is one | oversubscriptionShares 6, if pro rata |
///   termsHash 32 | filing to the end
library RoundTermsCodec {
    using PackedArgs for bytes;

    /// @notice Most shares that may be committed to a round: what a commitment's slot holds twice.
    uint64 internal constant MOST_SHARES = 2 ** 43 - 1;
    uint256 private constant TRUST = 179;
    uint256 private constant AFTER_TRUST = 199;
    uint256 private constant LOADED = 205;
    uint256 private constant SHARES_LENGTH = 6;
    uint8 private constant PRO_RATA = 1;
    uint8 private constant CAPPED = 2;
    uint8 private constant COUNTS_PERSONS = 4;
    uint8 private constant TRUSTED = 8;

    error OversubscriptionOutOfRange(uint256 given, uint256 least, uint256 most);
    error RoundTooLarge(uint256 maximumShares, uint256 most);
    error RegimeNameTooLong(bytes32 regime);

    /// @notice Reverts when the shares that may be committed do not fit the allocation rule.
    function requireAllocation(RoundTerms memory t) internal pure {
        if (t.maximumShares > MOST_SHARES) revert RoundTooLarge(t.maximumShares, MOST_SHARES);
        bool proRata = t.allocation == Allocation.ProRata;
        uint256 least = proRata ? t.maximumShares : 0;
        uint256 most = proRata ? MOST_SHARES : 0;
        if (t.oversubscriptionShares < least || t.oversubscriptionShares > most) {
            revert OversubscriptionOutOfRange(t.oversubscriptionShares, least, most);
        }
    }

    /// @param number of the round among all that its Directory opened
    function pack(RoundTerms memory t, RoundOrigin memory origin, uint48 number) internal pure returns (bytes memory) {
        if (bytes32(bytes16(origin.regime)) != origin.regime) revert RegimeNameTooLong(origin.regime);
        return bytes.concat(_packAsked(t, origin), _packKept(t, origin, number));
    }

    /// @notice Everything but the documents, of the calling clone; without a trust or an oversubscription, with a part of
    /// what follows.
    function load() internal view returns (bytes memory args) {
        return PackedArgs.range(0, LOADED);
    }

    /// @notice Everything, of the calling clone.
    function unpack() internal view returns (RoundTerms memory t, RoundOrigin memory origin) {
        bytes memory args = PackedArgs.all();
        t.shareClass = shareClass(args);
        t.settlementToken = settlementToken(args);
        t.rules = rules(args);
        t.trust = trust(args);
        t.allocation = isProRata(args) ? Allocation.ProRata : Allocation.FirstCome;
        t.price = uint128(price(args));
        t.minimumShares = minimumShares(args);
        t.maximumShares = maximumShares(args);
        t.minimumTicket = minimumTicket(args);
        t.oversubscriptionShares = isProRata(args) ? uint64(mostCommitted(args)) : 0;
        t.opensAt = uint40(opensAt(args));
        t.deadline = uint40(deadline(args));
        t.feeBps = uint16(feeBps(args));
        uint256 documents = _afterTrust(args) + (isProRata(args) ? SHARES_LENGTH : 0);
        t.termsHash = args.wordAt(documents);
        t.filing = string(args.slice(documents + 32, args.length - documents - 32));
        origin = RoundOrigin({
            directory: directory(args),
            companyId: uint64(companyId(args)),
            feeRecipient: feeRecipient(args),
            currency: currency(args),
            currencyDecimals: uint8(currencyDecimals(args)),
            capped: isCapped(args),
            countsPersons: countsPersons(args),
            regime: regime(args)
        });
    }

    function settlementToken(bytes memory args) internal pure returns (address) {
        return args.addressAt(0);
    }

    function rules(bytes memory args) internal pure returns (address) {
        return args.addressAt(20);
    }

    function price(bytes memory args) internal pure returns (uint256) {
        return args.uintAt(40, 16);
    }

    function regime(bytes memory args) internal pure returns (bytes32) {
        return bytes32(args.uintAt(56, 16) << 128);
    }

    function currency(bytes memory args) internal pure returns (bytes3) {
        return bytes3(uint24(args.uintAt(72, 3)));
    }

    /// @notice Ten to this power of the token's smallest units make one unit of the currency.
    function currencyDecimals(bytes memory args) internal pure returns (uint256) {
        return args.uintAt(75, 1);
    }

    function opensAt(bytes memory args) internal pure returns (uint256) {
        return args.uintAt(76, 5);
    }

    /// @notice As opened; an amendment may have moved it since.
    function deadline(bytes memory args) internal pure returns (uint256) {
        return args.uintAt(81, 5);
    }

    function minimumShares(bytes memory args) internal pure returns (uint64) {
        return uint64(args.uintAt(86, 6));
    }

    function maximumShares(bytes memory args) internal pure returns (uint64) {
        return uint64(args.uintAt(92, 6));
    }

    function minimumTicket(bytes memory args) internal pure returns (uint64) {
        return uint64(args.uintAt(98, 6));
    }

    /// @notice Most shares that may be committed.
    function mostCommitted(bytes memory args) internal pure returns (uint256) {
        return isProRata(args) ? args.uintAt(_afterTrust(args), SHARES_LENGTH) : maximumShares(args);
    }

    function feeBps(bytes memory args) internal pure returns (uint256) {
        return args.uintAt(104, 2);
    }

    function isProRata(bytes memory args) internal pure returns (bool) {
        return _has(args, PRO_RATA);
    }

    function isCapped(bytes memory args) internal pure returns (bool) {
        return _has(args, CAPPED);
    }

    function countsPersons(bytes memory args) internal pure returns (bool) {
        return _has(args, COUNTS_PERSONS);
    }

    function shareClass(bytes memory args) internal pure returns (address) {
        return args.addressAt(107);
    }

    /// @notice Zero when nothing holds the proceeds.
    function trust(bytes memory args) internal pure returns (address) {
        return _has(args, TRUSTED) ? args.addressAt(TRUST) : address(0);
    }

    function directory(bytes memory args) internal pure returns (address) {
        return args.addressAt(127);
    }

    /// @notice The round's own.
    function id(bytes memory args) internal pure returns (InstanceId) {
        return InstanceId.wrap(args.uintAt(127, 26));
    }

    function companyId(bytes memory args) internal pure returns (uint256) {
        return args.uintAt(153, 6);
    }

    function feeRecipient(bytes memory args) internal pure returns (address) {
        return args.addressAt(159);
    }

    function _has(bytes memory args, uint256 flag) private pure returns (bool) {
        return args.uintAt(106, 1) & flag != 0;
    }

    function _afterTrust(bytes memory args) private pure returns (uint256) {
        return _has(args, TRUSTED) ? AFTER_TRUST : TRUST;
    }

    function _packAsked(RoundTerms memory t, RoundOrigin memory origin) private pure returns (bytes memory) {
        bytes memory money = abi.encodePacked(
            t.settlementToken, t.rules, t.price, bytes16(origin.regime), origin.currency, origin.currencyDecimals
        );
        return abi.encodePacked(
            money,
            t.opensAt,
            t.deadline,
            uint48(t.minimumShares),
            uint48(t.maximumShares),
            uint48(t.minimumTicket),
            t.feeBps,
            _flags(t, origin)
        );
    }

    function _flags(RoundTerms memory t, RoundOrigin memory origin) private pure returns (uint8 flags) {
        if (t.allocation == Allocation.ProRata) flags |= PRO_RATA;
        if (origin.capped) flags |= CAPPED;
        if (origin.countsPersons) flags |= COUNTS_PERSONS;
        if (t.trust != address(0)) flags |= TRUSTED;
    }

    /// @dev A Directory counts its companies in 48 bits.
    function _packKept(RoundTerms memory t, RoundOrigin memory origin, uint48 number)
        private
        pure
        returns (bytes memory)
    {
        bytes memory optional;
        if (t.trust != address(0)) optional = abi.encodePacked(t.trust);
        if (t.allocation == Allocation.ProRata) {
            optional = abi.encodePacked(optional, uint48(t.oversubscriptionShares));
        }
        return abi.encodePacked(
            t.shareClass,
            origin.directory,
            number,
            uint48(origin.companyId),
            origin.feeRecipient,
            optional,
            t.termsHash,
            t.filing
        );
    }
}
