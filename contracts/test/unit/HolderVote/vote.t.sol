// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {HolderVote} from "../../../src/vote/HolderVote.sol";
import {VoteStage} from "./VoteStage.sol";

contract HolderVoteVoteTest is VoteStage {
    function test_RevertsWithVoteNotOpenBeforeTheFirstSecond() public {
        opens(byCommon());
        passesTo(opensAt - 1);
        vm.expectRevert(notOpen(opensAt - 1));
        votes(alice, HolderVote.Choice.For);
        passesTo(opensAt);
        votes(alice, HolderVote.Choice.For);
    }

    function test_RevertsWithVoteNotOpenFromTheClosingSecondOn() public {
        opens(byCommon());
        passesTo(closesAt - 1);
        votes(alice, HolderVote.Choice.For);
        passesTo(closesAt);
        vm.expectRevert(notOpen(closesAt));
        votes(alice, HolderVote.Choice.Against);
    }

    function test_RevertsWithChoiceMissing() public {
        asks(byCommon());
        vm.expectRevert(HolderVote.ChoiceMissing.selector);
        votes(alice, HolderVote.Choice.None);
    }

    function test_RevertsWithNoVotes() public {
        asks(byCommon());
        vm.expectRevert(abi.encodeWithSelector(HolderVote.NoVotes.selector, word(outsider)));
        votes(outsider, HolderVote.Choice.For);
    }

    function test_RevertsWithNoVotesForTheTreasury() public {
        asks(byCommon());
        assertEq(ballot.votesOf(word(issuer)), 0);
        vm.expectRevert(abi.encodeWithSelector(HolderVote.NoVotes.selector, word(issuer)));
        votes(issuer, HolderVote.Choice.For);
    }

    function test_CountsWhatWasHeldAtTheRecordDate() public {
        asks(byCommon());
        vm.expectEmit(address(ballot));
        emit HolderVote.VoteCast(word(alice), alice, HolderVote.Choice.For, 50);
        votes(alice, HolderVote.Choice.For);
        votes(bob, HolderVote.Choice.Against);
        votes(carol, HolderVote.Choice.Abstain);
        assertTally(50, 30, 20);
        HolderVote.Ballot memory cast = ballot.ballotOf(word(alice));
        assertEq(cast.weight, 50);
        assertEq(uint256(cast.choice), uint256(HolderVote.Choice.For));
        assertTrue(cast.own);
        assertEq(ballot.votesOf(word(alice) | bytes32(uint256(1) << 255)), 0, "no wallet at all");
        requireFolded();
    }

    function test_CountsTheVotesOfEachShare() public {
        asks(byBothClasses());
        assertEq(ballot.electorOf(bob), word(bob));
        votes(bob, HolderVote.Choice.For);
        votes(alice, HolderVote.Choice.Against);
        assertTally(30 + 3 * 10, 50, 0);
    }

    function test_CountsThoseOfOutsiders() public {
        asks(byAllotment());
        assertEq(ballot.electorOf(alice), identityOf(alice));
        vm.expectEmit(address(ballot));
        emit HolderVote.VoteCast(identityOf(alice), alice, HolderVote.Choice.For, 6);
        votes(alice, HolderVote.Choice.For);
        votes(bob, HolderVote.Choice.Against);
        assertTally(6, 4, 0);
        requireFolded();
    }

    function test_RevertsWithNoVotesForAnAffiliate() public {
        asks(byAllotment());
        vm.expectRevert(abi.encodeWithSelector(HolderVote.NoVotes.selector, identityOf(carol)));
        votes(carol, HolderVote.Choice.For);
        vm.expectRevert(abi.encodeWithSelector(HolderVote.MayNotVoteFor.selector, outsider, bytes32(0)));
        votes(outsider, HolderVote.Choice.For);
    }

    function testFuzz_MovesTheWeightToTheLastChoice(uint8[8] memory choices) public {
        asks(byCommon());
        votes(bob, HolderVote.Choice.Abstain);
        uint256[4] memory expected;
        for (uint256 i = 0; i < 8; ++i) {
            HolderVote.Choice choice = HolderVote.Choice(bound(choices[i], 1, 3));
            votes(alice, choice);
            expected = [uint256(0), 0, 0, 0];
            expected[uint256(choice)] = 50;
            assertTally(expected[1], expected[2], expected[3] + 30);
        }
        requireFolded();
    }
}
