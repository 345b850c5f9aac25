// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Recovery} from "../../../src/identity/Recovery.sol";
import {RoundEvents} from "../../../src/round/RoundEvents.sol";
import {RoundTest} from "./RoundTest.sol";

/// @notice A commitment belongs to a person, whatever becomes of their wallet.
contract RoundRecoveryTest is RoundTest {
    address private next;

    function setUp() public override {
        super.setUp();
        next = makeAddr("alice's next wallet");
    }

    function test_LetsTheCommitmentFollowByAnyone() public {
        commits(alice, 100);
        recovers(alice, next);
        vm.expectEmit(address(round));
        emit RoundEvents.CommitmentMoved(identityOf(alice), alice, next);
        vm.prank(outsider);
        round.moveCommitment(identityOf(alice));
        assertEq(commitment(alice).wallet, next);
        assertEq(commitment(alice).shares, 100);
    }

    function test_RefundsTheNewWalletAndLetsItCancel() public {
        commits(alice, 100);
        commits(alice, 50);
        recovers(alice, next);
        round.moveCommitment(identityOf(alice));
        vm.prank(next);
        round.cancel(identityOf(alice), 50);
        assertEq(dollar.balanceOf(next), 100 * DOLLAR);
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.NotTheInvestor.selector, alice, next));
        cancels(alice);
        closes();
        round.refund(identityOf(alice));
        assertEq(dollar.balanceOf(next), 300 * DOLLAR);
        assertEq(dollar.balanceOf(alice), 0);
    }

    function test_IssuesTheSharesToTheNewWallet() public {
        openProRata(50, 1000);
        commits(alice, 100);
        closes();
        recovers(alice, next);
        tallies();
        settles();
        assertEq(share.balanceOf(next), 50, "to the person, wherever their money came from");
        assertEq(share.balanceOf(alice), 0);
        round.moveCommitment(identityOf(alice));
        round.claimCredit(identityOf(alice));
        assertEq(dollar.balanceOf(next), 100 * DOLLAR);
    }

    function test_LetsTheNewWalletAddToTheCommitmentAndMovesItSo() public {
        commits(alice, 100);
        recovers(alice, next);
        commits(next, 20);
        assertEq(commitment(alice).wallet, next);
        assertEq(commitment(alice).shares, 120);
        assertEq(round.progressOf().commitments, 1);
    }

    function test_LetsTheCommitmentFollowToTheHeir() public {
        commits(alice, 100);
        vm.prank(registrar);
        recovery.announceHeir(Recovery.Kind.Inheritance, identityOf(alice), identityOf(bob), "certificate");
        vm.prank(recoverer);
        recovery.confirm(identityOf(alice), "certificate");
        itIs(block.timestamp + 14 days);
        recovery.execute(identityOf(alice));
        round.moveCommitment(identityOf(alice));
        assertEq(commitment(alice).wallet, bob);
        vm.prank(bob);
        round.cancel(identityOf(alice), 0);
        assertEq(dollar.balanceOf(bob), 200 * DOLLAR);
    }

    function test_RevertsWithNothingToMove() public {
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.NothingToMove.selector, identityOf(alice), address(0)));
        round.moveCommitment(identityOf(alice));
        commits(alice, 100);
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.NothingToMove.selector, identityOf(alice), alice));
        round.moveCommitment(identityOf(alice));
    }

    /// @dev The registry of today forgets no wallet; one that did would have the money go to the zero address.
    function test_MovesNothingToNobody() public {
        commits(alice, 100);
        vm.mockCall(
            address(registry), abi.encodeCall(registry.currentWalletOf, (identityOf(alice))), abi.encode(address(0))
        );
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.NothingToMove.selector, identityOf(alice), alice));
        round.moveCommitment(identityOf(alice));
    }

    function test_RefusesWhatOthersPushAndPaysWhatTheWalletAsksFor() public {
        commits(alice, 100);
        closes();
        announcesRecovery(alice, next);
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.RecoveryPending.selector, identityOf(alice)));
        vm.prank(outsider);
        round.refund(identityOf(alice));
        vm.prank(alice);
        round.refund(identityOf(alice));
        assertEq(dollar.balanceOf(alice), 200 * DOLLAR);
    }

    function test_PushesAgainOnceTheRecoveryCameToNothing() public {
        openProRata(50, 1000);
        commits(alice, 100);
        closes();
        tallies();
        settles();
        announcesRecovery(alice, next);
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.RecoveryPending.selector, identityOf(alice)));
        round.claimCredit(identityOf(alice));
        vm.prank(alice);
        recovery.object(identityOf(alice));
        round.claimCredit(identityOf(alice));
        assertEq(dollar.balanceOf(alice), 100 * DOLLAR);
    }

    function test_RefusesWhatOthersPushToTheOldWallet() public {
        commits(alice, 100);
        closes();
        recovers(alice, next);
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.RecoveryPending.selector, identityOf(alice)));
        round.refund(identityOf(alice));
        round.moveCommitment(identityOf(alice));
        round.refund(identityOf(alice));
        assertEq(dollar.balanceOf(next), 200 * DOLLAR);
    }
}
