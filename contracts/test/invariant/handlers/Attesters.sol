// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../../../src/identity/Category.sol";
import {InvestorRegistry} from "../../../src/identity/InvestorRegistry.sol";
import {Recovery} from "../../../src/identity/Recovery.sol";
import {PayoutActors, PayoutScene} from "./PayoutActors.sol";

/// @notice Registrar and recovery role, who work together against everyone if they like: rates up and down, persons
/// revoked, recoveries carried out.
contract Attesters is PayoutActors {
    uint256 public recovered;
    uint256 public noted;
    uint256 private _wallets;

    constructor(PayoutScene memory scene_) PayoutActors(scene_) {}

    function attestRate(uint256 seed, uint16 bps) external {
        address wallet = holder(seed);
        (bytes32 identity,) = scene.registry.holderOf(wallet);
        if (identity == 0) return;
        InvestorRegistry.Attestation memory given = InvestorRegistry.Attestation({
            identity: identity,
            wallet: wallet,
            country: 840,
            category: Category.Accredited,
            expiresAt: uint40(block.timestamp + 365 days),
            persons: 1,
            withholdingBps: uint16(bound(bps, 0, 4000)),
            dossier: "dossier"
        });
        bytes memory call = abi.encodeCall(InvestorRegistry.attest, (given, new InvestorRegistry.YearlyLimit[](0)));
        attempt(scene.registrar, address(scene.registry), call);
    }

    function revoke(uint256 seed) external {
        bytes memory call = abi.encodeCall(InvestorRegistry.revoke, (identityOf(holder(seed)), "left"));
        attempt(scene.registrar, address(scene.registry), call);
    }

    function note(uint256 seed, uint16 recordDate) external {
        uint16 index = uint16(bound(recordDate, 1, recordDates() + 1));
        address[] memory holders = new address[](2);
        (holders[0], holders[1]) = (holder(seed), holder(seed / 7));
        bytes memory call = abi.encodeCall(scene.payout.noteWithholding, (index, holders));
        if (attempt(anyone(seed), address(scene.payout), call)) ++noted;
    }

    function announce(uint256 seed) external {
        (bytes32 identity,) = scene.registry.holderOf(holder(seed));
        address newWallet = vm.addr(uint256(keccak256(abi.encode("wallet", ++_wallets))));
        bytes memory call =
            abi.encodeCall(Recovery.announceWallet, (Recovery.Kind.LostKey, identity, newWallet, "document"));
        attempt(scene.registrar, address(scene.recovery), call);
    }

    function confirm(uint256 seed) external {
        bytes memory call = abi.encodeCall(Recovery.confirm, (identityOf(holder(seed)), bytes32("document")));
        attempt(scene.recoverer, address(scene.recovery), call);
    }

    /// @dev Waits until objections are over; time passes for everyone.
    function execute(uint256 seed) external {
        bytes32 identity = identityOf(holder(seed));
        if (scene.recovery.statusOf(identity) != Recovery.Status.Confirmed) return;
        scene.recorder.capture();
        vm.warp(block.timestamp + scene.recovery.OBJECTION_PERIOD());
        bytes memory call = abi.encodeCall(Recovery.execute, (identity));
        if (attempt(anyone(seed), address(scene.recovery), call)) ++recovered;
    }
}
