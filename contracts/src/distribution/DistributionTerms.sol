// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {PackedArgs} from "../ledger/PackedArgs.sol";

/// @notice Whose distributions a Distribution holds, and in which token.
/// @param companyId of the share class
struct DistributionTerms {
    address directory;
    address shareClass;
    address settlementToken;
    uint64 companyId;
}

/// @title DistributionTermsCodec
/// @notice A Distribution's terms as the tightly packed arguments of its clone.
library DistributionTermsCodec {
    uint256 internal constant DIRECTORY = 0;
    uint256 internal constant SHARE_CLASS = 20;
    uint256 internal constant SETTLEMENT_TOKEN = 40;
    uint256 internal constant COMPANY = 60;

    function pack(DistributionTerms memory terms) internal pure returns (bytes memory) {
        return abi.encodePacked(terms.directory, terms.shareClass, terms.settlementToken, terms.companyId);
    }

    function unpack(bytes memory args) internal pure returns (DistributionTerms memory) {
        return DistributionTerms({
            directory: PackedArgs.addressAt(args, DIRECTORY),
            shareClass: PackedArgs.addressAt(args, SHARE_CLASS),
            settlementToken: PackedArgs.addressAt(args, SETTLEMENT_TOKEN),
            companyId: uint64(PackedArgs.uintAt(args, COMPANY, 8))
        });
    }
}
