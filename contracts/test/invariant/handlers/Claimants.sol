// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Distribution} from "../../../src/distribution/Distribution.sol";
import {PayoutActors, PayoutScene} from "./PayoutActors.sol";

/// @notice Holders and all others: claim, push, hand shares on, send gifts, and try what is not theirs. Keeps a ledger
/// beside the ledger of who was paid what.
contract Claimants is PayoutActors {
    mapping(uint256 id => mapping(address holder => uint256)) public claims;
    mapping(uint256 id => mapping(address holder => uint256)) public paid;
    mapping(uint256 id => uint256) public paidOut;
    uint256 public claimed;
    uint256 public gifts;

    constructor(PayoutScene memory scene_) PayoutActors(scene_) {}

    function claim(uint256 seed, uint256 who) external {
        uint256 id = distribution(seed);
        address by = anyone(who);
        uint256 held = _held();
        if (!attempt(by, address(scene.payout), abi.encodeCall(scene.payout.claim, (id)))) return;
        _note(id, by, held - _held());
    }

    function push(uint256 seed, uint256 who, uint256 whom) external {
        uint256 id = distribution(seed);
        uint256 held = _held();
        bytes memory call = abi.encodeCall(scene.payout.claimFor, (id, holder(whom)));
        if (!attempt(anyone(who), address(scene.payout), call)) return;
        _note(id, holder(whom), held - _held());
    }

    /// @dev Those who are due nothing are left out: what a refused payment logs is recorded all the same.
    function pushMany(uint256 seed, uint256 who, uint256 from, uint256 count) external {
        uint256 id = distribution(seed);
        count = bound(count, 1, scene.holders.length);
        address[] memory list = new address[](count);
        uint256[] memory due = new uint256[](count);
        uint256 size = 0;
        for (uint256 i = 0; i < count; ++i) {
            address one = scene.holders[(from % 1000 + i) % scene.holders.length];
            Distribution.Due memory what = scene.payout.dueTo(id, one);
            if (what.shares == 0) continue;
            due[size] = what.entitlement - what.withheld;
            list[size++] = one;
        }
        assembly ("memory-safe") {
            mstore(list, size)
        }
        bool[] memory before = _claimedOf(id, list);
        bytes memory call = abi.encodeCall(scene.payout.claimMany, (id, list));
        if (!attempt(anyone(who), address(scene.payout), call)) return;
        bool[] memory afterwards = _claimedOf(id, list);
        for (uint256 i = 0; i < size; ++i) {
            if (!before[i] && afterwards[i]) _note(id, list[i], due[i]);
        }
    }

    function openClaims(uint256 seed, uint256 who) external {
        attempt(anyone(who), address(scene.payout), abi.encodeCall(scene.payout.openClaims, (distribution(seed))));
    }

    function setPayee(uint256 who, uint256 whom) external {
        address payee = whom % 4 == 0 ? address(0) : anyone(whom);
        attempt(anyone(who), address(scene.payout), abi.encodeCall(scene.payout.setPayee, (payee)));
    }

    function followSuccessor(uint256 who, uint256 whom) external {
        attempt(anyone(who), address(scene.payout), abi.encodeCall(scene.payout.followSuccessor, (anyone(whom))));
    }

    function transfer(uint256 from, uint256 to, uint256 shares) external {
        uint256 balance = scene.share.balanceOf(holder(from));
        address receiver = to % 7 == 0 ? scene.issuer : holder(to);
        bytes memory call = abi.encodeCall(scene.share.transfer, (receiver, bound(shares, 0, balance)));
        attempt(holder(from), address(scene.share), call);
    }

    /// @dev The company buys all shares back and distributes before it issues others: to nobody.
    function sellOut(uint256 kind, uint96 amount) external {
        for (uint256 i = 0; i < scene.holders.length; ++i) {
            uint256 balance = scene.share.balanceOf(scene.holders[i]);
            bytes memory call = abi.encodeCall(scene.share.transfer, (scene.issuer, balance));
            attempt(scene.holders[i], address(scene.share), call);
        }
        uint40 date = uint40(block.timestamp + 1);
        attempt(scene.issuer, address(scene.share), abi.encodeCall(scene.share.declareRecordDate, (date)));
        Distribution.Kind what = Distribution.Kind(kind % 3);
        amount = uint96(bound(amount, 1, 1e9));
        bytes memory declaring = abi.encodeCall(scene.payout.declare, (what, recordDates(), amount, 0));
        attempt(scene.issuer, address(scene.payout), declaring);
    }

    function give(uint256 amount) external {
        amount = bound(amount, 1, 100e6);
        scene.dollar.mint(address(scene.payout), amount);
        gifts += amount;
    }

    function trespass(uint256 who, uint256 seed, uint8 door) external {
        uint256 id = distribution(seed);
        address by = scene.strangers[who % scene.strangers.length];
        bytes[5] memory calls = [
            abi.encodeCall(scene.payout.claimWithin, (id, holder(seed), holder(seed))),
            abi.encodeCall(scene.payout.declare, (Distribution.Kind.Dividend, 1, 1, 0)),
            abi.encodeCall(scene.payout.declareAndFund, (Distribution.Kind.Dividend, 1, 1, 0)),
            abi.encodeCall(scene.payout.fundFromSurplus, (id)),
            abi.encodeCall(scene.payout.open, ())
        ];
        assert(!attempt(by, address(scene.payout), calls[door % 5]));
    }

    /// @dev What is refused whatever the state.
    function err(uint256 kind, uint256 who) external {
        bytes memory nothing = abi.encodeCall(scene.payout.declare, (Distribution.Kind.Dividend, 1, 0, 0));
        bytes memory itself = abi.encodeCall(scene.payout.setPayee, (address(scene.payout)));
        if (kind % 2 == 0) assert(!attempt(scene.issuer, address(scene.payout), nothing));
        else assert(!attempt(holder(who), address(scene.payout), itself));
    }

    function wait(uint256 time) external {
        scene.recorder.capture();
        vm.warp(block.timestamp + bound(time, 1, 8 days));
        vm.roll(block.number + 1);
    }

    function _note(uint256 id, address by, uint256 amount) private {
        ++claims[id][by];
        paid[id][by] += amount;
        paidOut[id] += amount;
        ++claimed;
    }

    function _held() private view returns (uint256) {
        return scene.dollar.balanceOf(address(scene.payout));
    }

    function _claimedOf(uint256 id, address[] memory list) private view returns (bool[] memory done) {
        done = new bool[](list.length);
        for (uint256 i = 0; i < list.length; ++i) {
            done[i] = scene.payout.isClaimed(id, list[i]);
        }
    }
}
