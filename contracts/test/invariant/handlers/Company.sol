// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Distribution} from "../../../src/distribution/Distribution.sol";
import {PayoutActors, PayoutScene} from "./PayoutActors.sol";

/// @notice The company: declares record dates and distributions, funds some and leaves others, and issues shares.
contract Company is PayoutActors {
    uint256 public funded;
    uint256 public fromSurplus;
    uint256 public taken;

    constructor(PayoutScene memory scene_) PayoutActors(scene_) {}

    function setRecordDate(uint256 ahead) public {
        uint40 date = uint40(block.timestamp + bound(ahead, 1, 4 days));
        attempt(scene.issuer, address(scene.share), abi.encodeCall(scene.share.declareRecordDate, (date)));
    }

    function declare(uint8 kind, uint16 recordDate, uint96 amount) external {
        _declare(Distribution.declare.selector, kind, recordDate, amount);
    }

    function declareAndFund(uint8 kind, uint16 recordDate, uint96 amount) external {
        (bool done, uint256 given) = _declare(Distribution.declareAndFund.selector, kind, recordDate, amount);
        if (done) funded += given;
    }

    function fund(uint256 seed) external {
        uint256 id = distribution(seed);
        uint256 amount = scene.payout.distribution(id).amount;
        _approve(amount);
        if (attempt(scene.issuer, address(scene.payout), abi.encodeCall(scene.payout.fund, (id)))) funded += amount;
    }

    function fundFromSurplus(uint256 seed) external {
        uint256 id = distribution(seed);
        uint256 amount = scene.payout.distribution(id).amount;
        bytes memory call = abi.encodeCall(scene.payout.fundFromSurplus, (id));
        if (attempt(scene.issuer, address(scene.payout), call)) fromSurplus += amount;
    }

    function takeCredit(uint256 seed) external {
        uint256 before = scene.dollar.balanceOf(scene.issuer);
        attempt(anyone(seed), address(scene.payout), abi.encodeCall(scene.payout.payCompany, ()));
        taken += scene.dollar.balanceOf(scene.issuer) - before;
    }

    function issue(uint256 seed, uint64 shares) external {
        shares = uint64(bound(shares, 1, 1000));
        address to = seed % 5 == 0 ? scene.issuer : holder(seed);
        attempt(scene.issuer, address(scene.share), abi.encodeCall(scene.share.issueByCompany, (to, shares, 0)));
    }

    function split(uint64 factor) external {
        if (scene.share.totalSupply() > 1e9) return;
        attempt(scene.issuer, address(scene.share), abi.encodeWithSignature("split(uint64)", bound(factor, 2, 3)));
    }

    function _declare(bytes4 selector, uint8 kind, uint16 recordDate, uint96 amount)
        private
        returns (bool done, uint256 given)
    {
        given = bound(amount, 1, amount % 3 == 0 ? 50 : 1_000_000e6);
        if (recordDates() == 0) setRecordDate(amount);
        uint256 index = recordDates() + 1 - bound(recordDate, recordDate % 16 == 0 ? 0 : 1, 2);
        _approve(given);
        bytes memory call = abi.encodeWithSelector(selector, kind % 3, index, given, bytes32(0));
        done = attempt(scene.issuer, address(scene.payout), call);
    }

    function _approve(uint256 amount) private {
        uint256 had = scene.dollar.balanceOf(scene.issuer);
        if (had < amount) scene.dollar.mint(scene.issuer, amount - had);
        vm.prank(scene.issuer);
        scene.dollar.approve(address(scene.payout), amount);
    }
}
