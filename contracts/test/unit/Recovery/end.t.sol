// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Recovery} from "../../../src/identity/Recovery.sol";
import {Recoveries} from "./Recoveries.sol";

/// @notice How a recovery comes to nothing.
contract RecoveryEndTest is Recoveries {
    // ------------------------------------------------------------------------------------------ objection

    function test_LetsOnlyTheOldWalletObject() public {
        announcesLostKey();
        address[6] memory others = [next, heir, registrar, recoverer, operator, outsider];
        for (uint256 i = 0; i < others.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(Recovery.NotTheOldWallet.selector, others[i], alice));
            objects(others[i], person);
        }
    }

    function test_EndsNothingThatIsNotPending() public {
        vm.expectRevert(nothingAnnounced(person, Recovery.Status.None));
        objects(alice, person);
        announcesLostKey();
        objects(alice, person);
        vm.expectRevert(nothingAnnounced(person, Recovery.Status.Objected));
        objects(alice, person);
    }

    function test_TakesNoObjectionAfterTheExecution() public {
        announcesLostKey();
        confirms(person);
        itIs(objectionEnds());
        executes(person);
        vm.expectRevert(nothingAnnounced(person, Recovery.Status.Executed));
        objects(alice, person);
        vm.expectRevert(nothingAnnounced(person, Recovery.Status.Executed));
        objects(next, person);
        assertEq(registry.currentWalletOf(person), next);
    }

    function test_EndsAnAnnouncementByAnObjection() public {
        announcesLostKey();
        itIs(block.timestamp + 1 days);
        vm.expectEmit(address(recovery));
        emit Recovery.RecoveryObjected(person, alice);
        objects(alice, person);
        assertStatus(person, Recovery.Status.Objected);
        assertEq(recovery.recoveryOf(person).since, block.timestamp);
        assertEq(recovery.recoveryOf(person).announcedAt, block.timestamp - 1 days);
        itIs(block.timestamp + 400 days);
        assertStatus(person, Recovery.Status.Objected);
    }

    function testFuzz_EndsAConfirmedOneUntilTheMomentItIsExecuted(uint256 time) public {
        announcesLostKey();
        confirms(person);
        vm.warp(block.timestamp + bound(time, 0, 44 days - 1));
        objects(alice, person);
        assertStatus(person, Recovery.Status.Objected);
        vm.expectRevert(notConfirmed(person, Recovery.Status.Objected));
        executes(person);
        vm.warp(block.timestamp + 44 days);
        vm.expectRevert(notConfirmed(person, Recovery.Status.Objected));
        executes(person);
    }

    function test_TakesAControllersObjection() public {
        announcesController(next);
        confirms(company);
        vm.expectRevert(abi.encodeWithSelector(Recovery.NotTheOldWallet.selector, alice, issuer));
        objects(alice, company);
        objects(issuer, company);
        assertStatus(company, Recovery.Status.Objected);
    }

    // ------------------------------------------------------------------------------------------ withdrawal

    function test_LetsOnlyTheRegistrarWithdraw() public {
        announcesLostKey();
        address[5] memory others = [alice, recoverer, operator, admin, outsider];
        for (uint256 i = 0; i < others.length; ++i) {
            vm.expectRevert(notAuthorized(others[i], Recovery.withdraw.selector));
            vm.prank(others[i]);
            recovery.withdraw(person);
        }
    }

    function test_WithdrawsNothingThatIsNotPending() public {
        vm.expectRevert(nothingAnnounced(person, Recovery.Status.None));
        withdraws(person);
        announcesLostKey();
        itIs(confirmationEnds());
        vm.expectRevert(nothingAnnounced(person, Recovery.Status.Lapsed));
        withdraws(person);
    }

    function test_TakesAnAnnouncementBack() public {
        announcesLostKey();
        confirms(person);
        vm.expectEmit(address(recovery));
        emit Recovery.RecoveryWithdrawn(person);
        withdraws(person);
        assertStatus(person, Recovery.Status.Withdrawn);
        itIs(objectionEnds());
        vm.expectRevert(notConfirmed(person, Recovery.Status.Withdrawn));
        executes(person);
        assertEq(registry.currentWalletOf(person), alice);
    }

    // ------------------------------------------------------------------------------------------ time

    function test_LapsesWhenItIsNotConfirmed() public {
        announcesLostKey();
        uint256 until = confirmationEnds();
        vm.warp(until - 1);
        assertStatus(person, Recovery.Status.Announced);
        vm.warp(until);
        assertStatus(person, Recovery.Status.Lapsed);
        vm.expectRevert(nothingAnnounced(person, Recovery.Status.Lapsed));
        objects(alice, person);
    }

    function test_LapsesWhenItIsNotExecuted() public {
        announcesLostKey();
        confirms(person);
        uint256 until = block.timestamp + 44 days;
        vm.warp(until - 1);
        assertStatus(person, Recovery.Status.Confirmed);
        vm.warp(until);
        assertStatus(person, Recovery.Status.Lapsed);
    }
}
