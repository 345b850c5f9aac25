// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Distribution} from "../../../src/distribution/Distribution.sol";
import {InvestorRegistry} from "../../../src/identity/InvestorRegistry.sol";
import {Recovery} from "../../../src/identity/Recovery.sol";
import {DemoDollar} from "../../../src/settlement/DemoDollar.sol";
import {ShareToken} from "../../../src/share/ShareToken.sol";
import {FoldRecorder} from "../../FoldRecorder.sol";
import {CommonBase} from "forge-std/Base.sol";
import {StdUtils} from "forge-std/StdUtils.sol";

/// @notice One share class, what is distributed to its holders, and everyone who can touch it.
struct PayoutScene {
    FoldRecorder recorder;
    InvestorRegistry registry;
    Recovery recovery;
    DemoDollar dollar;
    ShareToken share;
    Distribution payout;
    address issuer;
    address registrar;
    address recoverer;
    address outsider;
    address[] holders;
    address[] strangers;
}

/// @title PayoutActors
/// @notice Some of those who act on distributions. Whatever they attempt either succeeds, and then every history folds
/// to its head, or reverts as a whole.
abstract contract PayoutActors is CommonBase, StdUtils {
    PayoutScene internal scene;
    /// @notice How often each refusal came about, by the selector of its error.
    mapping(bytes32 what => uint256) public times;

    constructor(PayoutScene memory scene_) {
        scene = scene_;
    }

    function attempt(address by, address target, bytes memory call) internal returns (bool done) {
        bytes memory answer;
        (done, answer) = ask(by, target, call);
    }

    function ask(address by, address target, bytes memory call) internal returns (bool done, bytes memory answer) {
        vm.prank(by);
        // A refusal is an outcome here, whatever its reason.
        // solhint-disable-next-line avoid-low-level-calls
        (done, answer) = target.call(call);
        if (!done) {
            scene.recorder.forget();
            ++times[bytes4(answer)];
            return (done, answer);
        }
        scene.recorder.capture();
        scene.recorder.requireSame(address(scene.registry));
        scene.recorder.requireSame(address(scene.recovery));
        scene.recorder.requireSame(address(scene.share));
        scene.recorder.requireSame(address(scene.payout));
    }

    /// @notice Anyone who may hold shares: the first holders and those who came after them.
    function holder(uint256 seed) internal view returns (address) {
        return scene.holders[seed % scene.holders.length];
    }

    function anyone(uint256 seed) internal view returns (address) {
        return seed % 2 == 0 ? holder(seed / 2) : scene.strangers[seed / 2 % scene.strangers.length];
    }

    /// @notice One of the last few, or now and then one that was never declared.
    function distribution(uint256 seed) internal view returns (uint256) {
        uint256 count = scene.payout.distributionCount();
        if (count == 0 || seed % 16 == 0) return count + 1;
        return count - bound(seed, 0, count < 4 ? count - 1 : 3);
    }

    function recordDates() internal view returns (uint16 count) {
        while (scene.share.recordDates(count + 1) != 0) ++count;
    }

    function identityOf(address wallet) internal pure returns (bytes32) {
        return keccak256(abi.encode("salted identification of", wallet));
    }
}
