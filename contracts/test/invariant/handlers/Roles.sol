// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../../../src/identity/Category.sol";
import {InvestmentLimits} from "../../../src/identity/InvestmentLimits.sol";
import {InvestorRegistry} from "../../../src/identity/InvestorRegistry.sol";
import {Platform} from "../../../src/ledger/Platform.sol";
import {FundingRound} from "../../../src/round/FundingRound.sol";
import {RoundCommitments} from "../../../src/round/RoundCommitments.sol";
import {RoundSettlement} from "../../../src/round/RoundSettlement.sol";
import {Actors, Scene} from "./Actors.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";

/// @notice Operator, registrar, guardian and admin, at their worst: whatever their roles allow, in any order.
contract Roles is Actors {
    constructor(Scene memory scene_) Actors(scene_) {}

    function guard(uint256 kind) external {
        bytes memory call = kind % 8 == 0
            ? abi.encodeCall(FundingRound.cancelRound, ("collusion"))
            : abi.encodeCall(FundingRound.pauseCommits, (kind % 8 < 4));
        attempt(scene.guardian, address(scene.round), call);
    }

    function revoke(uint256 who) external {
        _registers(abi.encodeCall(InvestorRegistry.revoke, (identityOf(investor(who)), "collusion")));
    }

    /// @dev The outsider too may become a person.
    function attest(uint256 who, uint256 category, uint256 lasting) external {
        address wallet = who % 4 == 0 ? scene.outsider : investor(who);
        InvestorRegistry.Attestation memory given = InvestorRegistry.Attestation(
            identityOf(wallet),
            wallet,
            840,
            Category(bound(category, 1, 6)),
            uint40(block.timestamp + bound(lasting, 1, 600 days)),
            1,
            0,
            "dossier"
        );
        _registers(abi.encodeCall(InvestorRegistry.attest, (given, new InvestorRegistry.YearlyLimit[](0))));
    }

    function delist(bool back) external {
        bytes memory call = back
            ? abi.encodeCall(Platform.listSettlementToken, (address(scene.dollar), "USD"))
            : abi.encodeCall(Platform.delistSettlementToken, (address(scene.dollar)));
        attempt(scene.operator, address(scene.directory), call);
    }

    function administer(uint256 kind, bool due) external {
        (address target, bytes memory call) = _decision(kind);
        bytes memory step = due
            ? abi.encodeCall(IAccessManager.execute, (target, call))
            : abi.encodeCall(IAccessManager.schedule, (target, call, 0));
        attempt(scene.admin, address(scene.authority), step);
    }

    /// @dev What an admin could try in order to keep money in.
    function _decision(uint256 kind) private view returns (address target, bytes memory call) {
        kind %= 7;
        address authority = address(scene.authority);
        bytes4[] memory exits = new bytes4[](3);
        exits[0] = RoundCommitments.cancel.selector;
        exits[1] = RoundCommitments.refund.selector;
        exits[2] = RoundSettlement.payProceeds.selector;
        if (kind == 0) {
            return (authority, abi.encodeCall(IAccessManager.setTargetClosed, (address(scene.round), true)));
        }
        if (kind == 1) {
            return (authority, abi.encodeCall(IAccessManager.setTargetClosed, (address(scene.registry), true)));
        }
        if (kind == 2) {
            return (authority, abi.encodeCall(IAccessManager.setTargetFunctionRole, (address(scene.round), exits, 0)));
        }
        if (kind == 3) {
            address directory = address(scene.directory);
            return (address(scene.limits), abi.encodeCall(InvestmentLimits.allowDirectory, (directory, false)));
        }
        if (kind == 4) return (address(scene.directory), abi.encodeCall(Platform.setFeeRecipient, (scene.admin)));
        if (kind == 5) return (authority, abi.encodeCall(IAccessManager.grantRole, (3, scene.outsider, 0)));
        return (authority, abi.encodeCall(IAccessManager.revokeRole, (2, scene.registrar)));
    }

    function _registers(bytes memory call) private {
        attempt(scene.registrar, address(scene.registry), call);
    }
}
