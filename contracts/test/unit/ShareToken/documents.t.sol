// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ActEvents} from "../../../src/share/ActEvents.sol";
import {ShareRegister} from "../../../src/share/ShareRegister.sol";
import {ShareStage} from "./ShareStage.sol";

/// @notice ERC-1643: the documents of a class.
contract DocumentsTest is ShareStage {
    function test_RevertsWithNotTheController() public {
        bytes memory refusal = abi.encodeWithSelector(ShareRegister.NotTheController.selector, alice, issuer);
        vm.startPrank(alice);
        vm.expectRevert(refusal);
        share.setDocument("charter", "https://a", "hash");
        vm.expectRevert(refusal);
        share.removeDocument("charter");
    }

    function test_RevertsWithDocumentNameMissing() public {
        vm.expectRevert(ActEvents.DocumentNameMissing.selector);
        _sets("", "https://a", "hash");
    }

    function test_RevertsWithDocumentHashMissing() public {
        vm.expectRevert(abi.encodeWithSelector(ActEvents.DocumentHashMissing.selector, bytes32("charter")));
        _sets("charter", "https://a", "");
    }

    function test_AttachesADocument() public {
        vm.expectEmit(address(share));
        emit ActEvents.DocumentUpdated("charter", "https://a", "hash");
        _sets("charter", "https://a", "hash");
        _is("charter", "https://a", "hash", block.timestamp);
        assertEq(share.getAllDocuments().length, 1);
        assertEq(share.getAllDocuments()[0], "charter");
        requireHistories();
    }

    function test_AttachesTheNextVersion() public {
        _sets("charter", "https://a", "hash");
        itIs(block.timestamp + 1 days);
        _sets("charter", "https://a longer address than fits into one slot of storage", "other");
        _is("charter", "https://a longer address than fits into one slot of storage", "other", block.timestamp);
        assertEq(share.getAllDocuments().length, 1);
    }

    function test_RevertsWithNoDocument() public {
        vm.expectRevert(abi.encodeWithSelector(ActEvents.NoDocument.selector, bytes32("charter")));
        _removes("charter");
    }

    function test_DetachesOneAndKeepsTheOthers() public {
        _sets("a", "https://a", "A");
        _sets("b", "https://b", "B");
        _sets("c", "https://c", "C");
        vm.expectEmit(address(share));
        emit ActEvents.DocumentRemoved("a", "https://a", "A");
        _removes("a");
        _is("a", "", "", 0);
        _is("c", "https://c", "C", block.timestamp);
        assertEq(share.getAllDocuments().length, 2);
        assertEq(share.getAllDocuments()[0], "c");
        _removes("c");
        assertEq(share.getAllDocuments()[0], "b");
        _removes("b");
        assertEq(share.getAllDocuments().length, 0);
        _sets("a", "https://a", "A");
        requireHistories();
    }

    function _sets(bytes32 name, string memory uri, bytes32 documentHash) private {
        vm.prank(issuer);
        share.setDocument(name, uri, documentHash);
    }

    function _removes(bytes32 name) private {
        vm.prank(issuer);
        share.removeDocument(name);
    }

    function _is(bytes32 name, string memory uri, bytes32 documentHash, uint256 lastModified) private view {
        (string memory foundUri, bytes32 foundHash, uint256 found) = share.getDocument(name);
        assertEq(foundUri, uri);
        assertEq(foundHash, documentHash);
        assertEq(found, lastModified);
    }
}
