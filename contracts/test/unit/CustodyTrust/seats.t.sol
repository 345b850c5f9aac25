// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Restricted} from "../../../src/ledger/Restricted.sol";
import {Deed, Tranche} from "../../../src/trust/TrustDeed.sol";
import {TrustRecords} from "../../../src/trust/TrustRecords.sol";
import {DisbursementStatus} from "../../../src/trust/TrustWords.sol";
import {TrusteeSeats} from "../../../src/trust/TrusteeSeats.sol";
import {IHolderVote} from "../../../src/vote/IHolderVote.sol";
import {FakeVote} from "./stage/Fakes.sol";
import {TrustStage} from "./stage/TrustStage.sol";

contract SeatsTest is TrustStage {
    function setUp() public override {
        super.setUp();
        openProceedsTrust(proceedsDeed());
    }

    function takesOffice(address nominee, address outgoing) private {
        vm.prank(nominee);
        offices.takeOffice(outgoing, nobody());
    }

    function officers() private view returns (bytes32) {
        return keccak256(abi.encode(books.trustees()));
    }

    function list(address a, address b, address c) private pure returns (bytes32) {
        address[] memory all = new address[](3);
        (all[0], all[1], all[2]) = (a, b, c);
        return keccak256(abi.encode(all));
    }

    // ------------------------------------------------------------------------------------------ resigning

    function test_AResigningTrusteeServesUntilReplaced() public {
        vm.expectEmit(address(trust));
        emit TrustRecords.TrusteeResigned(1, t2);
        resigns(t2);
        assertEq(officers(), list(t1, t2, t3));
        approved(1);
        passed(books.appointmentMotion(t4));
        vm.expectEmit(address(trust));
        emit TrustRecords.TrusteeLeft(1, t2, TrustRecords.Departure.Replaced);
        vm.expectEmit(address(trust));
        emit TrustRecords.TrusteeSeated(3, t4);
        takesOffice(t4, t2);
        assertEq(officers(), list(t1, t3, t4));
        refused(notATrustee(t2));
        approves(t2, 257);
        approves(t4, 257);
    }

    function test_NobodyResignsTwice() public {
        resigns(t2);
        refused(abi.encodeWithSelector(TrustRecords.AlreadyResigning.selector, t2));
        resigns(t2);
    }

    function test_OnlyTrusteesResign() public {
        refused(notATrustee(issuer));
        resigns(issuer);
    }

    // ------------------------------------------------------------------------------------------ taking office

    function test_ANamedSuccessorTakesAVacantSeat() public {
        Deed memory deed = proceedsDeed();
        deed.successors = both(t4, z);
        openProceedsTrust(deed);
        proposes(t3, 1);
        removes(t3);
        takesOffice(t4, address(0));
        assertEq(officers(), list(t1, t2, t4));
        approves(t4, 257);
        (, TrustRecords.Disbursement memory d) = books.disbursementOf(1);
        assertEq(d.approvals, 12, "the seat of T3 and its own");
        assertEq(d.approvedAt, 0, "what T3 approved does not count for T4");
        assertEq(books.tenure().seats, 4);
        requireHistory();
    }

    function test_TheSettlorAppoints() public {
        openListedTrust(listedDeed());
        resigns(t1);
        backs(issuer, books.appointmentMotion(t4));
        takesOffice(t4, t1);
        assertEq(officers(), list(t2, t3, t4));
        assertFalse(books.isSupportedBy(books.appointmentMotion(t4), issuer), "once");
    }

    function test_TheIssuerAppointsNobody() public {
        resigns(t1);
        backs(issuer, books.appointmentMotion(t4));
        refused(abi.encodeWithSelector(TrustRecords.MotionNotCarried.selector, books.appointmentMotion(t4), 0, 0));
        takesOffice(t4, t1);
    }

    function test_BeneficiariesAppoint() public {
        openListedTrust(listedDeed());
        removes(t1);
        backs(x, books.appointmentMotion(t4));
        backs(z, books.appointmentMotion(t4));
        vm.prank(t4);
        offices.takeOffice(address(0), both(x, z));
        assertEq(officers(), list(t2, t3, t4));
    }

    function test_AVoteAppoints() public {
        removes(t1);
        passed(books.appointmentMotion(t4));
        takesOffice(t4, address(0));
        assertEq(officers(), list(t2, t3, t4));
        assertEq(books.voteOn(books.appointmentMotion(t4)), address(0), "carried out");
    }

    function test_NobodyAppointsThemselves() public {
        removes(t1);
        refused(abi.encodeWithSelector(TrustRecords.MotionNotCarried.selector, books.appointmentMotion(t4), 0, 0));
        takesOffice(t4, address(0));
    }

    function test_RefusesWithoutAVacancy() public {
        passed(books.appointmentMotion(t4));
        refused(plainly(TrustRecords.NoVacancy.selector));
        takesOffice(t4, address(0));
    }

    function test_OnlyTheResigningAreReplaced() public {
        passed(books.appointmentMotion(t4));
        refused(plainly(TrustRecords.NoVacancy.selector));
        takesOffice(t4, t1);
    }

    function test_OfficeIsClosedToThoseWhoReceiveOrProtect() public {
        removes(t1);
        refused(abi.encodeWithSelector(TrustRecords.OfficeClosedTo.selector, t2));
        takesOffice(t2, address(0));
        refused(abi.encodeWithSelector(TrustRecords.OfficeClosedTo.selector, protector));
        takesOffice(protector, address(0));
        Deed memory deed = listedDeed();
        openListedTrust(deed);
        removes(t1);
        refused(abi.encodeWithSelector(TrustRecords.OfficeClosedTo.selector, worker));
        takesOffice(worker, address(0));
        registry.succeed(worker, t4);
        offices.moveRecipient(worker);
        refused(abi.encodeWithSelector(TrustRecords.OfficeClosedTo.selector, t4));
        takesOffice(t4, address(0));
        vm.prank(y);
        offices.assign(x, 30);
        vm.prank(z);
        offices.assign(x, 20);
        refused(abi.encodeWithSelector(TrustRecords.OfficeClosedTo.selector, x));
        takesOffice(x, address(0));
    }

    /// @dev The wallet that came after any address is closed out as well, be it the smallest.
    function test_OfficeIsClosedToTheRecipientOfAnyTranche() public {
        Deed memory deed = listedDeed();
        deed.tranches[0].recipient = address(1);
        deed.tranches[3].recipient = outsider;
        openListedTrust(deed);
        removes(t1);
        registry.succeed(address(1), t4);
        offices.moveRecipient(address(1));
        refused(abi.encodeWithSelector(TrustRecords.OfficeClosedTo.selector, t4));
        takesOffice(t4, address(0));
        refused(abi.encodeWithSelector(TrustRecords.OfficeClosedTo.selector, outsider));
        takesOffice(outsider, address(0));
    }

    function test_NobodyElseInTheDeedSucceeds() public {
        Deed memory deed = listedDeed();
        deed.successors = one(t4);
        deed.tranches = new Tranche[](0);
        openListedTrust(deed);
        removes(t1);
        refused(abi.encodeWithSelector(TrustRecords.MotionNotCarried.selector, books.appointmentMotion(x), 0, 100));
        takesOffice(x, address(0));
    }

    function test_OfficeIsClosedToAffiliates() public {
        removes(t1);
        passed(books.appointmentMotion(t4));
        registry.affiliate(t4, directory.issuerKey(COMPANY), true);
        refused(abi.encodeWithSelector(TrustRecords.NotIndependent.selector, t4));
        takesOffice(t4, address(0));
        refused(abi.encodeWithSelector(TrustRecords.NotIndependent.selector, issuer));
        takesOffice(issuer, address(0));
        refused(abi.encodeWithSelector(TrustRecords.NotIndependent.selector, outsider));
        takesOffice(outsider, address(0));
        directory.setController(COMPANY, z);
        refused(abi.encodeWithSelector(TrustRecords.NotIndependent.selector, z));
        takesOffice(z, address(0));
    }

    function test_FortySeatsInALife() public {
        openListedTrust(listedDeed());
        address last = t1;
        for (uint256 i = 3; i < 40; ++i) {
            resigns(last);
            address next = address(uint160(0x1000 + i));
            backs(issuer, books.appointmentMotion(next));
            takesOffice(next, last);
            last = next;
        }
        approves(last, proposes(t2, 4));
        assertStatus(4, DisbursementStatus.Approved);
        rejects(last, 260);
        (, TrustRecords.Disbursement memory d) = books.disbursementOf(4);
        assertEq(d.rejections, 1 << 39, "the last seat's stays when approvals are missing");
        approves(t3, 260);
        assertStatus(4, DisbursementStatus.Approved);
        (, d) = books.disbursementOf(4);
        assertEq(d.rejections, 1 << 39, "and when they are there again");
        resigns(last);
        backs(issuer, books.appointmentMotion(t4));
        refused(abi.encodeWithSelector(TrustRecords.OfficeClosedTo.selector, t4));
        takesOffice(t4, last);
    }

    function test_NoAppointmentFromBeforeARemovalUndoesIt() public {
        Deed memory deed = proceedsDeed();
        deed.successors = one(t4);
        openProceedsTrust(deed);
        removes(t1);
        takesOffice(t4, address(0));
        passed(books.appointmentMotion(t4));
        removes(t4);
        refused(abi.encodeWithSelector(TrustRecords.MotionNotCarried.selector, books.appointmentMotion(t4), 0, 0));
        takesOffice(t4, address(0));
        passed(books.appointmentMotion(t4));
        takesOffice(t4, address(0));
    }

    function test_ASettlorsEarlierWishDoesNotEither() public {
        openListedTrust(listedDeed());
        resigns(t1);
        backs(issuer, books.appointmentMotion(t4));
        takesOffice(t4, t1);
        backs(issuer, books.appointmentMotion(t4));
        removes(t4);
        vm.expectPartialRevert(TrustRecords.MotionNotCarried.selector);
        takesOffice(t4, address(0));
        backs(issuer, books.appointmentMotion(t4));
        takesOffice(t4, address(0));
    }

    function test_AFormerTrusteeMayComeBackWithAnotherSeat() public {
        removes(t1);
        passed(books.appointmentMotion(t1));
        takesOffice(t1, address(0));
        assertEq(officers(), list(t2, t3, t1));
        proposes(t1, 1);
        (, TrustRecords.Disbursement memory d) = books.disbursementOf(1);
        assertEq(d.approvals, 8);
        removes(t1);
        refused(notATrustee(t1));
        approves(t1, 257);
    }

    function test_OneOfTheLaterTrusteesLeaves() public {
        removes(t1);
        removes(t2);
        passed(books.appointmentMotion(t4));
        takesOffice(t4, address(0));
        passed(books.appointmentMotion(z));
        takesOffice(z, address(0));
        removes(t4);
        assertEq(books.trustees().length, 2);
        refused(notATrustee(t4));
        resigns(t4);
    }

    // ------------------------------------------------------------------------------------------ removal

    function test_BeneficiariesRemove() public {
        openListedTrust(listedDeed());
        bytes32 motion = books.removalMotion(t1);
        backs(x, motion);
        backs(z, motion);
        vm.expectEmit(address(trust));
        emit TrustRecords.TrusteeLeft(0, t1, TrustRecords.Departure.RemovedByBeneficiaries);
        offices.removeTrustee(t1, both(x, z));
        assertEq(books.trustees().length, 2);
        assertFalse(books.isSupportedBy(motion, x), "once");
        requireHistory();
    }

    function test_AVoteRemovesOnce() public {
        removes(t1);
        passed(books.appointmentMotion(t1));
        takesOffice(t1, address(0));
        refused(abi.encodeWithSelector(TrustRecords.MotionNotCarried.selector, books.removalMotion(t1), 0, 0));
        offices.removeTrustee(t1, nobody());
    }

    function test_NobodyCountsTwice() public {
        openListedTrust(listedDeed());
        backs(z, books.removalMotion(t1));
        address[] memory twice = new address[](2);
        (twice[0], twice[1]) = (z, z);
        refused(abi.encodeWithSelector(TrustRecords.SupportersOutOfOrder.selector, z, z));
        offices.removeTrustee(t1, twice);
        (twice[0], twice[1]) = x > y ? (x, y) : (y, x);
        refused(abi.encodeWithSelector(TrustRecords.SupportersOutOfOrder.selector, twice[0], twice[1]));
        offices.removeTrustee(t1, twice);
    }

    function test_RefusesWithTooFewUnits() public {
        Deed memory deed = listedDeed();
        deed.terms.voteMajorityBps = 8001;
        openListedTrust(deed);
        bytes32 motion = books.removalMotion(t1);
        backs(x, motion);
        backs(y, motion);
        refused(abi.encodeWithSelector(TrustRecords.MotionNotCarried.selector, motion, 80, 100));
        offices.removeTrustee(t1, both(x, y));
        refused(abi.encodeWithSelector(TrustRecords.MotionNotCarried.selector, motion, 50, 100));
        offices.removeTrustee(t1, both(x, z));
    }

    function test_AVoteMustHavePassed() public {
        bytes32 motion = books.removalMotion(t1);
        FakeVote vote = bindsVote(motion);
        refused(abi.encodeWithSelector(TrustRecords.MotionNotCarried.selector, motion, 0, 0));
        offices.removeTrustee(t1, nobody());
        vote.decide(IHolderVote.Outcome.Failed);
        refused(abi.encodeWithSelector(TrustRecords.MotionNotCarried.selector, motion, 0, 0));
        offices.removeTrustee(t1, nobody());
    }

    function test_ACourtsOrderTakesTwoPartiesAndAWeek() public {
        vm.expectEmit(address(trust));
        emit TrustRecords.RemovalOrdered(t1, START + 7 days, "order");
        vm.prank(registrar);
        offices.announceRemoval(t1, "order");
        assertEq(books.removalOrderOf(t1), START + 7 days);
        itIs(START + 7 days);
        vm.expectEmit(address(trust));
        emit TrustRecords.TrusteeLeft(0, t1, TrustRecords.Departure.RemovedByOrder);
        vm.prank(recoverer);
        offices.executeRemoval(t1);
        assertEq(books.trustees().length, 2);
        assertEq(books.removalOrderOf(t1), 0);
        requireHistory();
    }

    function test_NobodyElseIsOrderedToLeave() public {
        refused(notATrustee(outsider));
        vm.prank(registrar);
        offices.announceRemoval(outsider, "order");
    }

    function test_AnOrderIsExecutedWithinItsTime() public {
        refused(abi.encodeWithSelector(TrustRecords.RemovalNotExecutable.selector, 0, 30 days, START));
        vm.prank(recoverer);
        offices.executeRemoval(t1);
        vm.prank(registrar);
        offices.announceRemoval(t1, "order");
        itIs(START + 7 days - 1);
        refused(
            abi.encodeWithSelector(
                TrustRecords.RemovalNotExecutable.selector, START + 7 days, START + 37 days, START + 7 days - 1
            )
        );
        vm.prank(recoverer);
        offices.executeRemoval(t1);
        itIs(START + 37 days);
        refused(
            abi.encodeWithSelector(
                TrustRecords.RemovalNotExecutable.selector, START + 7 days, START + 37 days, START + 37 days
            )
        );
        vm.prank(recoverer);
        offices.executeRemoval(t1);
    }

    function test_OnlyTheRolesOrder() public {
        refused(
            abi.encodeWithSelector(Restricted.NotAuthorized.selector, recoverer, TrusteeSeats.announceRemoval.selector)
        );
        vm.prank(recoverer);
        offices.announceRemoval(t1, "order");
        refused(
            abi.encodeWithSelector(Restricted.NotAuthorized.selector, registrar, TrusteeSeats.executeRemoval.selector)
        );
        vm.prank(registrar);
        offices.executeRemoval(t1);
        assertEq(offices.authority(), address(authority));
    }

    function test_AnAffiliateIsUnseated() public {
        registry.affiliate(t1, directory.issuerKey(COMPANY), true);
        uint256 from = block.timestamp + 7 days;
        itIs(from - 1);
        refused(abi.encodeWithSelector(TrustRecords.AffiliatedTooRecently.selector, from, from - 1));
        offices.unseat(t1);
        itIs(from);
        vm.expectEmit(address(trust));
        emit TrustRecords.TrusteeLeft(0, t1, TrustRecords.Departure.NotIndependent);
        vm.prank(outsider);
        offices.unseat(t1);
        registry.affiliate(t2, directory.issuerKey(COMPANY), true);
        directory.setController(COMPANY, t2);
        offices.unseat(t2);
        registry.succeed(t3, t4);
        offices.unseat(t3);
        assertEq(books.trustees().length, 0);
    }

    function test_AnIndependentTrusteeStays() public {
        refused(abi.encodeWithSelector(TrustRecords.IsIndependent.selector, t1));
        offices.unseat(t1);
    }

    function test_OthersMayBeRelated() public {
        openListedTrust(listedDeed());
        refused(plainly(TrustRecords.HoldsNoProceeds.selector));
        offices.unseat(t1);
    }

    // ------------------------------------------------------------------------------------------ motions

    function test_SupportIsTakenBack() public {
        openListedTrust(listedDeed());
        bytes32 motion = books.removalMotion(t1);
        backs(x, motion);
        backs(y, motion);
        vm.expectEmit(address(trust));
        emit TrustRecords.MotionSupported(motion, y, false);
        vm.prank(y);
        offices.support(motion, false);
        refused(abi.encodeWithSelector(TrustRecords.MotionNotCarried.selector, motion, 50, 100));
        offices.removeTrustee(t1, both(x, y));
    }

    function test_SupportsOnce() public {
        openListedTrust(listedDeed());
        backs(x, "motion");
        refused(plainly(TrustRecords.NothingChanged.selector));
        backs(x, "motion");
    }

    function test_OnlyBeneficiariesSupport() public {
        openListedTrust(listedDeed());
        refused(abi.encodeWithSelector(TrustRecords.NotABeneficiary.selector, t1));
        backs(t1, "motion");
    }

    function test_AVoteMayBeRepeatedAfterAFailure() public {
        bytes32 motion = books.removalMotion(t1);
        bindsVote(motion).decide(IHolderVote.Outcome.Failed);
        FakeVote second = new FakeVote();
        vm.expectEmit(address(trust));
        emit TrustRecords.VoteBound(motion, address(second));
        directory.bindVote(address(trust), motion, address(second));
        assertEq(books.voteOn(motion), address(second));
        requireHistory();
    }

    function test_OneVoteAtATime() public {
        bytes32 motion = books.removalMotion(t1);
        FakeVote vote = bindsVote(motion);
        refused(abi.encodeWithSelector(TrustRecords.AlreadyVoted.selector, address(vote)));
        directory.bindVote(address(trust), motion, outsider);
        vote.decide(IHolderVote.Outcome.Passed);
        refused(abi.encodeWithSelector(TrustRecords.AlreadyVoted.selector, address(vote)));
        directory.bindVote(address(trust), motion, outsider);
    }

    function test_OnlyTheDirectoryBindsVotes() public {
        refused(abi.encodeWithSelector(TrustRecords.OnlyDirectory.selector, issuer, address(directory)));
        vm.prank(issuer);
        offices.bindVote("motion", outsider);
    }

    function test_NoVoteWithoutARound() public {
        openListedTrust(listedDeed());
        refused(plainly(TrustRecords.HoldsNoProceeds.selector));
        directory.bindVote(address(trust), "motion", outsider);
    }
}
