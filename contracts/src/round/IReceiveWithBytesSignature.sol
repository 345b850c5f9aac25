// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title IReceiveWithBytesSignature
/// @notice EIP-3009 with a signature of any length, as tokens offer it that take the ERC-1271 signatures of contract
/// wallets.
interface IReceiveWithBytesSignature {
    function receiveWithAuthorization(
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        bytes calldata signature
    ) external;
}
