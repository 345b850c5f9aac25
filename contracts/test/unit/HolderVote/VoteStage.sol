// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Recovery} from "../../../src/identity/Recovery.sol";
import {HolderVote} from "../../../src/vote/HolderVote.sol";
import {IHolderVote} from "../../../src/vote/IHolderVote.sol";
import {Electorate, VoteOrigin, VoteTerms, VoteTermsCodec} from "../../../src/vote/VoteTerms.sol";
import {Ledger} from "../../Ledger.sol";
import {FakeRegister} from "../Distribution/FakeRegister.sol";
import {FakeRound} from "./FakeRound.sol";
import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";

/// @title VoteStage
/// @notice Two share classes of one company: of common, with one vote a share, Alice holds 50, Bob 30, Carol 20 and the
/// company 900; of preferred, with ten votes a share, Bob holds 3. In a round Alice was allotted 6 shares, Bob 4, and
/// Carol, an affiliate, 90.
abstract contract VoteStage is Ledger {
    bytes32 internal constant QUESTION = keccak256("what is asked");
    bytes32 internal constant SUBJECT = keccak256("what is decided");
    uint16 internal constant RECORD_DATE = 1;

    FakeRegister internal common;
    FakeRegister internal preferred;
    FakeRound internal offering;
    HolderVote internal template;
    HolderVote internal ballot;
    uint256 internal opensAt;
    uint256 internal closesAt;
    address internal alice;
    address internal bob;
    address internal carol;
    address internal target = makeAddr("target");

    function setUp() public virtual override {
        super.setUp();
        template = HolderVote(deployCode("HolderVote.sol", abi.encode(registry)));
        alice = retail("alice", 0);
        bob = retail("bob", 0);
        carol = retail("carol", 0);
        opensAt = block.timestamp + 10 days;
        closesAt = opensAt + 10 days;
        common = new FakeRegister();
        common.declareRecordDate(opensAt);
        common.set(RECORD_DATE, alice, 50);
        common.set(RECORD_DATE, bob, 30);
        common.set(RECORD_DATE, carol, 20);
        common.set(RECORD_DATE, issuer, 900);
        preferred = new FakeRegister();
        preferred.declareRecordDate(opensAt);
        preferred.setVotesPerShare(10);
        preferred.set(RECORD_DATE, bob, 3);
        offering = new FakeRound();
        offering.allot(identityOf(alice), alice, 6, true);
        offering.allot(identityOf(bob), bob, 4, true);
        offering.allot(identityOf(carol), carol, 90, false);
    }

    // ------------------------------------------------------------------------------------------ terms

    /// @notice A vote of common with a quorum of 40 % and a simple majority.
    function byCommon() internal view returns (VoteTerms memory terms) {
        terms = _terms();
        terms.electorates = new Electorate[](1);
        terms.electorates[0] = Electorate(address(common), RECORD_DATE);
    }

    function byBothClasses() internal view returns (VoteTerms memory terms) {
        terms = _terms();
        terms.electorates = new Electorate[](2);
        terms.electorates[0] = Electorate(address(common), RECORD_DATE);
        terms.electorates[1] = Electorate(address(preferred), RECORD_DATE);
    }

    function byAllotment() internal view returns (VoteTerms memory terms) {
        terms = _terms();
        terms.round = address(offering);
    }

    function _terms() private view returns (VoteTerms memory terms) {
        terms.target = target;
        terms.subject = SUBJECT;
        terms.documentHash = QUESTION;
        terms.quorumBps = 4000;
        terms.majorityBps = 5000;
        terms.opensAt = uint40(opensAt);
        terms.closesAt = uint40(closesAt);
    }

    function origin() internal view returns (VoteOrigin memory) {
        return VoteOrigin(address(directory), uint64(companyId), issuer, issuer);
    }

    // ------------------------------------------------------------------------------------------ acts

    function opens(VoteTerms memory terms) internal {
        ballot = HolderVote(Clones.cloneWithImmutableArgs(address(template), VoteTermsCodec.pack(terms, origin())));
        ballot.open();
    }

    /// @notice Opens a vote and waits until one may vote.
    function asks(VoteTerms memory terms) internal {
        opens(terms);
        if (block.timestamp < opensAt) passesTo(opensAt);
    }

    function votes(address holder, HolderVote.Choice choice) internal {
        vm.prank(holder);
        ballot.vote(choice);
    }

    function votesFor(address by, bytes32 elector, HolderVote.Choice choice) internal {
        bytes32[] memory electors = new bytes32[](1);
        electors[0] = elector;
        vm.prank(by);
        ballot.voteFor(electors, choice);
    }

    function appoints(address holder, address proxy) internal {
        bytes32 elector = ballot.electorOf(holder);
        vm.prank(holder);
        ballot.appointProxy(elector, proxy);
    }

    function recovers(address oldWallet, address newWallet) internal {
        vm.prank(registrar);
        recovery.announceWallet(Recovery.Kind.LostKey, identityOf(oldWallet), newWallet, QUESTION);
        vm.prank(recoverer);
        recovery.confirm(identityOf(oldWallet), QUESTION);
        passesTo(block.timestamp + recovery.OBJECTION_PERIOD());
        recovery.execute(identityOf(oldWallet));
    }

    function passesTo(uint256 time) internal {
        requireFolded();
        itIs(time);
    }

    function requireFolded() internal {
        recorder.capture();
        if (address(ballot) != address(0)) recorder.requireSame(address(ballot));
    }

    // ------------------------------------------------------------------------------------------ figures

    function word(address wallet) internal pure returns (bytes32) {
        return bytes32(uint256(uint160(wallet)));
    }

    function assertTally(uint256 inFavour, uint256 against, uint256 abstained) internal view {
        HolderVote.Count memory count = ballot.tally();
        assertEq(count.inFavour, inFavour, "in favour");
        assertEq(count.against, against, "against");
        assertEq(count.abstained, abstained, "abstained");
    }

    function assertOutcome(IHolderVote.Outcome expected) internal view {
        assertEq(uint256(ballot.outcome()), uint256(expected), "outcome");
    }

    function notOpen(uint256 time) internal view returns (bytes memory) {
        return abi.encodeWithSelector(HolderVote.VoteNotOpen.selector, opensAt, closesAt, time);
    }
}
