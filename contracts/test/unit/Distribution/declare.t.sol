// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Distribution} from "../../../src/distribution/Distribution.sol";
import {PayoutStage} from "./PayoutStage.sol";

contract DistributionDeclareTest is PayoutStage {
    function test_RevertsWithNotTheController() public {
        vm.expectRevert(abi.encodeWithSelector(Distribution.NotTheController.selector, alice, issuer));
        vm.prank(alice);
        payout.declare(Distribution.Kind.Dividend, FIRST, 1, RESOLUTION);
    }

    function test_RevertsWithNothingToDistribute() public {
        vm.expectRevert(Distribution.NothingToDistribute.selector);
        declares(0);
    }

    function test_RevertsWithUnknownRecordDate() public {
        vm.expectRevert(abi.encodeWithSelector(Distribution.UnknownRecordDate.selector, 2));
        declares(Distribution.Kind.Dividend, 2, 1);
    }

    function test_RecordsTheDistributionAndOwesNothingYet() public {
        vm.expectEmit(address(payout));
        emit Distribution.DistributionDeclared(
            1, Distribution.Kind.ReturnedProceeds, FIRST, type(uint96).max, issuer, RESOLUTION
        );
        uint256 id = declares(Distribution.Kind.ReturnedProceeds, FIRST, type(uint96).max);
        Distribution.Overview memory d = payout.distribution(id);
        assertEq(uint256(d.kind), uint256(Distribution.Kind.ReturnedProceeds), "kind");
        assertStatus(id, Distribution.Status.Declared);
        assertEq(d.recordDate, FIRST, "record date");
        assertEq(d.treasury, issuer, "treasury");
        assertEq(d.amount, type(uint96).max, "amount");
        assertEq(d.pool, type(uint96).max, "pool");
        assertEq(d.entitledShares + d.unclaimed + d.unclaimedShares, 0, "nothing open");
        assertEq(owed(), 0, "owed");
        requireFolded();
    }

    function test_CountsDistributionsFromOne() public {
        assertEq(payout.distributionCount(), 0);
        assertEq(declares(1), 1);
        assertEq(declares(1), 2);
        assertEq(payout.distributionCount(), 2);
        assertStatus(0, Distribution.Status.None);
        assertStatus(3, Distribution.Status.None);
    }

    function test_FollowsTheControlOfTheCompany() public {
        vm.prank(issuer);
        directory.proposeController(companyId, bob);
        vm.prank(bob);
        directory.acceptController(companyId);
        vm.expectRevert(abi.encodeWithSelector(Distribution.NotTheController.selector, issuer, bob));
        declares(1);
        vm.prank(bob);
        assertEq(payout.distribution(payout.declare(Distribution.Kind.Dividend, FIRST, 1, 0)).treasury, bob);
    }
}
