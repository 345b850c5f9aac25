// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {RegulationCrowdfunding} from "../../../src/round/rules/RegulationCrowdfunding.sol";
import {Test} from "forge-std/Test.sol";

/// @notice Which offerings 17 CFR part 227 allows.
contract RegulationCrowdfundingRequireTermsTest is Test {
    uint256 private constant OPENS = 1_494_288_000; // 2017-05-09
    RegulationCrowdfunding private rules;

    function setUp() public {
        rules = RegulationCrowdfunding(deployCode("RegulationCrowdfunding.sol", abi.encode(address(this))));
    }

    function test_NamesItsRegimeAndItsNumbers() public view {
        assertEq(rules.regime(), "US-REG-CF");
        assertEq(rules.issuerLimit(), 5_000_000e6);
        assertEq(rules.holderCap(), 0);
        assertTrue(rules.countsPersons());
        assertEq(rules.OFFERING_MAXIMUM(), 5_000_000e6);
        assertEq(rules.PUBLIC_PERIOD(), 21 days);
        assertEq(rules.NO_CANCELLATION(), 48 hours);
        assertEq(rules.NOTICE_BUSINESS_DAYS(), 5);
        assertEq(rules.LEAST_LIMIT(), 2500e6);
        assertEq(rules.THRESHOLD(), 124_000e6);
        assertEq(address(rules.calendar()), address(this));
    }

    function test_AllowsWhatIsJustWithinBounds() public view {
        rules.requireTerms("USD", OPENS, OPENS + 21 days, 5_000_000e6);
        rules.requireTerms("USD", OPENS, OPENS + 365 days, 1);
    }

    function testFuzz_RevertsWithWrongCurrency(bytes3 currency) public {
        vm.assume(currency != "USD");
        vm.expectRevert(abi.encodeWithSelector(RegulationCrowdfunding.WrongCurrency.selector, currency, bytes3("USD")));
        rules.requireTerms(currency, OPENS, OPENS + 21 days, 1);
    }

    function testFuzz_RevertsWithOfferingTooLarge(uint256 maximum) public {
        maximum = bound(maximum, 5_000_000e6 + 1, type(uint256).max);
        vm.expectRevert(abi.encodeWithSelector(RegulationCrowdfunding.OfferingTooLarge.selector, maximum, 5_000_000e6));
        rules.requireTerms("USD", OPENS, OPENS + 21 days, maximum);
    }

    function testFuzz_RevertsWithPublicPeriodTooShort(uint256 deadline) public {
        deadline = bound(deadline, 0, OPENS + 21 days - 1);
        vm.expectRevert(
            abi.encodeWithSelector(
                RegulationCrowdfunding.PublicPeriodTooShort.selector, OPENS, deadline, OPENS + 21 days
            )
        );
        rules.requireTerms("USD", OPENS, deadline, 1);
    }
}
