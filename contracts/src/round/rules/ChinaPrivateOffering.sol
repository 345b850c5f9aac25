// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../../identity/Category.sol";
import {IRoundRules} from "./IRoundRules.sol";
import {PlainRules} from "./PlainRules.sol";

/// @title ChinaPrivateOffering
/// @notice A private offering in the PRC: qualified investors only, no more than 200 of them. Securities Law of the PRC
/// (2019) article 9: an offer to more than 200 specific persons in total is a public one. Who is qualified, and how those
/// behind a nominee are counted, is taken from the rules of private funds: Interim Measures for the Supervision and
/// Administration of Privately Offered Investment Funds (CSRC order 105 of 2014) articles 11 to 13, and Regulation on the
/// Supervision and Administration of Private Investment Funds (State Council order 762 of 2023) article 18.
contract ChinaPrivateOffering is PlainRules {
    error NotQualified(Category category);
    error MoreThanPrincipalsGave(uint256 amount, uint256 attested);

    /// @inheritdoc IRoundRules
    function regime() public pure override returns (bytes32) {
        return "CN-PRIVATE";
    }

    /// @inheritdoc IRoundRules
    /// @dev Securities Law article 9(2)(2).
    function holderCap() public pure override returns (uint32) {
        return 200;
    }

    /// @inheritdoc IRoundRules
    /// @dev Order 105 article 11: qualified investors only. Article 13(2): whoever pools the money of others is looked
    /// through, each of them is qualified, and all are counted. A nominee is therefore admitted up to the amount that the
    /// registrar attested its qualified principals to have given it, and takes as many places as it has principals.
    function admission(Category category, uint256 attested, uint256 amount, bool, uint256)
        external
        pure
        returns (uint256, uint256)
    {
        if (category == Category.Nominee) {
            if (amount > attested) revert MoreThanPrincipalsGave(amount, attested);
        } else if (category != Category.Qualified) {
            revert NotQualified(category);
        }
        return (type(uint256).max, 0);
    }
}
