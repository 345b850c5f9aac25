// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {RoundCommitments} from "../../../src/round/RoundCommitments.sol";
import {RoundStatus} from "../../../src/round/RoundEvents.sol";
import {RoundSettlement} from "../../../src/round/RoundSettlement.sol";
import {Actors, Scene} from "./Actors.sol";

/// @notice What anyone may do to move a round on, and the clock.
contract Anyone is Actors {
    uint256 private immutable DEADLINE;

    constructor(Scene memory scene_, uint256 deadline) Actors(scene_) {
        DEADLINE = deadline;
    }

    function wait(uint256 time) external {
        uint256 kind = time % 8;
        uint256 closedAt = scene.round.countingOf().closedAt;
        uint256 next = block.timestamp + bound(time, 1, 3 days);
        if (kind == 0 && block.timestamp < DEADLINE - 48 hours) next = DEADLINE - 48 hours - 1;
        else if (kind < 3 && block.timestamp < DEADLINE) next = DEADLINE;
        else if (kind == 3 && closedAt != 0) next = closedAt + 30 days;
        else if (kind == 4) next = block.timestamp + 400 days;
        if (next <= block.timestamp) next = block.timestamp + 1;
        vm.warp(next);
        vm.roll(block.number + 1);
    }

    /// @dev The next step, whoever takes it.
    function moveOn(uint256 count) external {
        RoundStatus status = scene.round.progressOf().status;
        if (status == RoundStatus.Open && block.timestamp >= DEADLINE) _step(0, count);
        if (status == RoundStatus.Tallying) _step(1, count);
        if (status == RoundStatus.Settling) _step(2, count);
    }

    function stepOutOfTurn(uint256 kind, uint256 count) external {
        _step(kind % 3, count);
    }

    function refund(uint256 who) external {
        _calls(abi.encodeCall(RoundCommitments.refund, (identityOf(investor(who)))));
    }

    function pay(bool fee) external {
        _calls(fee ? abi.encodeCall(RoundSettlement.payFee, ()) : abi.encodeCall(RoundSettlement.payProceeds, ()));
    }

    function _step(uint256 kind, uint256 count) private {
        count = bound(count, 0, 4);
        if (kind == 0) _calls(abi.encodeCall(RoundSettlement.close, ()));
        else if (kind == 1) _calls(abi.encodeCall(RoundSettlement.tally, (count)));
        else _calls(abi.encodeCall(RoundSettlement.settle, (count)));
    }

    function _calls(bytes memory call) private {
        attempt(scene.outsider, address(scene.round), call);
    }
}
