// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {HistoryChain} from "../src/ledger/HistoryChain.sol";
import {Vm, VmSafe} from "forge-std/Vm.sol";

/// @title FoldRecorder
/// @notice What an auditor does with the raw logs: folds them contract by contract, from the written rule and not from
/// the contract's code, and compares with the head that each contract keeps.
/// @dev A recorded log says neither its block nor its time, so `capture` must come before the clock moves; and what a
/// reverted call logged is recorded all the same, so `capture` comes before such a call and `forget` after it.
contract FoldRecorder {
    Vm private constant VM = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    mapping(address emitter => bytes32) public headOf;
    mapping(address emitter => uint256) public eventsOf;

    error HistoryDiffers(address emitter, bytes32 folded, bytes32 kept);

    function start() external {
        VM.recordLogs();
    }

    /// @notice Folds everything logged since the last call as of this block.
    function capture() public {
        VmSafe.Log[] memory logs = VM.getRecordedLogs();
        for (uint256 i = 0; i < logs.length; ++i) {
            _fold(logs[i]);
        }
    }

    /// @notice Drops what was logged since the last call: the call that logged it was reverted.
    function forget() external {
        VM.getRecordedLogs();
    }

    /// @notice Reverts unless `chain` keeps the head that its logs fold to; without a log that is zero.
    function requireSame(address chain) external view {
        bytes32 kept = HistoryChain(chain).historyHead();
        if (kept != headOf[chain]) revert HistoryDiffers(chain, headOf[chain], kept);
    }

    function _fold(VmSafe.Log memory log) private {
        bytes32 head = headOf[log.emitter];
        if (head == 0) head = keccak256(abi.encode(block.chainid, log.emitter));
        bytes memory topics;
        for (uint256 i = 0; i < log.topics.length; ++i) {
            topics = bytes.concat(topics, log.topics[i]);
        }
        headOf[log.emitter] = keccak256(
            abi.encodePacked(
                head,
                uint8(log.topics.length),
                uint64(block.number),
                uint64(block.timestamp),
                topics,
                keccak256(log.data)
            )
        );
        ++eventsOf[log.emitter];
    }
}
