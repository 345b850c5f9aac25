// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Matrix} from "./Matrix.sol";

/// @notice Contracts that lend others their code, and templates, do nothing for anybody by themselves.
contract PartsMatrixTest is Matrix {
    function test_NobodyDoesAnythingWithCodeThatIsLent() public {
        _everyoneCalls("RoundSettlement", deployCode("RoundSettlement.sol", abi.encode(registry, limits)), "ByItself");
        _everyoneCalls("ShareActs", deployCode("ShareActs.sol", abi.encode(registry)), "ByItself");
        _everyoneCalls("ShareOrders", deployCode("ShareOrders.sol", abi.encode(registry, authority)), "ByItself");
        address books = deployCode("TrustBooks.sol", abi.encode(registry));
        _everyoneCalls(
            "TrustOffices", deployCode("TrustOffices.sol", abi.encode(authority, registry, books)), "ByItself"
        );
        _requireTable("parts");
    }

    function test_NobodyDoesAnythingWithATemplate() public {
        _everyoneCalls("FundingRound", address(roundTemplate), "Template");
        _everyoneCalls("ShareToken", address(shareTemplate), "Template");
        _everyoneCalls("CustodyTrust", address(trustTemplate), "Template");
        _everyoneCalls("TrustOffices", address(trustTemplate), "Template");
        _everyoneCalls("Distribution", address(distributionTemplate), "Template");
        _everyoneCalls("HolderVote", address(voteTemplate), "Template");
        _requireTable("templates");
    }
}
