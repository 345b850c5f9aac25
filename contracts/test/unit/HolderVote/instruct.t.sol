// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICompanies} from "../../../src/ledger/ICompanies.sol";
import {Deed, TrustOrigin} from "../../../src/trust/TrustDeed.sol";
import {HolderVote} from "../../../src/vote/HolderVote.sol";
import {ITrustees} from "../../../src/vote/ITrustees.sol";
import {VoteTerms} from "../../../src/vote/VoteTerms.sol";
import {VoteStage} from "./VoteStage.sol";

contract HolderVoteInstructTest is VoteStage {
    address private trust = makeAddr("trust");
    address private first = makeAddr("first trustee");
    address private second = makeAddr("second trustee");
    address private third = makeAddr("third trustee");

    function setUp() public override {
        super.setUp();
        common.set(RECORD_DATE, trust, 40);
    }

    function test_RevertsWithVoteNotOpen() public {
        opens(byCommon());
        vm.expectRevert(notOpen(block.timestamp));
        _instructs(first, HolderVote.Choice.For);
    }

    function test_RevertsWithChoiceMissing() public {
        _asks(byCommon());
        vm.expectRevert(HolderVote.ChoiceMissing.selector);
        _instructs(first, HolderVote.Choice.None);
    }

    function test_RevertsWithNotATrust() public {
        _asks(byCommon());
        vm.expectRevert(abi.encodeWithSelector(HolderVote.NotATrust.selector, alice));
        vm.prank(first);
        ballot.instruct(alice, HolderVote.Choice.For);
    }

    function test_RevertsWithNotATrustWherePersonsVote() public {
        _asks(byAllotment());
        vm.expectRevert(abi.encodeWithSelector(HolderVote.NotATrust.selector, trust));
        _instructs(first, HolderVote.Choice.For);
    }

    function test_RevertsWithNotATrustee() public {
        _asks(byCommon());
        vm.expectRevert(abi.encodeWithSelector(HolderVote.NotATrustee.selector, outsider, trust));
        _instructs(outsider, HolderVote.Choice.For);
    }

    function test_CastsNothing() public {
        _asks(byCommon());
        _instructs(first, HolderVote.Choice.For);
        _instructs(first, HolderVote.Choice.For);
        _instructs(second, HolderVote.Choice.Against);
        assertTally(0, 0, 0);
        requireFolded();
    }

    function test_CastsTheTrustsBallot() public {
        _asks(byCommon());
        vm.expectEmit(address(ballot));
        emit HolderVote.TrustInstructed(trust, first, HolderVote.Choice.For);
        _instructs(first, HolderVote.Choice.For);
        vm.expectEmit(address(ballot));
        emit HolderVote.VoteCast(word(trust), third, HolderVote.Choice.For, 40);
        _instructs(third, HolderVote.Choice.For);
        assertTally(40, 0, 0);
        assertTrue(ballot.ballotOf(word(trust)).own);
        assertEq(ballot.totalVotes(), 140);
        requireFolded();
    }

    function test_ChangesItWhenEnoughOfThemChangeTheirMind() public {
        _asks(byCommon());
        _instructs(first, HolderVote.Choice.For);
        _instructs(second, HolderVote.Choice.For);
        _instructs(third, HolderVote.Choice.Against);
        assertTally(40, 0, 0);
        _instructs(second, HolderVote.Choice.Against);
        assertTally(0, 40, 0);
    }

    function test_NoLongerCountsWhatThatOneSaid() public {
        _asks(byCommon());
        _instructs(first, HolderVote.Choice.For);
        _inOffice(outsider, second, third);
        _instructs(second, HolderVote.Choice.For);
        assertTally(0, 0, 0);
        vm.expectRevert(abi.encodeWithSelector(HolderVote.NotATrustee.selector, first, trust));
        _instructs(first, HolderVote.Choice.For);
    }

    function test_RevertsWithNoVotes() public {
        common.set(RECORD_DATE, trust, 0);
        _asks(byCommon());
        _instructs(first, HolderVote.Choice.For);
        vm.expectRevert(abi.encodeWithSelector(HolderVote.NoVotes.selector, word(trust)));
        _instructs(second, HolderVote.Choice.For);
    }

    /// @dev The trust is there from here on, not from `setUp`: what is mocked there does not last where tests share it.
    function _asks(VoteTerms memory terms) private {
        asks(terms);
        vm.mockCall(address(directory), abi.encodeCall(ICompanies.kindOf, (trust)), abi.encode(ICompanies.Kind.Trust));
        Deed memory deed;
        deed.terms.threshold = 2;
        TrustOrigin memory from;
        vm.mockCall(trust, abi.encodeCall(ITrustees.deed, ()), abi.encode(deed, from));
        _inOffice(first, second, third);
    }

    function _instructs(address trustee, HolderVote.Choice choice) private {
        vm.prank(trustee);
        ballot.instruct(trust, choice);
    }

    function _inOffice(address one, address two, address three) private {
        address[] memory trustees = new address[](3);
        (trustees[0], trustees[1], trustees[2]) = (one, two, three);
        vm.mockCall(trust, abi.encodeCall(ITrustees.trustees, ()), abi.encode(trustees));
    }
}
