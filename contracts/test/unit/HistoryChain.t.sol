// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {HistoryChain} from "../../src/ledger/HistoryChain.sol";
import {Test} from "forge-std/Test.sol";
import {Vm} from "forge-std/Vm.sol";

/// @notice Emits and folds whatever it is asked to.
contract Chronicle is HistoryChain {
    function tell(bytes32[] calldata topics, bytes calldata data) external {
        if (topics.length == 1) _emit(topics[0], data);
        else if (topics.length == 2) _emit(topics[0], topics[1], data);
        else if (topics.length == 3) _emit(topics[0], topics[1], topics[2], data);
        else _emit(topics[0], topics[1], topics[2], topics[3], data);
    }
}

/// @notice The fold, by its written rule: one storage slot that commits to every event.
contract HistoryChainTest is Test {
    bytes32 private constant SLOT = 0x284fe18004ccad648149b67e0da120fad36adfb5984c0483cf5536e214e6e700;
    Chronicle private chronicle;

    function setUp() public {
        chronicle = new Chronicle();
    }

    function test_KeepsItsHeadInAnERC7201Slot() public {
        bytes32 root = keccak256(abi.encode(uint256(keccak256("fundtrail.storage.HistoryChain")) - 1));
        assertEq(SLOT, root & ~bytes32(uint256(0xff)));
        assertEq(chronicle.historyHead(), 0, "no event yet");
        chronicle.tell(new bytes32[](1), "");
        assertNotEq(chronicle.historyHead(), 0);
        assertEq(chronicle.historyHead(), vm.load(address(chronicle), SLOT));
    }

    function testFuzz_FoldsEachEventWithItsTopicsDataBlockAndTime(
        uint256 count,
        bytes32[4] memory words,
        bytes[2] memory data,
        uint64 number,
        uint64 time
    ) public {
        bytes32[] memory topics = new bytes32[](bound(count, 1, 4));
        bytes memory packed;
        for (uint256 i = 0; i < topics.length; ++i) {
            topics[i] = words[i];
            packed = bytes.concat(packed, words[i]);
        }
        bytes32 head = keccak256(abi.encode(block.chainid, address(chronicle)));
        for (uint256 i = 0; i < data.length; ++i) {
            vm.roll(uint64(bound(number, 0, type(uint64).max - 1)) + i);
            vm.warp(time);
            vm.recordLogs();
            chronicle.tell(topics, data[i]);
            _wasEmitted(topics, data[i]);
            head = keccak256(
                abi.encodePacked(
                    head, uint8(topics.length), uint64(block.number), uint64(time), packed, keccak256(data[i])
                )
            );
            assertEq(chronicle.historyHead(), head);
        }
    }

    function _wasEmitted(bytes32[] memory topics, bytes memory data) private {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        assertEq(logs.length, 1);
        assertEq(logs[0].emitter, address(chronicle));
        assertEq(keccak256(abi.encode(logs[0].topics)), keccak256(abi.encode(topics)));
        assertEq(logs[0].data, data);
    }
}
