// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title PackedArgs
/// @notice Reads the immutable arguments of a clone that `Clones.cloneWithImmutableArgs` made from tightly packed
/// bytes (`abi.encodePacked`): fields lie one after another, big-endian, without padding. Keeping them so costs 200 gas
/// a byte at creation, and a reader copies no more than the bytes that it names.
/// @dev Arguments begin behind the 45 bytes of an ERC-1167 clone. A range that runs past the end reads as zeros; offsets
/// within `bytes memory` are the codec's constants and are not checked.
library PackedArgs {
    /// @dev Length of the code that comes before the arguments.
    uint256 internal constant CLONE_CODE = 45;

    /// @notice How many bytes of arguments the calling clone has.
    function size() internal view returns (uint256) {
        return sizeOf(address(this));
    }

    function sizeOf(address instance) internal view returns (uint256) {
        return instance.code.length - CLONE_CODE;
    }

    /// @notice All arguments of the calling clone.
    function all() internal view returns (bytes memory) {
        return rangeOf(address(this), 0, size());
    }

    /// @notice The arguments of the calling clone from byte `offset` to the last.
    function from(uint256 offset) internal view returns (bytes memory) {
        uint256 total = size();
        return rangeOf(address(this), offset, total > offset ? total - offset : 0);
    }

    /// @notice `length` bytes of the calling clone's arguments from byte `offset`.
    function range(uint256 offset, uint256 length) internal view returns (bytes memory) {
        return rangeOf(address(this), offset, length);
    }

    /// @notice `length` bytes of a clone's arguments from byte `offset`: they are the end of its code.
    function rangeOf(address instance, uint256 offset, uint256 length) internal view returns (bytes memory args) {
        assembly ("memory-safe") {
            args := mload(0x40)
            mstore(args, length)
            let start := add(args, 0x20)
            extcodecopy(instance, start, add(CLONE_CODE, offset), length)
            // The next word boundary: whatever lies between is never read as part of `args`.
            mstore(0x40, and(add(add(start, length), 0x1f), not(0x1f)))
        }
    }

    /// @notice An unsigned number of `length` bytes (1 to 32) in the calling clone's arguments.
    function readUint(uint256 offset, uint256 length) internal view returns (uint256 value) {
        assembly ("memory-safe") {
            mstore(0, 0)
            extcodecopy(address(), sub(32, length), add(CLONE_CODE, offset), length)
            value := mload(0)
        }
    }

    /// @notice An address in the calling clone's arguments.
    function readAddress(uint256 offset) internal view returns (address) {
        return address(uint160(readUint(offset, 20)));
    }

    /// @notice Two addresses in the calling clone's arguments, one behind the other.
    function readAddresses(uint256 offset) internal view returns (address first, address second) {
        // 40 bytes fit into the scratch space.
        assembly ("memory-safe") {
            extcodecopy(address(), 0, add(CLONE_CODE, offset), 40)
            first := shr(96, mload(0))
            second := shr(96, mload(20))
        }
    }

    /// @notice A word in the calling clone's arguments.
    function readWord(uint256 offset) internal view returns (bytes32) {
        return bytes32(readUint(offset, 32));
    }

    /// @notice An unsigned number of `length` bytes (1 to 32) at byte `offset` of `args`.
    function uintAt(bytes memory args, uint256 offset, uint256 length) internal pure returns (uint256 value) {
        assembly ("memory-safe") {
            value := shr(shl(3, sub(32, length)), mload(add(add(args, 0x20), offset)))
        }
    }

    function addressAt(bytes memory args, uint256 offset) internal pure returns (address value) {
        // One load and one shift: most fields are addresses, and a round reads several in each call.
        assembly ("memory-safe") {
            value := shr(96, mload(add(add(args, 0x20), offset)))
        }
    }

    function wordAt(bytes memory args, uint256 offset) internal pure returns (bytes32 value) {
        // A word that begins anywhere.
        assembly ("memory-safe") {
            value := mload(add(add(args, 0x20), offset))
        }
    }

    /// @notice A copy of `length` bytes of `args` from byte `offset`.
    function slice(bytes memory args, uint256 offset, uint256 length) internal pure returns (bytes memory part) {
        part = new bytes(length);
        assembly ("memory-safe") {
            mcopy(add(part, 0x20), add(add(args, 0x20), offset), length)
        }
    }
}
