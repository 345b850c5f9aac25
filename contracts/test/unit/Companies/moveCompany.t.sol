// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Companies} from "../../../src/ledger/Companies.sol";
import {Directory} from "../../../src/ledger/Directory.sol";
import {Moving} from "./Moving.sol";

contract MoveCompanyTest is Moving {
    function test_IsForAdminAloneToAllowADirectory() public {
        vm.expectRevert(notAuthorized(operator, Companies.allowDirectory.selector));
        vm.prank(operator);
        directory.allowDirectory(outsider, true);
        vm.expectRevert(notAuthorized(issuer, Companies.allowDirectory.selector));
        vm.prank(issuer);
        directory.allowDirectory(outsider, true);
    }

    function test_SaysWhichAreAllowed() public {
        assertTrue(directory.directoryAllowed(address(newer)));
        bytes memory call = abi.encodeCall(Companies.allowDirectory, (address(newer), false));
        vm.prank(admin);
        authority.schedule(address(directory), call, 0);
        itIs(block.timestamp + ADMIN_DELAY);
        vm.expectEmit(address(directory));
        emit Companies.DirectoryAllowed(address(newer), false);
        vm.prank(admin);
        authority.execute(address(directory), call);
        assertFalse(directory.directoryAllowed(address(newer)));
    }

    function test_LetsOnlyTheControllerMoveACompany() public {
        vm.expectRevert(abi.encodeWithSelector(Companies.NotTheController.selector, operator, issuer));
        vm.prank(operator);
        directory.moveCompany(companyId, address(newer));
    }

    function test_MovesToNoDirectoryThatIsNotAllowed() public {
        HostileDirectory hostile = new HostileDirectory();
        vm.expectRevert(abi.encodeWithSelector(Companies.DirectoryNotAllowed.selector, address(hostile)));
        vm.prank(issuer);
        directory.moveCompany(companyId, address(hostile));
    }

    function test_DoesNotMoveToItself() public {
        allows(directory, directory);
        vm.expectRevert(abi.encodeWithSelector(Companies.DirectoryNotAllowed.selector, address(directory)));
        moves(directory, companyId, directory);
    }

    function test_MovesNowhereThatDoesNotReceiveIt() public {
        Directory closed = anotherDirectory();
        allows(directory, closed);
        vm.expectRevert(abi.encodeWithSelector(Companies.DirectoryNotAllowed.selector, address(directory)));
        moves(directory, companyId, closed);
        assertEq(directory.controllerOf(companyId), issuer);
    }

    function test_LeavesOnlyOnce() public {
        moves(directory, companyId, newer);
        vm.expectRevert(abi.encodeWithSelector(Companies.CompanyHasMoved.selector, companyId));
        moves(directory, companyId, newer);
    }

    function test_MovesEightTimesAtMost() public {
        (Directory from, uint256 company) = (directory, companyId);
        Directory to = newer;
        for (uint256 i = 0; i < 8; ++i) {
            company = moves(from, company, to);
            (from, to) = (to, anotherDirectory());
            allows(from, to);
            allows(to, from);
        }
        vm.expectRevert(abi.encodeWithSelector(Companies.MovedTooOften.selector, company, 8));
        moves(from, company, to);
        assertEq(directory.controllerOf(companyId), issuer);
    }

    function test_IsKeptByTheOtherDirectoryFromThenOn() public {
        vm.expectEmit(address(newer));
        emit Companies.CompanyRegistered(2, issuer, 600, "WindowMirror Inc", "Delaware 5871239");
        vm.expectEmit(address(newer));
        emit Companies.CompanyReceived(2, address(directory), companyId, directory.issuerKey(companyId));
        vm.expectEmit(address(directory));
        emit Companies.CompanyMoved(companyId, address(newer), 2);
        assertEq(moves(directory, companyId, newer), 2);
        (address kept, uint256 number) = keeper(companyId);
        assertEq(kept, address(newer));
        assertEq(number, 2);
        (kept, number) = newer.successorOf(2);
        assertEq(kept, address(newer));
        assertEq(number, 2);
        requireHistories();
    }

    function test_KeepsItsNameAsAnIssuer() public {
        bytes32 key = directory.issuerKey(companyId);
        assertEq(key, keccak256(abi.encode(address(directory), companyId)));
        uint256 received = moves(directory, companyId, newer);
        assertEq(newer.issuerKey(received), key);
        assertEq(directory.issuerKey(companyId), key);
        Directory third = anotherDirectory();
        allows(newer, third);
        allows(third, newer);
        assertEq(third.issuerKey(moves(newer, received, third)), key);
    }

    function test_KeepsItsFeeNameAndRegistration() public {
        Companies.Company memory company = newer.company(moves(directory, companyId, newer));
        assertEq(company.controller, issuer);
        assertEq(company.feeBps, 600);
        assertEq(company.name, "WindowMirror Inc");
        assertEq(company.registration, "Delaware 5871239");
    }

    function test_TakesNoOpenProposalAlong() public {
        vm.prank(issuer);
        directory.proposeController(companyId, outsider);
        uint256 received = moves(directory, companyId, newer);
        assertEq(directory.proposedController(companyId), address(0));
        assertEq(newer.proposedController(received), address(0));
    }

    function test_AnswersForItsControllerFromTheOtherDirectory() public {
        uint256 received = moves(directory, companyId, newer);
        assertEq(directory.controllerOf(companyId), issuer);
        vm.prank(issuer);
        newer.proposeController(received, outsider);
        vm.prank(outsider);
        newer.acceptController(received);
        assertEq(directory.controllerOf(companyId), outsider);
        assertEq(directory.company(companyId).controller, outsider);
        assertEq(directory.payeeOf(companyId, issuer), outsider, "who is paid");
    }

    function test_AsksWhereItIsKeptWhetherItsKeyIsLost() public {
        bytes32 key = directory.issuerKey(companyId);
        uint256 received = moves(directory, companyId, newer);
        assertEq(directory.payeeOf(companyId, outsider), issuer);
        vm.prank(registrar);
        recovery.announceController(address(directory), uint64(companyId), outsider, "affidavit");
        assertEq(recovery.recoveryOf(key).directory, address(newer));
        assertEq(recovery.recoveryOf(key).companyId, received);
        vm.expectRevert(abi.encodeWithSelector(Companies.RecoveryPending.selector, key));
        directory.payeeOf(companyId, outsider);
        assertEq(directory.payeeOf(companyId, issuer), issuer);
    }

    function test_OpensNothingMoreHere() public {
        moves(directory, companyId, newer);
        address replacer = directory.recovery();
        bytes memory moved = abi.encodeWithSelector(Companies.CompanyHasMoved.selector, companyId);
        vm.expectRevert(moved);
        openClass(companyId, issuer, 10);
        vm.expectRevert(moved);
        openRound(filedTerms());
        vm.expectRevert(moved);
        vm.prank(issuer);
        directory.proposeController(companyId, outsider);
        vm.expectRevert(moved);
        vm.prank(replacer);
        directory.changeControllerByRecovery(companyId, outsider);
    }

    /// @dev Its instances are listed there already, so nothing more could be opened for it.
    function test_NeverComesBack() public {
        Directory third = anotherDirectory();
        allows(newer, third);
        allows(third, newer);
        allows(third, directory);
        allows(directory, third);
        bytes memory reason = abi.encodeWithSelector(Companies.WasHereBefore.selector, directory.issuerKey(companyId));
        uint256 received = moves(directory, companyId, newer);
        vm.expectRevert(reason);
        moves(newer, received, directory);
        received = moves(newer, received, third);
        vm.expectRevert(reason);
        moves(third, received, directory);
        vm.expectRevert(reason);
        moves(third, received, newer);
    }

    function test_IsReceivedFromAnAllowedDirectoryOnly() public {
        Companies.MovedCompany memory moved =
            Companies.MovedCompany(1, issuer, 600, 1, directory.issuerKey(1), "WindowMirror Inc", "");
        vm.expectRevert(abi.encodeWithSelector(Companies.DirectoryNotAllowed.selector, outsider));
        vm.prank(outsider);
        newer.receiveCompany(moved);
    }

    function test_TakesNobodyElsesNameAsAnIssuer() public {
        uint256 received = moves(directory, companyId, newer);
        vm.prank(operator);
        uint256 next = newer.registerCompany(outsider, 0, "Another Inc", "");
        assertNotEq(newer.issuerKey(next), newer.issuerKey(received));
        assertNotEq(newer.issuerKey(companyId), newer.issuerKey(received));
    }
}

/// @dev Would say of every company that its caller controls it.
contract HostileDirectory {
    function receiveCompany(Companies.MovedCompany calldata) external pure returns (uint256) {
        return 1;
    }

    function controllerOf(uint256) external view returns (address) {
        return msg.sender;
    }
}
