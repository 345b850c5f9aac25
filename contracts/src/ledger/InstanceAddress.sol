// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice An instance by its birth: the Directory that opened it, and in the lowest 48 bits its number there. Its address
/// follows from it, so that whoever calls with its own id shows where it comes from.
type InstanceId is uint256;

using InstanceAddress for InstanceId global;

/// @title InstanceAddress
/// @notice The address of the contract that an account creates with a nonce (CREATE, Yellow Paper section 7): the last
/// 20 bytes of keccak256(rlp([creator, nonce])). A list of what a contract created needs no storage but its length.
library InstanceAddress {
    uint256 private constant NUMBER = 48;

    function idOf(address directory, uint48 number) internal pure returns (InstanceId) {
        return InstanceId.wrap(uint256(uint160(directory)) << NUMBER | number);
    }

    function addressOf(InstanceId id) internal pure returns (address) {
        uint256 word = InstanceId.unwrap(id);
        return created(address(uint160(word >> NUMBER)), uint48(word));
    }

    /// @param nonce 1 to 2^48 - 1; a contract's first creation has nonce 1
    function created(address creator, uint256 nonce) internal pure returns (address) {
        // One byte below 128 stands for itself, any other number follows its length.
        if (nonce < 0x80) return _last20((0xd694 << 160 | uint256(uint160(creator))) << 8 | nonce, 23);
        uint256 length = 1;
        while (nonce >> (8 * length) != 0) ++length;
        uint256 head = (0xd694 + (length << 8)) << 160 | uint160(creator);
        return _last20((head << 8 | 0x80 + length) << (8 * length) | nonce, 23 + length);
    }

    /// @param rlp a list of `length` bytes, at most 32, as a number
    function _last20(uint256 rlp, uint256 length) private pure returns (address account) {
        // Hashes in the scratch space: to allocate memory would cost more than the hash.
        assembly ("memory-safe") {
            mstore(0, shl(shl(3, sub(32, length)), rlp))
            account := and(keccak256(0, length), 0xffffffffffffffffffffffffffffffffffffffff)
        }
    }
}
