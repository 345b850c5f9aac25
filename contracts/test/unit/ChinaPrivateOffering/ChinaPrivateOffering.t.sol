// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../../../src/identity/Category.sol";
import {ChinaPrivateOffering} from "../../../src/round/rules/ChinaPrivateOffering.sol";
import {Test} from "forge-std/Test.sol";

/// @notice Qualified investors, two hundred of them.
contract ChinaPrivateOfferingTest is Test {
    ChinaPrivateOffering private rules;

    function setUp() public {
        rules = ChinaPrivateOffering(deployCode("ChinaPrivateOffering.sol"));
    }

    function testFuzz_RevertsWithNotQualified(uint8 category, uint256 attested, uint256 amount, bool consent) public {
        Category who = Category(bound(category, 0, 6));
        if (who == Category.Qualified || who == Category.Nominee) who = Category.Institution;
        vm.expectRevert(abi.encodeWithSelector(ChinaPrivateOffering.NotQualified.selector, who));
        rules.admission(who, attested, amount, consent, block.timestamp);
    }

    function testFuzz_AdmitsTheQualified(uint256 attested, uint256 amount, bool consent) public view {
        _admits(Category.Qualified, attested, amount, consent);
    }

    function testFuzz_AdmitsANomineeUpToWhatItsPrincipalsGave(uint256 attested, uint256 amount, bool consent)
        public
        view
    {
        _admits(Category.Nominee, attested, bound(amount, 0, attested), consent);
        _admits(Category.Nominee, attested, attested, consent);
    }

    function testFuzz_RevertsWithMoreThanPrincipalsGave(uint256 attested, uint256 amount) public {
        attested = bound(attested, 0, type(uint256).max - 1);
        amount = bound(amount, attested + 1, type(uint256).max);
        vm.expectRevert(abi.encodeWithSelector(ChinaPrivateOffering.MoreThanPrincipalsGave.selector, amount, attested));
        rules.admission(Category.Nominee, attested, amount, true, block.timestamp);
        vm.expectRevert(abi.encodeWithSelector(ChinaPrivateOffering.MoreThanPrincipalsGave.selector, 1, 0));
        rules.admission(Category.Nominee, 0, 1, true, block.timestamp);
    }

    function test_CapsHoldersAt200() public view {
        assertEq(rules.holderCap(), 200);
        assertEq(rules.regime(), "CN-PRIVATE");
        assertEq(rules.issuerLimit(), type(uint256).max);
        assertFalse(rules.countsPersons());
        assertEq(rules.lockedUntil(5), 5);
        rules.requireTerms("CNY", 1, 2, type(uint256).max);
    }

    function _admits(Category category, uint256 attested, uint256 amount, bool consent) private view {
        (uint256 limit, uint256 reflectionEnd) = rules.admission(category, attested, amount, consent, block.timestamp);
        assertEq(limit, type(uint256).max);
        assertEq(reflectionEnd, 0);
    }
}
