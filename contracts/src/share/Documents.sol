// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ActEvents} from "./ActEvents.sol";
import {ShareRegister} from "./ShareRegister.sol";

/// @title Documents
/// @notice The documents of a share class, such as its certificate of designation, with the signatures of ERC-1643. The
/// company's controller sets them; the history keeps every version.
abstract contract Documents is ShareRegister, ActEvents {
    /// @notice ERC-1643: attaches a document, or its next version.
    function setDocument(bytes32 name, string calldata uri, bytes32 documentHash) external onlyController {
        if (name == 0) revert DocumentNameMissing();
        if (documentHash == 0) revert DocumentHashMissing(name);
        Document storage document = _documents[name];
        if (document.documentHash == 0) {
            document.place = uint32(_documentNames.length);
            _documentNames.push(name);
        }
        document.documentHash = documentHash;
        document.lastModified = uint64(block.timestamp);
        document.uri = uri;
        _emit(DocumentUpdated.selector, name, abi.encode(uri, documentHash));
    }

    /// @notice ERC-1643: detaches a document.
    function removeDocument(bytes32 name) external onlyController {
        Document memory document = _documents[name];
        if (document.documentHash == 0) revert NoDocument(name);
        bytes32 last = _documentNames[_documentNames.length - 1];
        _documentNames[document.place] = last;
        _documents[last].place = document.place;
        _documentNames.pop();
        delete _documents[name];
        _emit(DocumentRemoved.selector, name, abi.encode(document.uri, document.documentHash));
    }

    /// @notice ERC-1643: where a document is, its hash, and when it was last set; zeros when there is none.
    function getDocument(bytes32 name)
        external
        view
        returns (string memory uri, bytes32 documentHash, uint256 lastModified)
    {
        Document storage document = _documents[name];
        return (document.uri, document.documentHash, document.lastModified);
    }

    /// @notice ERC-1643: the names of all documents, in no particular order.
    function getAllDocuments() external view returns (bytes32[] memory) {
        return _documentNames;
    }
}
