// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../../../src/identity/Category.sol";
import {RegulationCrowdfunding} from "../../../src/round/rules/RegulationCrowdfunding.sol";
import {Test} from "forge-std/Test.sol";

/// @notice How much a person may commit: 17 CFR 227.100(a)(2).
contract RegulationCrowdfundingAdmissionTest is Test {
    RegulationCrowdfunding private rules;

    function setUp() public {
        rules = RegulationCrowdfunding(deployCode("RegulationCrowdfunding.sol", abi.encode(address(this))));
    }

    function test_TheAccreditedHaveNoLimit() public view {
        assertEq(_limit(Category.Accredited, 0), type(uint256).max);
        assertEq(_limit(Category.Accredited, 1), type(uint256).max);
    }

    function test_EveryoneElseHas2500AtLeastAnd124000AtMost() public view {
        Category[5] memory limited =
            [Category.Retail, Category.Sophisticated, Category.Qualified, Category.Institution, Category.Nominee];
        for (uint256 i = 0; i < limited.length; ++i) {
            assertEq(_limit(limited[i], 0), 2500e6);
            assertEq(_limit(limited[i], 2500e6 - 1), 2500e6);
            assertEq(_limit(limited[i], 2500e6 + 1), 2500e6 + 1);
            assertEq(_limit(limited[i], 124_000e6), 124_000e6);
            assertEq(_limit(limited[i], 124_000e6 + 1), 124_000e6);
            assertEq(_limit(limited[i], type(uint256).max), 124_000e6);
        }
    }

    /// @dev How much is committed, when, and with which consent changes nothing here: the limits see to it.
    function testFuzz_AsksForNoConsent(uint8 category, uint256 attested, uint256 amount, bool consent, uint256 time)
        public
        view
    {
        Category who = Category(bound(category, 1, 6));
        (uint256 limit, uint256 reflectionEnd) = rules.admission(who, attested, amount, consent, time);
        assertEq(limit, _limit(who, attested));
        assertEq(reflectionEnd, 0);
    }

    function testFuzz_FivePercentWhenEitherIsBelowTheThreshold(uint256 less, uint256 other) public view {
        less = bound(less, 0, 124_000e6 - 1);
        uint256 greater = less > other ? less : other;
        uint256 expected = greater / 20 > 2500e6 ? greater / 20 : 2500e6;
        assertEq(rules.limitFor(less, other), expected);
        assertEq(rules.limitFor(other, less), expected);
    }

    function testFuzz_TenPercentWhenNeitherIs(uint256 income, uint256 netWorth) public view {
        income = bound(income, 124_000e6, type(uint256).max);
        netWorth = bound(netWorth, 124_000e6, type(uint256).max);
        uint256 greater = income > netWorth ? income : netWorth;
        assertEq(rules.limitFor(income, netWorth), greater / 10 > 124_000e6 ? 124_000e6 : greater / 10);
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

    function _limit(Category category, uint256 attested) private view returns (uint256 limit) {
        (limit,) = rules.admission(category, attested, 1, false, block.timestamp);
    }
}
