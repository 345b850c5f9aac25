// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {InvestmentLimits} from "../../../src/identity/InvestmentLimits.sol";
import {InvestorRegistry} from "../../../src/identity/InvestorRegistry.sol";
import {Directory} from "../../../src/ledger/Directory.sol";
import {LedgerAuthority} from "../../../src/ledger/LedgerAuthority.sol";
import {FundingRound} from "../../../src/round/FundingRound.sol";
import {DemoDollar} from "../../../src/settlement/DemoDollar.sol";
import {ShareToken} from "../../../src/share/ShareToken.sol";
import {FoldRecorder} from "../../FoldRecorder.sol";
import {CommonBase} from "forge-std/Base.sol";
import {StdUtils} from "forge-std/StdUtils.sol";

/// @notice One round and everyone who can touch it.
struct Scene {
    FoldRecorder recorder;
    LedgerAuthority authority;
    InvestorRegistry registry;
    InvestmentLimits limits;
    Directory directory;
    DemoDollar dollar;
    ShareToken share;
    FundingRound round;
    address admin;
    address operator;
    address registrar;
    address guardian;
    address issuer;
    address platform;
    address outsider;
    address[] investors;
}

/// @title Actors
/// @notice Some of those who act on a round. Whatever they attempt either succeeds, and then every history folds to
/// its head, or reverts as a whole.
abstract contract Actors is CommonBase, StdUtils {
    uint256 internal constant PRICE = 3_333_333;
    Scene internal scene;

    /// @notice How often each refusal came about, by the selector of its error; those of the share class by their reason
    /// too, in the last byte.
    mapping(bytes32 what => uint256) public times;

    constructor(Scene memory scene_) {
        scene = scene_;
    }

    function attempt(address by, address target, bytes memory call) internal returns (bool done) {
        vm.prank(by);
        bytes memory answer;
        // A refusal is an outcome here, whatever its reason.
        // solhint-disable-next-line avoid-low-level-calls
        (done, answer) = target.call(call);
        if (!done) return _forget(answer);
        scene.recorder.capture();
        scene.recorder.requireSame(address(scene.authority));
        scene.recorder.requireSame(address(scene.registry));
        scene.recorder.requireSame(address(scene.limits));
        scene.recorder.requireSame(address(scene.directory));
        scene.recorder.requireSame(address(scene.share));
        scene.recorder.requireSame(address(scene.round));
    }

    function investor(uint256 seed) internal view returns (address) {
        return scene.investors[seed % scene.investors.length];
    }

    function identityOf(address wallet) internal pure returns (bytes32) {
        return keccak256(abi.encode("salted identification of", wallet));
    }

    function _forget(bytes memory answer) private returns (bool) {
        scene.recorder.forget();
        ++times[bytes4(answer)];
        if (bytes4(answer) == ShareToken.TransferRefused.selector) ++times[_withReason(answer)];
        return false;
    }

    function _withReason(bytes memory answer) private pure returns (bytes32) {
        return bytes4(answer) | bytes32(uint256(uint8(answer[answer.length - 1])));
    }
}
