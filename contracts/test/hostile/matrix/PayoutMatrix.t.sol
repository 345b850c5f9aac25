// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Distribution} from "../../../src/distribution/Distribution.sol";
import {Category} from "../../../src/identity/Category.sol";
import {InvestorRegistry} from "../../../src/identity/InvestorRegistry.sol";
import {CustodyTrust} from "../../../src/trust/CustodyTrust.sol";
import {Deed} from "../../../src/trust/TrustDeed.sol";
import {HolderVote} from "../../../src/vote/HolderVote.sol";
import {Electorate, VoteTerms} from "../../../src/vote/VoteTerms.sol";
import {Ledger} from "../../Ledger.sol";
import {Offerings} from "../../Offerings.sol";
import {Matrix} from "./Matrix.sol";

/// @notice Who may do what with a class's distributions and with a vote of its holders.
contract PayoutMatrixTest is Offerings, Matrix {
    Distribution private _distribution;
    uint16 private _recordDate;

    function setUp() public override(Ledger, Matrix) {
        super.setUp();
        _caller("directory", address(directory));
        _caller("trustee", trusteeOne);
        vm.startPrank(issuer);
        share.issueByCompany(investor, 1000, 0);
        share.issueByCompany(other, 500, 0);
        _distribution = Distribution(directory.openDistribution(address(share), address(dollar)));
        _recordDate = share.declareRecordDate(uint40(block.timestamp + 1 days));
        dollar.approve(address(_distribution), type(uint256).max);
        vm.stopPrank();
        _caller("distribution", address(_distribution));
        dollar.mint(issuer, 1_000_000 * DOLLAR);
        _instance(address(_distribution));
        Distribution.Kind kind = Distribution.Kind.Dividend;
        uint96 amount = uint96(3000 * DOLLAR);
        _with(abi.encodeCall(Distribution.declare, (kind, _recordDate, amount, "resolution")));
        _with(abi.encodeCall(Distribution.declareAndFund, (kind, _recordDate, amount, "resolution")));
    }

    function test_OnlyWhoMayDoesAnythingWithADistribution() public {
        _calls("Opened");
        vm.prank(issuer);
        uint256 id = _distribution.declare(Distribution.Kind.Dividend, _recordDate, uint96(3000 * DOLLAR), "resolution");
        address[] memory holders = new address[](1);
        holders[0] = investor;
        _with(abi.encodeCall(Distribution.claimFor, (id, investor)));
        _with(abi.encodeCall(Distribution.claimMany, (id, holders)));
        _with(abi.encodeCall(Distribution.noteWithholding, (_recordDate, holders)));
        _with(abi.encodeCall(Distribution.claimWithin, (id, investor, investor)));
        _with(abi.encodeCall(Distribution.followSuccessor, (investor)));
        _calls("Declared");
        uint256 declared = _mark();
        dollar.mint(address(_distribution), 3000 * DOLLAR);
        _calls("Surplus");
        _back(declared);
        _withheld(id, holders);
        _back(declared);
        vm.prank(issuer);
        _distribution.fund(id);
        _calls("Funded");
        itIs(block.timestamp + 1 days);
        _calls("RecordDatePassed");
        _distribution.openClaims(id);
        _calls("Open");
        _distribution.claimFor(id, investor);
        _calls("Claimed");
        vm.prank(address(recovery));
        registry.succeed(identityOf(other), makeAddr("another wallet"));
        _with(abi.encodeCall(Distribution.followSuccessor, (other)));
        _calls("Succeeded");
        _requireTable("distribution");
    }

    /// @dev A tenth of what the investor is due is the company's to hand on.
    function _withheld(uint256 id, address[] memory holders) private {
        InvestorRegistry.Attestation memory taxed = attestation(investor, Category.Retail, block.timestamp + 3650 days);
        taxed.withholdingBps = 1000;
        vm.prank(registrar);
        registry.attest(taxed, new InvestorRegistry.YearlyLimit[](0));
        _distribution.noteWithholding(_recordDate, holders);
        vm.prank(issuer);
        _distribution.fund(id);
        itIs(block.timestamp + 1 days);
        _distribution.claimFor(id, investor);
        _calls("Withheld");
    }

    function test_OnlyWhoMayDoesAnythingWithAVote() public {
        trust = _trustWithShares();
        itIs(block.timestamp + 1 days);
        vote = HolderVote(_openVote());
        bytes32[] memory electors = new bytes32[](1);
        electors[0] = bytes32(uint256(uint160(investor)));
        _with(abi.encodeCall(HolderVote.voteFor, (electors, HolderVote.Choice.For)));
        _with(abi.encodeCall(HolderVote.appointProxy, (electors[0], other)));
        _with(abi.encodeCall(HolderVote.revokeProxy, (electors[0])));
        _with(abi.encodeCall(HolderVote.instruct, (address(trust), HolderVote.Choice.For)));
        _everyoneCalls("HolderVote", address(vote), "Announced");
        itIs(block.timestamp + 2 days);
        _everyoneCalls("HolderVote", address(vote), "Open");
        vm.prank(investor);
        vote.appointProxy(electors[0], outsider);
        _everyoneCalls("HolderVote", address(vote), "ByProxy");
        itIs(block.timestamp + 30 days);
        _everyoneCalls("HolderVote", address(vote), "Closed");
        _requireTable("vote");
    }

    /// @dev One trustee of three decides.
    function _trustWithShares() private returns (CustodyTrust opened) {
        Deed memory deed = escrowDeed(investor);
        (deed.terms.shareClass, deed.terms.threshold) = (address(share), 1);
        opened = openTrust(deed);
        vm.prank(issuer);
        share.issueByCompany(address(opened), 100, 0);
    }

    function _openVote() private returns (address) {
        Electorate[] memory electorates = new Electorate[](1);
        electorates[0] = Electorate(address(share), _recordDate);
        VoteTerms memory terms;
        terms.electorates = electorates;
        terms.subject = "subject";
        terms.documentHash = "notice of the meeting";
        terms.quorumBps = 5000;
        terms.majorityBps = 5000;
        terms.opensAt = uint40(block.timestamp + 2 days);
        terms.closesAt = uint40(block.timestamp + 20 days);
        vm.prank(issuer);
        return directory.openVote(uint64(companyId), terms);
    }

    function _calls(string memory state) private {
        _everyoneCalls("Distribution", address(_distribution), state);
    }
}
