// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../../../src/identity/Category.sol";
import {IInvestorRegistry} from "../../../src/identity/IInvestorRegistry.sol";
import {PackedInvestor, PackedInvestorCodec} from "../../../src/identity/PackedInvestor.sol";
import {Test} from "forge-std/Test.sol";

/// @notice A person in one slot: no field runs into another.
contract PackedInvestorTest is Test {
    function testFuzz_ReadsBackWhateverWasPacked(uint256 word) public pure {
        PackedInvestor packed = _any(word);
        IInvestorRegistry.Investor memory person = packed.unpack();
        PackedInvestor again = PackedInvestorCodec.pack(person, packed.homeLimit());
        assertEq(PackedInvestor.unwrap(again), PackedInvestor.unwrap(packed));
        assertEq(packed.wallet(), person.wallet);
        assertEq(packed.country(), person.country);
        assertEq(packed.expiresAt(), person.expiresAt);
        assertEq(uint256(packed.category()), uint256(person.category));
    }

    function testFuzz_PacksEachFieldByItself(
        address wallet,
        uint16 country,
        uint40 expiresAt,
        uint16 persons,
        uint16 bps
    ) public pure {
        IInvestorRegistry.Investor memory person = IInvestorRegistry.Investor({
            wallet: wallet,
            country: uint16(bound(country, 0, 999)),
            category: Category(persons % 7),
            expiresAt: uint40(bound(expiresAt, 0, PackedInvestorCodec.LAST_SECOND)),
            persons: persons,
            withholdingBps: uint16(bound(bps, 0, 3500))
        });
        assertEq(abi.encode(PackedInvestorCodec.pack(person, 0).unpack()), abi.encode(person));
        uint256 most = PackedInvestorCodec.LIMIT_ELSEWHERE;
        assertEq(abi.encode(PackedInvestorCodec.pack(person, most).unpack()), abi.encode(person));
    }

    function testFuzz_ChangesTheWalletAndNothingElse(uint256 word, address wallet) public pure {
        PackedInvestor before = _any(word);
        IInvestorRegistry.Investor memory person = before.unpack();
        person.wallet = wallet;
        PackedInvestor expected = PackedInvestorCodec.pack(person, before.homeLimit());
        assertEq(PackedInvestor.unwrap(before.withWallet(wallet)), PackedInvestor.unwrap(expected));
    }

    function testFuzz_ChangesTheExpiryAndNothingElse(uint256 word, uint256 expiresAt) public pure {
        PackedInvestor before = _any(word);
        IInvestorRegistry.Investor memory person = before.unpack();
        person.expiresAt = uint40(expiresAt % (1 << 34));
        PackedInvestor expected = PackedInvestorCodec.pack(person, before.homeLimit());
        assertEq(PackedInvestor.unwrap(before.withExpiresAt(expiresAt)), PackedInvestor.unwrap(expected));
    }

    /// @dev Every word is a person but for the numbers that name no category.
    function _any(uint256 word) private pure returns (PackedInvestor) {
        uint256 category = (word >> 170 & 0xf) % 7;
        return PackedInvestor.wrap(word & ~(uint256(0xf) << 170) | category << 170);
    }
}
