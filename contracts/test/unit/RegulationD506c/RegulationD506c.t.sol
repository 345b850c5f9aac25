// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../../../src/identity/Category.sol";
import {CivilDate} from "../../../src/ledger/CivilDate.sol";
import {RegulationD506c} from "../../../src/round/rules/RegulationD506c.sol";
import {Calendar} from "../../Calendar.sol";
import {Test} from "forge-std/Test.sol";

/// @notice 17 CFR 230.506(c) and 230.144.
contract RegulationD506cTest is Test {
    RegulationD506c private rules;

    function setUp() public {
        rules = RegulationD506c(deployCode("RegulationD506c.sol"));
    }

    function testFuzz_RevertsWithNotAccredited(uint8 category, uint256 attested, uint256 amount, bool consent) public {
        Category who = Category(bound(category, 0, 6));
        if (who == Category.Accredited) who = Category.Institution;
        vm.expectRevert(abi.encodeWithSelector(RegulationD506c.NotAccredited.selector, who));
        rules.admission(who, attested, amount, consent, block.timestamp);
    }

    function testFuzz_AdmitsTheAccreditedWithoutLimit(uint256 attested, uint256 amount, bool consent) public view {
        (uint256 limit, uint256 reflectionEnd) =
            rules.admission(Category.Accredited, attested, amount, consent, block.timestamp);
        assertEq(limit, type(uint256).max);
        assertEq(reflectionEnd, 0);
    }

    function testFuzz_LocksForOneCalendarYear(uint40 issuedAt) public view {
        assertEq(rules.lockedUntil(issuedAt), CivilDate.oneYearAfter(issuedAt));
        assertEq(rules.lockedUntil(Calendar.day(2024, 2, 29) + 7), Calendar.day(2025, 3, 1) + 7);
        assertEq(rules.lockedUntil(Calendar.day(2025, 12, 31)), Calendar.day(2026, 12, 31));
    }

    function test_AsksForNothingMore() public view {
        assertEq(rules.regime(), "US-REG-D-506C");
        assertEq(rules.issuerLimit(), type(uint256).max);
        assertEq(rules.holderCap(), 0);
        assertFalse(rules.countsPersons());
        assertEq(rules.cancellableUntil(Category.Accredited, 1, 1000), 1000);
        assertEq(rules.reconfirmBy(1), 0);
    }
}
