// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {RoundCommitments} from "../../../src/round/RoundCommitments.sol";
import {DemoDollar} from "../../../src/settlement/DemoDollar.sol";
import {Actors, Scene} from "./Actors.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @notice Those who put their money in: they commit, add, cancel, hand shares on, and send money that nobody asked for.
contract Investors is Actors {
    mapping(address wallet => uint256) public given;
    mapping(address wallet => uint256) public countedOn;
    uint256 public gifts;

    constructor(Scene memory scene_) Actors(scene_) {}

    function commit(uint256 who, uint64 shares) external {
        _commit(who, shares);
    }

    function commitTogether(uint256 who, uint64 shares) external {
        for (uint256 i = 0; i < 3; ++i) {
            _commit(who % 6 + i, shares / uint64(i + 1));
        }
    }

    function cancel(uint256 who) external {
        address wallet = investor(who);
        attempt(wallet, address(scene.round), abi.encodeCall(RoundCommitments.cancel, (identityOf(wallet), 0)));
    }

    function transfer(uint256 from, uint256 to, uint256 shares) external {
        address wallet = _holderFrom(from % 6);
        shares = bound(shares, 0, scene.share.balanceOf(wallet));
        attempt(wallet, address(scene.share), abi.encodeCall(IERC20.transfer, (investor(to), shares)));
    }

    function give(uint256 amount) external {
        amount = bound(amount, 1, 1000 * PRICE);
        gifts += amount;
        attempt(scene.outsider, address(scene.dollar), abi.encodeCall(DemoDollar.mint, (address(scene.round), amount)));
    }

    /// @dev The first that holds a share, counted from a place; the last looked at when nobody does.
    function _holderFrom(uint256 place) private view returns (address wallet) {
        for (uint256 i = 0; i < scene.investors.length; ++i) {
            wallet = investor(place + i);
            if (scene.share.balanceOf(wallet) > 0) return wallet;
        }
    }

    function _commit(uint256 who, uint64 shares) private {
        address wallet = investor(who);
        shares = uint64(bound(shares, 1, 250));
        uint256 amount = shares * PRICE;
        scene.dollar.mint(wallet, amount);
        given[wallet] += amount;
        attempt(wallet, address(scene.dollar), abi.encodeCall(IERC20.approve, (address(scene.round), amount)));
        bool done = attempt(wallet, address(scene.round), abi.encodeCall(RoundCommitments.commit, (shares, 1, false)));
        if (done) countedOn[wallet] = block.timestamp / 1 days;
    }
}
