// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Companies} from "../../../src/ledger/Companies.sol";
import {Drafts} from "../../../src/ledger/Drafts.sol";
import {ICompanies} from "../../../src/ledger/ICompanies.sol";
import {HolderVote} from "../../../src/vote/HolderVote.sol";
import {Electorate, VoteOrigin, VoteTerms} from "../../../src/vote/VoteTerms.sol";
import {Offerings} from "../../Offerings.sol";

contract OpenVoteTest is Offerings {
    uint64 private id;
    uint16 private recordDate;

    function setUp() public override {
        super.setUp();
        id = uint64(companyId);
        vm.prank(issuer);
        recordDate = share.declareRecordDate(uint40(block.timestamp + 1 days));
        itIs(block.timestamp + 1 days);
    }

    function _isRefused(VoteTerms memory terms, bytes memory reason) private {
        vm.expectRevert(reason);
        vm.prank(issuer);
        directory.openVote(id, terms);
    }

    function _roundVote(address asked) private view returns (VoteTerms memory terms) {
        terms = classVote(address(share), recordDate);
        terms.electorates = new Electorate[](0);
        terms.round = asked;
    }

    function test_IsOpenedByTheControllerOnly() public {
        vm.expectRevert(abi.encodeWithSelector(Companies.NotTheController.selector, outsider, issuer));
        vm.prank(outsider);
        directory.openVote(id, classVote(address(share), recordDate));
    }

    function test_AsksNoHoldersOfAnotherCompany() public {
        address foreign = address(openClass(registerCompany(outsider, 0), outsider, 10));
        _isRefused(classVote(foreign, 0), abi.encodeWithSelector(Drafts.NotOfTheCompany.selector, foreign, id));
        _isRefused(
            classVote(outsider, 0),
            abi.encodeWithSelector(
                Drafts.WrongKind.selector, outsider, ICompanies.Kind.None, ICompanies.Kind.ShareClass
            )
        );
    }

    function test_AsksNoInvestorsOfAnotherCompany() public {
        _isRefused(
            _roundVote(address(share)),
            abi.encodeWithSelector(
                Drafts.WrongKind.selector, address(share), ICompanies.Kind.ShareClass, ICompanies.Kind.Round
            )
        );
    }

    function test_IsListedWithItsTerms() public {
        vm.prank(issuer);
        vote = HolderVote(directory.openVote(id, classVote(address(share), recordDate)));
        assertEq(uint256(directory.kindOf(address(vote))), uint256(ICompanies.Kind.Vote));
        (VoteTerms memory terms, VoteOrigin memory origin) = vote.terms();
        assertEq(terms.electorates[0].shareClass, address(share));
        assertEq(origin.directory, address(directory));
        assertEq(origin.companyId, id);
        assertEq(origin.openedBy, issuer);
        assertEq(origin.treasury, issuer);
        requireHistories();
    }

    function test_AsksThoseWhomARoundAllottedShares() public {
        round = openRound(filedTerms());
        commits(retail("alice", 100_000), 5000);
        closes();
        tallies();
        settles();
        vm.prank(issuer);
        vote = HolderVote(directory.openVote(id, _roundVote(address(round))));
        (VoteTerms memory terms,) = vote.terms();
        assertEq(terms.round, address(round));
    }
}
