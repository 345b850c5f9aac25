// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../../identity/Category.sol";
import {CivilDate} from "../../ledger/CivilDate.sol";
import {IRoundRules} from "./IRoundRules.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title RegulationCrowdfunding
/// @notice US Regulation Crowdfunding, 17 CFR part 227, as in force since 2022-09-20. It keeps no state.
contract RegulationCrowdfunding is IRoundRules {
    /// @notice 17 CFR 227.100(a)(1), in millionths of a dollar.
    uint256 public constant OFFERING_MAXIMUM = 5_000_000e6;
    /// @notice 17 CFR 227.303(a)(2): the offering is public this long before anything is sold.
    uint256 public constant PUBLIC_PERIOD = 21 days;
    /// @notice 17 CFR 227.304(a): a commitment can be cancelled until this long before the deadline.
    uint256 public constant NO_CANCELLATION = 48 hours;
    /// @notice 17 CFR 227.100(a)(2)(i), in millionths of a dollar.
    uint256 public constant LEAST_LIMIT = 2500e6;
    /// @notice 17 CFR 227.100(a)(2): the threshold of the two formulas, and the most of the second.
    uint256 public constant THRESHOLD = 124_000e6;

    error OfferingTooLarge(uint256 maximumProceeds, uint256 limit);
    error PublicPeriodTooShort(uint256 opensAt, uint256 deadline, uint256 earliestDeadline);
    error FewerThan21DaysOpen(uint256 opensAt, uint256 earliest, uint256 time);
    error BeforeDeadline(uint256 deadline, uint256 time);

    /// @inheritdoc IRoundRules
    function regime() external pure returns (bytes32) {
        return "US-REG-CF";
    }

    /// @inheritdoc IRoundRules
    function requireTerms(uint256 opensAt, uint256 deadline, uint256 maximumProceeds) external pure {
        if (maximumProceeds > OFFERING_MAXIMUM) revert OfferingTooLarge(maximumProceeds, OFFERING_MAXIMUM);
        uint256 earliest = opensAt + PUBLIC_PERIOD;
        if (deadline < earliest) revert PublicPeriodTooShort(opensAt, deadline, earliest);
    }

    /// @inheritdoc IRoundRules
    function requireClosable(uint256 opensAt, uint256 deadline, uint256 time) external pure {
        uint256 earliest = opensAt + PUBLIC_PERIOD;
        if (time < earliest) revert FewerThan21DaysOpen(opensAt, earliest, time);
        if (time < deadline) revert BeforeDeadline(deadline, time);
    }

    /// @inheritdoc IRoundRules
    function cancellableUntil(uint256, uint256 deadline) external pure returns (uint256) {
        return deadline - NO_CANCELLATION;
    }

    /// @inheritdoc IRoundRules
    /// @dev Accredited investors and institutions are exempt; everyone else may always commit `LEAST_LIMIT` and
    /// never more than `THRESHOLD`.
    function yearlyLimit(Category category, uint256 attested) external pure returns (uint256) {
        if (category == Category.Accredited || category == Category.Institution) return type(uint256).max;
        return Math.min(Math.max(attested, LEAST_LIMIT), THRESHOLD);
    }

    /// @notice The limit that a registrar attests for a person who is not accredited: 17 CFR 227.100(a)(2).
    /// @param income annual income, in millionths of a dollar
    /// @param netWorth in millionths of a dollar
    function limitFor(uint256 income, uint256 netWorth) external pure returns (uint256) {
        uint256 greater = Math.max(income, netWorth);
        if (income < THRESHOLD || netWorth < THRESHOLD) return Math.max(LEAST_LIMIT, greater / 20);
        return Math.min(greater / 10, THRESHOLD);
    }

    /// @inheritdoc IRoundRules
    /// @dev 17 CFR 227.501(a): one year from issuance.
    function lockedUntil(uint256 issuedAt) external pure returns (uint256) {
        return CivilDate.oneYearAfter(issuedAt);
    }
}
