// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Companies} from "../../../src/ledger/Companies.sol";
import {Directory} from "../../../src/ledger/Directory.sol";
import {Drafts} from "../../../src/ledger/Drafts.sol";
import {ICompanies} from "../../../src/ledger/ICompanies.sol";
import {RoundTerms} from "../../../src/round/RoundTerms.sol";
import {ICustodyTrust} from "../../../src/trust/ICustodyTrust.sol";
import {HolderVote} from "../../../src/vote/HolderVote.sol";
import {VoteOrigin, VoteTerms} from "../../../src/vote/VoteTerms.sol";
import {Offerings} from "../../Offerings.sol";

contract MotionsTest is Offerings {
    bytes32 private constant REASONS = "reasons";

    address private alice;
    address private bob;
    address private insider;
    uint256 private disbursement;

    function setUp() public override {
        super.setUp();
        attestTrustees();
        alice = retail("alice", 100_000);
        bob = retail("bob", 100_000);
        insider = retail("insider", 100_000);
        bytes32 key = directory.issuerKey(companyId);
        vm.prank(registrar);
        registry.attestAffiliate(identityOf(insider), key, true, "board");
        opensOffering(classTerms(companyId, AUTHORISED), filedTerms(), proceedsDeed());
        commits(alice, 5000);
        commits(bob, 500);
        commits(insider, 5000);
        endsWell();
        vm.prank(trusteeOne);
        disbursement = trust.propose(1, "reached");
        vm.prank(trusteeTwo);
        trust.approve(disbursement);
    }

    function _objects(address wallet) private returns (HolderVote) {
        vm.prank(wallet);
        return HolderVote(directory.openMilestoneVote(address(trust), disbursement, identityOf(wallet), REASONS));
    }

    function _isTheMotion(HolderVote opened, bytes32 subject) private view {
        (VoteTerms memory terms, VoteOrigin memory origin) = opened.terms();
        assertEq(uint256(directory.kindOf(address(opened))), uint256(ICompanies.Kind.Vote));
        assertEq(terms.round, address(round));
        assertEq(terms.target, address(trust));
        assertEq(terms.subject, subject);
        assertEq(terms.documentHash, REASONS);
        assertEq(terms.quorumBps, 2000);
        assertEq(terms.majorityBps, 5000);
        assertEq(terms.opensAt, block.timestamp);
        assertEq(terms.closesAt, block.timestamp + 14 days);
        assertEq(origin.openedBy, alice);
        assertEq(origin.treasury, issuer);
    }

    function test_AsksNothingForATrustThatIsNotListed() public {
        vm.mockCall(outsider, abi.encodeWithSignature("removalMotion(address)"), abi.encode(bytes32("motion")));
        vm.expectRevert(
            abi.encodeWithSelector(Drafts.WrongKind.selector, outsider, ICompanies.Kind.None, ICompanies.Kind.Trust)
        );
        vm.prank(alice);
        directory.openRemovalVote(outsider, trusteeOne, identityOf(alice), REASONS);
    }

    function test_AsksNobodyForATrustWithoutARound() public {
        address lonely = address(openTrust(proceedsDeed()));
        vm.expectRevert(abi.encodeWithSelector(Drafts.TrustWithoutRound.selector, lonely));
        vm.prank(alice);
        directory.openRemovalVote(lonely, trusteeOne, identityOf(alice), REASONS);
    }

    function test_IsOpenedByTheInvestorOnly() public {
        vm.expectRevert(abi.encodeWithSelector(Drafts.NotTheInvestor.selector, bob, alice));
        vm.prank(bob);
        directory.openMilestoneVote(address(trust), disbursement, identityOf(alice), REASONS);
    }

    function test_IsOpenedByWhoWasAllottedEnough() public {
        vm.expectRevert(abi.encodeWithSelector(Drafts.TooFewUnits.selector, 500, 550));
        _objects(bob);
        _objects(alice);
    }

    /// @dev Ten per cent of 10,001 shares, rounded up.
    function test_IsOpenedByWhoWasAllottedExactlyEnough() public {
        _opensAnother();
        commits(alice, 1001);
        commits(bob, 1000);
        commits(retail("carol", 100_000), 8000);
        endsWell();
        vm.expectRevert(abi.encodeWithSelector(Drafts.TooFewUnits.selector, 1000, 1001));
        _wantsTrusteeOneRemoved(bob);
        _wantsTrusteeOneRemoved(alice);
    }

    function test_IsNotOpenedByAnAffiliateOfTheIssuer() public {
        vm.expectRevert(abi.encodeWithSelector(Drafts.TooFewUnits.selector, 0, 550));
        _objects(insider);
    }

    function test_IsNotOpenedByAnAffiliateWhereNobodyElseBought() public {
        _opensAnother();
        commits(insider, 5000);
        endsWell();
        vm.expectRevert(abi.encodeWithSelector(Drafts.TooFewUnits.selector, 0, 0));
        _wantsTrusteeOneRemoved(insider);
    }

    function _opensAnother() private {
        RoundTerms memory terms = filedTerms();
        terms.deadline = terms.opensAt + 60 days;
        opensOffering(classTerms(companyId, AUTHORISED), terms, proceedsDeed());
    }

    function _wantsTrusteeOneRemoved(address wallet) private {
        vm.prank(wallet);
        directory.openRemovalVote(address(trust), trusteeOne, identityOf(wallet), REASONS);
    }

    function test_SuspendsTheDisbursement() public {
        vote = _objects(alice);
        _isTheMotion(vote, ICustodyTrust(address(trust)).vetoMotion(disbursement));
        itIs(block.timestamp + 8 days);
        vm.expectRevert();
        trust.execute(disbursement);
        recorder.forget();
    }

    function test_BindsTheRemovalToTheVote() public {
        vm.prank(alice);
        vote = HolderVote(directory.openRemovalVote(address(trust), trusteeOne, identityOf(alice), REASONS));
        _isTheMotion(vote, ICustodyTrust(address(trust)).removalMotion(trusteeOne));
        requireHistories();
    }

    function test_BindsTheAppointmentToTheVote() public {
        vm.prank(alice);
        vote = HolderVote(directory.openAppointmentVote(address(trust), bob, identityOf(alice), REASONS));
        _isTheMotion(vote, ICustodyTrust(address(trust)).appointmentMotion(bob));
        requireHistories();
    }

    function test_LeavesTheInvestorsTheirVotes() public {
        Directory newer = anotherDirectory();
        administers(address(directory), abi.encodeCall(Companies.allowDirectory, (address(newer), true)));
        administers(address(newer), abi.encodeCall(Companies.allowDirectory, (address(directory), true)));
        vm.prank(issuer);
        directory.moveCompany(companyId, address(newer));
        vm.prank(alice);
        vote = HolderVote(directory.openRemovalVote(address(trust), trusteeOne, identityOf(alice), REASONS));
        _isTheMotion(vote, ICustodyTrust(address(trust)).removalMotion(trusteeOne));
    }
}
