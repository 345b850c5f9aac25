// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {HostileDollar} from "../hostile/tokens/HostileDollar.sol";
import {TrustStage} from "../unit/CustodyTrust/stage/TrustStage.sol";

/// @notice What each act on a trust costs, each call a transaction of its own.
/// forge-config: default.isolate = true
contract TrustGasTest is TrustStage {
    function setUp() public override {
        super.setUp();
        dollar = HostileDollar(deployCode("DemoDollar.sol"));
        openProceedsTrust(proceedsDeed());
        dollar.mint(issuer, 1);
        dollar.mint(platform, 1);
        itIs(block.timestamp + 1 days);
    }

    function test_ReleasingAMilestone() public {
        uint256 disbursement = proposes(t1, 1);
        vm.snapshotGasLastCall("CustodyTrust", "propose");
        itIs(block.timestamp + 1 days);
        approves(t2, disbursement);
        vm.snapshotGasLastCall("CustodyTrust", "approve");
        itIs(block.timestamp + CHALLENGE);
        trust.execute(disbursement);
        vm.snapshotGasLastCall("CustodyTrust", "execute");
        itIs(block.timestamp + 1 days);
        trust.payFee();
        vm.snapshotGasLastCall("CustodyTrust", "payFee");
        itIs(block.timestamp + 1 days);
        disbursement = proposes(t1, 2);
        vm.snapshotGasLastCall("CustodyTrust", "propose, the next tranche");
        rejects(t2, disbursement);
        vm.snapshotGasLastCall("CustodyTrust", "reject");
        itIs(block.timestamp + 1 days);
        terminated();
        vm.snapshotGasLastCall("CustodyTrust", "terminate, the deciding one");
        itIs(block.timestamp + 1 days);
        dollar.mint(x, 1);
        trust.claim(idOf(x), address(dollar));
        vm.snapshotGasLastCall("CustodyTrust", "claim");
    }
}
