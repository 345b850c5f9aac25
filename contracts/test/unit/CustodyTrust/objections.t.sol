// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Deed} from "../../../src/trust/TrustDeed.sol";
import {TrustRecords} from "../../../src/trust/TrustRecords.sol";
import {DisbursementStatus, EndReason} from "../../../src/trust/TrustWords.sol";
import {IHolderVote} from "../../../src/vote/IHolderVote.sol";
import {FakeVote} from "./stage/Fakes.sol";
import {TrustStage} from "./stage/TrustStage.sol";

contract ObjectionsTest is TrustStage {
    function setUp() public override {
        super.setUp();
        openProceedsTrust(proceedsDeed());
    }

    // ------------------------------------------------------------------------------------------ the protector

    function vetoes(address by, uint256 disbursement) private {
        vm.prank(by);
        offices.veto(disbursement);
    }

    function test_OnlyTheProtectorVetoes() public {
        approved(1);
        address[4] memory others = [issuer, t1, x, outsider];
        for (uint256 i = 0; i < others.length; ++i) {
            refused(abi.encodeWithSelector(TrustRecords.NotTheProtector.selector, others[i], protector));
            vetoes(others[i], 257);
        }
    }

    function test_WithoutAProtectorNobodyVetoes() public {
        Deed memory deed = proceedsDeed();
        deed.terms.protector = address(0);
        openProceedsTrust(deed);
        approved(1);
        refused(abi.encodeWithSelector(TrustRecords.NotTheProtector.selector, protector, address(0)));
        vetoes(protector, 257);
    }

    function test_TheProtectorVetoesUntilTheChallengePeriodIsOver() public {
        approved(1);
        itIs(block.timestamp + CHALLENGE - 1);
        vm.expectEmit(address(trust));
        emit TrustRecords.DisbursementVetoed(257, protector);
        vetoes(protector, 257);
        assertStatus(1, DisbursementStatus.Vetoed);
        itIs(block.timestamp + 1);
        refused(wrongStatus(257, DisbursementStatus.Vetoed));
        trust.execute(257);
    }

    function test_TheProtectorVetoesAProposal() public {
        proposes(t1, 1);
        vetoes(protector, 257);
        assertStatus(1, DisbursementStatus.Vetoed);
    }

    function test_TheProtectorVetoesWhatAVoteSuspended() public {
        approved(1);
        suspends(257);
        vetoes(protector, 257);
        assertStatus(1, DisbursementStatus.Vetoed);
        refused(wrongStatus(257, DisbursementStatus.Vetoed));
        offices.concludeVote(257);
    }

    function test_TheProtectorIsTooLate() public {
        approved(1);
        itIs(block.timestamp + CHALLENGE);
        refused(abi.encodeWithSelector(TrustRecords.ChallengePeriodOver.selector, block.timestamp, block.timestamp));
        vetoes(protector, 257);
    }

    function test_NothingDecidedIsVetoed() public {
        executed(1);
        refused(wrongStatus(257, DisbursementStatus.Executed));
        vetoes(protector, 257);
        refused(abi.encodeWithSelector(TrustRecords.UnknownDisbursement.selector, 258, 0));
        vetoes(protector, 258);
    }

    function test_NothingIsVetoedAfterTheEnd() public {
        approved(1);
        terminated();
        refused(abi.encodeWithSelector(TrustRecords.TrustHasEnded.selector, EndReason.TrusteesDecided));
        vetoes(protector, 257);
    }

    // ------------------------------------------------------------------------------------------ beneficiaries

    function test_BeneficiariesVeto() public {
        openListedTrust(listedDeed());
        approved(3);
        bytes32 motion = books.vetoMotion(259);
        backs(y, motion);
        backs(x, motion);
        vm.expectEmit(address(trust));
        emit TrustRecords.DisbursementVetoed(259, address(trust));
        offices.vetoByBeneficiaries(259, both(x, y));
        assertStatus(3, DisbursementStatus.Vetoed);
    }

    function test_BeneficiariesAreTooLate() public {
        openListedTrust(listedDeed());
        approved(3);
        backs(x, books.vetoMotion(259));
        backs(y, books.vetoMotion(259));
        itIs(block.timestamp + CHALLENGE);
        refused(abi.encodeWithSelector(TrustRecords.ChallengePeriodOver.selector, block.timestamp, block.timestamp));
        offices.vetoByBeneficiaries(259, both(x, y));
        assertStatus(3, DisbursementStatus.Approved);
    }

    function test_HalfOfTheUnitsIsNotEnough() public {
        openListedTrust(listedDeed());
        approved(3);
        backs(x, books.vetoMotion(259));
        refused(abi.encodeWithSelector(TrustRecords.MotionNotCarried.selector, books.vetoMotion(259), 50, 100));
        offices.vetoByBeneficiaries(259, one(x));
    }

    function test_AllotmentsVetoByVoteOnly() public {
        approved(1);
        refused(plainly(TrustRecords.HoldsProceeds.selector));
        offices.vetoByBeneficiaries(257, nobody());
    }

    // ------------------------------------------------------------------------------------------ votes

    function test_OnlyTheDirectorySuspends() public {
        approved(1);
        refused(abi.encodeWithSelector(TrustRecords.OnlyDirectory.selector, issuer, address(directory)));
        vm.prank(issuer);
        offices.suspend(257, outsider);
    }

    function test_AVoteSuspends() public {
        approved(1);
        itIs(block.timestamp + CHALLENGE - 1);
        FakeVote vote = new FakeVote();
        vm.expectEmit(address(trust));
        emit TrustRecords.DisbursementSuspended(257, address(vote));
        directory.suspend(address(trust), 257, address(vote));
        assertStatus(1, DisbursementStatus.Suspended);
        assertEq(books.voteOn(books.vetoMotion(257)), address(vote));
        itIs(block.timestamp + 1);
        refused(wrongStatus(257, DisbursementStatus.Suspended));
        trust.execute(257);
    }

    function test_OnlyWhatIsApprovedIsVotedOn() public {
        proposes(t1, 1);
        refused(wrongStatus(257, DisbursementStatus.Proposed));
        directory.suspend(address(trust), 257, outsider);
        approves(t2, 257);
        suspends(257);
        refused(abi.encodeWithSelector(TrustRecords.AlreadyVoted.selector, books.voteOn(books.vetoMotion(257))));
        directory.suspend(address(trust), 257, outsider);
    }

    function test_AVoteIsTooLate() public {
        approved(1);
        itIs(block.timestamp + CHALLENGE);
        refused(abi.encodeWithSelector(TrustRecords.ChallengePeriodOver.selector, block.timestamp, block.timestamp));
        directory.suspend(address(trust), 257, outsider);
    }

    function test_OneVoteOnEachDisbursement() public {
        approved(1);
        FakeVote vote = suspends(257);
        vote.decide(IHolderVote.Outcome.Failed);
        offices.concludeVote(257);
        refused(abi.encodeWithSelector(TrustRecords.AlreadyVoted.selector, address(vote)));
        directory.suspend(address(trust), 257, outsider);
    }

    function test_NothingToConclude() public {
        approved(1);
        refused(wrongStatus(257, DisbursementStatus.Approved));
        offices.concludeVote(257);
    }

    function test_APendingVoteSuspends() public {
        approved(1);
        FakeVote vote = suspends(257);
        refused(abi.encodeWithSelector(TrustRecords.VotePending.selector, address(vote)));
        offices.concludeVote(257);
    }

    function test_AFailedVoteLetsItGoOn() public {
        approved(1);
        FakeVote vote = suspends(257);
        vote.decide(IHolderVote.Outcome.Failed);
        itIs(block.timestamp + CHALLENGE);
        vm.expectEmit(address(trust));
        emit TrustRecords.DisbursementResumed(257, address(vote));
        offices.concludeVote(257);
        trust.execute(257);
        assertEq(dollar.balanceOf(issuer), 50_119_672_000);
    }

    function test_APassedVoteVetoes() public {
        approved(1);
        FakeVote vote = suspends(257);
        vote.decide(IHolderVote.Outcome.Passed);
        vm.expectEmit(address(trust));
        emit TrustRecords.DisbursementVetoed(257, address(vote));
        offices.concludeVote(257);
        assertStatus(1, DisbursementStatus.Vetoed);
        assertEnded(EndReason.None);
        assertEq(proposes(t1, 1), 513);
    }

    function test_APassedVoteMayEndTheTrust() public {
        Deed memory deed = proceedsDeed();
        deed.terms.vetoEnds = true;
        openProceedsTrust(deed);
        approved(1);
        suspends(257).decide(IHolderVote.Outcome.Passed);
        vm.expectEmit(address(trust));
        emit TrustRecords.TrustEnded(EndReason.Vetoed, 133_297 * DOLLAR, 0);
        offices.concludeVote(257);
        assertEnded(EndReason.Vetoed);
        requireHistory();
    }

    function test_ASpendthriftTrustGoesOnAllTheSame() public {
        Deed memory deed = proceedsDeed();
        deed.terms.spendthrift = true;
        openProceedsTrust(deed);
        approved(1);
        suspends(257).decide(IHolderVote.Outcome.Passed);
        offices.concludeVote(257);
        assertStatus(1, DisbursementStatus.Vetoed);
        assertEnded(EndReason.None);
    }

    function test_NothingIsConcludedAfterTheEnd() public {
        approved(1);
        suspends(257);
        terminated();
        refused(abi.encodeWithSelector(TrustRecords.TrustHasEnded.selector, EndReason.TrusteesDecided));
        offices.concludeVote(257);
    }
}
