// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "./Category.sol";
import {IInvestorRegistry} from "./IInvestorRegistry.sol";

/// @notice A person in one storage slot, from the lowest bit: wallet 160, country 10, category 4, expiresAt 34,
/// persons 16, withholdingBps 12, home limit 20.
/// @dev The home limit is the yearly limit under the registry's home regime and currency, in whole units of it, so that
/// the person that most rounds ask for costs two slots and not three; `LIMIT_ELSEWHERE` says that it does not fit.
type PackedInvestor is uint256;

using PackedInvestorCodec for PackedInvestor global;

/// @title PackedInvestorCodec
/// @notice Packs and reads a person's slot. What is packed must have been found within the ranges.
library PackedInvestorCodec {
    /// @notice Highest ISO 3166-1 numeric code.
    uint256 internal constant LAST_COUNTRY = 999;
    /// @notice The last second that an attestation can name: in the year 2514.
    uint256 internal constant LAST_SECOND = (1 << 34) - 1;
    /// @notice The home limit does not fit into the slot.
    uint256 internal constant LIMIT_ELSEWHERE = (1 << 20) - 1;

    uint256 private constant COUNTRY = 160;
    uint256 private constant CATEGORY = 170;
    uint256 private constant EXPIRES_AT = 174;
    uint256 private constant PERSONS = 208;
    uint256 private constant WITHHOLDING = 224;
    uint256 private constant HOME_LIMIT = 236;

    function pack(IInvestorRegistry.Investor memory person, uint256 homeLimit_) internal pure returns (PackedInvestor) {
        return PackedInvestor.wrap(
            uint256(uint160(person.wallet)) | uint256(person.country) << COUNTRY | uint256(person.category) << CATEGORY
                | uint256(person.expiresAt) << EXPIRES_AT | uint256(person.persons) << PERSONS
                | uint256(person.withholdingBps) << WITHHOLDING | homeLimit_ << HOME_LIMIT
        );
    }

    function unpack(PackedInvestor packed) internal pure returns (IInvestorRegistry.Investor memory) {
        return IInvestorRegistry.Investor({
            wallet: wallet(packed),
            country: country(packed),
            category: category(packed),
            expiresAt: expiresAt(packed),
            persons: uint16(PackedInvestor.unwrap(packed) >> PERSONS),
            withholdingBps: uint16(PackedInvestor.unwrap(packed) >> WITHHOLDING & 0xfff)
        });
    }

    function withWallet(PackedInvestor packed, address given) internal pure returns (PackedInvestor) {
        return PackedInvestor.wrap(PackedInvestor.unwrap(packed) >> COUNTRY << COUNTRY | uint160(given));
    }

    function withExpiresAt(PackedInvestor packed, uint256 given) internal pure returns (PackedInvestor) {
        return PackedInvestor.wrap(
            PackedInvestor.unwrap(packed) & ~(LAST_SECOND << EXPIRES_AT) | (given & LAST_SECOND) << EXPIRES_AT
        );
    }

    function wallet(PackedInvestor packed) internal pure returns (address) {
        return address(uint160(PackedInvestor.unwrap(packed)));
    }

    function country(PackedInvestor packed) internal pure returns (uint16) {
        return uint16(PackedInvestor.unwrap(packed) >> COUNTRY & 0x3ff);
    }

    function category(PackedInvestor packed) internal pure returns (Category) {
        return Category(PackedInvestor.unwrap(packed) >> CATEGORY & 0xf);
    }

    function expiresAt(PackedInvestor packed) internal pure returns (uint40) {
        return uint40(PackedInvestor.unwrap(packed) >> EXPIRES_AT & LAST_SECOND);
    }

    /// @notice In whole units of the home currency, or `LIMIT_ELSEWHERE`.
    function homeLimit(PackedInvestor packed) internal pure returns (uint256) {
        return PackedInvestor.unwrap(packed) >> HOME_LIMIT;
    }
}
