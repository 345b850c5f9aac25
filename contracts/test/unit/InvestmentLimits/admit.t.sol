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
        assertFalse(limits.isAdmitted(guardian));
        vm.expectEmit(address(limits));
        emit InvestmentLimits.RoundAdmitted(outsider, guardian);
        vm.prank(outsider);
        limits.admit(guardian);
        assertTrue(limits.isAdmitted(guardian));
        requireHistories();
    }

    function test_RoundsThatWereAdmittedStay() public {
        administers(address(limits), abi.encodeCall(InvestmentLimits.allowDirectory, (address(directory), false)));
        vm.prank(address(directory));
        vm.expectRevert(abi.encodeWithSelector(InvestmentLimits.NotAnAllowedDirectory.selector, address(directory)));
        limits.admit(outsider);
        consume(1, 1);
        assertEq(counted(), 1);
    }

    function testFuzz_RevertsWithNotAnAllowedDirectory(address caller) public {
        vm.assume(caller != address(directory));
        vm.expectRevert(abi.encodeWithSelector(InvestmentLimits.NotAnAllowedDirectory.selector, caller));
        vm.prank(caller);
        limits.admit(caller);
    }
}
