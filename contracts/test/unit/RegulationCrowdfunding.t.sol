// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../../src/identity/Category.sol";
import {RegulationCrowdfunding} from "../../src/round/rules/RegulationCrowdfunding.sol";
import {Calendar} from "../Calendar.sol";
import {Test} from "forge-std/Test.sol";

/// @notice 17 CFR part 227 by its own numbers.
contract RegulationCrowdfundingTest is Test {
    uint256 private constant OPENS = 1_494_288_000; // 2017-05-09
    RegulationCrowdfunding private rules;

    function setUp() public {
        rules = RegulationCrowdfunding(deployCode("RegulationCrowdfunding.sol", abi.encode(address(0))));
    }

    function test_NamesItsRegimeAndItsNumbers() public view {
        assertEq(rules.regime(), "US-REG-CF");
        assertEq(rules.OFFERING_MAXIMUM(), 5_000_000e6);
        assertEq(rules.PUBLIC_PERIOD(), 21 days);
        assertEq(rules.NO_CANCELLATION(), 48 hours);
        assertEq(rules.LEAST_LIMIT(), 2500e6);
        assertEq(rules.THRESHOLD(), 124_000e6);
    }

    function testFuzz_AnOfferingIsFiveMillionAtMost(uint256 maximum) public {
        if (maximum > 5_000_000e6) {
            vm.expectRevert(
                abi.encodeWithSelector(RegulationCrowdfunding.OfferingTooLarge.selector, maximum, 5_000_000e6)
            );
        }
        rules.requireTerms("USD", OPENS, OPENS + 21 days, maximum);
    }

    function testFuzz_AnOfferingIsPublicFor21Days(uint256 deadline) public {
        deadline = bound(deadline, 0, OPENS + 60 days);
        if (deadline < OPENS + 21 days) {
            vm.expectRevert(
                abi.encodeWithSelector(
                    RegulationCrowdfunding.PublicPeriodTooShort.selector, OPENS, deadline, OPENS + 21 days
                )
            );
        }
        rules.requireTerms("USD", OPENS, deadline, 1);
    }

    function testFuzz_CancellationEnds48HoursBeforeTheDeadline(uint40 deadline) public view {
        vm.assume(deadline > 48 hours);
        assertEq(rules.cancellableUntil(Category.Retail, OPENS, deadline), uint256(deadline) - 172_800);
    }

    /// @dev The Commission's own examples in 17 CFR 227.100(a)(2), note: income and net worth to limit.
    function test_TheCommissionsTableOfLimits() public view {
        assertEq(rules.limitFor(30_000e6, 105_000e6), 5250e6);
        assertEq(rules.limitFor(150_000e6, 80_000e6), 7500e6);
        assertEq(rules.limitFor(150_000e6, 900_000e6), 90_000e6);
        assertEq(rules.limitFor(200_000e6, 900_000e6), 90_000e6);
        assertEq(rules.limitFor(1_200_000e6, 2_000_000e6), 124_000e6);
        assertEq(rules.limitFor(0, 0), 2500e6);
        assertEq(rules.limitFor(123_999e6, 49_000e6), 6_199_950_000);
        assertEq(rules.limitFor(124_000e6, 124_000e6), 12_400e6);
    }

    function test_LocksForOneCalendarYear() public view {
        assertEq(rules.lockedUntil(Calendar.day(2017, 7, 12) + 5), Calendar.day(2018, 7, 12) + 5);
        assertEq(rules.lockedUntil(Calendar.day(2020, 2, 28)), Calendar.day(2021, 2, 28));
        assertEq(rules.lockedUntil(Calendar.day(2020, 2, 29)), Calendar.day(2021, 3, 1));
        assertEq(rules.lockedUntil(Calendar.day(2019, 3, 1)), Calendar.day(2020, 3, 1));
        assertEq(rules.lockedUntil(Calendar.day(2023, 12, 31) + 1 days - 1), Calendar.day(2024, 12, 31) + 1 days - 1);
    }
}
