// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../../identity/Category.sol";
import {IRoundRules} from "./IRoundRules.sol";
import {PlainRules} from "./PlainRules.sol";

/// @title OpenOffering
/// @notice An offering under no regime of this ledger: every attested person may commit any amount and leave until the
/// deadline. Whether the law allows such an offering is the issuer's to know.
contract OpenOffering is PlainRules {
    /// @inheritdoc IRoundRules
    function regime() public pure override returns (bytes32) {
        return "OPEN";
    }

    /// @inheritdoc IRoundRules
    function admission(Category, uint256, uint256, bool, uint256) external pure returns (uint256, uint256) {
        return (type(uint256).max, 0);
    }
}
