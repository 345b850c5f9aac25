// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Instance} from "../../../src/ledger/Instance.sol";
import {IProceedsRound} from "../../../src/trust/IProceedsRound.sol";
import {HolderVote} from "../../../src/vote/HolderVote.sol";
import {Electorate, VoteOrigin, VoteTerms, VoteTermsCodec} from "../../../src/vote/VoteTerms.sol";
import {VoteStage} from "./VoteStage.sol";
import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";

contract HolderVoteOpenTest is VoteStage {
    function test_RevertsWithAlreadyOpened() public {
        opens(byCommon());
        vm.expectRevert(Instance.AlreadyOpened.selector);
        ballot.open();
    }

    function test_RevertsWithTemplateIsNotAnInstance() public {
        vm.expectRevert(Instance.TemplateIsNotAnInstance.selector);
        template.open();
    }

    function test_RevertsWithUnknownRecordDate() public {
        VoteTerms memory terms = byBothClasses();
        terms.electorates[1].recordDate = 2;
        vm.expectRevert(abi.encodeWithSelector(HolderVote.UnknownRecordDate.selector, 2));
        this.opensThese(terms);
    }

    function test_RevertsWithRecordDateNotReached() public {
        VoteTerms memory terms = byCommon();
        terms.opensAt = uint40(opensAt - 1);
        vm.expectRevert(abi.encodeWithSelector(HolderVote.RecordDateNotReached.selector, opensAt, opensAt - 1));
        this.opensThese(terms);
    }

    function test_RevertsWithRecordDateTooOld() public {
        VoteTerms memory terms = byCommon();
        (terms.opensAt, terms.closesAt) = (uint40(opensAt + 60 days), uint40(opensAt + 90 days));
        this.opensThese(terms);
        ++terms.opensAt;
        vm.expectRevert(abi.encodeWithSelector(HolderVote.RecordDateTooOld.selector, opensAt, opensAt + 60 days + 1));
        this.opensThese(terms);
    }

    function test_RevertsWithRoundNotSettled() public {
        offering.setStatus(IProceedsRound.Status.Settling);
        vm.expectRevert(
            abi.encodeWithSelector(
                HolderVote.RoundNotSettled.selector, address(offering), IProceedsRound.Status.Settling
            )
        );
        this.opensThese(byAllotment());
    }

    function test_TellsItsTermsAndEachClassThatVotes() public {
        VoteTerms memory terms = byBothClasses();
        ballot = HolderVote(Clones.cloneWithImmutableArgs(address(template), VoteTermsCodec.pack(terms, origin())));
        _expectOpened(terms);
        vm.expectEmit(address(ballot));
        emit HolderVote.ElectorateNamed(address(common), RECORD_DATE, 1);
        vm.expectEmit(address(ballot));
        emit HolderVote.ElectorateNamed(address(preferred), RECORD_DATE, 10);
        ballot.open();
        assertEq(ballot.subject(), SUBJECT);
        assertEq(ballot.closesAt(), closesAt);
        requireFolded();
    }

    function test_TellsTheRoundWhoseAllotmentsVote() public {
        VoteTerms memory terms = byAllotment();
        ballot = HolderVote(Clones.cloneWithImmutableArgs(address(template), VoteTermsCodec.pack(terms, origin())));
        _expectOpened(terms);
        ballot.open();
        requireFolded();
    }

    function testFuzz_KeepsAnyTerms(VoteTerms memory terms, VoteOrigin memory from) public {
        uint256 count = terms.electorates.length % 5;
        Electorate[] memory few = new Electorate[](count);
        for (uint256 i = 0; i < count; ++i) {
            few[i] = terms.electorates[i];
        }
        terms.electorates = few;
        ballot = HolderVote(Clones.cloneWithImmutableArgs(address(template), VoteTermsCodec.pack(terms, from)));
        (VoteTerms memory kept, VoteOrigin memory keptFrom) = ballot.terms();
        assertEq(abi.encode(kept, keptFrom), abi.encode(terms, from), "terms");
    }

    function opensThese(VoteTerms memory terms) external {
        opens(terms);
    }

    function _expectOpened(VoteTerms memory t) private {
        vm.expectEmit(address(ballot));
        emit HolderVote.VoteOpened(
            companyId,
            issuer,
            SUBJECT,
            address(directory),
            t.round,
            target,
            issuer,
            QUESTION,
            4000,
            5000,
            opensAt,
            closesAt
        );
    }
}
