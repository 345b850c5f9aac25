// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {RoundTerms} from "../../src/round/RoundTerms.sol";
import {CustodyTrust} from "../../src/trust/CustodyTrust.sol";
import {TrustBooks} from "../../src/trust/TrustBooks.sol";
import {Deed, Tranche} from "../../src/trust/TrustDeed.sol";
import {TrustOffices} from "../../src/trust/TrustOffices.sol";
import {TrustRecords} from "../../src/trust/TrustRecords.sol";
import {DisbursementStatus, EndReason} from "../../src/trust/TrustWords.sol";
import {HolderVote} from "../../src/vote/HolderVote.sol";
import {Calendar} from "../Calendar.sol";
import {Ledger} from "../Ledger.sol";

/// @notice S07, Vernafund CF LLC (SEC 020-28442): 133,297.00 raised into a trust, two trustees of three; the first
/// milestone is paid, the second refused one to two, the offering cancelled, and the rest goes back.
contract MilestonesAndDisagreementTest is Ledger {
    uint256 private constant RAISED = 133_297 * DOLLAR;
    uint256 private constant CHALLENGE = 5 days;

    CustodyTrust private trust;
    TrustOffices private offices;
    TrustBooks private books;
    address private t1;
    address private t2;
    address private t3;
    address private x;
    address private y;
    address private z;

    function setUp() public override {
        super.setUp();
        (t1, t2, t3) = (accredited("T1"), accredited("T2"), accredited("T3"));
        (x, y, z) = (accredited("X"), accredited("Y"), accredited("Z"));
        share = openClass(companyId, issuer, 2_000_000);
        vm.prank(issuer);
        trust = CustodyTrust(directory.openTrust(uint64(companyId), _deed()));
        offices = TrustOffices(address(trust));
        books = TrustBooks(address(trust));
        RoundTerms memory terms = filedTerms();
        terms.shareClass = address(share);
        terms.trust = address(trust);
        terms.price = uint128(DOLLAR / 10);
        terms.minimumShares = 1_000_000;
        terms.maximumShares = 1_500_000;
        round = openRound(terms);
        commits(x, 666_485);
        commits(y, 399_891);
        commits(z, 266_594);
        closes();
        tallies();
        itIs(block.timestamp + 1 days);
        settles();
        vm.prank(outsider);
        round.payProceeds();
        assertEq(dollar.balanceOf(address(trust)), RAISED, "all of it, no fee taken yet");
        assertEq(dollar.balanceOf(issuer) + dollar.balanceOf(platform), 0);
    }

    function test_PaysTheFirstMilestoneAndGivesTheRestBack() public {
        _firstMilestone();
        _secondMilestoneIsRejected();
        _theRestGoesBack();
        assertEq(dollar.balanceOf(issuer), 50_119_672_000, "50,119.672 to the issuer");
        assertEq(dollar.balanceOf(platform), 3_199_128_000, "3,199.128 to the platform");
        assertEq(dollar.balanceOf(x), 39_989_100_000, "39,989.10 back to X");
        assertEq(dollar.balanceOf(y), 23_993_460_000, "23,993.46 back to Y");
        assertEq(dollar.balanceOf(z), 15_995_640_000, "15,995.64 back to Z");
        assertEq(dollar.balanceOf(address(trust)), 0, "nothing is left in the trust");
        requireHistories();
    }

    function test_GivesEverythingBackWhenNoMilestoneWasApproved() public {
        _terminates(t2);
        _terminates(t3);
        _claims();
        assertEq(dollar.balanceOf(x), 66_648_500_000, "66,648.50 back to X");
        assertEq(dollar.balanceOf(y), 39_989_100_000, "39,989.10 back to Y");
        assertEq(dollar.balanceOf(z), 26_659_400_000, "26,659.40 back to Z");
        assertEq(dollar.balanceOf(issuer) + dollar.balanceOf(platform), 0);
        assertEq(dollar.balanceOf(address(trust)), 0);
        requireHistories();
    }

    /// @dev X holds half of what was allotted, and has a vote opened; it carries, and the milestone is not paid.
    function test_AVoteOfTheInvestorsStopsAMilestone() public {
        _proposes(1);
        _approves(t2, 257);
        vm.prank(x);
        address vote = directory.openMilestoneVote(address(trust), 257, identityOf(x), keccak256("reasons"));
        itIs(block.timestamp + CHALLENGE);
        vm.expectRevert(
            abi.encodeWithSelector(TrustRecords.WrongDisbursementStatus.selector, 257, DisbursementStatus.Suspended)
        );
        trust.execute(257);
        vm.prank(x);
        HolderVote(vote).vote(HolderVote.Choice.For);
        itIs(block.timestamp + 10 days);
        offices.concludeVote(257);
        (, TrustRecords.Disbursement memory d) = books.disbursementOf(1);
        assertEq(uint256(d.status), uint256(DisbursementStatus.Vetoed));
        _proposes(1);
        _approves(t3, 513);
        itIs(block.timestamp + CHALLENGE);
        trust.execute(513);
        assertEq(dollar.balanceOf(issuer), 50_119_672_000);
        requireHistories();
    }

    function test_AVoteOfTheInvestorsReplacesATrustee() public {
        vm.prank(y);
        address vote = directory.openRemovalVote(address(trust), t1, identityOf(y), keccak256("cause"));
        _votesFor(vote);
        offices.removeTrustee(t1, new address[](0));
        address t4 = accredited("T4");
        vm.prank(x);
        vote = directory.openAppointmentVote(address(trust), t4, identityOf(x), keccak256("nominee"));
        _votesFor(vote);
        vm.prank(t4);
        offices.takeOffice(address(0), new address[](0));
        address[] memory now_ = books.trustees();
        assertEq(now_.length, 3);
        assertEq(now_[2], t4);
        requireHistories();
    }

    function test_TheDeedIsAsItWasAgreed() public view {
        (Deed memory deed,) = books.deed();
        assertEq(keccak256(abi.encode(deed)), keccak256(abi.encode(_deed())));
    }

    // ------------------------------------------------------------------------------------------ the story

    function _firstMilestone() private {
        _proposes(1);
        _approves(t2, 257);
        itIs(block.timestamp + CHALLENGE);
        vm.startPrank(outsider);
        trust.execute(257);
        vm.expectRevert(
            abi.encodeWithSelector(TrustRecords.WrongDisbursementStatus.selector, 257, DisbursementStatus.Executed)
        );
        trust.execute(257);
        trust.payFee();
        vm.stopPrank();
    }

    function _secondMilestoneIsRejected() private {
        itIs(block.timestamp + 90 days);
        _proposes(2);
        vm.prank(t2);
        trust.reject(258);
        vm.prank(t3);
        trust.reject(258);
        (, TrustRecords.Disbursement memory d) = books.disbursementOf(2);
        assertEq(uint256(d.status), uint256(DisbursementStatus.Rejected), "by one to two");
        recorder.capture();
        vm.expectRevert(
            abi.encodeWithSelector(TrustRecords.WrongDisbursementStatus.selector, 258, DisbursementStatus.Rejected)
        );
        vm.prank(issuer);
        trust.execute(258);
        vm.expectRevert(abi.encodeWithSelector(TrustRecords.TrancheOutOfOrder.selector, 3, 2));
        vm.prank(t1);
        trust.propose(3, "");
        recorder.forget();
    }

    function _theRestGoesBack() private {
        _terminates(t2);
        (TrustRecords.Fund memory f,) = books.fundOf();
        assertEq(uint256(f.ended), uint256(EndReason.None), "one of three does not end it");
        _terminates(t3);
        _claims();
    }

    function _claims() private {
        address[3] memory investors = [z, x, y];
        for (uint256 i = 0; i < 3; ++i) {
            itIs(block.timestamp + 1 days);
            vm.prank(outsider);
            trust.claim(identityOf(investors[i]), address(dollar));
        }
        recorder.capture();
        vm.expectRevert(TrustRecords.NothingToPay.selector);
        trust.claim(identityOf(x), address(dollar));
        recorder.forget();
    }

    // ------------------------------------------------------------------------------------------ inside

    function _deed() private view returns (Deed memory deed) {
        deed.terms.settlor = issuer;
        deed.terms.settlementToken = address(dollar);
        deed.terms.threshold = 2;
        deed.terms.challengePeriod = uint40(CHALLENGE);
        deed.terms.vacancyPeriod = 60 days;
        deed.terms.longStop = uint40(Calendar.day(2020, 7, 8));
        deed.terms.platformFeeBps = 600;
        deed.terms.voteOpeningBps = 1000;
        deed.terms.voteQuorumBps = 2000;
        deed.terms.voteMajorityBps = 5000;
        deed.terms.voteDuration = 10 days;
        deed.terms.deedHash = keccak256("deed of Vernafund");
        deed.trustees = new address[](3);
        (deed.trustees[0], deed.trustees[1], deed.trustees[2]) = (t1, t2, t3);
        deed.tranches = new Tranche[](3);
        uint16[3] memory shares = [4000, 3500, 2500];
        for (uint8 i = 0; i < 3; ++i) {
            deed.tranches[i] = Tranche(address(0), false, true, i, shares[i], 0, 0);
        }
        deed.successors = new address[](0);
    }

    function _proposes(uint8 tranche) private {
        vm.prank(t1);
        trust.propose(tranche, keccak256("report"));
    }

    function _approves(address trustee, uint256 disbursement) private {
        vm.prank(trustee);
        trust.approve(disbursement);
    }

    function _terminates(address trustee) private {
        vm.prank(trustee);
        offices.terminate(true);
    }

    function _votesFor(address vote) private {
        address[2] memory electors = [x, y];
        for (uint256 i = 0; i < 2; ++i) {
            vm.prank(electors[i]);
            HolderVote(vote).vote(HolderVote.Choice.For);
        }
        itIs(block.timestamp + 10 days);
    }
}
