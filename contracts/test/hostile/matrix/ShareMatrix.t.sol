// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {OrderKind} from "../../../src/share/ActEvents.sol";
import {IERC7943Fungible} from "../../../src/share/IERC7943Fungible.sol";
import {ShareToken} from "../../../src/share/ShareToken.sol";
import {Matrix} from "./Matrix.sol";

/// @notice Who may do what with a share class.
contract ShareMatrixTest is Matrix {
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
        _requireTable("share");
    }

    function _calls(string memory state) private {
        _everyoneCalls("ShareToken", address(share), state);
    }
}
