// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Distribution} from "../../src/distribution/Distribution.sol";
import {HolderVote} from "../../src/vote/HolderVote.sol";
import {Electorate, VoteTerms} from "../../src/vote/VoteTerms.sol";
import {Ledger} from "../Ledger.sol";

/// @notice What distributions and votes cost whoever pays for it, each call a transaction of its own.
/// forge-config: default.isolate = true
contract DistributionGasTest is Ledger {
    uint256 private constant BATCH = 20;
    Distribution private payout;
    address[] private holders;

    function setUp() public override {
        super.setUp();
        vm.prank(issuer);
        payout = Distribution(directory.openDistribution(address(share), address(dollar)));
        for (uint256 i = 0; i < BATCH + 2; ++i) {
            holders.push(retail(string.concat("holder ", vm.toString(i)), 0));
            dollar.mint(holders[i], 1);
            vm.prank(issuer);
            share.issueByCompany(holders[i], uint64(100 + i), 0);
        }
    }

    function test_PayingTwoDividends() public {
        uint256 id = _dividend();
        vm.snapshotGasLastCall("Distribution", "declareAndFund");
        itIs(block.timestamp + 1 days);
        _claims(id);
        vm.snapshotGasLastCall("Distribution", "claim, a holder's first");
        itIs(block.timestamp + 1 days);
        payout.claimFor(id, holders[1]);
        vm.snapshotGasLastCall("Distribution", "claimFor, a holder's first");
        itIs(block.timestamp + 1 days);
        payout.claimMany(id, _twenty());
        vm.snapshotGasLastCall("Distribution", "claimMany, twenty holders' first");
        id = _dividend();
        itIs(block.timestamp + 1 days);
        _claims(id);
        vm.snapshotGasLastCall("Distribution", "claim, repeated");
        itIs(block.timestamp + 1 days);
        payout.claimFor(id, holders[1]);
        vm.snapshotGasLastCall("Distribution", "claimFor, repeated");
        itIs(block.timestamp + 1 days);
        payout.claimMany(id, _twenty());
        vm.snapshotGasLastCall("Distribution", "claimMany, twenty repeated");
    }

    function test_Voting() public {
        vm.prank(issuer);
        uint16 recordDate = share.declareRecordDate(uint40(block.timestamp + 1 days));
        VoteTerms memory terms;
        terms.electorates = new Electorate[](1);
        terms.electorates[0] = Electorate(address(share), recordDate);
        terms.subject = keccak256("what is decided");
        (terms.quorumBps, terms.majorityBps) = (4000, 5000);
        (terms.opensAt, terms.closesAt) = (uint40(block.timestamp + 1 days), uint40(block.timestamp + 20 days));
        vm.prank(issuer);
        HolderVote ballot = HolderVote(directory.openVote(uint64(companyId), terms));
        vm.snapshotGasLastCall("HolderVote", "openVote");
        itIs(terms.opensAt);
        vm.prank(holders[0]);
        ballot.vote(HolderVote.Choice.For);
        vm.snapshotGasLastCall("HolderVote", "vote, the first");
        vm.prank(holders[1]);
        ballot.vote(HolderVote.Choice.For);
        vm.snapshotGasLastCall("HolderVote", "vote");
        vm.prank(holders[1]);
        ballot.vote(HolderVote.Choice.Against);
        vm.snapshotGasLastCall("HolderVote", "vote, changed");
    }

    function _dividend() private returns (uint256 id) {
        vm.prank(issuer);
        uint16 recordDate = share.declareRecordDate(uint40(block.timestamp + 1 days));
        itIs(block.timestamp + 1 days);
        dollar.mint(issuer, 1000 * DOLLAR);
        vm.prank(issuer);
        dollar.approve(address(payout), 1000 * DOLLAR);
        vm.prank(issuer);
        return payout.declareAndFund(Distribution.Kind.Dividend, recordDate, uint96(1000 * DOLLAR), 0);
    }

    function _claims(uint256 id) private {
        vm.prank(holders[0]);
        payout.claim(id);
    }

    function _twenty() private view returns (address[] memory list) {
        list = new address[](BATCH);
        for (uint256 i = 0; i < BATCH; ++i) {
            list[i] = holders[i + 2];
        }
    }
}
