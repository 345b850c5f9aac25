// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Distribution} from "../../../src/distribution/Distribution.sol";
import {PayoutStage} from "./PayoutStage.sol";

contract DistributionSetPayeeTest is PayoutStage {
    address private successor = makeAddr("successor");

    function test_RevertsWithPayeeIsDistribution() public {
        vm.expectRevert(Distribution.PayeeIsDistribution.selector);
        vm.prank(alice);
        payout.setPayee(address(payout));
    }

    function test_RevertsWithWalletWasSucceeded() public {
        recovers(alice, successor);
        vm.expectRevert(abi.encodeWithSelector(Distribution.WalletWasSucceeded.selector, alice, successor));
        vm.prank(alice);
        payout.setPayee(outsider);
    }

    function test_PaysThatOneFromNowOn() public {
        vm.expectEmit(address(payout));
        emit Distribution.PayeeSet(alice, outsider);
        vm.prank(alice);
        payout.setPayee(outsider);
        assertEq(payout.accountOf(alice).payee, outsider);
        assertEq(pushesAll(pays(600)), 3);
        assertEq(dollar.balanceOf(outsider), 300);
        requireFolded();
    }

    function test_PaysTheHolderAgainWhenThePayeeIsZero() public {
        vm.startPrank(alice);
        payout.setPayee(outsider);
        payout.setPayee(address(0));
        vm.stopPrank();
        claims(pays(600), alice);
        assertEq(dollar.balanceOf(alice), 300);
    }

    function test_RevertsWithNotSucceeded() public {
        vm.expectRevert(abi.encodeWithSelector(Distribution.NotSucceeded.selector, alice));
        payout.followSuccessor(alice);
        vm.expectRevert(abi.encodeWithSelector(Distribution.NotSucceeded.selector, outsider));
        payout.followSuccessor(outsider);
    }

    function test_PaysTheSuccessorWhateverThePayeeWas() public {
        uint256 id = pays(600);
        vm.prank(alice);
        payout.setPayee(outsider);
        recovers(alice, successor);
        vm.expectEmit(address(payout));
        emit Distribution.PayeeSucceeded(alice, successor);
        payout.followSuccessor(alice);
        assertEq(payout.accountOf(alice).payee, successor);
        assertTrue(payout.accountOf(alice).succeeded);
        claims(id, alice);
        assertEq(dollar.balanceOf(successor), 300);
        requireFolded();
    }

    function test_SaysSoThoughTheSuccessorWasThePayee() public {
        vm.prank(alice);
        payout.setPayee(successor);
        recovers(alice, successor);
        vm.expectEmit(address(payout));
        emit Distribution.PayeeSucceeded(alice, successor);
        payout.followSuccessor(alice);
        assertTrue(payout.accountOf(alice).succeeded);
    }

    function test_KeepsWhatWasClaimedAndNoted() public {
        attestsWithholding(alice, 1000);
        notes(alice);
        uint256 id = pays(600);
        claims(id, alice);
        Distribution.Account memory before = payout.accountOf(alice);
        recovers(alice, successor);
        payout.followSuccessor(alice);
        Distribution.Account memory afterwards = payout.accountOf(alice);
        assertTrue(before.noted && afterwards.noted);
        assertEq(before.claimed, 1);
        assertEq(afterwards.claimed, 1);
    }

    function test_SaysSoOnce() public {
        recovers(alice, successor);
        payout.followSuccessor(alice);
        requireFolded();
        uint256 events = recorder.eventsOf(address(payout));
        payout.followSuccessor(alice);
        requireFolded();
        assertEq(recorder.eventsOf(address(payout)), events);
    }
}
