// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {PackedArgs} from "../ledger/PackedArgs.sol";

/// @notice What a company asks when it opens a share class. All but `authorised` is fixed for the life of the class.
/// Money and terms of conversion per share are those of the opening; a split by n divides them by n
/// (`ShareToken.splitFactor`).
/// @param companyId the Directory's number of the company
/// @param authorised most shares in issue, 1 to 2^63 - 1; a vote of the holders raises it, a split multiplies it
/// @param votesPerShare votes of one share in a `HolderVote`, before a split and after; 0 is a class without votes
/// @param liquidationPreference paid per share before the classes below, in the smallest unit (two decimals) of
/// `preferenceCurrency`; recorded, not enforced
/// @param preferenceCurrency ISO 4217, three letters; empty without a preference
/// @param seniority rank in a liquidation, the lowest number first
/// @param convertsInto the class into which a holder may convert; zero for none
/// @param conversionNumerator shares of that class for each `conversionDenominator` of this one
/// @param holderCap most persons among the holders, nominees counted through; 0 for no cap (China: 200, Securities Law
/// of the PRC art. 9)
/// @param smallestHolding under a cap, a transfer leaves neither a newcomer nor a sender who keeps some with fewer shares
/// @param excludedCountries ISO 3166-1 numeric; persons from there receive no shares
struct ClassTerms {
    uint64 companyId;
    uint64 authorised;
    uint32 votesPerShare;
    uint128 liquidationPreference;
    bytes3 preferenceCurrency;
    uint16 seniority;
    address convertsInto;
    uint32 conversionNumerator;
    uint32 conversionDenominator;
    uint32 holderCap;
    uint64 smallestHolding;
    string name;
    string symbol;
    uint16[] excludedCountries;
}

/// @title ClassTermsCodec
/// @notice The terms of a share class as the tightly packed arguments of its clone, and what they must satisfy.
/// @dev Byte offsets, big-endian: directory 0, company 20, holder cap 28, smallest holding 32, count of excluded
/// countries 40, length of the name 41, votes per share 42, authorised at the opening 46, liquidation preference 54,
/// its currency 70, seniority 73, converts into 75, numerator 95, denominator 99, excluded countries from 103 on, two
/// bytes each, then the name and the symbol. What transfers ask lies in the first 41 bytes.
library ClassTermsCodec {
    /// @notice Most shares that a class can be authorised to issue: what a signed 64-bit number holds.
    uint64 internal constant MOST_AUTHORISED = uint64(type(int64).max);
    uint256 internal constant MOST_COUNTRIES = 64;
    uint256 internal constant LONGEST_NAME = 96;
    uint256 internal constant LONGEST_SYMBOL = 32;

    uint256 private constant DIRECTORY = 0;
    uint256 private constant COMPANY = 20;
    uint256 private constant HOLDER_CAP = 28;
    uint256 private constant SMALLEST_HOLDING = 32;
    uint256 private constant COUNTRY_COUNT = 40;
    uint256 private constant NAME_LENGTH = 41;
    uint256 private constant VOTES = 42;
    uint256 private constant AUTHORISED = 46;
    uint256 private constant PREFERENCE = 54;
    uint256 private constant CURRENCY = 70;
    uint256 private constant SENIORITY = 73;
    uint256 private constant CONVERTS_INTO = 75;
    uint256 private constant NUMERATOR = 95;
    uint256 private constant DENOMINATOR = 99;
    uint256 private constant COUNTRIES = 103;

    error AuthorisedOutOfRange(uint256 authorised, uint256 most);
    error NameTooLong(uint256 length, uint256 most);
    error TooManyCountries(uint256 count, uint256 most);
    error ConversionIncomplete(address convertsInto, uint256 numerator, uint256 denominator);
    error PreferenceIncomplete(uint256 preference, bytes3 currency);
    error SmallestHoldingOutOfRange(uint256 smallestHolding, uint256 authorised);

    /// @notice Reverts with the reason unless a class may be opened on these terms. That `convertsInto` is a class of
    /// the same company is for the Directory to know.
    function requireTerms(ClassTerms memory terms) internal pure {
        if (terms.authorised == 0 || terms.authorised > MOST_AUTHORISED) {
            revert AuthorisedOutOfRange(terms.authorised, MOST_AUTHORISED);
        }
        uint256 length = bytes(terms.name).length;
        if (length > LONGEST_NAME) revert NameTooLong(length, LONGEST_NAME);
        length = bytes(terms.symbol).length;
        if (length > LONGEST_SYMBOL) revert NameTooLong(length, LONGEST_SYMBOL);
        length = terms.excludedCountries.length;
        if (length > MOST_COUNTRIES) revert TooManyCountries(length, MOST_COUNTRIES);
        if (terms.smallestHolding > terms.authorised) {
            revert SmallestHoldingOutOfRange(terms.smallestHolding, terms.authorised);
        }
        _requireRights(terms);
    }

    function _requireRights(ClassTerms memory terms) private pure {
        bool converts = terms.convertsInto != address(0);
        if (converts != (terms.conversionNumerator != 0) || converts != (terms.conversionDenominator != 0)) {
            revert ConversionIncomplete(terms.convertsInto, terms.conversionNumerator, terms.conversionDenominator);
        }
        if ((terms.liquidationPreference != 0) != (terms.preferenceCurrency != 0)) {
            revert PreferenceIncomplete(terms.liquidationPreference, terms.preferenceCurrency);
        }
    }

    function pack(ClassTerms memory terms, address directory_) internal pure returns (bytes memory args) {
        bytes memory countries;
        for (uint256 i = 0; i < terms.excludedCountries.length; ++i) {
            countries = bytes.concat(countries, bytes2(terms.excludedCountries[i]));
        }
        args = bytes.concat(
            abi.encodePacked(directory_, terms.companyId, terms.holderCap, terms.smallestHolding),
            abi.encodePacked(uint8(terms.excludedCountries.length), uint8(bytes(terms.name).length)),
            abi.encodePacked(terms.votesPerShare, terms.authorised),
            abi.encodePacked(terms.liquidationPreference, terms.preferenceCurrency, terms.seniority),
            abi.encodePacked(terms.convertsInto, terms.conversionNumerator, terms.conversionDenominator),
            abi.encodePacked(countries, terms.name, terms.symbol)
        );
    }

    /// @notice The terms of the calling clone.
    function read() internal view returns (ClassTerms memory terms) {
        bytes memory args = PackedArgs.all();
        terms.companyId = uint64(PackedArgs.uintAt(args, COMPANY, 8));
        terms.authorised = uint64(PackedArgs.uintAt(args, AUTHORISED, 8));
        terms.votesPerShare = uint32(PackedArgs.uintAt(args, VOTES, 4));
        terms.liquidationPreference = uint128(PackedArgs.uintAt(args, PREFERENCE, 16));
        terms.preferenceCurrency = bytes3(uint24(PackedArgs.uintAt(args, CURRENCY, 3)));
        terms.seniority = uint16(PackedArgs.uintAt(args, SENIORITY, 2));
        terms.convertsInto = PackedArgs.addressAt(args, CONVERTS_INTO);
        terms.conversionNumerator = uint32(PackedArgs.uintAt(args, NUMERATOR, 4));
        terms.conversionDenominator = uint32(PackedArgs.uintAt(args, DENOMINATOR, 4));
        terms.holderCap = uint32(PackedArgs.uintAt(args, HOLDER_CAP, 4));
        terms.smallestHolding = uint64(PackedArgs.uintAt(args, SMALLEST_HOLDING, 8));
        terms.excludedCountries = new uint16[](PackedArgs.uintAt(args, COUNTRY_COUNT, 1));
        uint256 offset = COUNTRIES;
        for (uint256 i = 0; i < terms.excludedCountries.length; ++i) {
            terms.excludedCountries[i] = uint16(PackedArgs.uintAt(args, offset, 2));
            offset += 2;
        }
        uint256 length = PackedArgs.uintAt(args, NAME_LENGTH, 1);
        terms.name = string(PackedArgs.slice(args, offset, length));
        terms.symbol = string(PackedArgs.slice(args, offset + length, args.length - offset - length));
    }

    function name() internal view returns (string memory) {
        return string(PackedArgs.range(_nameOffset(), PackedArgs.readUint(NAME_LENGTH, 1)));
    }

    function symbol() internal view returns (string memory) {
        return string(PackedArgs.from(_nameOffset() + PackedArgs.readUint(NAME_LENGTH, 1)));
    }

    function _nameOffset() private view returns (uint256) {
        return COUNTRIES + 2 * PackedArgs.readUint(COUNTRY_COUNT, 1);
    }

    function directory() internal view returns (address) {
        return PackedArgs.readAddress(DIRECTORY);
    }

    function companyId() internal view returns (uint256) {
        return PackedArgs.readUint(COMPANY, 8);
    }

    function holderCap() internal view returns (uint256) {
        return PackedArgs.readUint(HOLDER_CAP, 4);
    }

    /// @notice The holder cap of a class that a Directory lists.
    function holderCapOf(address shareClass) internal view returns (uint256) {
        return PackedArgs.uintAt(PackedArgs.rangeOf(shareClass, HOLDER_CAP, 4), 0, 4);
    }

    function smallestHolding() internal view returns (uint256) {
        return PackedArgs.readUint(SMALLEST_HOLDING, 8);
    }

    function votesPerShare() internal view returns (uint256) {
        return PackedArgs.readUint(VOTES, 4);
    }

    /// @notice Shares of `into` for each `denominator` of this class, at the opening; zero for a class that stays.
    function conversion() internal view returns (address into, uint256 numerator, uint256 denominator) {
        into = PackedArgs.readAddress(CONVERTS_INTO);
        numerator = PackedArgs.readUint(NUMERATOR, 4);
        denominator = PackedArgs.readUint(DENOMINATOR, 4);
    }

    function isExcluded(uint16 country) internal view returns (bool) {
        uint256 count = PackedArgs.readUint(COUNTRY_COUNT, 1);
        for (uint256 i = 0; i < count; ++i) {
            if (PackedArgs.readUint(COUNTRIES + 2 * i, 2) == country) return true;
        }
        return false;
    }
}
