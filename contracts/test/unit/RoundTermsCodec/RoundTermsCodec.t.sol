// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {InstanceId} from "../../../src/ledger/InstanceAddress.sol";
import {Allocation, RoundOrigin, RoundTerms, RoundTermsCodec} from "../../../src/round/RoundTerms.sol";
import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {Test} from "forge-std/Test.sol";

contract TermsReader {
    using RoundTermsCodec for bytes;

    function unpack() external view returns (RoundTerms memory, RoundOrigin memory) {
        return RoundTermsCodec.unpack();
    }

    function mostCommitted() external view returns (uint256) {
        return RoundTermsCodec.load().mostCommitted();
    }

    function currencyDecimals() external view returns (uint256) {
        return RoundTermsCodec.load().currencyDecimals();
    }

    function feeRecipient() external view returns (address) {
        return RoundTermsCodec.load().feeRecipient();
    }

    function id() external view returns (InstanceId) {
        return RoundTermsCodec.load().id();
    }

    function pack(RoundTerms memory t, RoundOrigin memory origin, uint48 number) external pure returns (bytes memory) {
        return RoundTermsCodec.pack(t, origin, number);
    }

    function requireAllocation(RoundTerms memory t) external pure {
        RoundTermsCodec.requireAllocation(t);
    }
}

contract RoundTermsCodecTest is Test {
    uint64 private constant MOST = 2 ** 43 - 1;
    TermsReader private reader = new TermsReader();

    function testFuzz_ReadsBackWhatWasPacked(bytes32 seed, uint48 number, bool trusted, string calldata filing) public {
        RoundTerms memory t = _terms(seed);
        RoundOrigin memory origin = _origin(keccak256(abi.encode(seed)));
        t.filing = filing;
        if (!trusted) t.trust = address(0);
        if (t.allocation == Allocation.FirstCome) t.oversubscriptionShares = 0;
        TermsReader clone = TermsReader(Clones.cloneWithImmutableArgs(address(reader), reader.pack(t, origin, number)));
        assertEq(InstanceId.unwrap(clone.id()), uint256(uint160(origin.directory)) << 48 | number);
        (RoundTerms memory terms, RoundOrigin memory from) = clone.unpack();
        assertEq(keccak256(abi.encode(terms)), keccak256(abi.encode(t)));
        assertEq(keccak256(abi.encode(from)), keccak256(abi.encode(origin)));
        assertEq(clone.feeRecipient(), origin.feeRecipient);
        assertEq(clone.currencyDecimals(), origin.currencyDecimals);
        bool proRata = t.allocation == Allocation.ProRata;
        assertEq(clone.mostCommitted(), proRata ? t.oversubscriptionShares : t.maximumShares);
    }

    function test_TakesLittleMoreThanTheFieldsThemselves() public view {
        RoundTerms memory t;
        RoundOrigin memory origin;
        t.filing = "SEC 020-23358";
        assertEq(reader.pack(t, origin, 1).length, 211 + 13);
        t.trust = address(1);
        assertEq(reader.pack(t, origin, 1).length, 231 + 13);
        t.allocation = Allocation.ProRata;
        assertEq(reader.pack(t, origin, 1).length, 237 + 13);
    }

    function testFuzz_RefusesARegimeOfMoreThanSixteenLetters(bytes32 regime) public {
        vm.assume(uint128(uint256(regime)) != 0);
        RoundTerms memory t;
        RoundOrigin memory origin;
        origin.regime = regime;
        vm.expectRevert(abi.encodeWithSelector(RoundTermsCodec.RegimeNameTooLong.selector, regime));
        reader.pack(t, origin, 1);
    }

    function test_RefusesMoreSharesThanACommitmentHolds() public {
        RoundTerms memory t;
        t.maximumShares = MOST;
        reader.requireAllocation(t);
        t.maximumShares = MOST + 1;
        vm.expectRevert(abi.encodeWithSelector(RoundTermsCodec.RoundTooLarge.selector, MOST + 1, MOST));
        reader.requireAllocation(t);
    }

    function testFuzz_TakesAnOversubscriptionBetweenTheMaximumAndTheMost(uint64 maximum, uint64 limit) public {
        RoundTerms memory t;
        t.allocation = Allocation.ProRata;
        t.maximumShares = uint64(bound(maximum, 1, MOST));
        t.oversubscriptionShares = limit;
        if (limit < t.maximumShares || limit > MOST) {
            vm.expectRevert(
                abi.encodeWithSelector(
                    RoundTermsCodec.OversubscriptionOutOfRange.selector, limit, t.maximumShares, MOST
                )
            );
        }
        reader.requireAllocation(t);
    }

    function test_TakesNoOversubscriptionFirstCome() public {
        RoundTerms memory t;
        t.maximumShares = 10;
        t.oversubscriptionShares = 11;
        vm.expectRevert(abi.encodeWithSelector(RoundTermsCodec.OversubscriptionOutOfRange.selector, 11, 0, 0));
        reader.requireAllocation(t);
    }

    /// @dev Every field from bits of its own.
    function _terms(bytes32 seed) private pure returns (RoundTerms memory t) {
        t.shareClass = address(uint160(_bits(seed, 0)));
        t.settlementToken = address(uint160(_bits(seed, 1)));
        t.rules = address(uint160(_bits(seed, 2)));
        t.trust = address(uint160(_bits(seed, 3)));
        t.allocation = Allocation(_bits(seed, 4) % 2);
        t.price = uint128(_bits(seed, 5));
        t.minimumShares = uint64(_bits(seed, 6) & MOST);
        t.maximumShares = uint64(_bits(seed, 7) & MOST);
        t.minimumTicket = uint64(_bits(seed, 8) & MOST);
        t.oversubscriptionShares = uint64(_bits(seed, 9) & MOST);
        t.opensAt = uint40(_bits(seed, 10));
        t.deadline = uint40(_bits(seed, 11));
        t.feeBps = uint16(_bits(seed, 12));
        t.termsHash = bytes32(_bits(seed, 13));
    }

    function _origin(bytes32 seed) private pure returns (RoundOrigin memory origin) {
        origin.directory = address(uint160(_bits(seed, 0)));
        origin.companyId = uint48(_bits(seed, 1));
        origin.feeRecipient = address(uint160(_bits(seed, 2)));
        origin.currency = bytes3(bytes32(_bits(seed, 3)));
        origin.currencyDecimals = uint8(_bits(seed, 4) % 19);
        origin.capped = _bits(seed, 5) % 2 == 1;
        origin.countsPersons = _bits(seed, 6) % 2 == 1;
        origin.regime = bytes32(bytes16(bytes32(_bits(seed, 7))));
    }

    function _bits(bytes32 seed, uint256 field) private pure returns (uint256) {
        return uint256(keccak256(abi.encode(seed, field)));
    }
}
