// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Recovery} from "../../../src/identity/Recovery.sol";
import {HolderVote} from "../../../src/vote/HolderVote.sol";
import {VoteTerms} from "../../../src/vote/VoteTerms.sol";
import {VoteStage} from "./VoteStage.sol";

contract HolderVoteVoteForTest is VoteStage {
    address private proxy = makeAddr("proxy");
    address private successor = makeAddr("successor");

    function test_RevertsWithMayNotVoteFor() public {
        asks(byCommon());
        vm.expectRevert(abi.encodeWithSelector(HolderVote.MayNotVoteFor.selector, outsider, word(alice)));
        votesFor(outsider, word(alice), HolderVote.Choice.For);
        vm.expectRevert(abi.encodeWithSelector(HolderVote.MayNotVoteFor.selector, address(this), bytes32(0)));
        ballot.voteFor(new bytes32[](1), HolderVote.Choice.For);
    }

    function test_RevertsWithVoteNotOpenOutsideOfItsTime() public {
        opens(byCommon());
        appoints(alice, proxy);
        passesTo(opensAt - 1);
        vm.expectRevert(notOpen(opensAt - 1));
        votesFor(proxy, word(alice), HolderVote.Choice.For);
        passesTo(closesAt - 1);
        votesFor(proxy, word(alice), HolderVote.Choice.For);
        passesTo(closesAt);
        vm.expectRevert(notOpen(closesAt));
        votesFor(proxy, word(alice), HolderVote.Choice.Against);
        assertTally(50, 0, 0);
    }

    function test_RevertsWithChoiceMissing() public {
        asks(byCommon());
        appoints(alice, proxy);
        vm.expectRevert(HolderVote.ChoiceMissing.selector);
        votesFor(proxy, word(alice), HolderVote.Choice.None);
    }

    function test_LetsTheProxyVoteForMany() public {
        opens(byCommon());
        vm.expectEmit(address(ballot));
        emit HolderVote.ProxyAppointed(word(alice), proxy);
        appoints(alice, proxy);
        appoints(bob, proxy);
        assertEq(ballot.proxyOf(word(alice)), proxy);
        passesTo(opensAt);
        bytes32[] memory electors = new bytes32[](2);
        (electors[0], electors[1]) = (word(alice), word(bob));
        vm.expectEmit(address(ballot));
        emit HolderVote.VoteCast(word(bob), proxy, HolderVote.Choice.For, 30);
        vm.prank(proxy);
        ballot.voteFor(electors, HolderVote.Choice.For);
        assertTally(80, 0, 0);
        assertFalse(ballot.ballotOf(word(alice)).own);
        votesFor(proxy, word(bob), HolderVote.Choice.Against);
        assertTally(50, 30, 0);
        requireFolded();
    }

    function test_LetsTheProxyChangeWhatTheElectorCastSoFar() public {
        asks(byCommon());
        votes(alice, HolderVote.Choice.For);
        appoints(alice, proxy);
        assertTally(50, 0, 0);
        votesFor(proxy, word(alice), HolderVote.Choice.Against);
        assertTally(0, 50, 0);
    }

    function test_RevertsWithNotTheElectorWhenAnotherAppointsOrRevokes() public {
        opens(byCommon());
        vm.expectRevert(abi.encodeWithSelector(HolderVote.NotTheElector.selector, outsider, word(alice)));
        vm.prank(outsider);
        ballot.appointProxy(word(alice), outsider);
        appoints(alice, proxy);
        vm.expectRevert(abi.encodeWithSelector(HolderVote.NotTheElector.selector, proxy, word(alice)));
        vm.prank(proxy);
        ballot.revokeProxy(word(alice));
    }

    function test_RevertsWithProxyMissingForNobody() public {
        opens(byCommon());
        vm.expectRevert(HolderVote.ProxyMissing.selector);
        vm.prank(alice);
        ballot.appointProxy(word(alice), address(0));
    }

    function test_RevertsWithVoteNotOpenAfterTheClose() public {
        asks(byCommon());
        passesTo(closesAt);
        vm.expectRevert(notOpen(closesAt));
        vm.prank(alice);
        ballot.appointProxy(word(alice), proxy);
        vm.expectRevert(notOpen(closesAt));
        vm.prank(alice);
        ballot.revokeProxy(word(alice));
    }

    function test_RevertsWithVotedThemselvesForTheProxy() public {
        asks(byCommon());
        appoints(alice, proxy);
        votesFor(proxy, word(alice), HolderVote.Choice.Against);
        votes(alice, HolderVote.Choice.For);
        assertTally(50, 0, 0);
        vm.expectRevert(abi.encodeWithSelector(HolderVote.VotedThemselves.selector, word(alice)));
        votesFor(proxy, word(alice), HolderVote.Choice.Against);
    }

    function test_RevertsWithMayNotVoteForForTheFormerProxyAndKeepsItsBallot() public {
        asks(byCommon());
        appoints(alice, proxy);
        votesFor(proxy, word(alice), HolderVote.Choice.Against);
        vm.expectEmit(address(ballot));
        emit HolderVote.ProxyRevoked(word(alice), proxy);
        vm.prank(alice);
        ballot.revokeProxy(word(alice));
        assertEq(ballot.proxyOf(word(alice)), address(0));
        vm.expectRevert(abi.encodeWithSelector(HolderVote.MayNotVoteFor.selector, proxy, word(alice)));
        votesFor(proxy, word(alice), HolderVote.Choice.For);
        assertTally(0, 50, 0);
        requireFolded();
    }

    function test_RevertsWithNoProxyWhenThereIsNone() public {
        opens(byCommon());
        vm.expectRevert(abi.encodeWithSelector(HolderVote.NoProxy.selector, word(alice)));
        vm.prank(alice);
        ballot.revokeProxy(word(alice));
    }

    function test_LetsTheSuccessorVoteOnceForIt() public {
        _asksForLong();
        assertEq(ballot.actingFor(word(alice)), alice);
        recovers(alice, successor);
        assertEq(ballot.actingFor(word(alice)), successor);
        votesFor(successor, word(alice), HolderVote.Choice.For);
        assertTally(50, 0, 0);
        vm.expectRevert(abi.encodeWithSelector(HolderVote.MayNotVoteFor.selector, alice, word(alice)));
        votes(alice, HolderVote.Choice.Against);
        vm.expectRevert(abi.encodeWithSelector(HolderVote.NoVotes.selector, word(successor)));
        votes(successor, HolderVote.Choice.For);
        assertTally(50, 0, 0);
        requireFolded();
    }

    function test_LetsTheSuccessorOverruleTheLostKeyAndItsProxy() public {
        _asksForLong();
        votes(alice, HolderVote.Choice.For);
        appoints(alice, proxy);
        recovers(alice, successor);
        votesFor(successor, word(alice), HolderVote.Choice.Against);
        assertTally(0, 50, 0);
        vm.expectRevert(abi.encodeWithSelector(HolderVote.VotedThemselves.selector, word(alice)));
        votesFor(proxy, word(alice), HolderVote.Choice.For);
        vm.prank(successor);
        ballot.revokeProxy(word(alice));
    }

    function test_CountsARoundsElectorOnce() public {
        VoteTerms memory terms = byAllotment();
        closesAt = opensAt + 60 days;
        terms.closesAt = uint40(closesAt);
        asks(terms);
        votes(alice, HolderVote.Choice.For);
        recovers(alice, successor);
        assertEq(ballot.electorOf(successor), identityOf(alice));
        votes(successor, HolderVote.Choice.Against);
        assertTally(0, 6, 0);
        vm.expectRevert(abi.encodeWithSelector(HolderVote.MayNotVoteFor.selector, alice, bytes32(0)));
        votes(alice, HolderVote.Choice.For);
    }

    function test_LetsTheHeirVoteForBoth() public {
        VoteTerms memory terms = byAllotment();
        closesAt = opensAt + 60 days;
        terms.closesAt = uint40(closesAt);
        asks(terms);
        vm.prank(registrar);
        recovery.announceHeir(Recovery.Kind.Inheritance, identityOf(alice), identityOf(bob), QUESTION);
        vm.prank(recoverer);
        recovery.confirm(identityOf(alice), QUESTION);
        passesTo(block.timestamp + recovery.OBJECTION_PERIOD());
        recovery.execute(identityOf(alice));
        votes(bob, HolderVote.Choice.For);
        votesFor(bob, identityOf(alice), HolderVote.Choice.For);
        assertTally(10, 0, 0);
    }

    function _asksForLong() private {
        VoteTerms memory terms = byCommon();
        closesAt = opensAt + 60 days;
        terms.closesAt = uint40(closesAt);
        asks(terms);
    }
}
