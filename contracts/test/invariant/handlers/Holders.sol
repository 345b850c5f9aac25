// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ShareToken} from "../../../src/share/ShareToken.sol";
import {Actors, Scene} from "./Actors.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @notice Holders of one class who buy and hand on without end; what they buy is issued by `offering`.
contract Holders is Actors {
    address private immutable OFFERING;
    uint256 public issued;

    constructor(Scene memory scene_, address offering) Actors(scene_) {
        OFFERING = offering;
    }

    function buy(uint256 who, uint64 shares, uint256 lockedDays) external {
        shares = uint64(bound(shares, 1, 30));
        uint64 lockedUntil = uint64(block.timestamp + (lockedDays % 20) * 1 days);
        bytes memory call = abi.encodeCall(ShareToken.issue, (identityOf(investor(who)), shares, lockedUntil));
        if (attempt(OFFERING, address(scene.share), call)) issued += shares;
    }

    function handOn(uint256 from, uint256 to, uint256 shares) external {
        _handOn(investor(from), investor(to), bound(shares, 0, 40));
    }

    function handAllOn(uint256 from, uint256 to) external {
        _handOn(investor(from), investor(to), scene.share.balanceOf(investor(from)));
    }

    function wait(uint256 time) external {
        vm.warp(block.timestamp + bound(time, 1, 4 days));
        vm.roll(block.number + 1);
    }

    function _handOn(address from, address to, uint256 shares) private {
        attempt(from, address(scene.share), abi.encodeCall(IERC20.transfer, (to, shares)));
    }
}
