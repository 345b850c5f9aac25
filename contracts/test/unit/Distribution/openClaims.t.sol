// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Distribution} from "../../../src/distribution/Distribution.sol";
import {PayoutStage} from "./PayoutStage.sol";

contract DistributionOpenClaimsTest is PayoutStage {
    function test_RevertsWithNotInStatus() public {
        vm.expectRevert(notInStatus(1, Distribution.Status.None, Distribution.Status.Funded));
        payout.openClaims(1);
        uint256 id = declares(600);
        vm.expectRevert(notInStatus(id, Distribution.Status.Declared, Distribution.Status.Funded));
        payout.openClaims(id);
        pays(600);
        vm.expectRevert(notInStatus(2, Distribution.Status.Open, Distribution.Status.Funded));
        payout.openClaims(2);
    }

    function test_RevertsWithRecordDateNotReachedUntilTheLastSecond() public {
        uint256 id = declares(600);
        funds(id);
        passesTo(recordDate - 1);
        vm.expectRevert(abi.encodeWithSelector(Distribution.RecordDateNotReached.selector, recordDate, recordDate - 1));
        payout.openClaims(id);
        passesTo(recordDate);
        payout.openClaims(id);
        assertStatus(id, Distribution.Status.Open);
    }

    function test_CreditsTheCompanyWithAllOfIt() public {
        register.set(FIRST, alice, 0);
        register.set(FIRST, bob, 0);
        register.set(FIRST, carol, 0);
        uint256 id = declares(600);
        funds(id);
        passesTo(recordDate);
        vm.expectEmit(address(payout));
        emit Distribution.DistributionReturned(id, 600);
        payout.openClaims(id);
        assertStatus(id, Distribution.Status.Returned);
        assertEq(payout.companyCredit(), 600);
        assertEq(owed(), 600);
        vm.expectRevert(notInStatus(id, Distribution.Status.Returned, Distribution.Status.Funded));
        claims(id, alice);
        payout.payCompany();
        assertEq(dollar.balanceOf(issuer), 600);
        assertEq(owed(), 0);
        requireFolded();
    }

    function test_LeavesTheIssuersSharesOut() public {
        uint256 id = declares(600);
        funds(id);
        passesTo(recordDate);
        vm.expectEmit(address(payout));
        emit Distribution.ClaimsOpened(id, 600, 0, 6, 1);
        payout.openClaims(id);
        Distribution.Overview memory d = payout.distribution(id);
        assertEq(d.entitledShares, 6);
        assertEq(d.unclaimedShares, 6);
        assertEq(d.unclaimed, 600);
        assertTrue(payout.isClaimed(id, issuer), "nothing for the treasury");
        vm.expectRevert(abi.encodeWithSelector(Distribution.AlreadyClaimed.selector, id, issuer));
        claims(id, issuer);
        requireFolded();
    }

    function test_AddsWhatWasCarried() public {
        uint256 id = pays(601);
        pushesAll(id);
        assertEq(payout.carried(), 1, "601 by six shares");
        uint256 next = declares(Distribution.Kind.ReturnedProceeds, anotherDate(), 605);
        passesTo(block.timestamp + 1);
        gives(issuer, 605);
        vm.expectEmit(address(payout));
        emit Distribution.ClaimsOpened(next, 606, 1, 6, 1);
        vm.prank(issuer);
        payout.fund(next);
        assertEq(payout.carried(), 0);
        assertEq(payout.distribution(next).amount, 605);
        assertEq(payout.distribution(next).pool, 606);
        assertEq(claims(next, alice), 303);
    }

    function test_KeepsWhatRemainsOfTheOneOpenedBefore() public {
        uint256 id = pays(600);
        claims(id, alice);
        uint256 next = paysAgain(60);
        assertEq(unclaimed(id), 300);
        assertEq(payout.distribution(id).unclaimedShares, 3);
        assertEq(unclaimed(next), 60);
        assertEq(owed(), 360);
        assertEq(claims(id, bob), 200);
        assertEq(unclaimed(id), 100);
        assertEq(unclaimed(next), 60);
        assertEq(owed(), 160);
        requireFolded();
    }
}
