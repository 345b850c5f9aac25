// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FundingRound} from "../../../src/round/FundingRound.sol";
import {Actors, Scene} from "./Actors.sol";

/// @notice What anyone may do to move a round on, and the clock.
contract Anyone is Actors {
    uint256 private immutable DEADLINE;

    constructor(Scene memory scene_, uint256 deadline) Actors(scene_) {
        DEADLINE = deadline;
    }

    function wait(uint256 time) external {
        uint256 kind = time % 8;
        uint256 closedAt = scene.round.progressOf().closedAt;
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
        FundingRound.Status status = scene.round.progressOf().status;
        if (status == FundingRound.Status.Open && block.timestamp >= DEADLINE) _step(0, count);
        if (status == FundingRound.Status.Tallying) _step(1, count);
        if (status == FundingRound.Status.Settling) _step(2, count);
    }

    function stepOutOfTurn(uint256 kind, uint256 count) external {
        _step(kind % 3, count);
    }

    function refund(uint256 who) external {
        _calls(abi.encodeCall(FundingRound.refund, (identityOf(investor(who)))));
    }

    function pay(bool fee) external {
        _calls(fee ? abi.encodeCall(FundingRound.payFee, ()) : abi.encodeCall(FundingRound.payProceeds, ()));
    }

    function _step(uint256 kind, uint256 count) private {
        count = bound(count, 0, 4);
        if (kind == 0) _calls(abi.encodeCall(FundingRound.close, ()));
        else if (kind == 1) _calls(abi.encodeCall(FundingRound.tally, (count)));
        else _calls(abi.encodeCall(FundingRound.settle, (count)));
    }

    function _calls(bytes memory call) private {
        attempt(scene.outsider, address(scene.round), call);
    }
}
