// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Recovery} from "../../../src/identity/Recovery.sol";
import {Recoveries} from "./Recoveries.sol";

/// @notice The second party: the recovery role, or the key that the person named before.
contract RecoveryConfirmTest is Recoveries {
    address private key = makeAddr("key");

    // ------------------------------------------------------------------------------------------ the role

    function test_LetsOnlyTheRecoveryRoleConfirm() public {
        announcesLostKey();
        address[6] memory others = [operator, registrar, guardian, admin, alice, outsider];
        for (uint256 i = 0; i < others.length; ++i) {
            vm.expectRevert(notAuthorized(others[i], Recovery.confirm.selector));
            vm.prank(others[i]);
            recovery.confirm(person, DOCUMENT);
        }
    }

    function test_LetsNobodyBeBothParties() public {
        administers(address(authority), abi.encodeCall(authority.grantRole, (4, registrar, 0)));
        itIs(block.timestamp + ADMIN_DELAY);
        announcesLostKey();
        vm.expectRevert(abi.encodeWithSelector(Recovery.SamePartyTwice.selector, registrar));
        vm.prank(registrar);
        recovery.confirm(person, DOCUMENT);
        confirms(person);
    }

    function test_TakesRolesWithADelayForDifferentParties() public {
        address slowRegistrar = makeAddr("slow registrar");
        address slowRecoverer = makeAddr("slow recoverer");
        administers(address(authority), abi.encodeCall(authority.grantRole, (2, slowRegistrar, 1 hours)));
        administers(address(authority), abi.encodeCall(authority.grantRole, (4, slowRecoverer, 1 hours)));
        itIs(block.timestamp + ADMIN_DELAY);
        _waitsAndCalls(
            slowRegistrar, abi.encodeCall(recovery.announceWallet, (Recovery.Kind.LostKey, person, next, DOCUMENT))
        );
        assertEq(recovery.recoveryOf(person).announcer, address(authority));
        _waitsAndCalls(slowRecoverer, abi.encodeCall(recovery.confirm, (person, DOCUMENT)));
        assertStatus(person, Recovery.Status.Confirmed);
    }

    function test_ConfirmsThatDocumentAlone() public {
        announcesLostKey();
        vm.expectRevert(abi.encodeWithSelector(Recovery.NotTheDocument.selector, person, bytes32("another"), DOCUMENT));
        vm.prank(recoverer);
        recovery.confirm(person, "another");
    }

    function test_ConfirmsNothingThatIsNotAnnounced() public {
        vm.expectRevert(notAwaiting(person, Recovery.Status.None));
        confirms(person);
        announcesLostKey();
        confirms(person);
        vm.expectRevert(notAwaiting(person, Recovery.Status.Confirmed));
        confirms(person);
        objects(alice, person);
        vm.expectRevert(notAwaiting(person, Recovery.Status.Objected));
        confirms(person);
    }

    function test_ConfirmsUntilTheLastSecondOfItsPeriod() public {
        announcesLostKey();
        uint256 until = confirmationEnds();
        uint256 snapshot = vm.snapshotState();
        vm.warp(until - 1);
        confirms(person);
        vm.revertToState(snapshot);
        vm.warp(until);
        assertStatus(person, Recovery.Status.Lapsed);
        vm.expectRevert(notAwaiting(person, Recovery.Status.Lapsed));
        confirms(person);
    }

    function test_ConfirmsAndTheObjectionPeriodBegins() public {
        announcesLostKey();
        itIs(block.timestamp + 1 days);
        Recovery.Announcement memory expected = recovery.recoveryOf(person);
        expected.status = Recovery.Status.Confirmed;
        expected.since = uint40(block.timestamp);
        vm.expectEmit(address(recovery));
        emit Recovery.RecoveryConfirmed(person, recoverer, DOCUMENT);
        confirms(person);
        assertEq(abi.encode(recovery.recoveryOf(person)), abi.encode(expected));
        assertStatus(person, Recovery.Status.Confirmed);
        assertEq(registry.currentWalletOf(person), alice, "nothing has changed yet");
        requireHistories();
    }

    // ------------------------------------------------------------------------------------------ naming a key

    function test_LetsOnlyAnActiveWalletNameAKey() public {
        vm.expectRevert(abi.encodeWithSelector(Recovery.NotAPersonsWallet.selector, outsider));
        _names(outsider, key);
        vm.prank(address(recovery));
        registry.succeed(person, next);
        vm.expectRevert(abi.encodeWithSelector(Recovery.NotAPersonsWallet.selector, alice));
        _names(alice, key);
    }

    function test_NamesTheKeyAndSaysSo() public {
        vm.expectEmit(address(recovery));
        emit Recovery.RecoveryKeyNamed(person, alice, key);
        _names(alice, key);
        assertEq(recovery.recoveryKeyOf(person).key, key);
        assertEq(recovery.recoveryKeyOf(person).since, block.timestamp);
        assertEq(recovery.recoveryKeyOf(identityOf(heir)).key, address(0));
        requireHistories();
    }

    function test_ForgetsTheKeyWithARecovery() public {
        _names(alice, key);
        itIs(block.timestamp + 1);
        announcesLostKey();
        _confirmsWith(key);
        itIs(objectionEnds());
        assertEq(recovery.recoveryKeyOf(person).key, key, "not yet");
        executes(person);
        assertEq(recovery.recoveryKeyOf(person).key, address(0));
        itIs(block.timestamp + 1);
        vm.prank(registrar);
        recovery.announceWallet(Recovery.Kind.LostKey, person, outsider, DOCUMENT);
        vm.expectRevert(abi.encodeWithSelector(Recovery.NotTheRecoveryKey.selector, key, address(0)));
        _confirmsWith(key);
    }

    // ------------------------------------------------------------------------------------------ confirming with it

    function test_TakesNoPersonsKeyForACompany() public {
        announcesController(next);
        vm.expectRevert(abi.encodeWithSelector(Recovery.KindDoesNotFit.selector, Recovery.Kind.ControllerKey));
        vm.prank(key);
        recovery.confirmWithKey(company, DOCUMENT);
    }

    function test_TakesNoOtherKey() public {
        _isNamedAndAnnounced(key);
        address[4] memory others = [recoverer, registrar, alice, outsider];
        for (uint256 i = 0; i < others.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(Recovery.NotTheRecoveryKey.selector, others[i], key));
            _confirmsWith(others[i]);
        }
    }

    function test_TakesNoKeyOfOneWhoNamedNone() public {
        announcesLostKey();
        vm.expectRevert(abi.encodeWithSelector(Recovery.NotTheRecoveryKey.selector, key, address(0)));
        _confirmsWith(key);
    }

    function test_TakesNoKeyNamedAfterTheAnnouncement() public {
        announcesLostKey();
        uint256 announcedAt = block.timestamp;
        itIs(block.timestamp + 1);
        _names(alice, key);
        vm.expectRevert(abi.encodeWithSelector(Recovery.KeyNamedTooLate.selector, block.timestamp, announcedAt));
        _confirmsWith(key);
    }

    function test_TakesNoKeyNamedInTheSecondOfTheAnnouncement() public {
        _names(alice, key);
        announcesLostKey();
        vm.expectRevert(abi.encodeWithSelector(Recovery.KeyNamedTooLate.selector, block.timestamp, block.timestamp));
        _confirmsWith(key);
    }

    function test_TakesNeitherTheKeyBeforeNorTheOneAfter() public {
        _isNamedAndAnnounced(key);
        uint256 announcedAt = block.timestamp;
        itIs(block.timestamp + 1);
        address another = makeAddr("another key");
        _names(alice, another);
        vm.expectRevert(abi.encodeWithSelector(Recovery.NotTheRecoveryKey.selector, key, another));
        _confirmsWith(key);
        vm.expectRevert(abi.encodeWithSelector(Recovery.KeyNamedTooLate.selector, block.timestamp, announcedAt));
        _confirmsWith(another);
        confirms(person);
    }

    function test_TakesNoKeyThatWasGivenUp() public {
        _isNamedAndAnnounced(heir);
        vm.prank(address(recovery));
        registry.succeed(identityOf(heir), outsider);
        vm.expectRevert(abi.encodeWithSelector(Recovery.KeyGivenUp.selector, heir, outsider));
        _confirmsWith(heir);
    }

    function test_LetsNoRegistrarConfirmAsAKey() public {
        _isNamedAndAnnounced(registrar);
        vm.expectRevert(abi.encodeWithSelector(Recovery.SamePartyTwice.selector, registrar));
        _confirmsWith(registrar);
    }

    function test_ConfirmsNothingUnannouncedWithAKey() public {
        _names(alice, key);
        uint256 named = block.timestamp;
        vm.expectRevert(abi.encodeWithSelector(Recovery.KeyNamedTooLate.selector, named, 0));
        _confirmsWith(key);
        itIs(block.timestamp + 1);
        announcesLostKey();
        objects(alice, person);
        vm.expectRevert(notAwaiting(person, Recovery.Status.Objected));
        _confirmsWith(key);
    }

    function test_ConfirmsWithTheKey() public {
        _isNamedAndAnnounced(key);
        vm.expectRevert(abi.encodeWithSelector(Recovery.NotTheDocument.selector, person, bytes32("another"), DOCUMENT));
        vm.prank(key);
        recovery.confirmWithKey(person, "another");
        vm.expectEmit(address(recovery));
        emit Recovery.RecoveryConfirmed(person, key, DOCUMENT);
        _confirmsWith(key);
        assertStatus(person, Recovery.Status.Confirmed);
    }

    function test_TakesAKeyThatIsToBeTheNewWallet() public {
        _isNamedAndAnnounced(next);
        _confirmsWith(next);
        itIs(objectionEnds());
        executes(person);
        assertEq(registry.currentWalletOf(person), next);
    }

    function _names(address wallet, address given) private {
        vm.prank(wallet);
        recovery.nameRecoveryKey(given);
    }

    function _isNamedAndAnnounced(address given) private {
        _names(alice, given);
        itIs(block.timestamp + 1);
        announcesLostKey();
    }

    function _confirmsWith(address given) private {
        vm.prank(given);
        recovery.confirmWithKey(person, DOCUMENT);
    }

    function _waitsAndCalls(address caller, bytes memory call) private {
        vm.prank(caller);
        authority.schedule(address(recovery), call, 0);
        itIs(block.timestamp + 1 hours);
        vm.prank(caller);
        authority.execute(address(recovery), call);
    }
}
