// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {TrustRecords} from "../../../src/trust/TrustRecords.sol";
import {DisbursementStatus, EndReason} from "../../../src/trust/TrustWords.sol";
import {TrustStage} from "./stage/TrustStage.sol";

contract ApproveTest is TrustStage {
    function setUp() public override {
        super.setUp();
        openProceedsTrust(proceedsDeed());
    }

    function test_RefusesOnceTheTrustHasEnded() public {
        proposes(t1, 1);
        terminated();
        refused(abi.encodeWithSelector(TrustRecords.TrustHasEnded.selector, EndReason.TrusteesDecided));
        approves(t2, 257);
    }

    function test_OnlyTrusteesApprove() public {
        proposes(t1, 1);
        address[5] memory others = [issuer, protector, x, outsider, t4];
        for (uint256 i = 0; i < others.length; ++i) {
            refused(notATrustee(others[i]));
            approves(others[i], 257);
        }
        removes(t2);
        refused(notATrustee(t2));
        approves(t2, 257);
    }

    function test_RefusesAnUnknownAttempt() public {
        refused(abi.encodeWithSelector(TrustRecords.UnknownDisbursement.selector, 257, 0));
        approves(t1, 257);
        refused(abi.encodeWithSelector(TrustRecords.UnknownDisbursement.selector, 1, 0));
        approves(t1, 1);
        proposes(t1, 1);
        refused(abi.encodeWithSelector(TrustRecords.UnknownDisbursement.selector, 513, 1));
        approves(t2, 513);
    }

    function test_NobodyApprovesTwice() public {
        proposes(t1, 1);
        refused(abi.encodeWithSelector(TrustRecords.AlreadyApproved.selector, 257, t1));
        approves(t1, 257);
        approves(t3, 257);
        refused(abi.encodeWithSelector(TrustRecords.AlreadyApproved.selector, 257, t3));
        approves(t3, 257);
    }

    function test_RefusesWhatIsDecided() public {
        approved(1);
        suspends(257);
        refused(wrongStatus(257, DisbursementStatus.Suspended));
        approves(t3, 257);
    }

    function test_TimeNeedsNoApproval() public {
        openListedTrust(listedDeed());
        itIs(START + 365 days);
        proposes(outsider, 1);
        refused(wrongStatus(257, DisbursementStatus.Approved));
        approves(t1, 257);
    }

    function test_TheThresholdBeginsTheChallengePeriod() public {
        proposes(t1, 1);
        itIs(block.timestamp + 3 days);
        vm.expectEmit(address(trust));
        emit TrustRecords.DisbursementApproved(257, t3, 2, block.timestamp + CHALLENGE);
        approves(t3, 257);
        (, TrustRecords.Disbursement memory d) = books.disbursementOf(1);
        assertEq(d.approvals, 5);
        assertEq(d.approvedAt, block.timestamp);
        assertStatus(1, DisbursementStatus.Approved);
    }

    function test_OneMoreApprovalChangesNothing() public {
        approved(1);
        uint256 since = block.timestamp;
        itIs(since + 3 days);
        vm.expectEmit(address(trust));
        emit TrustRecords.DisbursementApproved(257, t3, 3, since + CHALLENGE);
        approves(t3, 257);
        (, TrustRecords.Disbursement memory d) = books.disbursementOf(1);
        assertEq(d.approvedAt, since);
    }

    function test_AnApprovalTakesARejectionBack() public {
        proposes(t1, 1);
        rejects(t2, 257);
        approves(t2, 257);
        (, TrustRecords.Disbursement memory d) = books.disbursementOf(1);
        assertEq(d.approvals, 3);
        assertEq(d.rejections, 0);
        rejects(t3, 257);
        assertStatus(1, DisbursementStatus.Approved);
    }

    function test_TheChallengePeriodBeginsAgainWhenApprovalsFellAway() public {
        approved(1);
        itIs(block.timestamp + 4 days);
        removes(t2);
        vm.expectEmit(address(trust));
        emit TrustRecords.DisbursementApproved(257, t3, 2, block.timestamp + CHALLENGE);
        approves(t3, 257);
        (, TrustRecords.Disbursement memory d) = books.disbursementOf(1);
        assertEq(d.approvedAt, block.timestamp);
    }

    function test_ARemovedTrusteesApprovalNeverCounts() public {
        proposes(t1, 1);
        removes(t1);
        approves(t2, 257);
        assertStatus(1, DisbursementStatus.Proposed);
        approves(t3, 257);
        assertStatus(1, DisbursementStatus.Approved);
    }
}
