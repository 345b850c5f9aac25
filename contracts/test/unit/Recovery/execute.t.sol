// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../../../src/identity/Category.sol";
import {ICompanyControl} from "../../../src/identity/ICompanyControl.sol";
import {InvestorRegistry} from "../../../src/identity/InvestorRegistry.sol";
import {Recovery} from "../../../src/identity/Recovery.sol";
import {Companies} from "../../../src/ledger/Companies.sol";
import {Directory} from "../../../src/ledger/Directory.sol";
import {Recoveries} from "./Recoveries.sol";

/// @notice A Directory that nobody deployed in good faith: it says what it likes and calls back.
contract ForgedDirectory is ICompanyControl {
    Recovery private immutable RECOVERY;
    address public controllerOf_ = address(this);
    bytes public refused;
    bytes32 public key;
    address public successor;
    uint256 public successorId;

    constructor(Recovery recovery_) {
        RECOVERY = recovery_;
    }

    function controllerOf(uint256) external view returns (address) {
        return controllerOf_;
    }

    function successorOf(uint256 companyId) external view returns (address, uint256) {
        return successor == address(0) ? (address(this), companyId) : (successor, successorId);
    }

    function issuerKey(uint256 companyId) public view returns (bytes32) {
        return key == 0 ? keccak256(abi.encode(address(this), companyId)) : key;
    }

    function pretends(address controller, bytes32 key_) external {
        (controllerOf_, key) = (controller, key_);
    }

    function pointsTo(address directory, uint256 companyId) external {
        (successor, successorId) = (directory, companyId);
    }

    function changeControllerByRecovery(uint256 companyId, address) external {
        try RECOVERY.execute(issuerKey(companyId)) {}
        catch (bytes memory reason) {
            refused = reason;
        }
    }
}

/// @notice What a recovery does once nobody objected.
contract RecoveryExecuteTest is Recoveries {
    function test_ExecutesNothingThatIsNotConfirmed() public {
        vm.expectRevert(notConfirmed(person, Recovery.Status.None));
        executes(person);
        announcesLostKey();
        vm.expectRevert(notConfirmed(person, Recovery.Status.Announced));
        executes(person);
        itIs(objectionEnds());
        vm.expectRevert(notConfirmed(person, Recovery.Status.Lapsed));
        executes(person);
    }

    function test_ExecutesNothingBeforeTheObjectionPeriodIsOver() public {
        announcesLostKey();
        itIs(block.timestamp + 6 days);
        confirms(person);
        uint256 until = objectionEnds();
        vm.warp(until - 1);
        vm.expectRevert(abi.encodeWithSelector(Recovery.StillOpenToObjection.selector, until, until - 1));
        executes(person);
        vm.warp(until);
        executes(person);
    }

    function test_ExecutesNothingThatHasLapsed() public {
        announcesLostKey();
        confirms(person);
        uint256 until = block.timestamp + 44 days;
        uint256 snapshot = vm.snapshotState();
        vm.warp(until - 1);
        executes(person);
        vm.revertToState(snapshot);
        vm.warp(until);
        vm.expectRevert(notConfirmed(person, Recovery.Status.Lapsed));
        executes(person);
    }

    // ------------------------------------------------------------------------------------------ persons

    function test_GivesNobodyAWalletTakenMeanwhile() public {
        announcesLostKey();
        confirms(person);
        attest(next, Category.Retail, 1, block.timestamp + 365 days);
        itIs(objectionEnds());
        vm.expectRevert(abi.encodeWithSelector(InvestorRegistry.WalletTaken.selector, next, identityOf(next)));
        executes(person);
        assertStatus(person, Recovery.Status.Confirmed);
        assertEq(registry.currentWalletOf(person), alice);
    }

    function test_LetsTheNewWalletActByAnyonesCall() public {
        announcesLostKey();
        confirms(person);
        itIs(objectionEnds());
        vm.expectEmit(address(registry));
        emit InvestorRegistry.WalletSucceeded(person, alice, next);
        vm.expectEmit(address(recovery));
        emit Recovery.RecoveryExecuted(person, alice, next);
        executes(person);
        assertStatus(person, Recovery.Status.Executed);
        assertEq(registry.currentWalletOf(person), next);
        assertEq(registry.successorOf(alice), next);
        assertEq(address(recovery.registry()), address(registry));
        requireHistories();
    }

    function test_ExecutesOnce() public {
        announcesLostKey();
        confirms(person);
        itIs(objectionEnds());
        executes(person);
        vm.expectRevert(notConfirmed(person, Recovery.Status.Executed));
        executes(person);
        vm.warp(block.timestamp + 100 days);
        assertStatus(person, Recovery.Status.Executed);
    }

    function test_FollowsAChainOfRecoveries() public {
        _recovers(person, next);
        address last = makeAddr("last");
        _recovers(person, last);
        assertEq(registry.successorOf(alice), last);
        assertEq(registry.successorOf(next), last);
        vm.prank(registrar);
        vm.expectRevert(abi.encodeWithSelector(InvestorRegistry.WalletTaken.selector, alice, person));
        recovery.announceWallet(Recovery.Kind.LostKey, person, alice, DOCUMENT);
    }

    function test_LetsTheHeirActAndSaysForWhichWallet() public {
        announcesInheritance();
        confirms(person);
        itIs(objectionEnds());
        vm.expectEmit(address(registry));
        emit InvestorRegistry.EstatePassed(person, identityOf(heir), alice, heir);
        vm.expectEmit(address(recovery));
        emit Recovery.RecoveryExecuted(person, alice, heir);
        executes(person);
        assertEq(registry.currentWalletOf(person), heir);
        requireHistories();
    }

    function test_PassesToTheWalletThatTheHeirHasByThen() public {
        announcesInheritance();
        confirms(person);
        itIs(block.timestamp + 1);
        _recovers(identityOf(heir), next);
        vm.expectEmit(address(recovery));
        emit Recovery.RecoveryExecuted(person, alice, next);
        executes(person);
        assertEq(registry.successorOf(alice), next);
    }

    function test_PassesToWhomTheHeirsEstatePassedMeanwhile() public {
        address grandchild = makeAddr("grandchild");
        attest(grandchild, Category.Retail, 1, block.timestamp + 365 days);
        vm.prank(registrar);
        recovery.announceHeir(Recovery.Kind.Inheritance, identityOf(heir), identityOf(grandchild), DOCUMENT);
        announcesInheritance();
        confirms(person);
        confirms(identityOf(heir));
        itIs(objectionEnds());
        executes(identityOf(heir));
        executes(person);
        assertEq(registry.currentWalletOf(person), grandchild);
        assertEq(registry.actingFor(person), identityOf(grandchild));
    }

    function test_PassesToAnHeirWhoExpiredMeanwhile() public {
        announcesInheritance();
        confirms(person);
        revoke(heir);
        itIs(objectionEnds());
        executes(person);
        assertEq(registry.currentWalletOf(person), heir);
        assertFalse(registry.isVerified(heir));
    }

    function test_LeavesOneOfTwoWhoInheritFromEachOther() public {
        vm.prank(registrar);
        recovery.announceHeir(Recovery.Kind.Inheritance, identityOf(heir), person, DOCUMENT);
        announcesInheritance();
        confirms(person);
        confirms(identityOf(heir));
        itIs(objectionEnds());
        executes(person);
        vm.expectRevert(abi.encodeWithSelector(InvestorRegistry.HeirIsTheDead.selector, identityOf(heir), person));
        executes(identityOf(heir));
        assertEq(registry.currentWalletOf(person), heir);
        assertEq(registry.currentWalletOf(identityOf(heir)), heir);
    }

    function test_ExecutesACourtOrderAsAnInheritance() public {
        vm.prank(registrar);
        recovery.announceHeir(Recovery.Kind.CourtOrder, person, identityOf(heir), DOCUMENT);
        confirms(person);
        itIs(objectionEnds());
        executes(person);
        assertEq(registry.currentWalletOf(person), heir);
    }

    // ------------------------------------------------------------------------------------------ companies

    function test_ReplacesNoControllerThatHandedOverMeanwhile() public {
        announcesController(next);
        confirms(company);
        vm.prank(issuer);
        directory.proposeController(companyId, heir);
        vm.prank(heir);
        directory.acceptController(companyId);
        itIs(objectionEnds());
        vm.expectRevert(abi.encodeWithSelector(Recovery.ControllerHasChanged.selector, issuer, heir));
        executes(company);
        assertEq(directory.controllerOf(companyId), heir);
    }

    function test_ForgetsWhomTheLostKeyProposed() public {
        vm.prank(issuer);
        directory.proposeController(companyId, heir);
        announcesController(next);
        confirms(company);
        itIs(objectionEnds());
        executes(company);
        vm.expectRevert(abi.encodeWithSelector(Companies.NotTheCandidate.selector, heir, address(0)));
        vm.prank(heir);
        directory.acceptController(companyId);
    }

    function test_ReplacesTheControllerWhereTheCompanyIsNow() public {
        Directory newer = anotherDirectory();
        administers(address(directory), abi.encodeCall(Companies.allowDirectory, (address(newer), true)));
        administers(address(newer), abi.encodeCall(Companies.allowDirectory, (address(directory), true)));
        announcesController(next);
        confirms(company);
        vm.prank(issuer);
        uint256 number = directory.moveCompany(companyId, address(newer));
        itIs(objectionEnds());
        executes(company);
        assertEq(newer.controllerOf(number), next);
        assertEq(directory.controllerOf(companyId), next);
    }

    function test_ReplacesNoControllerOfADirectoryWithAnotherRecovery() public {
        Recovery stranger = Recovery(deployCode("Recovery.sol", abi.encode(authority, registry)));
        bytes4[] memory announcing = new bytes4[](1);
        announcing[0] = Recovery.announceController.selector;
        administers(
            address(authority), abi.encodeCall(authority.setTargetFunctionRole, (address(stranger), announcing, 2))
        );
        announcing[0] = Recovery.confirm.selector;
        administers(
            address(authority), abi.encodeCall(authority.setTargetFunctionRole, (address(stranger), announcing, 4))
        );
        vm.prank(registrar);
        stranger.announceController(address(directory), uint64(companyId), next, DOCUMENT);
        vm.prank(recoverer);
        stranger.confirm(company, DOCUMENT);
        itIs(objectionEnds());
        vm.expectRevert(abi.encodeWithSelector(Companies.OnlyRecovery.selector, address(stranger), address(recovery)));
        stranger.execute(company);
    }

    function test_ReplacesTheController() public {
        announcesController(next);
        confirms(company);
        itIs(objectionEnds());
        vm.expectEmit(address(directory));
        emit Companies.ControllerChanged(companyId, issuer, next);
        vm.expectEmit(address(recovery));
        emit Recovery.RecoveryExecuted(company, issuer, next);
        executes(company);
        assertEq(directory.controllerOf(companyId), next);
        requireHistories();
    }

    // ------------------------------------------------------------------------------------------ hostile Directories

    function test_ExecutesOnceForADirectoryThatCallsBack() public {
        ForgedDirectory forged = new ForgedDirectory(recovery);
        bytes32 subject = _announcesForged(forged);
        itIs(objectionEnds());
        executes(subject);
        assertEq(forged.refused(), notConfirmed(subject, Recovery.Status.Executed));
        assertStatus(subject, Recovery.Status.Executed);
    }

    function test_LetsNoForgedDirectoryTouchAnyoneElse() public {
        bytes32 subject = _announcesForged(new ForgedDirectory(recovery));
        assertTrue(subject != company && subject != person);
        assertStatus(company, Recovery.Status.None);
        itIs(objectionEnds());
        executes(subject);
        assertEq(directory.controllerOf(companyId), issuer);
        assertEq(registry.currentWalletOf(person), alice);
    }

    /// @dev The forged Directory names the real one only after the announcement, so that the company's controller is never
    /// asked.
    function test_RecoversNoCompanyByAForgedDirectoryThatPointsToIt() public {
        ForgedDirectory forged = new ForgedDirectory(recovery);
        bytes32 subject = _announcesForged(forged);
        forged.pointsTo(address(directory), companyId);
        itIs(objectionEnds());
        vm.expectRevert(abi.encodeWithSelector(Recovery.ControllerHasChanged.selector, address(forged), issuer));
        executes(subject);
        forged = new ForgedDirectory(recovery);
        forged.pretends(issuer, 0);
        subject = _announcesForged(forged);
        forged.pointsTo(address(directory), companyId);
        itIs(objectionEnds());
        vm.expectRevert(abi.encodeWithSelector(Recovery.NotACompany.selector, subject));
        executes(subject);
        assertEq(directory.controllerOf(companyId), issuer);
    }

    function test_AForgedDirectoryStandsInForTheCompanyItNames() public {
        ForgedDirectory forged = new ForgedDirectory(recovery);
        forged.pointsTo(address(directory), companyId);
        vm.prank(registrar);
        recovery.announceController(address(forged), 1, next, DOCUMENT);
        assertStatus(company, Recovery.Status.Announced);
        vm.prank(issuer);
        recovery.object(company);
        assertStatus(company, Recovery.Status.Objected);
    }

    function test_TakesNoPersonForACompany() public {
        ForgedDirectory forged = new ForgedDirectory(recovery);
        forged.pretends(address(forged), person);
        vm.expectRevert(abi.encodeWithSelector(Recovery.NotACompany.selector, person));
        vm.prank(registrar);
        recovery.announceController(address(forged), 1, next, DOCUMENT);
    }

    function _announcesForged(ForgedDirectory forged) private returns (bytes32 subject) {
        subject = forged.issuerKey(1);
        vm.prank(registrar);
        recovery.announceController(address(forged), 1, next, DOCUMENT);
        confirms(subject);
    }

    function _recovers(bytes32 identity, address wallet) private {
        vm.prank(registrar);
        recovery.announceWallet(Recovery.Kind.LostKey, identity, wallet, DOCUMENT);
        confirms(identity);
        itIs(objectionEnds());
        executes(identity);
    }
}
