// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {OrderKind} from "../../../src/share/ActEvents.sol";
import {ClassTerms} from "../../../src/share/ClassTerms.sol";
import {IERC7943Fungible} from "../../../src/share/IERC7943Fungible.sol";
import {ShareToken} from "../../../src/share/ShareToken.sol";
import {HolderVote} from "../../../src/vote/HolderVote.sol";
import {Electorate, VoteTerms} from "../../../src/vote/VoteTerms.sol";
import {Matrix} from "./Matrix.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @notice Who may do what with a share class.
contract ShareMatrixTest is Matrix {
    uint64 private constant RAISED = 2 * AUTHORISED;

    ShareToken private _preferred;

    function setUp() public override {
        super.setUp();
        round = openRound(filedTerms());
        _caller("round", address(round));
        _caller("directory", address(directory));
        _instance(address(round));
        _means("$round", address(round));
        accredited("issuer");
        vm.startPrank(issuer);
        share.issueByCompany(issuer, 100, 0);
        share.issueByCompany(investor, 1000, 0);
        share.issueByCompany(other, 500, 0);
        vm.stopPrank();
        _takesByRight(IERC7943Fungible.forcedTransfer.selector);
        _takesByRight(ShareToken.recover.selector);
        _takesByRight(IERC20.transferFrom.selector);
        _preferred = _opensConvertible();
        _caller("preferred class", address(_preferred));
        _with(abi.encodeCall(ShareToken.split, (2)));
        _with(abi.encodeCall(ShareToken.declareRecordDate, (uint40(block.timestamp + 100 days))));
    }

    function test_OnlyWhoMayDoesAnythingWithAShareClass() public {
        _calls("Issued");
        uint256 issued = _mark();

        vm.startPrank(registrar);
        bytes32 order = share.announceOrder(OrderKind.Transfer, investor, other, 10, "judgment");
        share.announceOrder(OrderKind.Freeze, investor, address(0), 10, "injunction");
        vm.stopPrank();
        _with(abi.encodeCall(ShareToken.withdrawOrder, (order)));
        _with(abi.encodeCall(IERC7943Fungible.forcedTransfer, (investor, other, 10)));
        _with(abi.encodeCall(IERC7943Fungible.setFrozenTokens, (investor, 10)));
        _calls("Ordered");
        itIs(block.timestamp + 5 days);
        _calls("OrderDue");
        vm.prank(recoverer);
        share.setFrozenTokens(investor, 10);
        _calls("Frozen");
        _back(issued);

        vm.prank(address(recovery));
        registry.succeed(identityOf(investor), makeAddr("another wallet"));
        _calls("Succeeded");
        _back(issued);

        _holdersAct(issued);
        _companyActs(issued);
        _requireTable("share");
    }

    /// @dev What holders do beside transfers: they allow others to, by signature too, and convert.
    function _holdersAct(uint256 issued) private {
        vm.prank(investor);
        share.approve(other, 10);
        _with(abi.encodeCall(IERC20.transferFrom, (investor, other, 10)));
        _with(_signedPermit());
        _calls("Allowed");
        _back(issued);

        _everyoneCalls("ShareToken", address(_preferred), "Convertible");
        _back(issued);
    }

    /// @dev What a company does when no round is open, once its holders have agreed to it.
    function _companyActs(uint256 issued) private {
        HolderVote vote = _passedVote();
        _with(abi.encodeCall(ShareToken.raiseAuthorised, (RAISED, address(vote))));
        vm.prank(issuer);
        share.setDocument("articles", "https://example.com", keccak256("articles"));
        _with(abi.encodeCall(ShareToken.removeDocument, ("articles")));
        _calls("VotePassed");
        vm.prank(guardian);
        round.cancelRound("stopped");
        _calls("NoRound");
        _back(issued);
    }

    function _opensConvertible() private returns (ShareToken preferred) {
        ClassTerms memory terms = classTerms(companyId, AUTHORISED);
        (terms.convertsInto, terms.conversionNumerator, terms.conversionDenominator) = (address(share), 1, 1);
        preferred = openClass(issuer, terms);
        vm.prank(issuer);
        preferred.issueByCompany(investor, 100, 0);
    }

    function _passedVote() private returns (HolderVote vote) {
        vm.prank(issuer);
        uint16 recordDate = share.declareRecordDate(uint40(block.timestamp + 1 days));
        itIs(block.timestamp + 1 days);
        VoteTerms memory terms;
        terms.electorates = new Electorate[](1);
        terms.electorates[0] = Electorate(address(share), recordDate);
        terms.subject = keccak256(abi.encode("authorised", address(share), RAISED));
        (terms.quorumBps, terms.majorityBps) = (5000, 5000);
        (terms.opensAt, terms.closesAt) = (uint40(block.timestamp), uint40(block.timestamp + 20 days));
        vm.prank(issuer);
        vote = HolderVote(directory.openVote(uint64(companyId), terms));
        vm.prank(investor);
        vote.vote(HolderVote.Choice.For);
        itIs(block.timestamp + 20 days);
    }

    function _signedPermit() private returns (bytes memory) {
        (, uint256 signer) = makeAddrAndKey("investor");
        uint256 until = block.timestamp + 365 days;
        bytes32 kind = keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
        bytes32 hash = keccak256(abi.encode(kind, investor, other, 10, share.nonces(investor), until));
        hash = keccak256(abi.encodePacked(hex"1901", share.DOMAIN_SEPARATOR(), hash));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(signer, hash);
        return abi.encodeCall(share.permit, (investor, other, 10, until, v, r, s));
    }

    function _calls(string memory state) private {
        _everyoneCalls("ShareToken", address(share), state);
    }
}
