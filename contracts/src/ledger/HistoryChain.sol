// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title HistoryChain
/// @notice Keeps one storage slot, the history head, that commits to every event this contract has ever emitted.
/// Whoever holds the raw logs folds them and compares the result with one storage proof of the head: equal means
/// that the list is complete, in order, dated and unaltered.
/// @dev For every log, in order of emission:
///   head = keccak256(head || uint8 topicCount || uint64 block.number || uint64 block.timestamp || topics || keccak256(data))
/// and the head is born as keccak256(abi.encode(chainId, address)). An empty slot means that no event was emitted yet.
/// A contract that inherits this must emit only through `_emit…`, and must fold what its bases emit with `_fold…`.
abstract contract HistoryChain {
    /// @dev ERC-7201: keccak256(abi.encode(uint256(keccak256("fundtrail.storage.HistoryChain")) - 1)) & ~bytes32(uint256(0xff))
    bytes32 private constant HEAD_SLOT = 0x284fe18004ccad648149b67e0da120fad36adfb5984c0483cf5536e214e6e700;

    /// @notice The history head; zero before the first event.
    function historyHead() public view returns (bytes32 head) {
        assembly ("memory-safe") {
            head := sload(HEAD_SLOT)
        }
    }

    // Solidity's own `emit` takes its topics from an event; these take them as they are, so that they can be folded too.

    function _emit(bytes32 signature, bytes memory data) internal {
        assembly ("memory-safe") {
            log1(add(data, 0x20), mload(data), signature)
        }
        _fold(1, signature, 0, 0, 0, data);
    }

    function _emit(bytes32 signature, bytes32 first, bytes memory data) internal {
        assembly ("memory-safe") {
            log2(add(data, 0x20), mload(data), signature, first)
        }
        _fold(2, signature, first, 0, 0, data);
    }

    function _emit(bytes32 signature, bytes32 first, bytes32 second, bytes memory data) internal {
        assembly ("memory-safe") {
            log3(add(data, 0x20), mload(data), signature, first, second)
        }
        _fold(3, signature, first, second, 0, data);
    }

    function _emit(bytes32 signature, bytes32 first, bytes32 second, bytes32 third, bytes memory data) internal {
        assembly ("memory-safe") {
            log4(add(data, 0x20), mload(data), signature, first, second, third)
        }
        _fold(4, signature, first, second, third, data);
    }

    function _fold(bytes32 signature, bytes32 first, bytes memory data) internal {
        _fold(2, signature, first, 0, 0, data);
    }

    function _fold(bytes32 signature, bytes32 first, bytes32 second, bytes memory data) internal {
        _fold(3, signature, first, second, 0, data);
    }

    function _topic(address account) internal pure returns (bytes32) {
        return bytes32(uint256(uint160(account)));
    }

    function _fold(
        uint256 topicCount,
        bytes32 signature,
        bytes32 first,
        bytes32 second,
        bytes32 third,
        bytes memory data
    ) private {
        // Hashes in memory past the free pointer, which stays where it is: folding must not make an event dear.
        assembly ("memory-safe") {
            let scratch := mload(0x40)
            let head := sload(HEAD_SLOT)
            if iszero(head) {
                mstore(scratch, chainid())
                mstore(add(scratch, 32), address())
                head := keccak256(scratch, 64)
            }
            mstore(scratch, head)
            mstore(add(scratch, 32), shl(120, or(shl(128, topicCount), or(shl(64, number()), timestamp()))))
            mstore(add(scratch, 49), signature)
            mstore(add(scratch, 81), first)
            mstore(add(scratch, 113), second)
            mstore(add(scratch, 145), third)
            let end := add(49, shl(5, topicCount))
            mstore(add(scratch, end), keccak256(add(data, 0x20), mload(data)))
            sstore(HEAD_SLOT, keccak256(scratch, add(end, 32)))
        }
    }
}
