// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ActEvents} from "../../src/share/ActEvents.sol";
import {ShareRegister} from "../../src/share/ShareRegister.sol";
import {ShareToken} from "../../src/share/ShareToken.sol";
import {TransferRules} from "../../src/share/TransferRules.sol";
import {HolderVote} from "../../src/vote/HolderVote.sol";
import {IHolderVote} from "../../src/vote/IHolderVote.sol";
import {Electorate, VoteTerms, VoteTermsCodec} from "../../src/vote/VoteTerms.sol";
import {SharesInTrust} from "./SharesInTrust.sol";

/// @notice The holders of a class with 1,000,000 authorised shares decide to have 1,500,000: Alice has 600 votes, Bob 300,
/// a trust 100 by its trustees, the company's own 200 none. Only what this class alone decided, on this number, by a
/// record date and a quorum as they should be, raises it.
contract RaisingAuthorisedTest is SharesInTrust {
    uint64 private constant RAISED = 1_500_000;

    ShareToken private preferred;
    address private alice;
    address private bob;
    address private carol;
    uint16 private recordDate;
    uint16 private preferredDate;

    function setUp() public override {
        super.setUp();
        attestTrustees();
        accredited("issuer");
        (alice, bob, carol) = (retail("alice", 0), retail("bob", 0), retail("carol", 0));
        preferred = openClass(companyId, issuer, AUTHORISED);
        vm.prank(issuer);
        preferred.issueByCompany(carol, 1000, 0);
        issues(alice, 600);
        issues(bob, 300);
        issues(issuer, 200);
        opens(shareDeed(issuer, carol));
        issuesInTrust(100);
        vm.startPrank(issuer);
        recordDate = share.declareRecordDate(uint40(block.timestamp + 1 days));
        preferredDate = preferred.declareRecordDate(uint40(block.timestamp + 1 days));
        vm.stopPrank();
        itIs(block.timestamp + 1 days);
    }

    function test_TheHoldersOfTheClassRaiseIt() public {
        _asks(_byCommon());
        assertEq(vote.totalVotes(), 1000, "the company's 200 do not vote");
        _votes(bob, HolderVote.Choice.For);
        _votes(alice, HolderVote.Choice.Abstain);
        _instructs(trusteeOne, HolderVote.Choice.For);
        assertEq(vote.tally().inFavour, 300);
        _instructs(trusteeThree, HolderVote.Choice.For);
        assertEq(vote.tally().inFavour, 400, "two of three trustees vote the trust's 100");
        refused(abi.encodeWithSelector(HolderVote.NoVotes.selector, key(issuer)));
        _votes(issuer, HolderVote.Choice.For);
        _isNotRaisedBy(address(vote), RAISED);
        itIs(vote.closesAt());
        refused(abi.encodeWithSelector(ShareRegister.NotTheController.selector, alice, issuer));
        vm.prank(alice);
        share.raiseAuthorised(RAISED, address(vote));
        _isNotRaisedBy(address(vote), RAISED + 1);
        _isNotRaisedBy(address(vote), RAISED - 1);
        _cannotIssue(AUTHORISED - 1199);
        recorder.capture();
        vm.expectEmit(address(share));
        emit ActEvents.AuthorisedRaised(RAISED, address(vote));
        vm.prank(issuer);
        share.raiseAuthorised(RAISED, address(vote));
        assertEq(share.authorised(), RAISED);
        assertEq(preferred.authorised(), AUTHORISED);
        issues(alice, RAISED - 1200);
        assertEq(share.totalSupply(), RAISED);
        refused(abi.encodeWithSelector(ActEvents.AuthorisedNotRaised.selector, RAISED, RAISED));
        vm.prank(issuer);
        share.raiseAuthorised(RAISED, address(vote));
        requireHistories();
    }

    function test_WithoutAVoteNothingIsRaised() public {
        _isNotRaisedBy(address(0), RAISED);
        _isNotRaisedBy(alice, RAISED);
        _isNotRaisedBy(address(trust), RAISED);
        _isNotRaisedBy(address(voteTemplate), RAISED);
        assertEq(share.authorised(), AUTHORISED);
    }

    function test_AnotherClassDoesNotDecideForThisOne() public {
        VoteTerms memory terms = _byCommon();
        terms.electorates[0] = Electorate(address(preferred), preferredDate);
        _asks(terms);
        _votes(carol, HolderVote.Choice.For);
        _passes();
        _isNotRaisedBy(address(vote), RAISED);
        vm.prank(issuer);
        vm.expectRevert(_notPassed(address(preferred), address(vote), RAISED));
        preferred.raiseAuthorised(RAISED, address(vote));
        requireHistories();
    }

    /// @dev Carol's thousand votes of the other class would carry it against all of this one.
    function test_TwoClassesTogetherDoNotEither() public {
        VoteTerms memory terms = _byCommon();
        terms.electorates = new Electorate[](2);
        terms.electorates[0] = Electorate(address(share), recordDate);
        terms.electorates[1] = Electorate(address(preferred), preferredDate);
        _asks(terms);
        assertEq(vote.totalVotes(), 2000);
        _votes(carol, HolderVote.Choice.For);
        _votes(alice, HolderVote.Choice.Against);
        _votes(bob, HolderVote.Choice.Against);
        _passes();
        _isNotRaisedBy(address(vote), RAISED);
        requireHistories();
    }

    function test_ACompanysVoteOnAnotherCompanysClassIsNotOpened() public {
        address rival = makeAddr("rival");
        uint256 rivals = registerCompany(rival, 600);
        refused(abi.encodeWithSignature("NotOfTheCompany(address,uint256)", address(share), rivals));
        vm.prank(rival);
        directory.openVote(uint64(rivals), _byCommon());
    }

    function test_ARecordDateThatIsUnknownAheadOrTooOldOpensNoVote() public {
        VoteTerms memory terms = _byCommon();
        terms.electorates[0].recordDate = recordDate + 1;
        _isNotOpened(terms, abi.encodeWithSelector(HolderVote.UnknownRecordDate.selector, recordDate + 1));
        uint256 date = share.recordDates(recordDate);
        vm.prank(issuer);
        uint16 ahead = share.declareRecordDate(uint40(block.timestamp + 2));
        terms = _byCommon();
        terms.electorates[0].recordDate = ahead;
        terms.opensAt = uint40(block.timestamp + 1);
        _isNotOpened(
            terms,
            abi.encodeWithSelector(HolderVote.RecordDateNotReached.selector, block.timestamp + 2, block.timestamp + 1)
        );
        itIs(date + 60 days + 1);
        _isNotOpened(
            _byCommon(), abi.encodeWithSelector(HolderVote.RecordDateTooOld.selector, date, date + 60 days + 1)
        );
    }

    /// @dev What was bought after the record date votes only by those who held it then.
    function test_WhoHeldAtTheRecordDateDecidesWhoeverHoldsNow() public {
        transfers(alice, carol, 600);
        _asks(_byCommon());
        refused(abi.encodeWithSelector(HolderVote.NoVotes.selector, key(carol)));
        _votes(carol, HolderVote.Choice.For);
        _votes(bob, HolderVote.Choice.For);
        _votes(alice, HolderVote.Choice.Against);
        itIs(vote.closesAt());
        assertEq(uint256(vote.outcome()), uint256(IHolderVote.Outcome.Failed));
        _isNotRaisedBy(address(vote), RAISED);
        requireHistories();
    }

    function test_AQuorumBelowAThirdIsNotAsked() public {
        VoteTerms memory terms = _byCommon();
        terms.quorumBps = 3333;
        _isNotOpened(terms, abi.encodeWithSelector(VoteTermsCodec.QuorumOutOfRange.selector, 3333, 3334, 10_000));
    }

    /// @dev 300 of 1,000 votes, all in favour, and one third would have been 333.4.
    function test_AQuorumThatIsMissedRaisesNothing() public {
        _asks(_byCommon());
        _votes(bob, HolderVote.Choice.For);
        itIs(vote.closesAt());
        assertEq(vote.tally().inFavour, 300);
        assertEq(uint256(vote.outcome()), uint256(IHolderVote.Outcome.Failed));
        _isNotRaisedBy(address(vote), RAISED);
        _asks(_byCommon());
        _votes(bob, HolderVote.Choice.For);
        _instructs(trusteeOne, HolderVote.Choice.Abstain);
        _instructs(trusteeTwo, HolderVote.Choice.Abstain);
        _passes();
        vm.prank(issuer);
        share.raiseAuthorised(RAISED, address(vote));
        assertEq(share.authorised(), RAISED, "with 100 abstentions it is met");
        requireHistories();
    }

    // ------------------------------------------------------------------------------------------ acts

    function _byCommon() private view returns (VoteTerms memory terms) {
        terms = classVote(address(share), recordDate);
        terms.target = address(share);
        terms.subject = _subject(address(share), RAISED);
    }

    function _asks(VoteTerms memory terms) private {
        vm.prank(issuer);
        vote = HolderVote(directory.openVote(uint64(companyId), terms));
    }

    function _isNotOpened(VoteTerms memory terms, bytes memory reason) private {
        refused(reason);
        vm.prank(issuer);
        directory.openVote(uint64(companyId), terms);
        recorder.forget();
    }

    function _votes(address holder, HolderVote.Choice choice) private {
        vm.prank(holder);
        vote.vote(choice);
    }

    function _instructs(address trustee, HolderVote.Choice choice) private {
        vm.prank(trustee);
        vote.instruct(address(trust), choice);
    }

    function _passes() private {
        itIs(vote.closesAt());
        assertEq(uint256(vote.outcome()), uint256(IHolderVote.Outcome.Passed));
    }

    function _isNotRaisedBy(address by, uint64 number) private {
        refused(_notPassed(address(share), by, number));
        vm.prank(issuer);
        share.raiseAuthorised(number, by);
    }

    function _cannotIssue(uint64 shares) private {
        refused(abi.encodeWithSelector(TransferRules.AuthorisedExceeded.selector, AUTHORISED, 1200, shares));
        issues(alice, shares);
        recorder.forget();
    }

    function _notPassed(address class, address by, uint64 number) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ActEvents.VoteNotPassed.selector, by, _subject(class, number));
    }

    function _subject(address class, uint64 number) private pure returns (bytes32) {
        return keccak256(abi.encode("authorised", class, number));
    }
}
