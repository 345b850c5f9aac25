// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Position} from "../../../src/settlement/Conserved.sol";
import {Deed, Tranche} from "../../../src/trust/TrustDeed.sol";
import {TrustRecords} from "../../../src/trust/TrustRecords.sol";
import {DisbursementStatus, EndReason} from "../../../src/trust/TrustWords.sol";
import {FakeVote} from "./stage/Fakes.sol";
import {TrustStage} from "./stage/TrustStage.sol";

/// @notice What anyone reads in a trust, at each turn of its life.
contract BooksTest is TrustStage {
    function recorded(uint256 tranche) private view returns (uint256 number, bytes memory attempt) {
        TrustRecords.Disbursement memory d;
        (number, d) = books.disbursementOf(tranche);
        attempt = abi.encode(d);
    }

    function attempted(
        uint256 amount,
        uint40 approvals,
        uint40 rejections,
        uint256 since,
        uint16 times,
        DisbursementStatus status
    ) private pure returns (bytes memory) {
        return abi.encode(
            TrustRecords.Disbursement(uint104(amount), approvals, rejections, uint40(since), times, status)
        );
    }

    function fundIs(uint256 received, uint256 released, uint40 inOffice, EndReason ended_) private view {
        (TrustRecords.Fund memory f,) = books.fundOf();
        TrustRecords.Fund memory due = TrustRecords.Fund(uint104(received), uint104(released), inOffice, ended_);
        assertEq(abi.encode(f), abi.encode(due));
    }

    function sharesAre(uint64 received, uint64 released, uint64 unitsLeft) private view {
        (, TrustRecords.Shares memory s) = books.fundOf();
        assertEq(abi.encode(s), abi.encode(TrustRecords.Shares(received, released, unitsLeft)));
    }

    // ------------------------------------------------------------------------------------------ the deed

    function test_TellsTheMoneyAndTheVotesOfTheDeed() public {
        openTrust(proceedsDeed());
        assertEq(books.settlementToken(), address(dollar));
        assertEq(books.settlor(), issuer);
        (uint16 opening, uint16 quorum, uint16 majority, uint40 duration) = books.voteTerms();
        assertEq(abi.encode(opening, quorum, majority, duration), abi.encode(1000, 2000, 5000, 10 days));
    }

    function test_TellsNoMoneyWhereItHoldsSharesAlone() public {
        openTrust(sharesDeed());
        assertEq(books.settlementToken(), address(0));
        assertEq(books.shareClass(), address(class));
    }

    function test_CountsThePersonsBehindIt() public {
        openTrust(listedDeed());
        assertEq(books.persons(), 3);
        openTrust(proceedsDeed());
        assertEq(books.persons(), 0, "those of a round are not listed");
    }

    function sharesDeed() private view returns (Deed memory deed) {
        deed = listedDeed();
        deed.terms.settlementToken = address(0);
        deed.tranches = new Tranche[](1);
        deed.tranches[0] = Tranche(worker, true, false, 0, 0, uint40(START + 365 days), 100);
    }

    function test_NamesItsRoundOnceItIsBound() public {
        openTrust(proceedsDeed());
        assertEq(books.round(), address(0));
        bindRound();
        assertEq(books.round(), address(round));
    }

    // ------------------------------------------------------------------------------------------ the fund

    function test_CountsWhatCameAndWhatWasReleased() public {
        openProceedsTrust(proceedsDeed());
        uint256 all = 133_297 * DOLLAR;
        fundIs(all, 0, 7, EndReason.None);
        executed(1);
        fundIs(all, all * 4 / 10, 7, EndReason.None);
        removes(t3);
        fundIs(all, all * 4 / 10, 3, EndReason.None);
        twoTerminate();
        fundIs(all, all * 4 / 10, 3, EndReason.TrusteesDecided);
        sharesAre(0, 0, 1);
    }

    function twoTerminate() private {
        terminates(t1);
        terminates(t2);
    }

    function test_CountsSharesApart() public {
        openListedTrust(listedDeed());
        sharesAre(1000, 0, 0);
        itIs(START + 365 days);
        uint256 disbursement = proposes(outsider, 1);
        itIs(block.timestamp + CHALLENGE);
        trust.execute(disbursement);
        sharesAre(1000, 100, 0);
        terminated();
        sharesAre(1000, 100, 100);
        claims(x, address(class));
        sharesAre(1000, 100, 50);
    }

    function test_CountsWhatWasPaidToWhom() public {
        Deed memory deed = listedDeed();
        deed.terms.trusteeFeeBps = 1000;
        openListedTrust(deed);
        executed(3);
        trust.payFee();
        itIs(START + 100 days);
        uint256 fee = books.trusteeFeeOf(t1);
        trust.payTrusteeFee(t1);
        (TrustRecords.Paid memory p, TrustRecords.TrusteeFees memory fees) = books.paid();
        assertEq(abi.encode(p), abi.encode(TrustRecords.Paid(uint104(60 * DOLLAR), uint104(fee))));
        assertEq(abi.encode(fees), abi.encode(TrustRecords.TrusteeFees(0, 0)), "paid at once");
        terminated();
        (p, fees) = books.paid();
        assertEq(fees.credited, 2 * fee, "of the two who were not paid");
        assertEq(fees.total, 3 * fee, "all that trustees ever have");
        uint256 claimed = claims(y);
        (p,) = books.paid();
        assertEq(p.toOthers, fee + claimed);
        assertEq(p.toPlatform, 60 * DOLLAR);
    }

    // ------------------------------------------------------------------------------------------ trustees

    function test_RemembersTheTimesOfOffice() public {
        openTrust(proceedsDeed());
        TrustRecords.Tenure memory due;
        (due.accountsUntil, due.seats) = (uint40(START), 3);
        assertEq(abi.encode(books.tenure()), abi.encode(due));
        bindRound();
        itIs(START + 1 days);
        settleRound(DOLLAR);
        resigns(t1);
        resigns(t3);
        terminates(t2);
        (due.fundedAt, due.vacantSince) = (uint40(START + 1 days), uint40(START + 1 days));
        (due.resigning, due.terminating) = (5, 2);
        assertEq(abi.encode(books.tenure()), abi.encode(due));
        itIs(START + 9 days);
        vm.prank(t2);
        offices.attestStatement(uint40(START + 5 days), "statement");
        terminates(t1);
        (due.accountsUntil, due.endedAt, due.terminating) = (uint40(START + 5 days), uint40(START + 9 days), 3);
        assertEq(abi.encode(books.tenure()), abi.encode(due));
    }

    function test_ListsTheTrusteesInTheOrderOfTheirSeats() public {
        Deed memory deed = proceedsDeed();
        deed.successors = one(t4);
        openProceedsTrust(deed);
        address[] memory list = books.trustees();
        assertEq(abi.encode(list), abi.encode(deed.trustees));
        removes(t2);
        assertEq(books.trustees().length, 2);
        vm.prank(t4);
        offices.takeOffice(address(0), nobody());
        list = books.trustees();
        assertEq(list.length, 3);
        assertEq(abi.encode(list[0], list[1], list[2]), abi.encode(t1, t3, t4));
    }

    function test_TellsWhenARemovalIsDue() public {
        openTrust(proceedsDeed());
        assertEq(books.removalOrderOf(t2), 0);
        vm.prank(registrar);
        offices.announceRemoval(t2, "order");
        assertEq(books.removalOrderOf(t2), START + 7 days);
        itIs(START + 7 days);
        vm.prank(recoverer);
        offices.executeRemoval(t2);
        assertEq(books.removalOrderOf(t2), 0, "once");
    }

    // ------------------------------------------------------------------------------------------ disbursements

    function test_TellsTheLastAttemptAtATranche() public {
        openProceedsTrust(proceedsDeed());
        uint256 amount = 133_297 * DOLLAR * 4 / 10;
        (uint256 number, bytes memory attempt) = recorded(1);
        assertEq(number, 1, "none yet");
        assertEq(attempt, attempted(0, 0, 0, 0, 0, DisbursementStatus.None));
        uint256 first = proposes(t1, 1);
        rejects(t2, first);
        (number, attempt) = recorded(1);
        assertEq(number, 257);
        assertEq(attempt, attempted(amount, 1, 2, 0, 1, DisbursementStatus.Proposed));
        rejects(t3, first);
        (, attempt) = recorded(1);
        assertEq(attempt, attempted(amount, 1, 6, 0, 1, DisbursementStatus.Rejected));
        itIs(START + 1 days);
        uint256 second = approved(1);
        (number, attempt) = recorded(1);
        assertEq(number, 513, "256 times the attempt, plus the tranche");
        assertEq(second, number);
        assertEq(attempt, attempted(amount, 3, 0, START + 1 days, 2, DisbursementStatus.Approved));
    }

    // ------------------------------------------------------------------------------------------ beneficiaries

    function test_TellsWhatABeneficiaryHas() public {
        openListedTrust(listedDeed());
        interestIs(x, 50, 50, 0);
        vm.prank(x);
        offices.assign(y, 50);
        interestIs(x, 0, 0, 0);
        interestIs(y, 80, 80, 0);
        terminated();
        claims(y, address(class));
        interestIs(y, 80, 0, 0);
        claims(y);
        interestIs(y, 80, 0, uint104(8000 * DOLLAR));
    }

    function interestIs(address of_, uint64 units, uint64 forShares, uint104 claimed) private view {
        TrustRecords.Interest memory due = TrustRecords.Interest(units, forShares, claimed);
        assertEq(abi.encode(books.interestOf(key(of_))), abi.encode(due));
    }

    // ------------------------------------------------------------------------------------------ motions

    function testFuzz_NamesAMotionByTrustAndObject(address person, uint256 disbursement) public {
        openTrust(proceedsDeed());
        address here = address(trust);
        assertEq(books.removalMotion(person), keccak256(abi.encode("remove", here, person)));
        assertEq(books.appointmentMotion(person), keccak256(abi.encode("appoint", here, person)));
        assertEq(books.vetoMotion(disbursement), keccak256(abi.encode("veto", here, disbursement)));
        assertEq(books.endMotion(), keccak256(abi.encode("end", here)));
    }

    function test_RemembersTheVoteOnAMotionUntilItIsCarriedOut() public {
        openProceedsTrust(proceedsDeed());
        bytes32 motion = books.removalMotion(t2);
        assertEq(books.voteOn(motion), address(0));
        FakeVote vote = bindsVote(motion);
        assertEq(books.voteOn(motion), address(vote));
        assertEq(books.voteOn(books.removalMotion(t1)), address(0), "on no other");
        uint256 disbursement = approved(1);
        vote = suspends(disbursement);
        assertEq(books.voteOn(books.vetoMotion(disbursement)), address(vote));
    }

    function test_RemembersWhoSupportsAMotion() public {
        openListedTrust(listedDeed());
        bytes32 motion = books.endMotion();
        assertFalse(books.isSupportedBy(motion, x));
        backs(x, motion);
        assertTrue(books.isSupportedBy(motion, x));
        assertFalse(books.isSupportedBy(motion, y));
        assertFalse(books.isSupportedBy(books.removalMotion(t1), x), "no other motion");
        vm.prank(x);
        offices.support(motion, false);
        assertFalse(books.isSupportedBy(motion, x));
    }

    // ------------------------------------------------------------------------------------------ conserved

    function positionIs(uint256 place, address asset, uint256 held_, uint256 owed, uint256 surplus) private view {
        assertEq(abi.encode(trust.conserved()[place]), abi.encode(Position(asset, held_, owed, surplus)));
    }

    function test_ShowsMoneyWithWhatItOwesInIt() public {
        openProceedsTrust(proceedsDeed());
        uint256 all = 133_297 * DOLLAR;
        assertEq(trust.conserved().length, 1);
        positionIs(0, address(dollar), all, all, 0);
        executed(1);
        uint256 rest = all * 6 / 10 + all * 4 / 10 * 6 / 100;
        positionIs(0, address(dollar), rest, rest, 0);
        trust.payFee();
        positionIs(0, address(dollar), all * 6 / 10, all * 6 / 10, 0);
        dollar.mint(address(trust), 7);
        positionIs(0, address(dollar), all * 6 / 10 + 7, all * 6 / 10, 7);
    }

    function test_ShowsSharesAlone() public {
        openTrust(sharesDeed());
        funds(address(class), 400);
        assertEq(trust.conserved().length, 1);
        positionIs(0, address(class), 400, 400, 0);
        class.mint(address(trust), 5);
        positionIs(0, address(class), 405, 400, 5);
    }

    function test_ShowsMoneyBeforeShares() public {
        openListedTrust(listedDeed());
        assertEq(trust.conserved().length, 2);
        positionIs(0, address(dollar), 10_000 * DOLLAR, 10_000 * DOLLAR, 0);
        positionIs(1, address(class), 1000, 1000, 0);
        dollar.wipe(address(trust), DOLLAR);
        positionIs(0, address(dollar), 9999 * DOLLAR, 10_000 * DOLLAR, 0);
    }

    function test_OwesAllItsSharesToThoseEntitledAfterTheEnd() public {
        openListedTrust(listedDeed());
        terminated();
        class.mint(address(trust), 1000);
        positionIs(1, address(class), 2000, 2000, 0);
        claims(x, address(class));
        claims(y, address(class));
        claims(z, address(class));
        class.mint(address(trust), 3);
        positionIs(1, address(class), 3, 0, 3);
    }
}
