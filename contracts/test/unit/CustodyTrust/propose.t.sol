// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IProceedsRound} from "../../../src/trust/IProceedsRound.sol";
import {Deed, Tranche} from "../../../src/trust/TrustDeed.sol";
import {TrustRecords} from "../../../src/trust/TrustRecords.sol";
import {DisbursementStatus, EndReason} from "../../../src/trust/TrustWords.sol";
import {TrustStage} from "./stage/TrustStage.sol";

contract ProposeTest is TrustStage {
    function test_RefusesOnceTheTrustHasEnded() public {
        openProceedsTrust(proceedsDeed());
        terminated();
        refused(abi.encodeWithSelector(TrustRecords.TrustHasEnded.selector, EndReason.TrusteesDecided));
        proposes(t1, 1);
    }

    function test_RefusesATrancheThatIsNotInThePlan() public {
        openProceedsTrust(proceedsDeed());
        refused(abi.encodeWithSelector(TrustRecords.UnknownTranche.selector, 0));
        proposes(t1, 0);
        refused(abi.encodeWithSelector(TrustRecords.UnknownTranche.selector, 4));
        proposes(t1, 4);
    }

    function test_RefusesASecondAttemptWhileOneIsUnderWay() public {
        openProceedsTrust(proceedsDeed());
        proposes(t1, 1);
        refused(wrongStatus(257, DisbursementStatus.Proposed));
        proposes(t2, 1);
        approves(t2, 257);
        refused(wrongStatus(257, DisbursementStatus.Approved));
        proposes(t2, 1);
        suspends(257);
        refused(wrongStatus(257, DisbursementStatus.Suspended));
        proposes(t2, 1);
    }

    function test_RefusesAPaidTranche() public {
        openProceedsTrust(proceedsDeed());
        executed(1);
        refused(wrongStatus(257, DisbursementStatus.Executed));
        proposes(t1, 1);
    }

    function test_RefusesATrancheOutOfOrder() public {
        openProceedsTrust(proceedsDeed());
        refused(abi.encodeWithSelector(TrustRecords.TrancheOutOfOrder.selector, 2, 1));
        proposes(t1, 2);
        executed(1);
        assertEq(proposes(t1, 2), 258);
        refused(abi.encodeWithSelector(TrustRecords.TrancheOutOfOrder.selector, 3, 2));
        proposes(t1, 3);
    }

    function test_RefusesATrancheOneSecondEarly() public {
        openListedTrust(listedDeed());
        itIs(START + 365 days - 1);
        refused(abi.encodeWithSelector(TrustRecords.TrancheNotDue.selector, START + 365 days, block.timestamp));
        proposes(outsider, 1);
        itIs(START + 365 days);
        assertEq(proposes(outsider, 1), 257);
    }

    function test_RefusesBeforeTheRoundIsSettled() public {
        openTrust(proceedsDeed());
        bindRound();
        round.become(IProceedsRound.Status.Settling);
        dollar.mint(address(round), 100 * DOLLAR);
        round.payProceeds();
        refused(
            abi.encodeWithSelector(
                TrustRecords.RoundNotSettled.selector, address(round), IProceedsRound.Status.Settling
            )
        );
        proposes(t1, 1);
    }

    function test_RefusesWithoutARound() public {
        openTrust(proceedsDeed());
        refused(abi.encodeWithSelector(TrustRecords.RoundNotSettled.selector, address(0), IProceedsRound.Status.Open));
        proposes(t1, 1);
    }

    function test_ATrusteesProposalIsItsApproval() public {
        openProceedsTrust(proceedsDeed());
        vm.expectEmit(address(trust));
        emit TrustRecords.DisbursementProposed(257, 1, t1, 53_318_800_000, "report");
        vm.expectEmit(address(trust));
        emit TrustRecords.DisbursementApproved(257, t1, 1, 0);
        vm.prank(t1);
        assertEq(trust.propose(1, "report"), 257);
        (uint256 disbursement, TrustRecords.Disbursement memory d) = books.disbursementOf(1);
        assertEq(disbursement, 257);
        assertEq(d.amount, 53_318_800_000, "40 per cent of 133,297.00");
        assertEq(d.approvals, 1);
        assertEq(d.rejections, 0);
        assertEq(d.approvedAt, 0);
        assertEq(d.attempt, 1);
        assertStatus(1, DisbursementStatus.Proposed);
    }

    function test_OneApprovalMayBeEnough() public {
        Deed memory deed = proceedsDeed();
        deed.terms.threshold = 1;
        openProceedsTrust(deed);
        vm.expectEmit(address(trust));
        emit TrustRecords.DisbursementApproved(257, t1, 1, block.timestamp + CHALLENGE);
        proposes(t1, 1);
        assertStatus(1, DisbursementStatus.Approved);
    }

    function test_TheRecipientMayPropose() public {
        openProceedsTrust(proceedsDeed());
        requireHistory();
        uint256 told = recorder.eventsOf(address(trust));
        proposes(issuer, 1);
        requireHistory();
        assertEq(recorder.eventsOf(address(trust)), told + 1, "it tells of no approval");
        (, TrustRecords.Disbursement memory d) = books.disbursementOf(1);
        assertEq(d.approvals, 0);
        assertStatus(1, DisbursementStatus.Proposed);
        openListedTrust(listedDeed());
        proposes(worker, 3);
    }

    function test_RefusesAnyoneElse() public {
        openProceedsTrust(proceedsDeed());
        address[4] memory others = [outsider, x, protector, platform];
        for (uint256 i = 0; i < others.length; ++i) {
            refused(abi.encodeWithSelector(TrustRecords.MayNotPropose.selector, others[i]));
            proposes(others[i], 1);
        }
        openListedTrust(listedDeed());
        refused(abi.encodeWithSelector(TrustRecords.MayNotPropose.selector, issuer));
        proposes(issuer, 3);
    }

    function test_TimeAloneMakesATrancheDue() public {
        openListedTrust(listedDeed());
        itIs(START + 365 days);
        vm.expectEmit(address(trust));
        emit TrustRecords.DisbursementApproved(257, address(0), 0, block.timestamp + CHALLENGE);
        proposes(outsider, 1);
        assertStatus(1, DisbursementStatus.Approved);
    }

    /// @dev Otherwise whoever settles a round in two steps spends the tranche while next to nothing has arrived.
    function test_RefusesWhileTheRoundOwesProceeds() public {
        Deed memory deed = proceedsDeed();
        deed.tranches[0] = Tranche(address(0), false, false, 0, 4000, uint40(block.timestamp), 0);
        openTrust(deed);
        bindRound();
        settleRound(10 * DOLLAR);
        round.owe(133_287 * DOLLAR);
        refused(abi.encodeWithSelector(TrustRecords.ProceedsOutstanding.selector, address(round), 133_287 * DOLLAR));
        proposes(outsider, 1);
        round.owe(0);
        settleRound(133_287 * DOLLAR);
        proposes(outsider, 1);
        (, TrustRecords.Disbursement memory d) = books.disbursementOf(1);
        assertEq(d.amount, 133_297 * DOLLAR * 4 / 10);
    }

    function test_AShareOfAGivenFundIsProposedByThoseConcerned() public {
        Deed memory deed = listedDeed();
        deed.tranches[2] = Tranche(worker, false, false, 0, 2500, uint40(block.timestamp), 0);
        openListedTrust(deed);
        refused(abi.encodeWithSelector(TrustRecords.MayNotPropose.selector, outsider));
        proposes(outsider, 3);
        proposes(worker, 3);
        assertStatus(3, DisbursementStatus.Approved);
    }

    function test_RefusesAnAmountAboveTheFund() public {
        openTrust(listedDeed());
        funds(address(dollar), 1000 * DOLLAR - 1);
        refused(abi.encodeWithSelector(TrustRecords.FundTooSmall.selector, 1000 * DOLLAR - 1, 1000 * DOLLAR));
        proposes(t1, 3);
        itIs(START + 365 days);
        refused(abi.encodeWithSelector(TrustRecords.FundTooSmall.selector, 0, 100));
        proposes(t1, 1);
    }

    function test_RefusesMoreSharesThanAreLeft() public {
        Deed memory deed = listedDeed();
        deed.tranches[0] = Tranche(worker, true, true, 0, 0, 0, 600);
        deed.tranches[1] = Tranche(worker, true, true, 0, 0, 0, 401);
        openListedTrust(deed);
        executed(1);
        refused(abi.encodeWithSelector(TrustRecords.FundTooSmall.selector, 400, 401));
        proposes(t1, 2);
    }

    function test_WhatDivisionLeavesGoesToTheLastShare() public {
        openTrust(proceedsDeed());
        bindRound();
        settleRound(9999);
        uint256[3] memory amounts = [uint256(3999), 3500, 2500];
        for (uint8 number = 1; number <= 3; ++number) {
            executed(number);
            (, TrustRecords.Disbursement memory d) = books.disbursementOf(number);
            assertEq(d.amount, amounts[number - 1]);
        }
    }

    function testFuzz_ThePlanLeavesNothingOver(uint256 proceeds, uint16 first, uint16 second) public {
        proceeds = bound(proceeds, 10_000, type(uint104).max);
        first = uint16(bound(first, 1, 9998));
        second = uint16(bound(second, 1, 9999 - first));
        Deed memory deed = proceedsDeed();
        deed.tranches[0].shareBps = first;
        deed.tranches[1].shareBps = second;
        deed.tranches[2].shareBps = 10_000 - first - second;
        openTrust(deed);
        bindRound();
        settleRound(proceeds);
        for (uint8 number = 1; number <= 3; ++number) {
            executed(number);
            (, TrustRecords.Disbursement memory d) = books.disbursementOf(number);
            uint256 quota = proceeds * deed.tranches[number - 1].shareBps;
            assertApproxEqAbs(uint256(d.amount) * 10_000, quota, 9999, "within one unit of its share");
        }
        uint256 fee = proceeds * 600 / 10_000;
        assertEq(dollar.balanceOf(issuer), proceeds - fee);
        trust.payFee();
        assertEq(dollar.balanceOf(platform), fee, "the floor over everything, however it was cut");
        assertEq(held(), 0);
    }

    function test_TheTrusteesReserveIsNoPartOfThePlan() public {
        Deed memory deed = proceedsDeed();
        deed.terms.trusteeFeeBps = 1000;
        openProceedsTrust(deed);
        proposes(t1, 1);
        (, TrustRecords.Disbursement memory d) = books.disbursementOf(1);
        assertEq(d.amount, 133_297 * DOLLAR * 9 / 10 * 4 / 10);
    }

    function test_AShareTakesNoMoreThanThereIs() public {
        Deed memory deed = listedDeed();
        deed.tranches[2].amount = uint104(8000 * DOLLAR);
        openListedTrust(deed);
        executed(3);
        vm.prank(issuer);
        trust.propose(4, "");
        (, TrustRecords.Disbursement memory d) = books.disbursementOf(4);
        assertEq(d.amount, 2000 * DOLLAR, "25 per cent of 10,000.00 would be 2,500.00");
    }

    function test_RefusesToDisburseNothing() public {
        openTrust(listedDeed());
        refused(abi.encodeWithSelector(TrustRecords.NothingToDisburse.selector, 4));
        proposes(t1, 4);
    }

    function test_ARejectedTrancheIsProposedAnew() public {
        openProceedsTrust(proceedsDeed());
        proposes(t1, 1);
        rejects(t2, 257);
        rejects(t3, 257);
        assertEq(proposes(t1, 1), 513);
        approves(t2, 513);
        vm.prank(protector);
        offices.veto(513);
        assertEq(proposes(t3, 1), 769);
        (, TrustRecords.Disbursement memory d) = books.disbursementOf(1);
        assertEq(d.approvals, 4, "nothing is left of earlier attempts");
        refused(abi.encodeWithSelector(TrustRecords.UnknownDisbursement.selector, 513, 3));
        approves(t1, 513);
    }

    function test_LaterMoneyRaisesWhatASharePays() public {
        openTrust(proceedsDeed());
        bindRound();
        settleRound(100 * DOLLAR);
        executed(1);
        settleRound(100 * DOLLAR);
        proposes(t1, 2);
        (, TrustRecords.Disbursement memory d) = books.disbursementOf(2);
        assertEq(d.amount, 70 * DOLLAR);
    }

    function test_MoneyAndSharesAreCutApart() public {
        Deed memory deed = listedDeed();
        deed.tranches[0] = Tranche(worker, true, true, 0, 5000, 0, 0);
        openListedTrust(deed);
        funds(address(dollar), 3);
        proposes(t1, 1);
        (, TrustRecords.Disbursement memory d) = books.disbursementOf(1);
        assertEq(d.amount, 500);
        proposes(t1, 4);
        (, d) = books.disbursementOf(4);
        assertEq(d.amount, 2500 * DOLLAR, "the first quarter, not the one after a half");
    }
}
