// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../../identity/Category.sol";
import {IRoundRules} from "./IRoundRules.sol";
import {PlainRules} from "./PlainRules.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title EuropeanCrowdfunding
/// @notice European crowdfunding, Regulation (EU) 2020/1503. Who is not attested as sophisticated in the sense of article
/// 2(1)(j) is treated as non-sophisticated.
contract EuropeanCrowdfunding is PlainRules {
    /// @notice Article 1(2)(c), in millionths of a euro: all offers of a project owner over twelve months.
    uint256 public constant OFFERING_MAXIMUM = 5_000_000e6;
    /// @notice Article 22(2): the reflection period begins when the offer to invest is made and expires after four calendar
    /// days.
    uint256 public constant REFLECTION = 4 days;
    /// @notice Article 21(7), in millionths of a euro: up to here no consent is asked of anybody.
    uint256 public constant LEAST_THRESHOLD = 1000e6;

    error WrongCurrency(bytes3 given, bytes3 required);
    error OfferingTooLarge(uint256 maximumProceeds, uint256 limit);
    error ConsentMissing(uint256 amount, uint256 threshold);

    /// @inheritdoc IRoundRules
    function regime() public pure override returns (bytes32) {
        return "EU-ECSPR";
    }

    /// @inheritdoc IRoundRules
    function requireTerms(bytes3 currency, uint256 opensAt, uint256 deadline, uint256 maximumProceeds)
        public
        view
        override
        returns (Regime memory)
    {
        if (currency != "EUR") revert WrongCurrency(currency, "EUR");
        if (maximumProceeds > OFFERING_MAXIMUM) revert OfferingTooLarge(maximumProceeds, OFFERING_MAXIMUM);
        return super.requireTerms(currency, opensAt, deadline, maximumProceeds);
    }

    /// @inheritdoc IRoundRules
    function issuerLimit() public pure override returns (uint256) {
        return OFFERING_MAXIMUM;
    }

    /// @inheritdoc IRoundRules
    /// @dev `attested` is the figure that `thresholdFor` gives. Article 21(7): above it a non-sophisticated investor receives
    /// a warning, consents explicitly and shows that they understand the risk; the consent is recorded with the commitment.
    function admission(Category category, uint256 attested, uint256 amount, bool consent, uint256 committedAt)
        external
        pure
        returns (uint256, uint256)
    {
        if (category == Category.Sophisticated) return (type(uint256).max, 0);
        uint256 threshold = Math.max(attested, LEAST_THRESHOLD);
        if (amount > threshold && !consent) revert ConsentMissing(amount, threshold);
        return (type(uint256).max, committedAt + REFLECTION);
    }

    /// @notice The figure that a registrar attests for a non-sophisticated investor: article 21(7).
    /// @param netWorth by article 21(5), in millionths of a euro
    function thresholdFor(uint256 netWorth) external pure returns (uint256) {
        return Math.max(LEAST_THRESHOLD, netWorth / 20);
    }

    /// @inheritdoc IRoundRules
    /// @dev Article 22(3): a non-sophisticated investor may revoke during the reflection period, without reasons and without
    /// penalty, whenever the round closes. Nobody else has this right.
    function cancellableUntil(Category category, uint256 committedAt, uint256)
        external
        pure
        override
        returns (uint256)
    {
        return category == Category.Sophisticated ? committedAt : committedAt + REFLECTION;
    }

    /// @inheritdoc IRoundRules
    /// @dev At once: each reflection period runs to its end all the same.
    function earlyCloseAllowedFrom(uint256 opensAt, uint256, uint256 announcedAt)
        external
        pure
        override
        returns (uint256)
    {
        return Math.max(opensAt, announcedAt);
    }
}
