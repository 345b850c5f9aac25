// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Distribution} from "../../src/distribution/Distribution.sol";
import {RoundTerms} from "../../src/round/RoundTerms.sol";
import {Position} from "../../src/settlement/Conserved.sol";
import {DemoDollar} from "../../src/settlement/DemoDollar.sol";
import {TrustBooks} from "../../src/trust/TrustBooks.sol";
import {Beneficiary, Deed, Tranche} from "../../src/trust/TrustDeed.sol";
import {TrustOffices} from "../../src/trust/TrustOffices.sol";
import {TrustRecords} from "../../src/trust/TrustRecords.sol";
import {DisbursementStatus} from "../../src/trust/TrustWords.sol";
import {Offerings} from "../Offerings.sol";
import {HostileDollar} from "./tokens/HostileDollar.sol";
import {PausingDollar} from "./tokens/PausingDollar.sol";
import {RebasingDollar} from "./tokens/RebasingDollar.sol";
import {SilentDollar} from "./tokens/SilentDollar.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

/// @notice Tokens that do not do what they should, and what that costs whom when a trust holds them: 10,000 for X, Y and
/// Z with 50, 30 and 20 units, of which a worker is to have 1,000 and the company a quarter.
contract HostileTrustsTest is Offerings {
    uint256 private constant TO_WORKER = 256 + 1;
    uint256 private constant TO_ISSUER = 256 + 2;
    uint256 private constant CHALLENGE = 7 days;

    HostileDollar private hostile;
    TrustOffices private offices;
    TrustBooks private books;
    address private sponsor = makeAddr("sponsor");
    address private worker;
    address private x;
    address private y;
    address private z;
    uint256 private opened;

    function setUp() public override {
        super.setUp();
        attestTrustees();
        worker = retail("worker", 0);
        (x, y, z) = (accredited("X"), accredited("Y"), accredited("Z"));
        hostile = new HostileDollar(6);
        _holdsTenThousandIn(address(hostile));
    }

    // ------------------------------------------------------------------------------------------ odd transfers

    function test_ATokenThatSaysNothingWillDo() public {
        _holdsTenThousandIn(address(new SilentDollar()));
        _livesToTheEnd();
    }

    function test_ATokenThatSaysNoIsBelieved() public {
        _approvesBoth();
        _endsAccountingPeriod();
        hostile.refuse(true);
        bytes memory reason = abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, address(hostile));
        _nothingIsPaid(reason);
        _refused(reason);
        vm.prank(sponsor);
        trust.fund(address(dollar), 1);
        recorder.forget();
        hostile.refuse(false);
        _livesToTheEnd();
    }

    function test_APausedTokenOnlyPutsEverythingOff() public {
        PausingDollar pausing = new PausingDollar();
        _holdsTenThousandIn(address(pausing));
        _approvesBoth();
        _endsAccountingPeriod();
        pausing.pause(true);
        _nothingIsPaid(abi.encodeWithSelector(PausingDollar.Paused.selector));
        pausing.pause(false);
        _livesToTheEnd();
    }

    /// @dev The clock runs on during a pause: a trust of proceeds is voted down and ended, and everyone is paid afterwards.
    function test_APauseStopsNoDecisionAboutProceeds() public {
        PausingDollar pausing = new PausingDollar();
        _raisesTenThousandIn(address(pausing));
        pausing.pause(true);
        _refused(abi.encodeWithSelector(PausingDollar.Paused.selector));
        round.payProceeds();
        recorder.forget();
        _terminates(trusteeOne);
        _terminates(trusteeTwo);
        vm.expectRevert(TrustRecords.NothingToPay.selector);
        trust.claim(identityOf(x), address(dollar));
        assertEq(round.credits().proceeds, 10_000 * DOLLAR, "owed by the round");
        pausing.pause(false);
        round.payProceeds();
        assertEq(_claims(identityOf(x), x), 6000 * DOLLAR);
        assertEq(_claims(identityOf(y), y), 4000 * DOLLAR);
        _holds(0, 0);
        requireHistories();
    }

    // ------------------------------------------------------------------------------------------ blacklists

    function test_ABlacklistedIssuerHoldsNobodyUp() public {
        _approvesBoth();
        hostile.blacklist(issuer, true);
        _isBlocked(issuer);
        trust.execute(TO_ISSUER);
        recorder.forget();
        _isStillApproved(2);
        trust.execute(TO_WORKER);
        trust.payFee();
        assertEq(hostile.balanceOf(worker), 940 * DOLLAR);
        assertEq(hostile.balanceOf(platform), 60 * DOLLAR);
        _holds(9000 * DOLLAR, 9000 * DOLLAR);
        hostile.blacklist(issuer, false);
        _livesToTheEnd();
    }

    function test_ABlacklistedRecipientHoldsNobodyUp() public {
        _approvesBoth();
        hostile.blacklist(worker, true);
        _isBlocked(worker);
        trust.execute(TO_WORKER);
        recorder.forget();
        _isStillApproved(1);
        trust.execute(TO_ISSUER);
        trust.payFee();
        assertEq(hostile.balanceOf(issuer), 2_326_500_000);
        _holds(7525 * DOLLAR, 7525 * DOLLAR);
        hostile.blacklist(worker, false);
        _livesToTheEnd();
    }

    /// @dev A company whose payee is shut out for good gets nothing; the trust ends, and those behind it do.
    function test_ABlacklistedIssuerLosesToTheBeneficiariesWhatItCannotBePaid() public {
        _approvesBoth();
        hostile.blacklist(issuer, true);
        trust.execute(TO_WORKER);
        _terminates(trusteeOne);
        _terminates(trusteeTwo);
        vm.expectPartialRevert(TrustRecords.TrustHasEnded.selector);
        trust.execute(TO_ISSUER);
        trust.payFee();
        uint256 shared = 9000 * DOLLAR - _feesCredited();
        assertEq(_claims(_key(x), x), shared * 50 / 100);
        assertEq(_claims(_key(y), y), shared * 30 / 100);
        assertEq(_claims(_key(z), z), shared * 20 / 100);
        requireHistories();
    }

    function test_ABlacklistedTrusteeHoldsNobodyUp() public {
        hostile.blacklist(trusteeOne, true);
        _approvesBoth();
        trust.execute(TO_WORKER);
        trust.execute(TO_ISSUER);
        _endsAccountingPeriod();
        _isBlocked(trusteeOne);
        trust.payTrusteeFee(trusteeOne);
        recorder.forget();
        trust.payTrusteeFee(trusteeTwo);
        assertGt(hostile.balanceOf(trusteeTwo), 0);
        assertEq(hostile.balanceOf(trusteeOne), 0);
        assertEq(books.trusteeFeeOf(trusteeOne), hostile.balanceOf(trusteeTwo), "still owed as much");
        _halfWay();
        _endsByTrustees();
        _shareTheRest();
        vm.prank(trusteeThree);
        offices.attestStatement(uint40(block.timestamp), "last accounts");
        _isBlocked(trusteeOne);
        trust.payTrusteeFee(trusteeOne);
        recorder.forget();
        assertEq(books.trusteeFeeOf(trusteeOne), 16_666_666);
        hostile.blacklist(trusteeOne, false);
        trust.payTrusteeFee(trusteeOne);
        assertEq(hostile.balanceOf(trusteeOne), 16_666_666);
        requireHistories();
    }

    function test_ABlacklistedBeneficiaryHoldsNobodyUp() public {
        _approvesBoth();
        trust.execute(TO_WORKER);
        trust.execute(TO_ISSUER);
        hostile.blacklist(x, true);
        _halfWay();
        _endsByTrustees();
        assertEq(_claims(_key(y), y), 1_942_500_000);
        assertEq(_claims(_key(z), z), 1295 * DOLLAR);
        _isBlocked(x);
        trust.claim(_key(x), address(dollar));
        recorder.forget();
        _paysTrustees();
        trust.payFee();
        _holds(3_237_500_002, 3_237_500_002);
        itIs(block.timestamp + 3650 days);
        hostile.blacklist(x, false);
        assertEq(_claims(_key(x), x), 3_237_500_001, "ten years later");
        _holds(1, 1);
        requireHistories();
    }

    function test_ABlacklistedPlatformHoldsNobodyUp() public {
        _approvesBoth();
        hostile.blacklist(platform, true);
        trust.execute(TO_WORKER);
        trust.execute(TO_ISSUER);
        _isBlocked(platform);
        trust.payFee();
        recorder.forget();
        _halfWay();
        _endsByTrustees();
        _shareTheRest();
        _paysTrustees();
        _holds(208_500_001, 208_500_001);
        hostile.blacklist(platform, false);
        trust.payFee();
        assertEq(hostile.balanceOf(platform), 208_500_000);
        _holds(1, 1);
        requireHistories();
    }

    function test_ABlacklistedTrustOwesWhatItOwes() public {
        _approvesBoth();
        _endsAccountingPeriod();
        hostile.blacklist(address(trust), true);
        _nothingIsPaid(abi.encodeWithSelector(HostileDollar.Blacklisted.selector, address(trust)));
        hostile.blacklist(address(trust), false);
        _livesToTheEnd();
    }

    // ------------------------------------------------------------------------------------------ rebasing

    function test_MoneyThatGrowsIsTheTrusts() public {
        RebasingDollar rebasing = new RebasingDollar();
        _holdsTenThousandIn(address(rebasing));
        rebasing.rebase(1.1e18);
        _holds(11_000 * DOLLAR, 10_000 * DOLLAR);
        vm.expectPartialRevert(TrustRecords.NotATrustee.selector);
        trust.takeIn(address(dollar));
        vm.prank(trusteeOne);
        trust.takeIn(address(dollar));
        _holds(11_000 * DOLLAR, 11_000 * DOLLAR);
        vm.prank(trusteeTwo);
        vm.expectRevert(abi.encodeWithSelector(TrustRecords.NothingToTakeIn.selector, 11_000 * DOLLAR, 11_000 * DOLLAR));
        trust.takeIn(address(dollar));
        _endsByTrustees();
        assertEq(_claims(_key(x), x), 5500 * DOLLAR, "within the token's rounding");
        rebasing.rebase(2.2e18);
        _holds(11_000 * DOLLAR, 5500 * DOLLAR);
        trust.takeIn(address(dollar));
        assertEq(_claims(_key(x), x), 2750 * DOLLAR, "half of what came late too");
        assertEq(_claims(_key(y), y), 4950 * DOLLAR);
        assertEq(_claims(_key(z), z), 3300 * DOLLAR);
        _holds(0, 0);
        requireHistories();
    }

    function test_MoneyThatShrinksIsSharedByThoseWhoAskForIt() public {
        RebasingDollar rebasing = new RebasingDollar();
        _holdsTenThousandIn(address(rebasing));
        _approvesBoth();
        rebasing.rebase(0.5e18);
        _holds(5000 * DOLLAR, 10_000 * DOLLAR);
        vm.expectRevert(_notAccepted(address(this), worker, 5000 * DOLLAR, 10_000 * DOLLAR));
        trust.execute(TO_WORKER);
        recorder.forget();
        vm.expectRevert(
            abi.encodeWithSelector(TrustRecords.HoldsLessThanItOwes.selector, 5000 * DOLLAR, 10_000 * DOLLAR)
        );
        vm.prank(sponsor);
        trust.fund(address(dollar), 1);
        vm.prank(worker);
        trust.execute(TO_WORKER);
        assertEq(dollar.balanceOf(worker), 470 * DOLLAR, "half of 940");
        _holds(4530 * DOLLAR, 9060 * DOLLAR);
        _endsByTrustees();
        vm.expectRevert(_notAccepted(y, x, 4530 * DOLLAR, 9060 * DOLLAR));
        vm.prank(y);
        trust.claim(_key(x), address(dollar));
        recorder.forget();
        uint256 shared = 9000 * DOLLAR - _feesCredited();
        vm.prank(x);
        trust.claim(_key(x), address(dollar));
        assertEq(dollar.balanceOf(x), shared / 4, "half of half");
        rebasing.rebase(1e18);
        assertEq(_claims(_key(y), y), shared * 30 / 100, "made good: in full, by anyone");
        trust.payFee();
        assertEq(dollar.balanceOf(platform), 60 * DOLLAR);
        requireHistories();
    }

    /// @dev Up and down, in any order: nobody is paid more than is due, all who ask are paid, and no more stays behind than
    /// rounding leaves.
    function testFuzz_WhateverTheIndexEveryoneGetsOut(uint256[4] memory indices, bool roundsUp) public {
        RebasingDollar rebasing = new RebasingDollar();
        _holdsTenThousandIn(address(rebasing));
        rebasing.roundUp(roundsUp);
        _endsByTrustees();
        address[3] memory payees = [x, y, z];
        for (uint256 i = 0; i < 3; ++i) {
            rebasing.rebase(bound(indices[i], 1e12, 1e20));
            Position memory before = trust.conserved()[0];
            vm.prank(payees[i]);
            trust.claim(_key(payees[i]), address(dollar));
            Position memory afterwards = trust.conserved()[0];
            assertEq(before.owed - afterwards.owed, [uint256(5000), 3000, 2000][i] * DOLLAR, "booked in full");
            uint256 fair = before.held < before.owed ? before.held : before.owed;
            fair = fair * (before.owed - afterwards.owed) / before.owed;
            uint256 tolerance = rebasing.index() / 1e18 + 2;
            assertApproxEqAbs(before.held - afterwards.held, fair, tolerance, "and paid by what is here");
        }
        assertEq(trust.conserved()[0].owed, 0);
        requireHistories();
    }

    /// @dev A trust asks for nothing: its trustees say whether it takes its part of a shortfall or waits until it is made
    /// good.
    function test_ADividendThatShrankIsTakenForATrustByItsTrusteesAlone() public {
        RebasingDollar rebasing = new RebasingDollar();
        uint256 id = _owesTheTrustADividendIn(rebasing);
        rebasing.rebase(0.5e18);
        _refused(
            abi.encodeWithSelector(
                Distribution.ShortfallNotAccepted.selector, outsider, address(trust), 500 * DOLLAR, 1000 * DOLLAR
            )
        );
        vm.prank(outsider);
        payout.claimFor(id, address(trust));
        recorder.forget();
        uint256 state = vm.snapshotState();
        vm.prank(trusteeOne);
        assertEq(payout.claimFor(id, address(trust)), 200 * DOLLAR, "half of 400");
        vm.prank(trusteeOne);
        trust.takeIn(address(dollar));
        _holds(200 * DOLLAR, 200 * DOLLAR);
        assertEq(payout.conserved()[0].owed, 600 * DOLLAR);
        assertTrue(vm.revertToState(state));
        recorder.forget();
        vm.prank(x);
        payout.claim(id);
        assertEq(dollar.balanceOf(x), 300 * DOLLAR);
        assertEq(payout.conserved()[0].owed, 400 * DOLLAR);
        assertEq(payout.conserved()[0].held, 200 * DOLLAR);
        rebasing.rebase(1e18);
        assertEq(payout.claimFor(id, address(trust)), 400 * DOLLAR);
        _holds(400 * DOLLAR, 0);
        vm.prank(trusteeOne);
        trust.takeIn(address(dollar));
        _holds(400 * DOLLAR, 400 * DOLLAR);
        requireHistories();
    }

    // ------------------------------------------------------------------------------------------ reentrancy

    function test_NoPaymentLetsAnyoneInAgain() public {
        _approvesBoth();
        _endsAccountingPeriod();
        bytes[6] memory doors = [
            abi.encodeCall(trust.fund, (address(dollar), 1)),
            abi.encodeCall(trust.takeIn, (address(dollar))),
            abi.encodeCall(trust.execute, (TO_ISSUER)),
            abi.encodeCall(trust.payFee, ()),
            abi.encodeCall(trust.payTrusteeFee, (trusteeTwo)),
            abi.encodeCall(trust.claim, (_key(y), address(dollar)))
        ];
        requireHistories();
        for (uint256 i = 0; i < doors.length; ++i) {
            uint256 state = vm.snapshotState();
            hostile.reenter(address(trust), doors[i]);
            dollar.mint(sponsor, 1);
            vm.startPrank(sponsor);
            dollar.approve(address(trust), 1);
            trust.fund(address(dollar), 1);
            vm.stopPrank();
            _wasKeptOut(1);
            trust.execute(TO_WORKER);
            _wasKeptOut(2);
            trust.payFee();
            _wasKeptOut(3);
            trust.payTrusteeFee(trusteeOne);
            _wasKeptOut(4);
            _endsByTrustees();
            trust.claim(_key(x), address(dollar));
            _wasKeptOut(5);
            assertTrue(vm.revertToState(state));
            recorder.forget();
        }
    }

    /// @dev A token that sits among the trustees decides as they do, in the middle of its transfers too; nothing is half
    /// done then.
    function test_ATrusteeWhoIsTheTokenEndsTheTrustInTheMiddleOfAPayment() public {
        Deed memory deed = _deed();
        deed.trustees = new address[](1);
        (deed.trustees[0], deed.terms.threshold) = (address(hostile), 1);
        _opensOn(deed);
        _gives(10_000 * DOLLAR);
        vm.prank(address(hostile));
        trust.propose(1, "");
        itIs(block.timestamp + CHALLENGE);
        hostile.reenter(address(trust), abi.encodeCall(TrustOffices.terminate, (true)));
        trust.execute(TO_WORKER);
        assertEq(hostile.reentries(), 1);
        assertEq(hostile.reentryFailure().length, 0, "it did end it");
        hostile.reenter(address(0), "");
        assertEq(hostile.balanceOf(worker), 940 * DOLLAR);
        trust.payFee();
        uint256 shared = 9000 * DOLLAR - _feesCredited();
        assertEq(_claims(_key(x), x), shared * 50 / 100);
        assertEq(_claims(_key(y), y), shared * 30 / 100);
        assertEq(_claims(_key(z), z), shared * 20 / 100);
        uint256 dust = shared - shared * 50 / 100 - shared * 30 / 100 - shared * 20 / 100;
        assertEq(trust.conserved()[0].owed, _feesCredited() + dust);
        assertEq(trust.conserved()[0].surplus, 0);
        requireHistories();
    }

    function test_ProceedsAreCountedOnceWhoeverComesInBetween() public {
        bytes[4] memory doors = [
            abi.encodeCall(trust.receiveProceeds, (10_000 * DOLLAR)),
            abi.encodeCall(trust.takeIn, (address(hostile))),
            abi.encodeCall(trust.collectProceeds, ()),
            abi.encodeCall(trust.claim, (identityOf(x), address(hostile)))
        ];
        for (uint256 i = 0; i < doors.length; ++i) {
            HostileDollar token = new HostileDollar(6);
            _raisesTenThousandIn(address(token));
            if (i == 1) doors[i] = abi.encodeCall(trust.takeIn, (address(token)));
            token.reenter(address(trust), doors[i]);
            round.payProceeds();
            recorder.capture();
            assertEq(token.reentries(), 1);
            assertGt(token.reentryFailure().length, 0, "kept out");
            _holds(10_000 * DOLLAR, 10_000 * DOLLAR);
        }
    }

    /// @dev Once the trust has ended anyone takes in: in the middle of a late payment, what comes is counted twice. Only a
    /// token that calls back does that, and it takes nothing from anyone: the rest is shared as in any shortfall.
    function test_ProceedsThatATokenHasCountedTwiceAreSharedAsTheyAre() public {
        _raisesTenThousandIn(address(hostile));
        _endsByTrustees();
        hostile.reenter(address(trust), abi.encodeCall(trust.takeIn, (address(hostile))));
        round.payProceeds();
        hostile.reenter(address(0), "");
        _holds(10_000 * DOLLAR, 20_000 * DOLLAR);
        vm.prank(x);
        trust.claim(identityOf(x), address(dollar));
        vm.prank(y);
        trust.claim(identityOf(y), address(dollar));
        assertEq(hostile.balanceOf(x), 6000 * DOLLAR);
        assertEq(hostile.balanceOf(y), 4000 * DOLLAR);
        _holds(0, 0);
        requireHistories();
    }

    // ------------------------------------------------------------------------------------------ the trust

    function _deed() private view returns (Deed memory deed) {
        deed = escrowDeed(x);
        deed.terms.settlor = sponsor;
        deed.terms.settlementToken = address(dollar);
        deed.terms.platformFeeBps = 600;
        deed.terms.trusteeFeeBps = 100;
        deed.terms.longStop = uint40(block.timestamp + 1000 days);
        deed.tranches = new Tranche[](2);
        deed.tranches[0] = Tranche(worker, false, true, 0, 0, 0, uint104(1000 * DOLLAR));
        deed.tranches[1] = Tranche(address(0), false, true, 0, 2500, 0, 0);
        deed.beneficiaries = new Beneficiary[](3);
        deed.beneficiaries[0] = Beneficiary(x, 50);
        deed.beneficiaries[1] = Beneficiary(y, 30);
        deed.beneficiaries[2] = Beneficiary(z, 20);
    }

    function _lists(address token) private {
        vm.prank(operator);
        directory.listSettlementToken(token, USD);
        dollar = DemoDollar(token);
    }

    function _holdsTenThousandIn(address token) private {
        _lists(token);
        _opensOn(_deed());
        _gives(10_000 * DOLLAR);
    }

    function _opensOn(Deed memory deed) private {
        requireHistories();
        trust = openTrust(deed);
        offices = TrustOffices(address(trust));
        books = TrustBooks(address(trust));
        opened = block.timestamp;
    }

    function _gives(uint256 amount) private {
        dollar.mint(sponsor, amount);
        vm.startPrank(sponsor);
        dollar.approve(address(trust), amount);
        trust.fund(address(dollar), amount);
        vm.stopPrank();
    }

    /// @dev X and Y buy 3,000 and 2,000 shares at 2.00; nothing has been paid to the trust yet.
    function _raisesTenThousandIn(address token) private {
        _lists(token);
        Deed memory deed = proceedsDeed();
        deed.terms.settlementToken = token;
        _opensOn(deed);
        RoundTerms memory terms = filedTerms();
        terms.settlementToken = token;
        terms.trust = address(trust);
        terms.opensAt = uint40(block.timestamp);
        terms.deadline = uint40(block.timestamp + 60 days);
        round = openRound(terms);
        commits(x, 3000);
        commits(y, 2000);
        closes();
        tallies();
        settles();
    }

    /// @dev The trust holds 400 shares, X 600; 1,000.00 are distributed.
    function _owesTheTrustADividendIn(RebasingDollar rebasing) private returns (uint256 id) {
        _lists(address(rebasing));
        Deed memory deed = _deed();
        deed.terms.shareClass = address(share);
        _opensOn(deed);
        payout = openDistribution();
        vm.startPrank(issuer);
        share.issueByCompany(address(trust), 400, 0);
        share.issueByCompany(x, 600, 0);
        uint16 recordDate = share.declareRecordDate(uint40(block.timestamp + 1));
        vm.stopPrank();
        itIs(block.timestamp + 1);
        dollar.mint(issuer, 1000 * DOLLAR);
        vm.startPrank(issuer);
        dollar.approve(address(payout), 1000 * DOLLAR);
        id = payout.declareAndFund(Distribution.Kind.Dividend, recordDate, uint96(1000 * DOLLAR), "resolution");
        vm.stopPrank();
    }

    // ------------------------------------------------------------------------------------------ acts

    /// @dev Both disbursements are approved and due.
    function _approvesBoth() private {
        for (uint8 tranche = 1; tranche <= 2; ++tranche) {
            vm.prank(trusteeOne);
            uint256 disbursement = trust.propose(tranche, "");
            vm.prank(trusteeTwo);
            trust.approve(disbursement);
        }
        itIs(block.timestamp + CHALLENGE);
    }

    function _endsAccountingPeriod() private {
        itIs(block.timestamp + 30 days);
        vm.prank(trusteeTwo);
        offices.attestStatement(uint40(block.timestamp), "accounts");
    }

    /// @dev Whatever is done until the half of the time between the first money and the long stop, the figures are these.
    function _livesToTheEnd() private {
        if (block.timestamp == opened) _approvesBoth();
        _executesWhatIsLeft(1, TO_WORKER);
        _executesWhatIsLeft(2, TO_ISSUER);
        assertEq(dollar.balanceOf(worker), 940 * DOLLAR);
        assertEq(dollar.balanceOf(issuer), 2_326_500_000, "a quarter of 9,900, less 6 percent");
        _halfWay();
        _endsByTrustees();
        _shareTheRest();
        _paysTrustees();
        trust.payFee();
        assertEq(dollar.balanceOf(platform), 208_500_000);
        _holds(1, 1);
        requireHistories();
    }

    function _executesWhatIsLeft(uint256 tranche, uint256 disbursement) private {
        (, TrustRecords.Disbursement memory d) = books.disbursementOf(tranche);
        if (d.status != DisbursementStatus.Executed) trust.execute(disbursement);
    }

    function _halfWay() private {
        itIs(opened + 500 days);
    }

    function _endsByTrustees() private {
        _terminates(trusteeOne);
        _terminates(trusteeTwo);
    }

    function _terminates(address trustee) private {
        vm.prank(trustee);
        offices.terminate(true);
    }

    function _shareTheRest() private {
        assertEq(_claims(_key(x), x), 3_237_500_001);
        assertEq(_claims(_key(y), y), 1_942_500_000);
        assertEq(_claims(_key(z), z), 1295 * DOLLAR);
    }

    function _paysTrustees() private {
        uint40 endedAt = books.tenure().endedAt;
        vm.prank(trusteeTwo);
        offices.attestStatement(endedAt, "last accounts");
        address[3] memory all = [trusteeOne, trusteeTwo, trusteeThree];
        for (uint256 i = 0; i < 3; ++i) {
            trust.payTrusteeFee(all[i]);
            assertEq(dollar.balanceOf(all[i]), 16_666_666, "half of a third of 100.00");
        }
    }

    function _claims(bytes32 beneficiary, address wallet) private returns (uint256) {
        uint256 before = dollar.balanceOf(wallet);
        vm.prank(outsider);
        trust.claim(beneficiary, address(dollar));
        return dollar.balanceOf(wallet) - before;
    }

    /// @dev While a disbursement, a trustee's fee and (in another world, in which the trust has ended) a claim are due.
    function _nothingIsPaid(bytes memory reason) private {
        _refused(reason);
        trust.execute(TO_WORKER);
        recorder.forget();
        _isStillApproved(1);
        _refused(reason);
        trust.payTrusteeFee(trusteeTwo);
        recorder.forget();
        _holds(10_000 * DOLLAR, 10_000 * DOLLAR);
        uint256 state = vm.snapshotState();
        _endsByTrustees();
        vm.expectRevert(reason);
        trust.claim(_key(x), address(dollar));
        assertTrue(vm.revertToState(state));
        recorder.forget();
    }

    // ------------------------------------------------------------------------------------------ figures

    function _refused(bytes memory reason) private {
        recorder.capture();
        vm.expectRevert(reason);
    }

    function _isBlocked(address account) private {
        _refused(abi.encodeWithSelector(HostileDollar.Blacklisted.selector, account));
    }

    function _isStillApproved(uint256 tranche) private view {
        (, TrustRecords.Disbursement memory d) = books.disbursementOf(tranche);
        assertEq(uint256(d.status), uint256(DisbursementStatus.Approved), "still to be executed");
    }

    function _notAccepted(address caller, address owner, uint256 held, uint256 owed)
        private
        returns (bytes memory reason)
    {
        recorder.capture();
        return abi.encodeWithSelector(TrustRecords.ShortfallNotAccepted.selector, caller, owner, held, owed);
    }

    function _feesCredited() private view returns (uint256) {
        (, TrustRecords.TrusteeFees memory fees) = books.paid();
        return fees.total;
    }

    function _holds(uint256 held, uint256 owed) private view {
        Position memory p = trust.conserved()[0];
        assertEq(p.token, address(dollar));
        assertEq(p.held, held, "held");
        assertEq(p.owed, owed, "owed");
        assertEq(p.surplus, held > owed ? held - owed : 0, "surplus");
    }

    function _wasKeptOut(uint256 times) private view {
        assertEq(hostile.reentries(), times, "reentered at each transfer");
        assertEq(
            bytes4(hostile.reentryFailure()),
            ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector,
            "and kept out"
        );
    }

    function _key(address wallet) private pure returns (bytes32) {
        return bytes32(uint256(uint160(wallet)));
    }
}
