// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title InstanceAddress
/// @notice The address of the contract that an account creates with a nonce (CREATE, Yellow Paper section 7): the last
/// 20 bytes of keccak256(rlp([creator, nonce])). A list of what a contract created needs no storage but its length.
library InstanceAddress {
    /// @param nonce 1 to 2^48 - 1; a contract's first creation has nonce 1
    function created(address creator, uint256 nonce) internal pure returns (address) {
        if (nonce < 0x80) return _last20(abi.encodePacked(bytes2(0xd694), creator, uint8(nonce)));
        uint256 length = 1;
        while (nonce >> (8 * length) != 0) ++length;
        bytes memory digits = abi.encodePacked(bytes32(nonce << (256 - 8 * length)));
        // Drops the zeros behind the number's own bytes.
        assembly ("memory-safe") {
            mstore(digits, length)
        }
        return _last20(abi.encodePacked(uint8(0xd6 + length), uint8(0x94), creator, uint8(0x80 + length), digits));
    }

    function _last20(bytes memory encoded) private pure returns (address) {
        return address(uint160(uint256(keccak256(encoded))));
    }
}
