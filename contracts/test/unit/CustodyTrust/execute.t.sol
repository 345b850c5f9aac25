// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Deed, Tranche} from "../../../src/trust/TrustDeed.sol";
import {TrustRecords} from "../../../src/trust/TrustRecords.sol";
import {DisbursementStatus, EndReason} from "../../../src/trust/TrustWords.sol";
import {TrustStage} from "./stage/TrustStage.sol";

contract ExecuteTest is TrustStage {
    function test_RefusesOnceTheTrustHasEnded() public {
        openProceedsTrust(proceedsDeed());
        approved(1);
        itIs(block.timestamp + CHALLENGE);
        terminated();
        refused(abi.encodeWithSelector(TrustRecords.TrustHasEnded.selector, EndReason.TrusteesDecided));
        trust.execute(257);
    }

    function test_RefusesAnUnknownAttempt() public {
        openProceedsTrust(proceedsDeed());
        refused(abi.encodeWithSelector(TrustRecords.UnknownDisbursement.selector, 257, 0));
        trust.execute(257);
    }

    function test_RefusesWhatIsNotApproved() public {
        openProceedsTrust(proceedsDeed());
        proposes(t1, 1);
        refused(wrongStatus(257, DisbursementStatus.Proposed));
        trust.execute(257);
    }

    function test_RefusesOneSecondEarly() public {
        openProceedsTrust(proceedsDeed());
        approved(1);
        uint256 from = block.timestamp + CHALLENGE;
        itIs(from - 1);
        refused(abi.encodeWithSelector(TrustRecords.ChallengePeriodRuns.selector, from, from - 1));
        trust.execute(257);
        itIs(from);
        trust.execute(257);
        assertStatus(1, DisbursementStatus.Executed);
    }

    function test_ApprovalsOfRemovedTrusteesDoNotCount() public {
        openProceedsTrust(proceedsDeed());
        approved(1);
        itIs(block.timestamp + CHALLENGE);
        removes(t1);
        refused(abi.encodeWithSelector(TrustRecords.ApprovalsMissing.selector, 1, 2));
        trust.execute(257);
    }

    function test_ATrusteeReceivesNothing() public {
        openProceedsTrust(proceedsDeed());
        approved(1);
        itIs(block.timestamp + CHALLENGE);
        directory.setController(COMPANY, t3);
        refused(abi.encodeWithSelector(TrustRecords.RecipientIsTrustee.selector, t3));
        trust.execute(257);
    }

    function test_RefusesMoreThanThereIs() public {
        _paysMostOfItWhileAnotherIsApproved(0);
        refused(abi.encodeWithSelector(TrustRecords.FundTooSmall.selector, 2000 * DOLLAR, 2500 * DOLLAR));
        trust.execute(260);
    }

    function test_LeavesWhatIsSetAsideForTrustees() public {
        _paysMostOfItWhileAnotherIsApproved(1000);
        refused(abi.encodeWithSelector(TrustRecords.FundTooSmall.selector, 1000 * DOLLAR, 2250 * DOLLAR));
        trust.execute(260);
    }

    function _paysMostOfItWhileAnotherIsApproved(uint16 trusteeFeeBps) private {
        Deed memory deed = listedDeed();
        deed.terms.trusteeFeeBps = trusteeFeeBps;
        deed.tranches[2].amount = uint104(8000 * DOLLAR);
        openListedTrust(deed);
        approved(3);
        approved(4);
        itIs(block.timestamp + CHALLENGE);
        trust.execute(259);
    }

    function test_PaysTheIssuerAndKeepsThePlatformsFee() public {
        openProceedsTrust(proceedsDeed());
        approved(1);
        itIs(block.timestamp + CHALLENGE);
        vm.expectEmit(address(trust));
        emit TrustRecords.DisbursementExecuted(257, issuer, address(dollar), 50_119_672_000, 3_199_128_000);
        vm.prank(outsider);
        trust.execute(257);
        assertEq(dollar.balanceOf(issuer), 50_119_672_000);
        assertEq(dollar.balanceOf(platform), 0, "paid when asked for");
        (TrustRecords.Fund memory f,) = books.fundOf();
        assertEq(f.received, 133_297 * DOLLAR);
        assertEq(f.released, 53_318_800_000);
        assertEq(f.inOffice, 7);
        requireHistory();
    }

    function test_PaysWhoeverControlsTheCompanyNow() public {
        openProceedsTrust(proceedsDeed());
        approved(1);
        itIs(block.timestamp + CHALLENGE);
        directory.setController(COMPANY, worker);
        trust.execute(257);
        assertEq(dollar.balanceOf(worker), 50_119_672_000);
    }

    function test_PaysNobodyTwice() public {
        openProceedsTrust(proceedsDeed());
        executed(1);
        refused(wrongStatus(257, DisbursementStatus.Executed));
        trust.execute(257);
    }

    function test_SharesAreReleasedAsTimePasses() public {
        openListedTrust(listedDeed());
        itIs(START + 365 days);
        proposes(outsider, 1);
        itIs(block.timestamp + CHALLENGE);
        vm.expectEmit(address(trust));
        emit TrustRecords.DisbursementExecuted(257, worker, address(class), 100, 0);
        trust.execute(257);
        assertEq(class.balanceOf(worker), 100);
        (, TrustRecords.Shares memory s) = books.fundOf();
        assertEq(s.received, 1000);
        assertEq(s.released, 100);
    }

    function test_RefusesMoreSharesThanThereAre() public {
        Deed memory deed = listedDeed();
        deed.tranches[0] = Tranche(worker, true, true, 0, 0, 0, 600);
        deed.tranches[1] = Tranche(worker, true, true, 0, 0, 0, 600);
        openListedTrust(deed);
        approved(1);
        approved(2);
        itIs(block.timestamp + CHALLENGE);
        trust.execute(257);
        refused(abi.encodeWithSelector(TrustRecords.FundTooSmall.selector, 400, 600));
        trust.execute(258);
    }

    function test_AShortfallIsNotForOthersToAccept() public {
        openProceedsTrust(proceedsDeed());
        approved(1);
        itIs(block.timestamp + CHALLENGE);
        dollar.wipe(address(trust), 1);
        refused(
            abi.encodeWithSelector(
                TrustRecords.ShortfallNotAccepted.selector, outsider, issuer, 133_297 * DOLLAR - 1, 133_297 * DOLLAR
            )
        );
        vm.prank(outsider);
        trust.execute(257);
    }

    function testFuzz_AShortfallIsSharedEvenly(uint256 wiped) public {
        openProceedsTrust(proceedsDeed());
        executed(1);
        trust.payFee();
        uint256 owed = held();
        wiped = bound(wiped, 1, owed);
        approved(2);
        itIs(block.timestamp + CHALLENGE);
        dollar.wipe(address(trust), wiped);
        uint256 before = dollar.balanceOf(issuer);
        vm.prank(issuer);
        trust.execute(258);
        (, TrustRecords.Disbursement memory d) = books.disbursementOf(2);
        uint256 fee = uint256(d.amount) * 600 / 10_000;
        assertApproxEqAbs(dollar.balanceOf(issuer) - before, (d.amount - fee) * (owed - wiped) / owed, 2);
        terminated();
        before = held();
        uint256 rest = owed - d.amount + fee;
        vm.prank(x);
        trust.claim(idOf(x), address(dollar));
        uint256 share = uint256(133_297 * DOLLAR - 53_318_800_000 - d.amount) * 66_648 / 133_297;
        assertApproxEqAbs(dollar.balanceOf(x), share * before / rest, 2, "the same proportion");
    }

    function test_FeesPaidAreNoShortfall() public {
        openProceedsTrust(proceedsDeed());
        executed(1);
        trust.payFee();
        uint256 before = dollar.balanceOf(issuer);
        executed(2);
        assertEq(dollar.balanceOf(issuer) - before, 133_297 * DOLLAR * 35 * 94 / 10_000);
        dollar.wipe(address(trust), 1);
        approved(3);
        itIs(block.timestamp + CHALLENGE);
        vm.expectPartialRevert(TrustRecords.ShortfallNotAccepted.selector);
        trust.execute(259);
    }

    function test_NobodyPushesMoneyToALostKey() public {
        openListedTrust(listedDeed());
        approved(3);
        itIs(block.timestamp + CHALLENGE);
        registry.announce(worker, true);
        refused(abi.encodeWithSelector(TrustRecords.RecoveryPending.selector, idOf(worker)));
        trust.execute(259);
    }

    function test_TheRecipientItselfWaitsForNobody() public {
        openListedTrust(listedDeed());
        approved(3);
        itIs(block.timestamp + CHALLENGE);
        registry.announce(worker, true);
        vm.prank(worker);
        trust.execute(259);
        assertEq(dollar.balanceOf(worker), 940 * DOLLAR);
    }

    function test_NobodyPushesMoneyToASucceededWallet() public {
        openListedTrust(listedDeed());
        approved(3);
        itIs(block.timestamp + CHALLENGE);
        registry.succeed(worker, t4);
        refused(abi.encodeWithSelector(TrustRecords.WalletWasSucceeded.selector, worker, t4));
        trust.execute(259);
    }

    function test_PaysTheSuccessor() public {
        openListedTrust(listedDeed());
        registry.succeed(worker, t4);
        offices.moveRecipient(worker);
        proposes(t4, 3);
        approves(t1, 259);
        approves(t2, 259);
        itIs(block.timestamp + CHALLENGE);
        trust.execute(259);
        assertEq(dollar.balanceOf(t4), 940 * DOLLAR);
        assertEq(dollar.balanceOf(worker), 0);
    }

    function test_AWalletUnknownToTheRegistryIsPaid() public {
        Deed memory deed = listedDeed();
        deed.tranches[2].recipient = makeAddr("supplier");
        openListedTrust(deed);
        executed(3);
        assertEq(dollar.balanceOf(makeAddr("supplier")), 940 * DOLLAR);
    }
}
