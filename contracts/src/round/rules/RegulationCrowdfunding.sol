// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../../identity/Category.sol";
import {CivilDate} from "../../ledger/CivilDate.sol";
import {BusinessCalendar} from "../BusinessCalendar.sol";
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
    /// @notice 17 CFR 227.304(b)(3) and (c)(1): business days from a notice to an early end, and to reconfirm.
    uint256 public constant NOTICE_BUSINESS_DAYS = 5;
    /// @notice 17 CFR 227.100(a)(2)(i), in millionths of a dollar.
    uint256 public constant LEAST_LIMIT = 2500e6;
    /// @notice 17 CFR 227.100(a)(2): the threshold of the two formulas, and the most of the second.
    uint256 public constant THRESHOLD = 124_000e6;

    /// @notice Says which days are business days.
    BusinessCalendar public immutable calendar;

    error WrongCurrency(bytes3 given, bytes3 required);
    error OfferingTooLarge(uint256 maximumProceeds, uint256 limit);
    error PublicPeriodTooShort(uint256 opensAt, uint256 deadline, uint256 earliestDeadline);

    constructor(BusinessCalendar calendar_) {
        calendar = calendar_;
    }

    /// @inheritdoc IRoundRules
    function regime() public pure returns (bytes32) {
        return "US-REG-CF";
    }

    /// @inheritdoc IRoundRules
    function requireTerms(bytes3 currency, uint256 opensAt, uint256 deadline, uint256 maximumProceeds)
        external
        pure
        returns (Regime memory)
    {
        if (currency != "USD") revert WrongCurrency(currency, "USD");
        if (maximumProceeds > OFFERING_MAXIMUM) revert OfferingTooLarge(maximumProceeds, OFFERING_MAXIMUM);
        uint256 earliest = opensAt + PUBLIC_PERIOD;
        if (deadline < earliest) revert PublicPeriodTooShort(opensAt, deadline, earliest);
        return Regime(regime(), issuerLimit(), holderCap(), countsPersons());
    }

    /// @inheritdoc IRoundRules
    /// @dev 17 CFR 227.100(a)(1).
    function issuerLimit() public pure returns (uint256) {
        return OFFERING_MAXIMUM;
    }

    /// @inheritdoc IRoundRules
    function holderCap() public pure returns (uint32) {
        return 0;
    }

    /// @inheritdoc IRoundRules
    /// @dev 17 CFR 227.100(a)(2): across all issuers, during the twelve months before.
    function countsPersons() public pure returns (bool) {
        return true;
    }

    /// @inheritdoc IRoundRules
    /// @dev 17 CFR 227.100(a)(2): the accredited (230.501(a)) have no limit; everyone else may always commit `LEAST_LIMIT`
    /// and never more than `THRESHOLD`.
    function admission(Category category, uint256 attested, uint256, bool, uint256)
        external
        pure
        returns (uint256, uint256)
    {
        if (category == Category.Accredited) return (type(uint256).max, 0);
        return (Math.min(Math.max(attested, LEAST_LIMIT), THRESHOLD), 0);
    }

    /// @notice The limit that a registrar attests for a person who is not accredited: 17 CFR 227.100(a)(2).
    /// @param income annual income, an entity's revenue; in millionths of a dollar
    /// @param netWorth an entity's net assets; in millionths of a dollar
    function limitFor(uint256 income, uint256 netWorth) external pure returns (uint256) {
        uint256 greater = Math.max(income, netWorth);
        if (income < THRESHOLD || netWorth < THRESHOLD) return Math.max(LEAST_LIMIT, greater / 20);
        return Math.min(greater / 10, THRESHOLD);
    }

    /// @inheritdoc IRoundRules
    /// @dev 17 CFR 227.304(a); after an early end was announced, of the new deadline, (b)(2)(ii).
    function cancellableUntil(Category, uint256, uint256 deadline) external pure returns (uint256) {
        return deadline - NO_CANCELLATION;
    }

    /// @inheritdoc IRoundRules
    /// @dev 17 CFR 227.304(b)(1): the offering stays open for 21 days; (b)(3): the new deadline is at least five business days
    /// after the notice. The five days pass in full. That the target is reached, (b)(4), is the round's to see.
    function earlyCloseAllowedFrom(uint256 opensAt, uint256, uint256 announcedAt) external view returns (uint256) {
        return Math.max(opensAt + PUBLIC_PERIOD, calendar.endOfBusinessDay(announcedAt, NOTICE_BUSINESS_DAYS));
    }

    /// @inheritdoc IRoundRules
    /// @dev 17 CFR 227.303(a)(2) and 227.304(b)(1).
    function earliestClose(uint256 opensAt, uint256 deadline, uint256 announcedCloseAt)
        external
        pure
        returns (uint256)
    {
        uint256 end = announcedCloseAt == 0 ? deadline : Math.min(deadline, announcedCloseAt);
        return Math.max(end, opensAt + PUBLIC_PERIOD);
    }

    /// @inheritdoc IRoundRules
    function tallyFrom(uint256 closedAt, uint256) external pure returns (uint256) {
        return closedAt;
    }

    /// @inheritdoc IRoundRules
    /// @dev 17 CFR 227.304(c)(1): within five business days of the notice, which is given on chain as the change is made.
    function reconfirmBy(uint256 amendedAt) public view returns (uint256) {
        return calendar.endOfBusinessDay(amendedAt, NOTICE_BUSINESS_DAYS);
    }

    /// @inheritdoc IRoundRules
    /// @dev 17 CFR 227.304(c)(2): extended when less than five business days are left to reconfirm.
    function deadlineAfter(uint256 amendedAt, uint256 deadline) external view returns (uint256) {
        return Math.max(deadline, reconfirmBy(amendedAt));
    }

    /// @inheritdoc IRoundRules
    /// @dev 17 CFR 227.501(a): one year from issuance; whom a holder may transfer to within it, (a)(1) to (4), is the share's to
    /// see.
    function lockedUntil(uint256 issuedAt) external pure returns (uint256) {
        return CivilDate.oneYearAfter(issuedAt);
    }
}
