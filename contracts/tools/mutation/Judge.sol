// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.20;

import {FoldRecorder} from "./FoldRecorder.sol";
import {Vm} from "forge-std/Vm.sol";

/// What stops a prank must be called as deep as what began it.
contract Stopper {
    function stop() external {
        Vm(address(uint160(uint256(keccak256("hevm cheat code"))))).stopPrank();
    }
}

/// Runs the tests of one suite as calls to an instance of it, each from the state that setUp left. In a function of its own, so
/// that forge starts it anew, each change of contracts/src is awake while those tests run that reach it.
contract Judge {
    struct Seen {
        bool passes;
        uint256 gasUsed;
        bool followed;
    }

    Vm private constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));
    uint256 private constant RECORD = /*RECORD*/0;
    string private constant REACHED = "/*REACHED*/";
    bytes32 private constant ASSUMED = keccak256("FOUNDRY::ASSUME");
    uint256 private constant MOST_GAS = 1_000_000_000;

    Stopper private immutable stopper = new Stopper();
    string private folder;
    address private instance;

    function setUp() public {
        folder = vm.envString("JUDGE_FOLDER");
        instance = prepared();
    }

    /// Which tests pass, and what they cost; and which changes they and, last, setUp reach, with a line after each.
    function test_reach() external {
        (bytes[] memory calls,) = asked();
        Seen[] memory seen = new Seen[](calls.length);
        for (uint256 i = 0; i < calls.length; ++i) {
            uint256 state = vm.snapshotState();
            uint256 gas = gasleft();
            seen[i].passes = passes(instance, calls[i], MOST_GAS);
            seen[i].gasUsed = gas - gasleft();
            back(state);
            state = vm.snapshotState();
            vm.coinbase(address(uint160(RECORD)));
            seen[i].followed = passes(instance, calls[i], MOST_GAS);
            back(state);
            vm.writeLine(REACHED, "-");
        }
        vm.coinbase(address(uint160(RECORD)));
        try this.prepared() {} catch {}
        vm.writeLine(REACHED, "-");
        vm.writeFileBinary(string.concat(folder, "/seen"), abi.encode(seen));
    }

    /// Which tests pass in a second instance, as one is made for a change that setUp reaches.
    function test_again() external {
        (bytes[] memory calls,) = asked();
        bytes memory pass = new bytes(calls.length);
        address again = prepared();
        for (uint256 i = 0; i < calls.length; ++i) {
            uint256 state = vm.snapshotState();
            if (passes(again, calls[i], MOST_GAS)) pass[i] = 0x01;
            back(state);
        }
        vm.writeFileBinary(string.concat(folder, "/again"), pass);
    }

    /// The plan of what is judged, with nothing awake: it must pass.
    function test_control_0() external {
        judge(0);
    }

    /// As the one before, in a second instance.
    function test_control_1() external {
        judge(RECORD - 1);
    }

    function judge(uint256 id) private {
        (bytes[] memory calls, uint256[] memory limits) = asked();
        bytes memory plan = vm.readFileBinary(string.concat(folder, "/", vm.toString(id)));
        vm.coinbase(address(uint160(id)));
        address judging = plan[0] == 0 ? instance : prepared();
        for (uint256 i = 1; i < plan.length; i += 2) {
            uint256 call = uint256(uint8(plan[i])) << 8 | uint8(plan[i + 1]);
            uint256 state = vm.snapshotState();
            require(passes(judging, calls[call], limits[call]), vm.toString(call));
            back(state);
        }
    }

    function prepared() public returns (address made) {
        made = vm.deployCode(vm.envString("JUDGE_SUITE"));
        (bool done,) = made.call(abi.encodeWithSignature("setUp()"));
        require(done || !vm.envBool("JUDGE_SETUP"), "setUp");
        // What is logged is recorded outside of the state that is gone back to, so nothing may wait there to be folded.
        uint256 slot = vm.envUint("JUDGE_RECORDER");
        if (slot != 0) FoldRecorder(address(uint160(uint256(vm.load(made, bytes32(slot)))))).capture();
    }

    function back(uint256 state) private {
        vm.revertToStateAndDelete(state);
        vm.getRecordedLogs();
        vm.clearMockedCalls();
        stopper.stop();
    }

    function passes(address suite, bytes memory test, uint256 gas) private returns (bool) {
        (bool done, bytes memory why) = suite.call{gas: gas}(test);
        return done || keccak256(why) == ASSUMED;
    }

    function asked() private view returns (bytes[] memory, uint256[] memory) {
        return abi.decode(vm.readFileBinary(string.concat(folder, "/calls")), (bytes[], uint256[]));
    }

    /*TESTS*/
}
