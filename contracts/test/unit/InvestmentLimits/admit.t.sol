// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {InvestmentLimits} from "../../../src/identity/InvestmentLimits.sol";
import {LimitsTest} from "./LimitsTest.sol";

/// @notice Whose rounds count.
contract AdmitTest is LimitsTest {
    function test_IsBornWithItsDirectory() public {
        address born = vm.computeCreateAddress(address(this), vm.getNonce(address(this)));
        vm.expectEmit(born);
        emit InvestmentLimits.DirectoryAllowed(outsider, true);
        deployCode("InvestmentLimits.sol", abi.encode(authority, outsider));
    }

    function testFuzz_RevertsWithNotAuthorized(address caller) public {
        vm.assume(caller != address(authority));
        vm.expectRevert(notAuthorized(caller, InvestmentLimits.allowDirectory.selector));
        vm.prank(caller);
        limits.allowDirectory(caller, true);
    }

    function test_AnAllowedDirectoryAdmitsRounds() public {
        administers(address(limits), abi.encodeCall(InvestmentLimits.allowDirectory, (outsider, true)));
        assertFalse(limits.isAdmitted(outsider, 1));
        vm.expectEmit(address(limits));
        emit InvestmentLimits.RoundAdmitted(outsider, vm.computeCreateAddress(outsider, 1), 0, 0, 0, 0);
        vm.prank(outsider);
        limits.admit(1, 0, 0, 0, 0, type(uint256).max);
        assertTrue(limits.isAdmitted(outsider, 1));
        assertFalse(limits.isAdmitted(address(directory), 1));
        requireHistories();
    }

    function test_SaysNothingIsOnOfferWhereTheIssuerHasNoLimit() public {
        vm.expectEmit(address(limits));
        emit InvestmentLimits.RoundAdmitted(address(directory), idOf(OTHER + 1).addressOf(), ISSUER, REG_CF, USD, 0);
        vm.prank(address(directory));
        limits.admit(OTHER + 1, ISSUER, REG_CF, USD, 100, type(uint256).max);
        assertEq(limits.offeringUsed(ISSUER, REG_CF, USD), 0);
    }

    function test_RoundsThatWereAdmittedStay() public {
        administers(address(limits), abi.encodeCall(InvestmentLimits.allowDirectory, (address(directory), false)));
        vm.prank(address(directory));
        vm.expectRevert(abi.encodeWithSelector(InvestmentLimits.NotAnAllowedDirectory.selector, address(directory)));
        limits.admit(1, 0, 0, 0, 0, type(uint256).max);
        consume(1, 1);
        assertEq(counted(), 1);
    }

    function testFuzz_RevertsWithNotAnAllowedDirectory(address caller) public {
        vm.assume(caller != address(directory));
        vm.expectRevert(abi.encodeWithSelector(InvestmentLimits.NotAnAllowedDirectory.selector, caller));
        vm.prank(caller);
        limits.admit(1, 0, 0, 0, 0, type(uint256).max);
    }

    function testFuzz_RevertsWithAlreadyAdmitted(uint48 number) public {
        number = uint48(bound(number, OTHER + 1, type(uint48).max));
        admit(number);
        bytes memory already =
            abi.encodeWithSelector(InvestmentLimits.AlreadyAdmitted.selector, idOf(number).addressOf());
        vm.expectRevert(already);
        admit(number);
        vm.expectRevert(already);
        vm.prank(address(directory));
        limits.admit(number, ISSUER, REG_CF, USD, 1, 1);
    }

    function testFuzz_ChangesNothingOfOthers(uint48 number) public {
        vm.assume(number != NUMBER && number != OTHER && number != 0);
        assertFalse(limits.isAdmitted(address(directory), number));
        vm.prank(address(directory));
        limits.admit(number, ISSUER, REG_CF, USD, 1, 1);
        assertTrue(limits.isAdmitted(address(directory), number));
        assertFalse(limits.isAdmitted(address(directory), number - 1) && number - 1 != NUMBER && number - 1 != OTHER);
        uint48 next = number == type(uint48).max ? 1 : number + 1;
        assertFalse(limits.isAdmitted(address(directory), next) && next != NUMBER && next != OTHER);
        assertFalse(limits.isAdmitted(outsider, number));
    }

    function test_KeepsTheMarksOf128NumbersOfADirectoryInOneSlot() public {
        bytes32 page = _markedBy(256);
        assertEq(_markedBy(319), page);
        assertEq(_markedBy(320), page);
        assertEq(_markedBy(383), page);
        assertNotEq(_markedBy(255), page);
        assertNotEq(_markedBy(384), page);
    }

    /// @dev The other slot that admitting writes is the history's head.
    function _markedBy(uint48 number) private returns (bytes32 slot) {
        bytes32 head = limits.historyHead();
        vm.record();
        admit(number);
        (, bytes32[] memory written) = vm.accesses(address(limits));
        assertEq(written.length, 2);
        slot = vm.load(address(limits), written[0]) == limits.historyHead() ? written[1] : written[0];
        assertNotEq(limits.historyHead(), head);
    }
}
