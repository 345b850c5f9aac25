// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {InvestorRegistry} from "../../../src/identity/InvestorRegistry.sol";
import {Recovery} from "../../../src/identity/Recovery.sol";
import {Recoveries} from "./Recoveries.sol";

/// @notice What the registrar may announce, and when.
contract RecoveryAnnounceTest is Recoveries {
    function test_LetsOnlyTheRegistrarAnnounce() public {
        address[6] memory others = [operator, guardian, recoverer, admin, alice, outsider];
        for (uint256 i = 0; i < others.length; ++i) {
            vm.startPrank(others[i]);
            vm.expectRevert(notAuthorized(others[i], Recovery.announceWallet.selector));
            recovery.announceWallet(Recovery.Kind.LostKey, person, next, DOCUMENT);
            vm.expectRevert(notAuthorized(others[i], Recovery.announceHeir.selector));
            recovery.announceHeir(Recovery.Kind.Inheritance, person, identityOf(heir), DOCUMENT);
            vm.expectRevert(notAuthorized(others[i], Recovery.announceController.selector));
            recovery.announceController(address(directory), uint64(companyId), next, DOCUMENT);
            vm.stopPrank();
        }
    }

    function test_AnnouncesNothingWithoutADocument() public {
        vm.startPrank(registrar);
        vm.expectRevert(Recovery.DocumentMissing.selector);
        recovery.announceWallet(Recovery.Kind.LostKey, person, next, 0);
        vm.expectRevert(Recovery.DocumentMissing.selector);
        recovery.announceHeir(Recovery.Kind.Inheritance, person, identityOf(heir), 0);
        vm.expectRevert(Recovery.DocumentMissing.selector);
        recovery.announceController(address(directory), uint64(companyId), next, 0);
    }

    function test_AnnouncesAWalletForLostKeysAndCourtOrdersAlone() public {
        Recovery.Kind[3] memory kinds = [Recovery.Kind.None, Recovery.Kind.Inheritance, Recovery.Kind.ControllerKey];
        vm.startPrank(registrar);
        for (uint256 i = 0; i < kinds.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(Recovery.KindDoesNotFit.selector, kinds[i]));
            recovery.announceWallet(kinds[i], person, next, DOCUMENT);
        }
    }

    function test_AnnouncesAnHeirForInheritancesAndCourtOrdersAlone() public {
        Recovery.Kind[3] memory kinds = [Recovery.Kind.None, Recovery.Kind.LostKey, Recovery.Kind.ControllerKey];
        vm.startPrank(registrar);
        for (uint256 i = 0; i < kinds.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(Recovery.KindDoesNotFit.selector, kinds[i]));
            recovery.announceHeir(kinds[i], person, identityOf(heir), DOCUMENT);
        }
    }

    function test_AnnouncesNothingAboutNobody() public {
        vm.startPrank(registrar);
        vm.expectRevert(_unknown("nobody"));
        recovery.announceWallet(Recovery.Kind.LostKey, "nobody", next, DOCUMENT);
        vm.expectRevert(_unknown("nobody"));
        recovery.announceHeir(Recovery.Kind.Inheritance, "nobody", identityOf(heir), DOCUMENT);
    }

    function test_AnnouncesNoControllerOfAnUnknownCompany() public {
        vm.expectRevert(abi.encodeWithSelector(Recovery.UnknownCompany.selector, 99));
        vm.prank(registrar);
        recovery.announceController(address(directory), 99, next, DOCUMENT);
    }

    function test_AnnouncesNothingAboutTheDead() public {
        vm.prank(address(recovery));
        registry.inherit(person, identityOf(heir));
        vm.startPrank(registrar);
        vm.expectRevert(_unknown(person));
        recovery.announceWallet(Recovery.Kind.LostKey, person, next, DOCUMENT);
        vm.expectRevert(_unknown(person));
        recovery.announceHeir(Recovery.Kind.Inheritance, person, identityOf(heir), DOCUMENT);
    }

    function test_AnnouncesNoWalletThatWasEverTaken() public {
        vm.startPrank(registrar);
        vm.expectRevert(InvestorRegistry.WalletMissing.selector);
        recovery.announceWallet(Recovery.Kind.LostKey, person, address(0), DOCUMENT);
        vm.expectRevert(abi.encodeWithSelector(InvestorRegistry.WalletTaken.selector, heir, identityOf(heir)));
        recovery.announceWallet(Recovery.Kind.LostKey, person, heir, DOCUMENT);
        vm.expectRevert(abi.encodeWithSelector(InvestorRegistry.WalletTaken.selector, alice, person));
        recovery.announceWallet(Recovery.Kind.LostKey, person, alice, DOCUMENT);
    }

    function test_AnnouncesNoControllerThatIsNobodyOrInControl() public {
        vm.startPrank(registrar);
        vm.expectRevert(Recovery.ControllerMissing.selector);
        recovery.announceController(address(directory), uint64(companyId), address(0), DOCUMENT);
        vm.expectRevert(abi.encodeWithSelector(Recovery.AlreadyInControl.selector, issuer));
        recovery.announceController(address(directory), uint64(companyId), issuer, DOCUMENT);
    }

    function test_AnnouncesNoHeirThatNobodyKnows() public {
        vm.startPrank(registrar);
        vm.expectRevert(_unknown("nobody"));
        recovery.announceHeir(Recovery.Kind.Inheritance, person, "nobody", DOCUMENT);
        vm.expectRevert(_unknown(0));
        recovery.announceHeir(Recovery.Kind.Inheritance, person, 0, DOCUMENT);
    }

    function test_AnnouncesNoDeadAsTheirOwnHeir() public {
        vm.expectRevert(abi.encodeWithSelector(InvestorRegistry.HeirIsTheDead.selector, person, person));
        vm.prank(registrar);
        recovery.announceHeir(Recovery.Kind.Inheritance, person, person, DOCUMENT);
    }

    // ------------------------------------------------------------------------------------------ one at a time

    function test_AnnouncesOneAtATimeUntilItIsConfirmed() public {
        announcesLostKey();
        _refusesAsPending(Recovery.Status.Announced);
        vm.warp(confirmationEnds() - 1);
        _refusesAsPending(Recovery.Status.Announced);
        confirms(person);
        _refusesAsPending(Recovery.Status.Confirmed);
    }

    function test_AnnouncesOneAtATimeUntilItLapses() public {
        announcesLostKey();
        confirms(person);
        vm.warp(block.timestamp + 44 days - 1);
        _refusesAsPending(Recovery.Status.Confirmed);
    }

    function test_LeavesASubjectInPeaceAfterAnObjection() public {
        announcesLostKey();
        vm.warp(block.timestamp + 3 days);
        objects(alice, person);
        _isLeftInPeaceFor(14 days);
    }

    function test_LeavesASubjectInPeaceAfterAWithdrawal() public {
        announcesLostKey();
        vm.warp(block.timestamp + 3 days);
        withdraws(person);
        _isLeftInPeaceFor(14 days);
    }

    function test_LeavesASubjectInPeaceAfterOneLapsedUnconfirmed() public {
        announcesLostKey();
        vm.warp(confirmationEnds());
        _isLeftInPeaceFor(14 days);
    }

    function test_LeavesASubjectInPeaceAfterOneLapsedUnexecuted() public {
        announcesLostKey();
        confirms(person);
        vm.warp(block.timestamp + 44 days);
        _isLeftInPeaceFor(14 days);
    }

    function test_AnnouncesAnotherAtOnceAfterAnExecution() public {
        announcesLostKey();
        confirms(person);
        vm.warp(objectionEnds());
        executes(person);
        assertEq(recovery.announceableFrom(person), 0);
        vm.prank(registrar);
        recovery.announceWallet(Recovery.Kind.LostKey, person, outsider, DOCUMENT);
        assertEq(recovery.recoveryOf(person).oldWallet, next);
    }

    // ------------------------------------------------------------------------------------------ announcing

    function test_AnnouncesAWallet() public {
        vm.expectEmit(address(recovery));
        emit Recovery.RecoveryAnnounced(person, alice, Recovery.Kind.LostKey, next, 0, DOCUMENT, address(0), 0);
        announcesLostKey();
        Recovery.Announcement memory expected = _expected(Recovery.Kind.LostKey);
        expected.newWallet = next;
        assertEq(abi.encode(recovery.recoveryOf(person)), abi.encode(expected));
        assertEq(registry.currentWalletOf(person), alice);
        requireHistories();
    }

    function test_AnnouncesACourtOrderForAWallet() public {
        vm.prank(registrar);
        recovery.announceWallet(Recovery.Kind.CourtOrder, person, next, DOCUMENT);
        Recovery.Announcement memory expected = _expected(Recovery.Kind.CourtOrder);
        expected.newWallet = next;
        assertEq(abi.encode(recovery.recoveryOf(person)), abi.encode(expected));
    }

    function test_AnnouncesAnHeir() public {
        vm.expectEmit(address(recovery));
        emit Recovery.RecoveryAnnounced(
            person, alice, Recovery.Kind.Inheritance, address(0), identityOf(heir), DOCUMENT, address(0), 0
        );
        announcesInheritance();
        Recovery.Announcement memory expected = _expected(Recovery.Kind.Inheritance);
        expected.heir = identityOf(heir);
        assertEq(abi.encode(recovery.recoveryOf(person)), abi.encode(expected));
    }

    function test_AnnouncesACourtOrderForAnHeir() public {
        vm.prank(registrar);
        recovery.announceHeir(Recovery.Kind.CourtOrder, person, identityOf(heir), DOCUMENT);
        Recovery.Announcement memory expected = _expected(Recovery.Kind.CourtOrder);
        expected.heir = identityOf(heir);
        assertEq(abi.encode(recovery.recoveryOf(person)), abi.encode(expected));
    }

    function test_AnnouncesAnHeirWhoseAttestationHasExpired() public {
        vm.warp(block.timestamp + 400 days);
        assertFalse(registry.isVerified(heir));
        announcesInheritance();
        assertStatus(person, Recovery.Status.Announced);
    }

    function test_AnnouncesAController() public {
        vm.expectEmit(address(recovery));
        emit Recovery.RecoveryAnnounced(
            company, issuer, Recovery.Kind.ControllerKey, next, 0, DOCUMENT, address(directory), companyId
        );
        announcesController(next);
        Recovery.Announcement memory expected = _expected(Recovery.Kind.ControllerKey);
        (expected.newWallet, expected.oldWallet) = (next, issuer);
        (expected.directory, expected.companyId) = (address(directory), uint64(companyId));
        assertEq(abi.encode(recovery.recoveryOf(company)), abi.encode(expected));
    }

    function test_KeepsPersonsAndCompaniesApart() public {
        assertEq(company, keccak256(abi.encode(address(directory), companyId)));
        announcesLostKey();
        announcesController(next);
        vm.prank(registrar);
        recovery.announceHeir(Recovery.Kind.Inheritance, identityOf(heir), person, DOCUMENT);
        objects(alice, person);
        assertStatus(person, Recovery.Status.Objected);
        assertStatus(company, Recovery.Status.Announced);
        assertStatus(identityOf(heir), Recovery.Status.Announced);
        assertStatus("nobody", Recovery.Status.None);
        assertEq(recovery.announceableFrom("nobody"), 0);
    }

    // ------------------------------------------------------------------------------------------ helpers

    function _expected(Recovery.Kind kind) private view returns (Recovery.Announcement memory expected) {
        expected.kind = kind;
        expected.status = Recovery.Status.Announced;
        expected.since = uint40(block.timestamp);
        expected.announcedAt = uint40(block.timestamp);
        expected.oldWallet = alice;
        expected.documentHash = DOCUMENT;
        expected.announcer = registrar;
    }

    function _refusesAsPending(Recovery.Status status) private {
        assertStatus(person, status);
        bytes memory reason = abi.encodeWithSelector(Recovery.RecoveryIsPending.selector, person, status);
        vm.expectRevert(reason);
        announcesLostKey();
        vm.expectRevert(reason);
        announcesInheritance();
    }

    /// @dev From now on; to the second.
    function _isLeftInPeaceFor(uint256 time) private {
        uint256 until = block.timestamp + time;
        assertEq(recovery.announceableFrom(person), until);
        assertFalse(recovery.isPending(person));
        vm.expectRevert(abi.encodeWithSelector(Recovery.LeftInPeace.selector, person, until, block.timestamp));
        announcesLostKey();
        vm.warp(until - 1);
        vm.expectRevert(abi.encodeWithSelector(Recovery.LeftInPeace.selector, person, until, until - 1));
        announcesLostKey();
        vm.warp(until);
        announcesLostKey();
        assertStatus(person, Recovery.Status.Announced);
    }

    function _unknown(bytes32 identity) private pure returns (bytes memory) {
        return abi.encodeWithSelector(InvestorRegistry.UnknownIdentity.selector, identity);
    }
}
