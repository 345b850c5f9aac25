// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Deed} from "../../../src/trust/TrustDeed.sol";
import {TrustRecords} from "../../../src/trust/TrustRecords.sol";
import {EndReason} from "../../../src/trust/TrustWords.sol";
import {TrustStage} from "./stage/TrustStage.sol";

contract FeesTest is TrustStage {
    uint256 private constant TERM = LONG_STOP - START;
    /// @dev 10 per cent of 133,297.00.
    uint256 private constant RESERVE = 13_329_700_000;

    function setUp() public override {
        super.setUp();
        Deed memory deed = proceedsDeed();
        deed.terms.trusteeFeeBps = 1000;
        deed.successors = one(t4);
        openProceedsTrust(deed);
    }

    function attests(address by) private {
        vm.prank(by);
        offices.attestStatement(uint40(block.timestamp), "statement");
    }

    function paysFee(address trustee) private returns (uint256 received) {
        received = dollar.balanceOf(trustee);
        vm.prank(outsider);
        trust.payTrusteeFee(trustee);
        received = dollar.balanceOf(trustee) - received;
    }

    // ------------------------------------------------------------------------------------------ the platform

    function test_PaysThePlatformWhatIsNotPaidYet() public {
        executed(1);
        vm.expectEmit(address(trust));
        emit TrustRecords.FeePaid(platform, 2_879_215_200);
        trust.payFee();
        executed(2);
        trust.payFee();
        assertEq(dollar.balanceOf(platform), 133_297 * DOLLAR * 9 * 75 * 6 / 100_000);
        (TrustRecords.Paid memory p,) = books.paid();
        assertEq(p.toPlatform, dollar.balanceOf(platform));
        assertEq(p.toOthers, 0);
    }

    function test_PaysThePlatformNothingTwice() public {
        refused(plainly(TrustRecords.NothingToPay.selector));
        trust.payFee();
        executed(1);
        trust.payFee();
        refused(plainly(TrustRecords.NothingToPay.selector));
        trust.payFee();
    }

    function test_PaysThePlatformAfterTheEnd() public {
        executed(1);
        terminated();
        trust.payFee();
        assertEq(dollar.balanceOf(platform), 2_879_215_200);
    }

    function test_ThePlatformSharesAShortfall() public {
        executed(1);
        uint256 owed = held();
        dollar.wipe(address(trust), owed / 2);
        vm.expectPartialRevert(TrustRecords.ShortfallNotAccepted.selector);
        trust.payFee();
        recorder.forget();
        vm.expectEmit(address(trust));
        emit TrustRecords.Shortfall(owed - owed / 2, owed);
        vm.prank(platform);
        trust.payFee();
        assertApproxEqAbs(dollar.balanceOf(platform), 1_439_607_600, 1);
    }

    // ------------------------------------------------------------------------------------------ trustees

    function test_TheFeeAccruesEvenly() public {
        itIs(START + TERM / 4);
        assertEq(books.trusteeFeeOf(t1), RESERVE / 12);
        vm.expectEmit(address(trust));
        emit TrustRecords.TrusteeFeeAccrued(t1, RESERVE / 12);
        vm.expectEmit(address(trust));
        emit TrustRecords.TrusteeFeePaid(t1, RESERVE / 12);
        assertEq(paysFee(t1), RESERVE / 12);
        attests(t2);
        itIs(START + TERM / 2);
        assertApproxEqAbs(paysFee(t1), RESERVE / 12, 1);
        assertApproxEqAbs(paysFee(t3), RESERVE / 6, 1);
        assertEq(trust.conserved()[0].surplus, 0);
        assertEq(trust.conserved()[0].held, trust.conserved()[0].owed);
        requireHistory();
    }

    function testFuzz_AllFeesTogetherStayWithinTheReserve(uint256[8] memory waits, uint256 late) public {
        address[4] memory all = [t1, t2, t3, t4];
        for (uint256 i = 0; i < 8; ++i) {
            itIs(block.timestamp + bound(waits[i], 1, 200 days));
            attests(i > 4 ? t2 : t1);
            address trustee = all[waits[i] % 4];
            if (books.trusteeFeeOf(trustee) > 0) paysFee(trustee);
            if (i == 3) {
                settleRound(bound(late, 1, 1e12));
                resigns(t3);
                vm.prank(t4);
                offices.takeOffice(t3, nobody());
            }
        }
        terminated4();
        itIs(block.timestamp + 1);
        attests(t1);
        for (uint256 i = 0; i < 4; ++i) {
            if (books.trusteeFeeOf(all[i]) > 0) paysFee(all[i]);
        }
        (TrustRecords.Fund memory f,) = books.fundOf();
        uint256 paid = dollar.balanceOf(t1) + dollar.balanceOf(t2) + dollar.balanceOf(t3) + dollar.balanceOf(t4);
        assertLe(paid, uint256(f.received) / 10);
        uint256 others = claims(x) + claims(y) + claims(z);
        assertEq(held(), f.received - paid - others);
        assertLe(held(), 2, "nothing but what division leaves over");
    }

    function terminated4() private {
        terminates(t1);
        terminates(t2);
    }

    function test_NoFeeWhileAStatementIsOverdue() public {
        uint256 due = START + 365 days;
        assertEq(books.statementDue(), due);
        itIs(due - 1);
        paysFee(t1);
        itIs(due);
        refused(abi.encodeWithSelector(TrustRecords.StatementOverdue.selector, due, due));
        trust.payTrusteeFee(t1);
        attests(t2);
        assertEq(books.statementDue(), due + 365 days);
        paysFee(t1);
    }

    function test_TheLastStatementComesBeforeTheLastFee() public {
        itIs(START + 100 days);
        attests(t1);
        itIs(START + 200 days);
        terminated();
        assertEq(books.statementDue(), START + 200 days);
        refused(abi.encodeWithSelector(TrustRecords.StatementOverdue.selector, block.timestamp, block.timestamp));
        trust.payTrusteeFee(t1);
        attests(t3);
        assertEq(books.statementDue(), 0);
        paysFee(t1);
    }

    function test_NoStatementIsAskedForOnceNobodyIsInOffice() public {
        itIs(START + TERM / 2);
        address[3] memory all = [t1, t2, t3];
        for (uint256 i = 0; i < 3; ++i) {
            registry.affiliate(all[i], directory.issuerKey(COMPANY), true);
        }
        itIs(block.timestamp + 7 days);
        for (uint256 i = 0; i < 3; ++i) {
            offices.unseat(all[i]);
        }
        itIs(block.timestamp + 365 days);
        offices.end();
        assertLe(books.statementDue(), block.timestamp);
        uint256 accrued = RESERVE * (TERM / 2 + 7 days) / TERM / 3;
        assertApproxEqAbs(paysFee(t1), accrued, 1);
        assertApproxEqAbs(paysFee(t2), accrued, 1);
    }

    function test_NothingAccruesAfterTheEnd() public {
        itIs(START + TERM / 2);
        terminated();
        uint256 accrued = RESERVE / 6;
        assertEq(books.trusteeFeeOf(t1), accrued);
        itIs(START + TERM);
        attests(t1);
        assertEq(paysFee(t1), accrued);
        assertEq(books.trusteeFeeOf(t1), 0);
        refused(plainly(TrustRecords.NothingToPay.selector));
        trust.payTrusteeFee(t1);
        (, TrustRecords.TrusteeFees memory fees) = books.paid();
        assertEq(fees.total, accrued * 3);
        assertEq(fees.credited, accrued * 2);
        assertEq(claims(x), (133_297 * DOLLAR - accrued * 3) * 66_648 / 133_297, "the rest of the reserve goes back");
    }

    function test_TheFeeOfARemovedTrusteeIsWithheld() public {
        itIs(START + 100 days);
        removes(t1);
        assertEq(books.trusteeFeeOf(t1), 0);
        refused(plainly(TrustRecords.NothingToPay.selector));
        trust.payTrusteeFee(t1);
        terminated();
        (, TrustRecords.TrusteeFees memory fees) = books.paid();
        uint256 each = RESERVE * 100 days / (TERM * 3);
        assertEq(fees.total, 2 * each);
    }

    function test_AReplacedTrusteeKeepsWhatAccrued() public {
        itIs(START + TERM / 4);
        resigns(t1);
        itIs(START + TERM / 2);
        attests(t1);
        vm.prank(t4);
        offices.takeOffice(t1, nobody());
        assertEq(books.trusteeFeeOf(t1), RESERVE / 6);
        assertEq(books.trusteeFeeOf(t4), 0);
        itIs(START + TERM * 3 / 4);
        assertEq(paysFee(t1), RESERVE / 6);
        assertApproxEqAbs(paysFee(t4), RESERVE / 12, 1);
    }

    function test_PaysAFormerTrusteesSuccessor() public {
        itIs(START + 100 days);
        terminated();
        attests(t2);
        registry.succeed(t1, worker);
        refused(abi.encodeWithSelector(TrustRecords.WalletWasSucceeded.selector, t1, worker));
        trust.payTrusteeFee(t1);
        offices.moveRecipient(t1);
        trust.payTrusteeFee(t1);
        assertEq(dollar.balanceOf(worker), RESERVE * 100 days / (TERM * 3));
    }

    function test_EarnsTheLastUnitOfTheReserve() public {
        Deed memory deed = proceedsDeed();
        deed.trustees = one(t1);
        deed.terms.threshold = 1;
        deed.terms.trusteeFeeBps = 1000;
        openTrust(deed);
        bindRound();
        settleRound(10);
        itIs(LONG_STOP);
        attests(t1);
        assertEq(paysFee(t1), 1);
    }

    function test_ATrustWithoutAFeeTellsOfNone() public {
        openProceedsTrust(proceedsDeed());
        itIs(START + 100 days);
        uint256 told = recorder.eventsOf(address(trust));
        terminated();
        requireHistory();
        assertEq(recorder.eventsOf(address(trust)), told + 3, "two trustees want it to end, and it ends");
    }

    function test_NobodyElseEarns() public {
        itIs(START + 100 days);
        address[4] memory others = [issuer, protector, platform, outsider];
        for (uint256 i = 0; i < others.length; ++i) {
            refused(plainly(TrustRecords.NothingToPay.selector));
            trust.payTrusteeFee(others[i]);
        }
    }

    function test_NoFeeIsEarnedAfterTheLongStop() public {
        itIs(LONG_STOP + 900 days);
        attests(t1);
        assertEq(paysFee(t1), RESERVE / 3);
        terminated();
        (, TrustRecords.TrusteeFees memory fees) = books.paid();
        assertEq(fees.total, RESERVE / 3 * 3);
        assertEq(uint256(EndReason.TrusteesDecided), 1);
    }

    // ------------------------------------------------------------------------------------------ statements

    function test_AStatementFollowsTheLastOne() public {
        itIs(START + 100 days);
        vm.expectEmit(address(trust));
        emit TrustRecords.StatementAttested(t1, START, START + 90 days, "first");
        vm.prank(t1);
        offices.attestStatement(uint40(START + 90 days), "first");
        vm.expectEmit(address(trust));
        emit TrustRecords.StatementAttested(t3, START + 90 days, START + 100 days, "second");
        vm.prank(t3);
        offices.attestStatement(uint40(START + 100 days), "second");
        assertEq(books.tenure().accountsUntil, START + 100 days);
    }

    function test_OnlyTrusteesAttest() public {
        itIs(START + 1 days);
        refused(notATrustee(issuer));
        attests(issuer);
    }

    function test_RefusesAPeriodOutOfOrder() public {
        refused(abi.encodeWithSelector(TrustRecords.PeriodOutOfOrder.selector, START, START, START));
        attests(t1);
        itIs(START + 1 days);
        refused(
            abi.encodeWithSelector(TrustRecords.PeriodOutOfOrder.selector, START, START + 1 days + 1, START + 1 days)
        );
        vm.prank(t1);
        offices.attestStatement(uint40(START + 1 days + 1), "early");
    }
}
