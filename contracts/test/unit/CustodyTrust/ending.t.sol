// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IProceedsRound} from "../../../src/trust/IProceedsRound.sol";
import {Deed, Tranche} from "../../../src/trust/TrustDeed.sol";
import {TrustRecords} from "../../../src/trust/TrustRecords.sol";
import {EndReason} from "../../../src/trust/TrustWords.sol";
import {TrustStage} from "./stage/TrustStage.sol";

contract EndingTest is TrustStage {
    function setUp() public override {
        super.setUp();
        openProceedsTrust(proceedsDeed());
    }

    function openRevocable() private {
        Deed memory deed = listedDeed();
        deed.terms.revocable = true;
        openListedTrust(deed);
    }

    // ------------------------------------------------------------------------------------------ trustees

    function test_MoreThanHalfOfTheSeatsEndIt() public {
        itIs(START + 40 days);
        vm.expectEmit(address(trust));
        emit TrustRecords.TerminationSupported(t2, true, 1);
        terminates(t2);
        assertEnded(EndReason.None);
        vm.expectEmit(address(trust));
        emit TrustRecords.TrustEnded(EndReason.TrusteesDecided, 133_297 * DOLLAR, 0);
        terminates(t3);
        assertEnded(EndReason.TrusteesDecided);
        assertEq(books.tenure().endedAt, START + 40 days);
        requireHistory();
    }

    function test_HalfOfTheSeatsDoNotEndIt() public {
        Deed memory deed = proceedsDeed();
        deed.trustees = new address[](4);
        (deed.trustees[0], deed.trustees[1], deed.trustees[2], deed.trustees[3]) = (t1, t2, t3, t4);
        openProceedsTrust(deed);
        terminates(t1);
        terminates(t4);
        assertEnded(EndReason.None);
        terminates(t2);
        assertEnded(EndReason.TrusteesDecided);
    }

    function test_TheEndTellsWhatIsLeft() public {
        openListedTrust(listedDeed());
        itIs(START + 365 days);
        proposes(outsider, 1);
        itIs(block.timestamp + CHALLENGE);
        trust.execute(257);
        executed(3);
        terminates(t2);
        vm.expectEmit(address(trust));
        emit TrustRecords.TrustEnded(EndReason.TrusteesDecided, 9000 * DOLLAR, 900);
        terminates(t3);
    }

    function test_ATrusteeWhoLeftDoesNotCount() public {
        terminates(t1);
        removes(t1);
        terminates(t2);
        assertEnded(EndReason.None);
        terminates(t3);
        assertEnded(EndReason.TrusteesDecided);
    }

    function test_TerminationIsTakenBack() public {
        terminates(t1);
        vm.expectEmit(address(trust));
        emit TrustRecords.TerminationSupported(t1, false, 0);
        vm.prank(t1);
        offices.terminate(false);
        terminates(t2);
        assertEnded(EndReason.None);
    }

    function test_TerminatesOnce() public {
        terminates(t3);
        refused(plainly(TrustRecords.NothingChanged.selector));
        terminates(t3);
    }

    function test_OnlyTrusteesTerminate() public {
        address[4] memory others = [issuer, protector, x, outsider];
        for (uint256 i = 0; i < others.length; ++i) {
            refused(notATrustee(others[i]));
            terminates(others[i]);
        }
    }

    // ------------------------------------------------------------------------------------------ the settlor

    function test_ARevocableTrustIsRevoked() public {
        openRevocable();
        executed(4);
        vm.prank(issuer);
        offices.revoke();
        assertEnded(EndReason.Revoked);
        uint256 before = dollar.balanceOf(issuer);
        assertEq(claims(issuer), 7500 * DOLLAR);
        assertEq(claims(issuer, address(class)), 1000);
        assertEq(dollar.balanceOf(issuer), before + 7500 * DOLLAR);
        refused(plainly(TrustRecords.NothingToPay.selector));
        trust.claim(key(x), address(dollar));
        refused(plainly(TrustRecords.NothingToPay.selector));
        trust.claim(key(x), address(class));
    }

    function test_AnIrrevocableTrustIsNot() public {
        refused(plainly(TrustRecords.NotRevocable.selector));
        vm.prank(issuer);
        offices.revoke();
        Deed memory deed = listedDeed();
        deed.terms.spendthrift = true;
        openListedTrust(deed);
        refused(plainly(TrustRecords.NotRevocable.selector));
        vm.prank(issuer);
        offices.revoke();
    }

    function test_OnlyTheSettlorRevokes() public {
        openRevocable();
        refused(abi.encodeWithSelector(TrustRecords.NotTheSettlor.selector, x, issuer));
        vm.prank(x);
        offices.revoke();
    }

    // ------------------------------------------------------------------------------------------ all of them

    function all() private view returns (address[] memory list) {
        list = new address[](3);
        (list[0], list[1], list[2]) = (x, y, z);
        for (uint256 i = 0; i < 3; ++i) {
            for (uint256 j = i + 1; j < 3; ++j) {
                if (list[j] < list[i]) (list[i], list[j]) = (list[j], list[i]);
            }
        }
    }

    function test_AllOfThemEndIt() public {
        openListedTrust(listedDeed());
        bytes32 motion = books.endMotion();
        backs(issuer, motion);
        backs(x, motion);
        backs(y, motion);
        backs(z, motion);
        offices.endByBeneficiaries(all());
        assertEnded(EndReason.BeneficiariesDecided);
    }

    function test_NotWithoutTheSettlor() public {
        openListedTrust(listedDeed());
        bytes32 motion = books.endMotion();
        backs(x, motion);
        backs(y, motion);
        backs(z, motion);
        refused(abi.encodeWithSelector(TrustRecords.MotionNotCarried.selector, motion, 0, 100));
        offices.endByBeneficiaries(all());
    }

    function test_NotWithoutAllBeneficiaries() public {
        openListedTrust(listedDeed());
        bytes32 motion = books.endMotion();
        backs(issuer, motion);
        backs(x, motion);
        backs(y, motion);
        refused(abi.encodeWithSelector(TrustRecords.MotionNotCarried.selector, motion, 80, 100));
        offices.endByBeneficiaries(all());
    }

    function test_NotWhereProceedsAreHeld() public {
        refused(plainly(TrustRecords.HoldsProceeds.selector));
        offices.endByBeneficiaries(nobody());
    }

    // ------------------------------------------------------------------------------------------ anyone

    function test_FromTheLongStopOnAnyoneEndsIt() public {
        itIs(LONG_STOP - 1);
        refused(plainly(TrustRecords.NothingEndsIt.selector));
        offices.end();
        itIs(LONG_STOP);
        vm.prank(outsider);
        offices.end();
        assertEnded(EndReason.LongStop);
    }

    function test_TooLongAVacancyEndsIt() public {
        resigns(t1);
        assertEq(books.tenure().vacantSince, 0, "two of three are enough");
        itIs(START + 10 days);
        removes(t2);
        assertEq(books.tenure().vacantSince, START + 10 days);
        itIs(START + 20 days);
        resigns(t3);
        assertEq(books.tenure().vacantSince, START + 10 days, "counted from the first day");
        itIs(START + 10 days + VACANCY - 1);
        refused(plainly(TrustRecords.NothingEndsIt.selector));
        offices.end();
        itIs(START + 10 days + VACANCY);
        offices.end();
        assertEnded(EndReason.TooFewTrustees);
    }

    function test_AFilledVacancyDoesNot() public {
        removes(t1);
        removes(t2);
        passed(books.appointmentMotion(t4));
        vm.prank(t4);
        offices.takeOffice(address(0), nobody());
        assertEq(books.tenure().vacantSince, 0);
        itIs(START + VACANCY);
        refused(plainly(TrustRecords.NothingEndsIt.selector));
        offices.end();
    }

    function test_ACompletedPlanEndsIt() public {
        executed(1);
        executed(2);
        refused(plainly(TrustRecords.NothingEndsIt.selector));
        offices.end();
        executed(3);
        offices.end();
        assertEnded(EndReason.PlanCompleted);
    }

    function test_APlanMayBeOneTranche() public {
        Deed memory deed = proceedsDeed();
        deed.tranches = new Tranche[](1);
        deed.tranches[0] = milestone(10_000, 0);
        openProceedsTrust(deed);
        executed(1);
        offices.end();
        assertEnded(EndReason.PlanCompleted);
    }

    function test_APlanIsNotCompletedWithoutItsFirstTranche() public {
        Deed memory deed = proceedsDeed();
        deed.tranches[1].follows = 0;
        openProceedsTrust(deed);
        executed(2);
        executed(3);
        refused(plainly(TrustRecords.NothingEndsIt.selector));
        offices.end();
    }

    function test_ATrustWithoutAPlanGoesOn() public {
        Deed memory deed = listedDeed();
        deed.tranches = new Tranche[](0);
        openListedTrust(deed);
        refused(plainly(TrustRecords.NothingEndsIt.selector));
        offices.end();
    }

    function test_ARoundThatFailedEndsIt() public {
        for (uint256 i = 4; i < 6; ++i) {
            openTrust(proceedsDeed());
            bindRound();
            round.become(IProceedsRound.Status.Tallying);
            refused(plainly(TrustRecords.NothingEndsIt.selector));
            offices.end();
            round.become(IProceedsRound.Status(i));
            offices.end();
            assertEnded(EndReason.RoundFailed);
        }
    }

    function test_OtherwiseNothingEndsIt() public {
        openTrust(proceedsDeed());
        refused(plainly(TrustRecords.NothingEndsIt.selector));
        offices.end();
    }

    function test_EndsOnce() public {
        itIs(LONG_STOP);
        offices.end();
        bytes memory reason = abi.encodeWithSelector(TrustRecords.TrustHasEnded.selector, EndReason.LongStop);
        refused(reason);
        offices.end();
        refused(reason);
        terminates(t1);
        refused(reason);
        vm.prank(issuer);
        offices.revoke();
        refused(reason);
        offices.endByBeneficiaries(nobody());
    }
}
