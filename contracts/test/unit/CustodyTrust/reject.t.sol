// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {TrustRecords} from "../../../src/trust/TrustRecords.sol";
import {DisbursementStatus} from "../../../src/trust/TrustWords.sol";
import {TrustStage} from "./stage/TrustStage.sol";

contract RejectTest is TrustStage {
    function setUp() public override {
        super.setUp();
        openProceedsTrust(proceedsDeed());
    }

    function test_OnlyTrusteesReject() public {
        proposes(t1, 1);
        address[4] memory others = [issuer, protector, x, outsider];
        for (uint256 i = 0; i < others.length; ++i) {
            refused(notATrustee(others[i]));
            rejects(others[i], 257);
        }
    }

    function test_NobodyRejectsTwice() public {
        proposes(t1, 1);
        rejects(t2, 257);
        refused(abi.encodeWithSelector(TrustRecords.AlreadyRejected.selector, 257, t2));
        rejects(t2, 257);
    }

    function test_TimeIsNotRejected() public {
        openListedTrust(listedDeed());
        itIs(START + 365 days);
        proposes(outsider, 1);
        refused(wrongStatus(257, DisbursementStatus.Approved));
        rejects(t1, 257);
    }

    function test_OneOfThreeDoesNotReject() public {
        proposes(issuer, 1);
        vm.expectEmit(address(trust));
        emit TrustRecords.DisbursementObjected(257, t1, 1);
        rejects(t1, 257);
        assertStatus(1, DisbursementStatus.Proposed);
        approves(t2, 257);
        approves(t3, 257);
        assertStatus(1, DisbursementStatus.Approved);
    }

    function test_TwoOfThreeReject() public {
        proposes(t1, 1);
        rejects(t2, 257);
        vm.expectEmit(address(trust));
        emit TrustRecords.DisbursementObjected(257, t3, 2);
        vm.expectEmit(address(trust));
        emit TrustRecords.DisbursementRejected(257);
        rejects(t3, 257);
        assertStatus(1, DisbursementStatus.Rejected);
        refused(wrongStatus(257, DisbursementStatus.Rejected));
        approves(t2, 257);
    }

    function test_ARejectionTakesAnApprovalBack() public {
        approved(1);
        rejects(t2, 257);
        (, TrustRecords.Disbursement memory d) = books.disbursementOf(1);
        assertEq(d.approvals, 1);
        assertEq(d.rejections, 2);
        assertEq(d.approvedAt, 0);
        assertEq(d.amount, 53_318_800_000, "nothing else changes");
        assertStatus(1, DisbursementStatus.Proposed);
        itIs(block.timestamp + 3 days);
        approves(t3, 257);
        (, d) = books.disbursementOf(1);
        assertEq(d.approvedAt, block.timestamp);
    }

    function test_EnoughApprovalsAreLeft() public {
        approved(1);
        approves(t3, 257);
        uint256 since = block.timestamp;
        itIs(since + 1 days);
        rejects(t1, 257);
        (, TrustRecords.Disbursement memory d) = books.disbursementOf(1);
        assertEq(d.approvedAt, since);
        assertStatus(1, DisbursementStatus.Approved);
    }

    function test_ARemovedTrusteesRejectionDoesNotCount() public {
        proposes(issuer, 1);
        rejects(t1, 257);
        removes(t1);
        rejects(t2, 257);
        assertStatus(1, DisbursementStatus.Proposed);
    }
}
