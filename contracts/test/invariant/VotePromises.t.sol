// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {HolderVote} from "../../src/vote/HolderVote.sol";
import {IHolderVote} from "../../src/vote/IHolderVote.sol";
import {VoteTerms, VoteTermsCodec} from "../../src/vote/VoteTerms.sol";
import {VotePlay} from "./handlers/VotePlay.sol";
import {VoteWorld} from "./handlers/VoteWorld.sol";
import {Test} from "forge-std/Test.sol";

/// @notice The promises of votes, after every call of everyone in any order. That every history folds to its head is asked
/// after each call, in `VoteWorld.ask`; that nobody votes for another, or out of time, in `VotePlay`.
/// forge-config: default.invariant.fail-on-revert = true
contract VotePromisesTest is Test {
    VotePlay private play;

    function setUp() public {
        play = new VotePlay();
        bytes4[] memory acts = new bytes4[](16);
        acts[0] = VoteWorld.declareDate.selector;
        acts[1] = VoteWorld.split.selector;
        acts[2] = VoteWorld.issue.selector;
        acts[3] = VoteWorld.sell.selector;
        acts[4] = VoteWorld.follow.selector;
        acts[5] = VoteWorld.announce.selector;
        acts[6] = VoteWorld.execute.selector;
        acts[7] = VoteWorld.wait.selector;
        acts[8] = VotePlay.askClasses.selector;
        acts[9] = VotePlay.askAllotted.selector;
        acts[10] = VotePlay.voteOneself.selector;
        acts[11] = VotePlay.voteForMany.selector;
        acts[12] = VotePlay.appoint.selector;
        acts[13] = VotePlay.instruct.selector;
        acts[14] = VotePlay.trespass.selector;
        acts[15] = VotePlay.revokeProxy.selector;
        targetContract(address(play));
        targetSelector(FuzzSelector(address(play), acts));
    }

    /// @dev Each share that was held at the record date, and each allotted unit, is in one ballot at most, whatever became
    /// of it since: what the ballots of all wallets say adds up to the tally.
    function invariant_NoUnitVotesTwice() public view {
        for (uint256 i = 0; i < play.voteCount(); ++i) {
            HolderVote ballot = play.voteAt(i);
            HolderVote.Count memory count = ballot.tally();
            uint256[4] memory cast;
            bytes32[] memory electors = play.electorsOf(ballot);
            for (uint256 j = 0; j < electors.length; ++j) {
                HolderVote.Ballot memory one = ballot.ballotOf(electors[j]);
                HolderVote.Choice said = play.choiceOf(ballot, electors[j]);
                assertEq(uint256(one.choice), uint256(said), "the last word counts");
                if (said == HolderVote.Choice.None) continue;
                assertEq(one.weight, play.weightOf(ballot, electors[j]), "with what was held at the record date");
                cast[uint256(said)] += one.weight;
            }
            assertEq(count.inFavour, cast[1], "in favour");
            assertEq(count.against, cast[2], "against");
            assertEq(count.abstained, cast[3], "abstained");
        }
    }

    function invariant_NeverMoreThanTheSupplyAtTheRecordDate() public view {
        for (uint256 i = 0; i < play.voteCount(); ++i) {
            HolderVote ballot = play.voteAt(i);
            (VoteTerms memory terms,) = ballot.terms();
            if (block.timestamp < terms.opensAt) continue;
            uint256 all = play.votesInAll(ballot);
            assertEq(ballot.totalVotes(), all, "all votes are those of the shares in issue, without the company's");
            uint256 together = 0;
            bytes32[] memory electors = play.electorsOf(ballot);
            for (uint256 j = 0; j < electors.length; ++j) {
                together += ballot.votesOf(electors[j]);
            }
            assertEq(together, all, "and those of all electors together");
            HolderVote.Count memory count = ballot.tally();
            assertLe(uint256(count.inFavour) + count.against + count.abstained, all, "more than there are");
        }
    }

    function invariant_TheOutcomeIsFinal() public view {
        for (uint256 i = 0; i < play.voteCount(); ++i) {
            HolderVote ballot = play.voteAt(i);
            bool closed = block.timestamp >= ballot.closesAt();
            assertEq(ballot.outcome() == IHolderVote.Outcome.Pending, !closed, "pending until it closes");
            if (!closed) continue;
            assertEq(play.result(ballot), play.sealedAs(ballot), "as it stood at the close");
            IHolderVote.Outcome due = play.outcomeBy(ballot, ballot.tally(), play.votesInAll(ballot));
            assertEq(uint256(ballot.outcome()), uint256(due), "by quorum and majority");
        }
    }

    function invariant_TermsAreFixed() public view {
        for (uint256 i = 0; i < play.voteCount(); ++i) {
            assertEq(keccak256(address(play.voteAt(i)).code), play.codeOf(play.voteAt(i)));
        }
    }

    // ------------------------------------------------------------------------------------------ reached

    uint256 private constant WALKS = 60;
    uint256 private constant STEPS = 160;

    struct Reached {
        uint256[3] outcomes;
        uint256[3] outcomesOfAllotted;
        uint256[4] choices;
        uint256 ofBothClasses;
        uint256 belowQuorum;
        uint256 proxies;
        uint256 successors;
        uint256 trustees;
        uint256 changed;
        uint256 sales;
        uint256 splits;
        uint256 recoveries;
        uint256 inheritances;
        uint256[14] refusals;
    }

    /// @dev What cannot be reached is not tested by the invariants.
    function test_TheActorsReachEveryEndOfAVoteAndEveryRefusal() public {
        Reached memory reached;
        for (uint256 walk = 0; walk < WALKS; ++walk) {
            uint256 state = vm.snapshotState();
            uint256 seed = uint256(keccak256(abi.encode(walk)));
            for (uint256 step = 0; step < STEPS; ++step) {
                seed = uint256(keccak256(abi.encode(seed)));
                _step(seed % 32, seed >> 8, seed >> 72, seed >> 136);
            }
            _note(reached);
            _noteRefusals(reached);
            assertTrue(vm.revertToStateAndDelete(state));
        }
        for (uint256 i = 0; i < 3; ++i) {
            assertGt(reached.outcomes[i], 0, string.concat("outcome ", vm.toString(i)));
            assertGt(reached.outcomesOfAllotted[i], 0, string.concat("outcome of a round's vote ", vm.toString(i)));
            assertGt(reached.choices[i + 1], WALKS, string.concat("choice ", vm.toString(i + 1)));
        }
        bytes4[14] memory reasons = _reasons();
        for (uint256 i = 0; i < reasons.length; ++i) {
            assertGt(reached.refusals[i], 0, string.concat("refusal ", vm.toString(reasons[i])));
        }
        assertGt(reached.ofBothClasses, 0, "a ballot of shares of both classes");
        assertGt(reached.belowQuorum, 0, "most in favour, and too few");
        assertGt(reached.proxies, 0, "a proxy voted");
        assertGt(reached.successors, 0, "a successor voted");
        assertGt(reached.trustees, 0, "a trust voted");
        assertGt(reached.changed, WALKS / 4, "a ballot changed");
        assertGt(reached.sales, WALKS, "shares sold");
        assertGt(reached.splits, WALKS / 4, "shares split");
        assertGt(reached.recoveries, WALKS / 4, "wallets recovered");
        assertGt(reached.inheritances, WALKS / 8, "estates passed");
    }

    function _step(uint256 kind, uint256 a, uint256 b, uint256 c) private {
        if (kind < 3) play.declareDate(a, b);
        else if (kind == 3 && c % 4 == 0) play.split(a, uint64(b));
        else if (kind == 4 && c % 2 == 0) play.issue(a, b, uint64(c));
        else if (kind < 8) play.sell(a, b, c, c >> 8);
        else if (kind == 8) play.follow(a, b);
        else if (kind == 9) play.announce(a, b, c % 4 == 0);
        else if (kind == 10) play.execute(a, b % 2 == 0);
        else if (kind < 13) play.wait(a);
        else if (kind < 15) play.askClasses(a, b, c, a >> 8, b >> 8);
        else if (kind == 15) play.askAllotted(a, b, c);
        else _answer(kind, a, b, c);
    }

    function _answer(uint256 kind, uint256 a, uint256 b, uint256 c) private {
        if (kind < 22) play.voteOneself(a, b, uint8(c));
        else if (kind < 25) play.voteForMany(a, b, c, uint8(a >> 8));
        else if (kind == 25) play.appoint(a, b, c, c >> 8);
        else if (kind == 26) play.revokeProxy(a, b, c);
        else if (kind < 30) play.instruct(a, b, uint8(c));
        else play.trespass(a, b, c);
    }

    function _note(Reached memory reached) private view {
        for (uint256 i = 0; i < play.voteCount(); ++i) {
            HolderVote ballot = play.voteAt(i);
            (VoteTerms memory terms,) = ballot.terms();
            uint256 outcome = uint256(ballot.outcome());
            if (terms.round == address(0)) ++reached.outcomes[outcome];
            else ++reached.outcomesOfAllotted[outcome];
            bytes32[] memory electors = play.electorsOf(ballot);
            for (uint256 j = 0; j < electors.length; ++j) {
                ++reached.choices[uint256(play.choiceOf(ballot, electors[j]))];
            }
            HolderVote.Count memory count = ballot.tally();
            if (terms.electorates.length == 2 && count.inFavour > 0) ++reached.ofBothClasses;
            bool carried =
                uint256(count.inFavour) * 10_000 > (uint256(count.inFavour) + count.against) * terms.majorityBps;
            if (carried && outcome == uint256(IHolderVote.Outcome.Failed)) ++reached.belowQuorum;
        }
    }

    function _noteRefusals(Reached memory reached) private view {
        bytes4[14] memory reasons = _reasons();
        for (uint256 i = 0; i < reasons.length; ++i) {
            reached.refusals[i] += play.refusals(reasons[i]);
        }
        reached.proxies += play.byProxy();
        reached.successors += play.bySuccessor();
        reached.trustees += play.byTrustees();
        reached.changed += play.changed();
        reached.sales += play.sales();
        reached.splits += play.splits();
        reached.recoveries += play.recoveries();
        reached.inheritances += play.inheritances();
    }

    /// @dev Every reason that a vote or its opening has, but those of terms that this company never asks for.
    function _reasons() private pure returns (bytes4[14] memory) {
        return [
            HolderVote.UnknownRecordDate.selector,
            HolderVote.RecordDateNotReached.selector,
            HolderVote.VoteNotOpen.selector,
            HolderVote.ChoiceMissing.selector,
            HolderVote.NoVotes.selector,
            HolderVote.MayNotVoteFor.selector,
            HolderVote.VotedThemselves.selector,
            HolderVote.NotTheElector.selector,
            HolderVote.ProxyMissing.selector,
            HolderVote.NoProxy.selector,
            HolderVote.NotATrust.selector,
            HolderVote.NotATrustee.selector,
            HolderVote.RoundNotSettled.selector,
            VoteTermsCodec.VoteClosesTooEarly.selector
        ];
    }
}
