// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../../identity/Category.sol";
import {CivilDate} from "../../ledger/CivilDate.sol";
import {IRoundRules} from "./IRoundRules.sol";
import {PlainRules} from "./PlainRules.sol";

/// @title RegulationD506c
/// @notice US Regulation D, 17 CFR 230.506(c): general solicitation is allowed, every purchaser is an accredited
/// investor whose status was verified.
contract RegulationD506c is PlainRules {
    error NotAccredited(Category category);

    /// @inheritdoc IRoundRules
    function regime() public pure override returns (bytes32) {
        return "US-REG-D-506C";
    }

    /// @inheritdoc IRoundRules
    /// @dev 17 CFR 230.506(c)(2)(i) and (ii): all purchasers are accredited investors (230.501(a)), which the issuer takes
    /// reasonable steps to verify; the registrar's attestation is the record of it.
    function admission(Category category, uint256, uint256, bool, uint256) external pure returns (uint256, uint256) {
        if (category != Category.Accredited) revert NotAccredited(category);
        return (type(uint256).max, 0);
    }

    /// @inheritdoc IRoundRules
    /// @dev The shares are restricted securities (17 CFR 230.144(a)(3)(ii), 230.502(d)). The lock is Rule 144's one year for an
    /// issuer that does not report under the Exchange Act, 230.144(d)(1)(ii), not the six months of (d)(1)(i); it runs from
    /// acquisition against full payment, (d)(1)(iii).
    function lockedUntil(uint256 issuedAt) external pure override returns (uint256) {
        return CivilDate.oneYearAfter(issuedAt);
    }
}
