// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../../../src/identity/Category.sol";
import {Companies} from "../../../src/ledger/Companies.sol";
import {CommitmentState} from "../../../src/round/Commitments.sol";
import {FundingRound} from "../../../src/round/FundingRound.sol";
import {RoundEvents, RoundStatus} from "../../../src/round/RoundEvents.sol";
import {RoundSettlement} from "../../../src/round/RoundSettlement.sol";
import {RoundTerms} from "../../../src/round/RoundTerms.sol";
import {Refusal} from "../../../src/share/Refusal.sol";
import {ShareToken} from "../../../src/share/ShareToken.sol";
import {TransferRules} from "../../../src/share/TransferRules.sol";
import {Deed, DeedTerms, Tranche} from "../../../src/trust/TrustDeed.sol";
import {Calendar} from "../../Calendar.sol";
import {Ledger} from "../../Ledger.sol";

/// @notice From closing to the last payment: close, tally, settle, pay; and what the guardian may.
contract RoundSettlementTest is Ledger {
    uint256 private constant DEADLINE = 1_499_472_000; // 2017-07-08
    address private alice;
    address private bob;
    address private carol;

    function setUp() public override {
        super.setUp();
        round = openRound(filedTerms());
        alice = retail("alice", 100_000);
        bob = retail("bob", 100_000);
        carol = retail("carol", 100_000);
    }

    // ------------------------------------------------------------------------------------------ closing

    function test_ClosesAtTheDeadlineByAnyone() public {
        commits(alice, 5000);
        itIs(DEADLINE - 1);
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.TooEarlyToClose.selector, DEADLINE, DEADLINE - 1));
        round.close();
        itIs(DEADLINE);
        vm.expectEmit(address(round));
        emit RoundEvents.RoundClosed(1, 5000);
        closes();
        assertStatus(RoundStatus.Tallying);
        assertEq(round.countingOf().closedAt, DEADLINE);
        vm.expectRevert(_wrong(RoundStatus.Tallying, RoundStatus.Open));
        round.close();
    }

    function test_FailsAtOnceUnderTheMinimum() public {
        commits(alice, 4999);
        itIs(DEADLINE);
        vm.expectEmit(address(round));
        emit RoundEvents.RoundClosed(1, 4999);
        vm.expectEmit(address(round));
        emit RoundEvents.RoundFailed(4999, 5000);
        vm.expectEmit(address(share));
        emit ShareToken.ReservationReleased(address(round), 50_000);
        closes();
        assertStatus(RoundStatus.Failed);
        assertEq(limits.offeringUsed(directory.issuerKey(companyId), REG_CF, USD), 0, "sold");
    }

    // ------------------------------------------------------------------------------------------ tally

    function test_TalliesInBatchesAndSkipsWhatWasCancelled() public {
        commits(alice, 5000);
        commits(bob, 100);
        commits(carol, 10);
        cancels(bob);
        closes();
        round.tally(2);
        assertEq(round.countingOf().tallied, 2);
        assertEq(round.outcome().eligibleShares, 5000);
        vm.expectEmit(address(round));
        emit RoundEvents.RoundTallied(5010, 0);
        round.tally(2);
        assertEq(round.countingOf().tallied, 3);
        assertStatus(RoundStatus.Settling);
    }

    function test_ExcludesWhoIsNoLongerEligible() public {
        commits(alice, 5000);
        commits(bob, 100);
        revoke(bob);
        closes();
        vm.expectEmit(address(round));
        emit RoundEvents.CommitmentExcluded(identityOf(bob), bob, 100, Refusal.ReceiverNotEligible);
        tallies();
        assertState(bob, CommitmentState.Excluded);
        assertEq(round.outcome().eligibleShares, 5000);
    }

    function test_FailsWhenTheEligibleAreTooFew() public {
        commits(alice, 4990);
        commits(bob, 10);
        revoke(bob);
        closes();
        vm.expectEmit(address(round));
        emit RoundEvents.RoundFailed(4990, 5000);
        tallies();
        assertStatus(RoundStatus.Failed);
        assertEq(refunds(alice), 9980 * DOLLAR);
        assertEq(refunds(bob), 20 * DOLLAR, "an excluded one too");
        assertEq(share.reserved(), 0);
    }

    function test_TalliesNothingOutOfTurn() public {
        vm.expectRevert(_wrong(RoundStatus.Open, RoundStatus.Tallying));
        round.tally(1);
        vm.expectRevert(_wrong(RoundStatus.Open, RoundStatus.Settling));
        round.settle(1);
        commits(alice, 5000);
        closes();
        vm.expectRevert(RoundEvents.ZeroBatch.selector);
        round.tally(0);
        vm.expectRevert(_wrong(RoundStatus.Tallying, RoundStatus.Settling));
        round.settle(1);
        tallies();
        vm.expectRevert(RoundEvents.ZeroBatch.selector);
        round.settle(0);
        vm.expectRevert(_wrong(RoundStatus.Settling, RoundStatus.Tallying));
        round.tally(1);
        settles();
        vm.expectRevert(_wrong(RoundStatus.Settled, RoundStatus.Settling));
        round.settle(1);
    }

    function test_TheGreatestBatchIsAllThatIsLeft() public {
        commits(alice, 5000);
        commits(bob, 10);
        closes();
        round.tally(1);
        round.tally(type(uint256).max);
        assertStatus(RoundStatus.Settling);
        round.settle(1);
        round.settle(type(uint256).max);
        assertStatus(RoundStatus.Settled);
    }

    // ------------------------------------------------------------------------------------------ settlement

    function test_DeliversSharesAndCreditsTheirMoneyInOneStep() public {
        commits(alice, 5000);
        commits(bob, 101);
        closes();
        tallies();
        itIs(Calendar.day(2017, 7, 12) + 7);
        vm.expectEmit(address(share));
        emit TransferRules.SharesIssued(address(round), alice, 5000, Calendar.day(2018, 7, 12) + 7);
        vm.expectEmit(address(round));
        emit RoundEvents.CommitmentSettled(identityOf(alice), alice, 5000, 10_000 * DOLLAR, 600 * DOLLAR, 0);
        round.settle(1);
        _hasSettled(5000, 9400 * DOLLAR, 600 * DOLLAR);
        assertEq(round.countingOf().settled, 1);
        assertEq(round.progressOf().escrowedShares, 101);
        assertState(alice, CommitmentState.Settled);
        assertState(bob, CommitmentState.Live);

        vm.expectEmit(address(share));
        emit ShareToken.ReservationReleased(address(round), 44_899);
        vm.expectEmit(address(round));
        emit RoundEvents.RoundSettled(5101, 9_589_880_000, 612_120_000);
        settles();
        _hasSettled(5101, 9_589_880_000, 612_120_000);
        assertEq(share.lockedOf(alice), 5000);
        assertEq(share.reserved(), 0);
    }

    function test_WhoLapsesAfterTheTallyIsLeftOutAndNothingElseMoves() public {
        commits(alice, 5000);
        commits(bob, 100);
        commits(carol, 10);
        closes();
        tallies();
        revoke(bob);
        vm.expectEmit(address(round));
        emit RoundEvents.CommitmentExcluded(identityOf(bob), bob, 100, Refusal.ReceiverNotEligible);
        settles();
        assertStatus(RoundStatus.Settled);
        assertEq(share.totalSupply(), 5010);
        assertEq(round.outcome().eligibleShares, 5110);
        assertEq(refunds(bob), 200 * DOLLAR);
        round.payProceeds();
        round.payFee();
        assertEq(escrowed(), 0);
    }

    function test_SharesSettledOnALeapDayAreFreeOnTheFirstOfMarch() public {
        RoundTerms memory terms = filedTerms();
        terms.deadline = uint40(Calendar.day(2020, 2, 20));
        round = openRound(terms);
        commits(alice, 5000);
        closes();
        tallies();
        itIs(Calendar.day(2020, 2, 29) + 3600);
        settles();
        itIs(Calendar.day(2021, 3, 1) + 3599);
        assertEq(uint256(share.transferRefusal(alice, bob, 1)), uint256(Refusal.Locked));
        itIs(Calendar.day(2021, 3, 1) + 3600);
        vm.prank(alice);
        share.transfer(bob, 5000);
        assertEq(share.balanceOf(bob), 5000);
    }

    function test_SoldBelowTheMinimumByLapsesStaysSold() public {
        commits(alice, 4990);
        commits(bob, 10);
        closes();
        tallies();
        revoke(alice);
        settles();
        assertStatus(RoundStatus.Settled);
        assertEq(share.totalSupply(), 10);
        assertEq(refunds(alice), 9980 * DOLLAR);
    }

    // ------------------------------------------------------------------------------------------ payment

    function test_PaysProceedsAndFeeOnceEach() public {
        _sells();
        vm.expectEmit(address(round));
        emit RoundEvents.ProceedsPaid(issuer, 9400 * DOLLAR);
        vm.prank(outsider);
        round.payProceeds();
        vm.expectEmit(address(round));
        emit RoundEvents.FeePaid(platform, 600 * DOLLAR);
        vm.prank(outsider);
        round.payFee();
        assertEq(dollar.balanceOf(issuer), 9400 * DOLLAR);
        assertEq(dollar.balanceOf(platform), 600 * DOLLAR);
        vm.expectRevert(RoundEvents.NothingToPay.selector);
        round.payProceeds();
        vm.expectRevert(RoundEvents.NothingToPay.selector);
        round.payFee();
    }

    function test_PaysWhatIsSettledSoFar() public {
        commits(alice, 5000);
        commits(bob, 100);
        closes();
        tallies();
        round.settle(1);
        assertEq(round.proceedsOwed(), round.credits().proceeds);
        assertGt(round.proceedsOwed(), 0);
        round.payProceeds();
        assertEq(round.proceedsOwed(), 0);
        round.payFee();
        assertEq(escrowed(), 200 * DOLLAR, "the other's money");
        settles();
        round.payProceeds();
        round.payFee();
        assertEq(dollar.balanceOf(issuer), 9588 * DOLLAR);
        assertEq(dollar.balanceOf(platform), 612 * DOLLAR);
        assertEq(escrowed(), 0);
    }

    function _opensWithTrust() private returns (address trust) {
        Deed memory deed = _deed();
        vm.prank(issuer);
        trust = directory.openTrust(uint64(companyId), deed);
        RoundTerms memory terms = filedTerms();
        terms.trust = trust;
        round = openRound(terms);
    }

    function test_PaysTheTrustAllAndTakesNoFee() public {
        address trust = _opensWithTrust();
        commits(alice, 5000);
        closes();
        tallies();
        vm.expectEmit(address(round));
        emit RoundEvents.CommitmentSettled(identityOf(alice), alice, 5000, 10_000 * DOLLAR, 0, 0);
        vm.expectEmit(address(round));
        emit RoundEvents.RoundSettled(5000, 10_000 * DOLLAR, 0);
        settles();
        _hasSettled(5000, 10_000 * DOLLAR, 0);
        vm.expectEmit(address(round));
        emit RoundEvents.ProceedsPaid(trust, 10_000 * DOLLAR);
        vm.expectCall(trust, abi.encodeWithSignature("receiveProceeds(uint256)", 10_000 * DOLLAR));
        vm.prank(outsider);
        round.payProceeds();
        assertEq(dollar.balanceOf(trust), 10_000 * DOLLAR);
        vm.expectRevert(RoundEvents.NothingToPay.selector);
        round.payFee();
    }

    /// @dev Control is lent for the transaction that tallies, so that the issuer's own shares count as outsiders'.
    function test_WhoSettledTheTrustRemainsTheIssuer() public {
        attest(issuer, Category.Accredited, 0, block.timestamp + 3650 days);
        _opensWithTrust();
        commits(alice, 3000);
        commits(issuer, 3000);
        closes();
        _handsOver(issuer, outsider);
        tallies();
        _handsOver(outsider, issuer);
        settles();
        assertEq(round.outsideShares(), 3000);
        assertTrue(round.commitmentOf(identityOf(issuer)).affiliated);
    }

    function _handsOver(address from, address to) private {
        vm.prank(from);
        directory.proposeController(companyId, to);
        vm.prank(to);
        directory.acceptController(companyId);
    }

    function test_PaysWhoControlsTheCompanyNow() public {
        _sells();
        address successor = makeAddr("the issuer's new key");
        vm.prank(issuer);
        directory.proposeController(companyId, successor);
        vm.prank(successor);
        directory.acceptController(companyId);
        round.payProceeds();
        assertEq(dollar.balanceOf(successor), 9400 * DOLLAR);
        assertEq(dollar.balanceOf(issuer), 0);
    }

    function test_PushesNothingToAControllerWhoseKeyIsLost() public {
        _sells();
        bytes32 company = directory.issuerKey(companyId);
        vm.prank(registrar);
        recovery.announceController(address(directory), uint64(companyId), makeAddr("new key"), "affidavit");
        vm.expectRevert(abi.encodeWithSelector(Companies.RecoveryPending.selector, company));
        vm.prank(outsider);
        round.payProceeds();
        vm.prank(issuer);
        round.payProceeds();
        assertEq(dollar.balanceOf(issuer), 9400 * DOLLAR);
    }

    function test_PaysTheKeyThatWasRecovered() public {
        _sells();
        address next = makeAddr("new key");
        bytes32 company = directory.issuerKey(companyId);
        vm.prank(registrar);
        recovery.announceController(address(directory), uint64(companyId), next, "affidavit");
        vm.prank(recoverer);
        recovery.confirm(company, "affidavit");
        itIs(block.timestamp + 14 days);
        recovery.execute(company);
        vm.prank(outsider);
        round.payProceeds();
        assertEq(dollar.balanceOf(next), 9400 * DOLLAR);
    }

    /// @dev EIP-150: whoever settles with too little gas undoes their own step, and excludes nobody.
    function testFuzz_UndoesTheWholeStepWhenGasRunsOut(uint256 gas) public {
        commits(alice, 5000);
        commits(bob, 100);
        closes();
        gas = bound(gas, 30_000, 700_000);
        uint256 before = round.progressOf().escrowedShares;
        // solhint-disable-next-line avoid-low-level-calls
        (bool done,) = address(round).call{gas: gas}(abi.encodeCall(round.tally, (2)));
        assertFalse(stateOf(alice) == CommitmentState.Excluded || stateOf(bob) == CommitmentState.Excluded);
        assertEq(round.countingOf().tallied, done ? 2 : 0);
        if (!done) tallies();
        // solhint-disable-next-line avoid-low-level-calls
        (done,) = address(round).call{gas: gas}(abi.encodeCall(round.settle, (2)));
        assertFalse(stateOf(alice) == CommitmentState.Excluded || stateOf(bob) == CommitmentState.Excluded);
        assertEq(round.progressOf().escrowedShares, done ? 0 : before);
        assertEq(share.totalSupply(), done ? 5100 : 0);
    }

    // ------------------------------------------------------------------------------------------ guardian

    function test_TheGuardianPausesAndResumesCommits() public {
        vm.expectEmit(address(round));
        emit RoundEvents.CommitsPaused(true);
        vm.prank(guardian);
        round.pauseCommits(true);
        funds(alice, cost(10));
        vm.expectRevert(RoundEvents.CommitsArePaused.selector);
        vm.prank(alice);
        round.commit(10, 1, false);
        vm.expectEmit(address(round));
        emit RoundEvents.CommitsPaused(false);
        vm.prank(guardian);
        round.pauseCommits(false);
        vm.prank(alice);
        round.commit(10, 1, false);
        closes();
        vm.expectRevert(_wrong(RoundStatus.Failed, RoundStatus.Open));
        vm.prank(guardian);
        round.pauseCommits(true);
    }

    /// @dev In the second byte of slot 0, as `layout/` says: what an auditor reads from a storage proof.
    function test_KeepsThePauseAsOneByte() public {
        assertEq(_pauseKept(), 0);
        vm.prank(guardian);
        round.pauseCommits(true);
        assertEq(_pauseKept(), 1);
        vm.prank(guardian);
        round.pauseCommits(false);
        assertEq(_pauseKept(), 0);
    }

    function _pauseKept() private view returns (uint8) {
        return uint8(uint256(vm.load(address(round), 0)) >> 8);
    }

    function test_APausedRoundClosesAllTheSame() public {
        commits(alice, 5000);
        vm.prank(guardian);
        round.pauseCommits(true);
        closes();
        tallies();
        settles();
        assertStatus(RoundStatus.Settled);
    }

    function test_TheGuardianCancelsUntilTheTallyEnds() public {
        commits(alice, 5000);
        closes();
        vm.expectEmit(address(round));
        emit RoundEvents.RoundCancelled(guardian, "a court order");
        vm.prank(guardian);
        round.cancelRound("a court order");
        assertStatus(RoundStatus.Cancelled);
        assertEq(share.reserved(), 0);
        assertEq(refunds(alice), 10_000 * DOLLAR);
        vm.expectRevert(_wrong(RoundStatus.Cancelled, RoundStatus.Open));
        vm.prank(guardian);
        round.cancelRound("again");
    }

    function test_TheGuardianCancelsNothingThatIsTallied() public {
        commits(alice, 5000);
        closes();
        tallies();
        vm.expectRevert(_wrong(RoundStatus.Settling, RoundStatus.Open));
        vm.prank(guardian);
        round.cancelRound("too late");
    }

    function test_OnlyTheGuardianPausesAndCancels() public {
        address[4] memory others = [admin, operator, issuer, outsider];
        for (uint256 i = 0; i < others.length; ++i) {
            vm.startPrank(others[i]);
            vm.expectRevert(notAuthorized(others[i], FundingRound.pauseCommits.selector));
            round.pauseCommits(true);
            vm.expectRevert(notAuthorized(others[i], FundingRound.cancelRound.selector));
            round.cancelRound("");
            vm.stopPrank();
        }
    }

    // ------------------------------------------------------------------------------------------ issuer

    function test_EndsTheRoundBeforeItsTallyEnds() public {
        commits(alice, 5000);
        closes();
        vm.expectEmit(address(round));
        emit RoundEvents.RoundCancelled(issuer, "changed plans");
        vm.prank(issuer);
        round.cancelByIssuer("changed plans");
        assertStatus(RoundStatus.Cancelled);
        assertEq(share.reserved(), 0);
        assertEq(refunds(alice), 10_000 * DOLLAR);
        vm.expectRevert(_wrong(RoundStatus.Cancelled, RoundStatus.Open));
        vm.prank(issuer);
        round.cancelByIssuer("again");
    }

    function test_RefusesEveryoneButTheIssuer() public {
        address[3] memory others = [guardian, operator, outsider];
        for (uint256 i = 0; i < others.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(RoundEvents.NotTheController.selector, others[i], issuer));
            vm.prank(others[i]);
            round.cancelByIssuer("");
        }
    }

    function test_CountsNothingAsSold() public {
        bytes32 key = directory.issuerKey(companyId);
        assertEq(limits.offeringUsed(key, REG_CF, USD), 100_000e6, "on offer");
        vm.prank(issuer);
        round.cancelByIssuer("changed plans");
        assertEq(limits.offeringUsed(key, REG_CF, USD), 0);
        round = openRound(_laterTerms());
        _sells();
        assertEq(limits.offeringUsed(key, REG_CF, USD), 10_000e6, "sold");
    }

    function test_RevertsWithNotInARound() public {
        RoundSettlement code = new RoundSettlement(registry, limits);
        bytes[11] memory steps = [
            abi.encodeCall(code.amend, (0, 0, false)),
            abi.encodeCall(code.announceEarlyClose, (0)),
            abi.encodeCall(code.cancelByIssuer, (0)),
            abi.encodeCall(code.reconfirm, (1)),
            abi.encodeCall(code.moveCommitment, (0)),
            abi.encodeCall(code.close, ()),
            abi.encodeCall(code.tally, (1)),
            abi.encodeCall(code.settle, (1)),
            abi.encodeCall(code.claimCredit, (0)),
            abi.encodeCall(code.payProceeds, ()),
            abi.encodeCall(code.payFee, ())
        ];
        for (uint256 i = 0; i < steps.length; ++i) {
            // solhint-disable-next-line avoid-low-level-calls
            (bool done, bytes memory answer) = address(code).call(steps[i]);
            assertFalse(done);
            assertEq(answer, abi.encodeWithSelector(RoundEvents.NotInARound.selector));
        }
    }

    // ------------------------------------------------------------------------------------------ amounts

    /// @dev The fee is one floor over everything sold, however the settlement is cut into batches, and no unit is lost.
    function testFuzz_ConservesEveryUnitWhateverTheBatches(
        uint128 price,
        uint16 feeBps,
        uint64[5] memory shares,
        uint8 cut
    ) public {
        RoundTerms memory terms = filedTerms();
        terms.price = uint128(bound(price, 1, 100 * DOLLAR));
        terms.feeBps = uint16(bound(feeBps, 0, 1000));
        terms.minimumShares = 1;
        uint256 company = registerCompany(issuer, terms.feeBps);
        share = openClass(company, issuer, AUTHORISED);
        terms.shareClass = address(share);
        round = openRound(terms);
        uint256 sold = 0;
        for (uint256 i = 0; i < 5; ++i) {
            shares[i] = uint64(bound(shares[i], 10, 10_000));
            commits(accredited(vm.toString(i)), shares[i]);
            sold += shares[i];
        }
        closes();
        tallies();
        while (status() == RoundStatus.Settling) {
            round.settle(1 + cut % 3);
            cut /= 2;
        }
        uint256 fee = sold * terms.price * terms.feeBps / 10_000;
        _hasSettled(sold, sold * terms.price - fee, fee);
        round.payProceeds();
        if (fee > 0) round.payFee();
        assertEq(dollar.balanceOf(issuer), sold * terms.price - fee);
        assertEq(dollar.balanceOf(platform), fee);
        assertEq(escrowed(), 0);
    }

    function _laterTerms() private view returns (RoundTerms memory terms) {
        terms = filedTerms();
        terms.deadline = uint40(Calendar.day(2017, 8, 8));
    }

    function _deed() private returns (Deed memory deed) {
        deed.terms = DeedTerms({
            settlor: issuer,
            protector: makeAddr("protector"),
            settlementToken: address(dollar),
            shareClass: address(0),
            threshold: 2,
            challengePeriod: 5 days,
            vacancyPeriod: 60 days,
            longStop: uint40(Calendar.day(2024, 9, 14)),
            platformFeeBps: 600,
            trusteeFeeBps: 0,
            spendthrift: false,
            revocable: false,
            vetoEnds: false,
            voteOpeningBps: 1000,
            voteQuorumBps: 2000,
            voteMajorityBps: 5000,
            voteDuration: 10 days,
            deedHash: keccak256("deed")
        });
        deed.trustees = new address[](3);
        (deed.trustees[0], deed.trustees[1], deed.trustees[2]) = (makeAddr("T1"), makeAddr("T2"), makeAddr("T3"));
        for (uint256 i = 0; i < 3; ++i) {
            accredited(i == 0 ? "T1" : i == 1 ? "T2" : "T3");
        }
        accredited("protector");
        deed.tranches = new Tranche[](1);
        deed.tranches[0].milestone = true;
        deed.tranches[0].shareBps = 10_000;
    }

    function _sells() private {
        commits(alice, 5000);
        closes();
        tallies();
        settles();
    }

    function _hasSettled(uint256 sold, uint256 proceeds, uint256 fee) private view {
        assertEq(round.outcome().soldShares, sold, "sold");
        assertEq(round.credits().proceeds, proceeds, "proceeds");
        assertEq(round.credits().fee, fee, "fee owed");
        assertEq(share.totalSupply(), sold, "issued");
    }

    function _wrong(RoundStatus is_, RoundStatus required) private pure returns (bytes memory) {
        return abi.encodeWithSelector(RoundEvents.WrongStatus.selector, is_, required);
    }
}
