// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Electorate, VoteTerms, VoteTermsCodec} from "../../../src/vote/VoteTerms.sol";
import {VoteStage} from "./VoteStage.sol";

contract VoteTermsTest is VoteStage {
    function test_AcceptsWhatIsComplete() public view {
        this.requires(byCommon());
        this.requires(byBothClasses());
        this.requires(byAllotment());
        VoteTerms memory terms = byCommon();
        terms.electorates = classes(4);
        this.requires(terms);
    }

    function classes(uint160 count) private pure returns (Electorate[] memory electorates) {
        electorates = new Electorate[](count);
        for (uint160 i = 0; i < count; ++i) {
            electorates[i].shareClass = address(i + 1);
        }
    }

    function test_RevertsWithElectorateMissing() public {
        VoteTerms memory terms = byCommon();
        terms.electorates = new Electorate[](0);
        vm.expectRevert(VoteTermsCodec.ElectorateMissing.selector);
        this.requires(terms);
    }

    function test_RevertsWithOneElectorateOnly() public {
        VoteTerms memory terms = byCommon();
        terms.round = address(offering);
        vm.expectRevert(abi.encodeWithSelector(VoteTermsCodec.OneElectorateOnly.selector, address(offering), 1));
        this.requires(terms);
    }

    function test_RevertsWithTooManyElectorates() public {
        VoteTerms memory terms = byCommon();
        terms.electorates = classes(5);
        vm.expectRevert(abi.encodeWithSelector(VoteTermsCodec.TooManyElectorates.selector, 5, 4));
        this.requires(terms);
    }

    function test_RevertsWithElectorateTwice() public {
        VoteTerms memory terms = byBothClasses();
        terms.electorates[1] = Electorate(address(common), 2);
        vm.expectRevert(abi.encodeWithSelector(VoteTermsCodec.ElectorateTwice.selector, address(common)));
        this.requires(terms);
    }

    function test_RevertsWithSubjectMissing() public {
        VoteTerms memory terms = byCommon();
        terms.subject = 0;
        vm.expectRevert(VoteTermsCodec.SubjectMissing.selector);
        this.requires(terms);
    }

    function test_RevertsWithQuorumOutOfRange() public {
        VoteTerms memory terms = byCommon();
        terms.quorumBps = 3333;
        vm.expectRevert(abi.encodeWithSelector(VoteTermsCodec.QuorumOutOfRange.selector, 3333, 3334, 10_000));
        this.requires(terms);
        terms.quorumBps = 3334;
        this.requires(terms);
        terms.quorumBps = 10_001;
        vm.expectRevert(abi.encodeWithSelector(VoteTermsCodec.QuorumOutOfRange.selector, 10_001, 3334, 10_000));
        this.requires(terms);
        terms.quorumBps = 10_000;
        this.requires(terms);
        terms = byAllotment();
        terms.quorumBps = 0;
        this.requires(terms);
        terms.quorumBps = 10_001;
        vm.expectRevert(abi.encodeWithSelector(VoteTermsCodec.QuorumOutOfRange.selector, 10_001, 0, 10_000));
        this.requires(terms);
    }

    function test_RevertsWithMajorityOutOfRange() public {
        VoteTerms memory terms = byAllotment();
        terms.majorityBps = 4999;
        vm.expectRevert(abi.encodeWithSelector(VoteTermsCodec.MajorityOutOfRange.selector, 4999, 5000, 10_000));
        this.requires(terms);
        terms.majorityBps = 10_001;
        vm.expectRevert(abi.encodeWithSelector(VoteTermsCodec.MajorityOutOfRange.selector, 10_001, 5000, 10_000));
        this.requires(terms);
        terms.majorityBps = 10_000;
        this.requires(terms);
    }

    function test_RevertsWithVoteTimesOutOfOrder() public {
        VoteTerms memory terms = byAllotment();
        terms.opensAt = uint40(block.timestamp - 1);
        vm.expectRevert(
            abi.encodeWithSelector(
                VoteTermsCodec.VoteTimesOutOfOrder.selector, block.timestamp - 1, closesAt, block.timestamp
            )
        );
        this.requires(terms);
        terms.opensAt = uint40(block.timestamp);
        terms.closesAt = uint40(block.timestamp);
        vm.expectRevert(
            abi.encodeWithSelector(
                VoteTermsCodec.VoteTimesOutOfOrder.selector, block.timestamp, block.timestamp, block.timestamp
            )
        );
        this.requires(terms);
        terms.closesAt = uint40(block.timestamp + 1);
        this.requires(terms);
    }

    function test_RevertsWithVoteClosesTooEarly() public {
        VoteTerms memory terms = byCommon();
        terms.opensAt = uint40(block.timestamp);
        terms.closesAt = uint40(block.timestamp + 10 days);
        this.requires(terms);
        terms.closesAt -= 1;
        vm.expectRevert(
            abi.encodeWithSelector(
                VoteTermsCodec.VoteClosesTooEarly.selector, terms.closesAt, block.timestamp + 10 days
            )
        );
        this.requires(terms);
    }

    function test_RevertsWithVoteClosesTooLate() public {
        VoteTerms memory terms = byAllotment();
        terms.closesAt = uint40(block.timestamp + 365 days);
        this.requires(terms);
        terms.closesAt += 1;
        vm.expectRevert(
            abi.encodeWithSelector(
                VoteTermsCodec.VoteClosesTooLate.selector, terms.closesAt, block.timestamp + 365 days
            )
        );
        this.requires(terms);
    }

    function requires(VoteTerms memory terms) external view {
        VoteTermsCodec.requireTerms(terms, block.timestamp);
    }
}
