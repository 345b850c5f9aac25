// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {HolderVote} from "../../../src/vote/HolderVote.sol";
import {IHolderVote} from "../../../src/vote/IHolderVote.sol";
import {VoteTerms} from "../../../src/vote/VoteTerms.sol";
import {VoteStage} from "./VoteStage.sol";

contract HolderVoteOutcomeTest is VoteStage {
    function test_IsPendingUntilTheClosingSecond() public {
        asks(byCommon());
        votes(alice, HolderVote.Choice.For);
        passesTo(closesAt - 1);
        assertOutcome(IHolderVote.Outcome.Pending);
        passesTo(closesAt);
        assertOutcome(IHolderVote.Outcome.Passed);
    }

    function test_Fails() public {
        VoteTerms memory terms = byAllotment();
        terms.quorumBps = 0;
        asks(terms);
        passesTo(closesAt);
        assertOutcome(IHolderVote.Outcome.Failed);
    }

    function test_FailsWhateverTheMajorityAskedFor() public {
        asks(byCommon());
        votes(alice, HolderVote.Choice.For);
        votes(bob, HolderVote.Choice.Against);
        votes(carol, HolderVote.Choice.Against);
        passesTo(closesAt);
        assertTally(50, 50, 0);
        assertOutcome(IHolderVote.Outcome.Failed);
    }

    function test_FailsBelowTheQuorumAndPassesAtIt() public {
        VoteTerms memory terms = byCommon();
        terms.quorumBps = 5001;
        asks(terms);
        votes(alice, HolderVote.Choice.For);
        passesTo(closesAt);
        assertOutcome(IHolderVote.Outcome.Failed);
        terms.quorumBps = 5000;
        opens(terms);
        vm.warp(opensAt);
        votes(alice, HolderVote.Choice.For);
        vm.warp(closesAt);
        assertOutcome(IHolderVote.Outcome.Passed);
    }

    function test_CountsThemForTheQuorumAndNotForTheMajority() public {
        VoteTerms memory terms = byCommon();
        terms.quorumBps = 7000;
        asks(terms);
        votes(alice, HolderVote.Choice.Abstain);
        votes(carol, HolderVote.Choice.For);
        passesTo(closesAt);
        assertOutcome(IHolderVote.Outcome.Passed);
    }

    function test_PassesAtTheMajorityAndFailsBelow() public {
        VoteTerms memory terms = byCommon();
        terms.majorityBps = 6250;
        opens(terms);
        HolderVote strict = ballot;
        terms.majorityBps = 6251;
        asks(terms);
        votes(alice, HolderVote.Choice.For);
        votes(bob, HolderVote.Choice.Against);
        (strict, ballot) = (ballot, strict);
        votes(alice, HolderVote.Choice.For);
        votes(bob, HolderVote.Choice.Against);
        passesTo(closesAt);
        assertOutcome(IHolderVote.Outcome.Passed);
        assertEq(uint256(strict.outcome()), uint256(IHolderVote.Outcome.Failed), "50 of 80 is 62.5 %");
    }

    function testFuzz_FollowsTheRule(uint32[4] memory shares, uint8[3] memory choices, uint16 quorum, uint16 majority)
        public
    {
        VoteTerms memory terms = byCommon();
        terms.quorumBps = quorum = uint16(bound(quorum, 0, 10_000));
        terms.majorityBps = majority = uint16(bound(majority, 5000, 10_000));
        address[4] memory holders = [alice, bob, carol, outsider];
        uint256 total = 0;
        for (uint256 i = 0; i < 4; ++i) {
            common.set(RECORD_DATE, holders[i], shares[i]);
            total += shares[i];
        }
        asks(terms);
        uint256[4] memory cast;
        for (uint256 i = 0; i < 3; ++i) {
            uint256 choice = choices[i] % 4;
            if (choice == 0 || shares[i] == 0) continue;
            votes(holders[i], HolderVote.Choice(choice));
            cast[choice] += shares[i];
        }
        passesTo(closesAt);
        assertEq(ballot.totalVotes(), total);
        bool passed = cast[1] > cast[2] && cast[1] * 10_000 >= (cast[1] + cast[2]) * majority
            && (cast[1] + cast[2] + cast[3]) * 10_000 >= total * quorum;
        assertOutcome(passed ? IHolderVote.Outcome.Passed : IHolderVote.Outcome.Failed);
    }

    function test_LeavesThemOutOfAllVotes() public {
        asks(byBothClasses());
        assertEq(ballot.totalVotes(), 100 + 30);
    }

    function test_CountsThoseOfOutsidersAlone() public {
        asks(byAllotment());
        assertEq(ballot.totalVotes(), 10);
        votes(bob, HolderVote.Choice.For);
        passesTo(closesAt);
        assertOutcome(IHolderVote.Outcome.Passed);
    }

    function test_NamesTheOneClassOrTheRound() public {
        asks(byCommon());
        votes(alice, HolderVote.Choice.For);
        HolderVote classes = ballot;
        asks(byAllotment());
        votes(alice, HolderVote.Choice.For);
        passesTo(closesAt);
        assertTrue(ballot.passedBy(address(offering), SUBJECT));
        assertFalse(ballot.passedBy(address(common), SUBJECT));
        assertFalse(ballot.passedBy(address(offering), QUESTION));
        assertTrue(classes.passedBy(address(common), SUBJECT));
        assertFalse(classes.passedBy(address(preferred), SUBJECT));
        assertFalse(classes.passedBy(address(0), SUBJECT));
    }

    function test_NamesNobodyWhilePendingOrFailedOrWhenClassesVotedTogether() public {
        asks(byCommon());
        votes(alice, HolderVote.Choice.For);
        assertFalse(ballot.passedBy(address(common), SUBJECT), "pending");
        votes(alice, HolderVote.Choice.Against);
        HolderVote failed = ballot;
        asks(byBothClasses());
        votes(alice, HolderVote.Choice.For);
        votes(bob, HolderVote.Choice.For);
        passesTo(closesAt);
        assertFalse(failed.passedBy(address(common), SUBJECT), "failed");
        assertOutcome(IHolderVote.Outcome.Passed);
        assertFalse(ballot.passedBy(address(common), SUBJECT), "together");
        assertFalse(ballot.passedBy(address(preferred), SUBJECT), "together");
        assertFalse(ballot.passedBy(address(0), SUBJECT), "nobody");
    }
}
