// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../../../src/identity/Category.sol";
import {EuropeanCrowdfunding} from "../../../src/round/rules/EuropeanCrowdfunding.sol";
import {PlainRules} from "../../../src/round/rules/PlainRules.sol";
import {Test} from "forge-std/Test.sol";

/// @notice Regulation (EU) 2020/1503 by its own numbers.
contract EuropeanCrowdfundingTest is Test {
    uint256 private constant NOW = 1_700_000_000;
    EuropeanCrowdfunding private rules;

    function setUp() public {
        rules = EuropeanCrowdfunding(deployCode("EuropeanCrowdfunding.sol"));
    }

    function testFuzz_RevertsWithWrongCurrency(bytes3 currency) public {
        vm.assume(currency != "EUR");
        vm.expectRevert(abi.encodeWithSelector(EuropeanCrowdfunding.WrongCurrency.selector, currency, bytes3("EUR")));
        rules.requireTerms(currency, NOW, NOW + 1 days, 1);
    }

    function testFuzz_RevertsWithOfferingTooLarge(uint256 maximum) public {
        maximum = bound(maximum, 5_000_000e6 + 1, type(uint256).max);
        vm.expectRevert(abi.encodeWithSelector(EuropeanCrowdfunding.OfferingTooLarge.selector, maximum, 5_000_000e6));
        rules.requireTerms("EUR", NOW, NOW + 1 days, maximum);
    }

    function testFuzz_RevertsWithDeadlineNotAfterOpening(uint256 deadline) public {
        deadline = bound(deadline, 0, NOW);
        vm.expectRevert(abi.encodeWithSelector(PlainRules.DeadlineNotAfterOpening.selector, NOW, deadline));
        rules.requireTerms("EUR", NOW, deadline, 1);
    }

    function test_AllowsWhatIsJustWithinBounds() public view {
        rules.requireTerms("EUR", NOW, NOW + 1, 5_000_000e6);
        assertEq(rules.regime(), "EU-ECSPR");
        assertEq(rules.issuerLimit(), 5_000_000e6);
        assertEq(rules.holderCap(), 0);
        assertFalse(rules.countsPersons());
        assertEq(rules.OFFERING_MAXIMUM(), 5_000_000e6);
        assertEq(rules.REFLECTION(), 345_600);
        assertEq(rules.LEAST_THRESHOLD(), 1000e6);
        assertEq(rules.reconfirmBy(NOW), 0);
        assertEq(rules.lockedUntil(NOW), NOW);
    }

    function testFuzz_TheSophisticatedAreNotAskedAnything(uint256 attested, uint256 amount, bool consent) public view {
        (uint256 limit, uint256 reflectionEnd) = rules.admission(Category.Sophisticated, attested, amount, consent, NOW);
        assertEq(limit, type(uint256).max);
        assertEq(reflectionEnd, 0);
    }

    function testFuzz_TheSophisticatedDoNotCancel(uint256 committedAt, uint256 deadline) public view {
        assertEq(rules.cancellableUntil(Category.Sophisticated, committedAt, deadline), committedAt);
    }

    function testFuzz_AdmitsUpToTheThreshold(uint8 category, uint256 attested, uint256 amount, uint40 time)
        public
        view
    {
        uint256 threshold = attested > 1000e6 ? attested : 1000e6;
        _admits(_anyoneElse(category), attested, bound(amount, 0, threshold), false, time);
        _admits(Category.Retail, attested, threshold, false, time);
    }

    function testFuzz_AdmitsAboveTheThresholdWithConsent(uint8 category, uint256 attested, uint256 amount, uint40 time)
        public
        view
    {
        _admits(_anyoneElse(category), attested, amount, true, time);
    }

    function testFuzz_RevertsWithConsentMissing(uint8 category, uint256 attested, uint256 amount) public {
        attested = bound(attested, 0, type(uint256).max - 1);
        uint256 threshold = attested > 1000e6 ? attested : 1000e6;
        amount = bound(amount, threshold + 1, type(uint256).max);
        vm.expectRevert(abi.encodeWithSelector(EuropeanCrowdfunding.ConsentMissing.selector, amount, threshold));
        rules.admission(_anyoneElse(category), attested, amount, false, NOW);
        vm.expectRevert(abi.encodeWithSelector(EuropeanCrowdfunding.ConsentMissing.selector, threshold + 1, threshold));
        rules.admission(Category.Retail, attested, threshold + 1, false, NOW);
    }

    function testFuzz_EveryoneElseCancelsForFourDays(uint8 category, uint40 committedAt, uint256 deadline) public view {
        assertEq(
            rules.cancellableUntil(_anyoneElse(category), committedAt, deadline), uint256(committedAt) + 4 * 86_400
        );
    }

    function test_TheThresholdIsFivePercentOfNetWorth() public view {
        assertEq(rules.thresholdFor(0), 1000e6);
        assertEq(rules.thresholdFor(20_000e6), 1000e6);
        assertEq(rules.thresholdFor(20_000e6 + 19), 1000e6);
        assertEq(rules.thresholdFor(20_000e6 + 20), 1000e6 + 1);
        assertEq(rules.thresholdFor(100_000e6), 5000e6);
    }

    function testFuzz_AnEarlyEndShortensNoReflection(uint40 opensAt, uint256 deadline, uint40 announcedAt) public view {
        uint256 end = opensAt > announcedAt ? opensAt : announcedAt;
        assertEq(rules.earlyCloseAllowedFrom(opensAt, deadline, announcedAt), end);
        (, uint256 reflectionEnd) = rules.admission(Category.Retail, 0, 1, false, end - (end > 0 ? 1 : 0));
        assertEq(rules.tallyFrom(end, reflectionEnd), reflectionEnd);
        assertEq(rules.tallyFrom(end, 0), end);
    }

    function _admits(Category category, uint256 attested, uint256 amount, bool consent, uint40 time) private view {
        (uint256 limit, uint256 reflectionEnd) = rules.admission(category, attested, amount, consent, time);
        assertEq(limit, type(uint256).max);
        assertEq(reflectionEnd, uint256(time) + 4 * 86_400);
    }

    function _anyoneElse(uint8 category) private pure returns (Category) {
        Category who = Category(bound(category, 1, 6));
        return who == Category.Sophisticated ? Category.Retail : who;
    }
}
