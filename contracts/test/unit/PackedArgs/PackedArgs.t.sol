// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {PackedArgs} from "../../../src/ledger/PackedArgs.sol";
import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {Test} from "forge-std/Test.sol";

contract Reader {
    function size() external view returns (uint256) {
        return PackedArgs.size();
    }

    function all() external view returns (bytes memory) {
        return PackedArgs.all();
    }

    function from(uint256 offset) external view returns (bytes memory) {
        return PackedArgs.from(offset);
    }

    function range(uint256 offset, uint256 length) external view returns (bytes memory) {
        return PackedArgs.range(offset, length);
    }

    function readUint(uint256 offset, uint256 length) external view returns (uint256) {
        return PackedArgs.readUint(offset, length);
    }

    function readAddress(uint256 offset) external view returns (address) {
        return PackedArgs.readAddress(offset);
    }

    function readAddresses(uint256 offset) external view returns (address, address) {
        return PackedArgs.readAddresses(offset);
    }

    function readWord(uint256 offset) external view returns (bytes32) {
        return PackedArgs.readWord(offset);
    }
}

contract PackedArgsTest is Test {
    Reader private template = new Reader();

    function _clone(bytes memory args) private returns (Reader) {
        return Reader(Clones.cloneWithImmutableArgs(address(template), args));
    }

    function _part(bytes memory args, uint256 offset, uint256 length) private pure returns (bytes memory part) {
        part = new bytes(length);
        for (uint256 i = 0; i < length; ++i) {
            if (offset + i < args.length) part[i] = args[offset + i];
        }
    }

    /// @dev The plain way: one byte after another.
    function _number(bytes memory args, uint256 offset, uint256 length) private pure returns (uint256 number) {
        for (uint256 i = 0; i < length; ++i) {
            number = number << 8 | (offset + i < args.length ? uint8(args[offset + i]) : 0);
        }
    }

    function testFuzz_TellsHowManyBytesAndReturnsAllOfThem(bytes calldata args) public {
        Reader reader = _clone(args);
        assertEq(reader.size(), args.length, "size");
        assertEq(reader.all(), args, "all");
    }

    function testFuzz_ReturnsThoseFromAnOffsetToTheLast(bytes calldata args, uint256 offset) public {
        offset = bound(offset, 0, args.length);
        assertEq(_clone(args).from(offset), args[offset:], "from the offset");
    }

    function testFuzz_ReturnsNothingFromAnOffsetPastTheLast(bytes calldata args, uint256 past) public {
        assertEq(_clone(args).from(args.length + bound(past, 1, 1000)), "", "past the last");
    }

    function testFuzz_ReturnsAnyRangeAndReadsZerosPastTheEnd(bytes calldata args, uint256 offset, uint256 length)
        public
    {
        offset = bound(offset, 0, args.length + 40);
        length = bound(length, 0, 200);
        assertEq(_clone(args).range(offset, length), _part(args, offset, length), "range");
    }

    function testFuzz_ReadsANumberAnAddressAndAWordAtAnyOffset(bytes calldata args, uint256 offset, uint256 length)
        public
    {
        offset = bound(offset, 0, args.length + 40);
        length = bound(length, 1, 32);
        Reader reader = _clone(args);
        assertEq(reader.readUint(offset, length), _number(args, offset, length), "number");
        assertEq(uint256(uint160(reader.readAddress(offset))), _number(args, offset, 20), "address");
        (address first, address second) = reader.readAddresses(offset);
        assertEq(uint256(uint160(first)), _number(args, offset, 20), "the first of two");
        assertEq(uint256(uint160(second)), _number(args, offset + 20, 20), "the second of two");
        assertEq(uint256(reader.readWord(offset)), _number(args, offset, 32), "word");
    }

    function testFuzz_ReadsFieldsOfBytesInMemory(bytes memory args, uint256 offset, uint256 length) public pure {
        vm.assume(args.length >= 32);
        offset = bound(offset, 0, args.length - 32);
        length = bound(length, 1, 32);
        assertEq(PackedArgs.uintAt(args, offset, length), _number(args, offset, length), "number");
        assertEq(uint256(uint160(PackedArgs.addressAt(args, offset))), _number(args, offset, 20), "address");
        assertEq(uint256(PackedArgs.wordAt(args, offset)), _number(args, offset, 32), "word");
    }

    function testFuzz_SlicesWithoutTouchingTheRest(bytes memory args, uint256 offset, uint256 length) public pure {
        offset = bound(offset, 0, args.length);
        length = bound(length, 0, args.length - offset);
        bytes32 whole = keccak256(args);
        bytes memory part = PackedArgs.slice(args, offset, length);
        bytes memory next = "what is allocated afterwards";
        assertEq(part, _part(args, offset, length), "slice");
        assertEq(keccak256(args), whole, "the bytes sliced from");
        assertEq(next, "what is allocated afterwards", "memory after the slice");
    }
}
