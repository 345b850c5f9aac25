// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Companies} from "../../src/ledger/Companies.sol";
import {LedgerAuthority} from "../../src/ledger/LedgerAuthority.sol";
import {Platform} from "../../src/ledger/Platform.sol";
import {FundingRound} from "../../src/round/FundingRound.sol";
import {RoundSettlement} from "../../src/round/RoundSettlement.sol";
import {Ledger} from "../Ledger.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {Vm} from "forge-std/Vm.sol";

/// @notice Who decides what, after which delay; every decision is in the history. `itIs` folds and compares.
contract LedgerAuthorityTest is Ledger {
    uint64 private constant ADMIN = 0;
    uint64 private constant OPERATOR = 1;

    // ------------------------------------------------------------------------------------------ birth

    function test_IsBornWithItsRolesAndDelays() public view {
        assertEq(authority.minimumDelay(), ADMIN_DELAY);
        assertEq(authority.SHORTEST_DELAY(), 2 days);
        _hasRole(ADMIN, admin, ADMIN_DELAY);
        _hasRole(authority.OPERATOR_ROLE(), operator, 0);
        _hasRole(authority.REGISTRAR_ROLE(), registrar, 0);
        _hasRole(authority.GUARDIAN_ROLE(), guardian, 0);
        for (uint64 role = 1; role <= 3; ++role) {
            assertEq(authority.getRoleGrantDelay(role), ADMIN_DELAY);
        }
        assertEq(authority.getTargetAdminDelay(address(directory)), ADMIN_DELAY);
        assertEq(authority.getTargetAdminDelay(address(registry)), ADMIN_DELAY);
        assertEq(authority.getTargetAdminDelay(address(roundTemplate)), ADMIN_DELAY);
        assertEq(authority.minSetback(), 5 days, "as OpenZeppelin has it, once born");
    }

    function test_TellsTheNameOfEachRoleAtBirth() public {
        LedgerAuthority.RoleHolder[] memory holders = _holders();
        LedgerAuthority.FunctionRole[] memory none;
        address born = vm.computeCreateAddress(address(this), vm.getNonce(address(this)));
        for (uint256 i = 0; i < holders.length; ++i) {
            vm.expectEmit(born);
            emit IAccessManager.RoleLabel(holders[i].role, holders[i].label);
        }
        deployCode("LedgerAuthority.sol", abi.encode(admin, ADMIN_DELAY, holders, none));
    }

    function test_IsNotBornWithAShortDelay() public {
        vm.expectRevert(abi.encodeWithSelector(LedgerAuthority.DelayTooShort.selector, 2 days - 1, 2 days));
        new Birth(_birth(2 days - 1, _holders()));
    }

    function test_IsBornWithTheShortestDelay() public {
        LedgerAuthority.FunctionRole[] memory none;
        address born = deployCode("LedgerAuthority.sol", abi.encode(admin, 2 days, _holders(), none));
        assertEq(LedgerAuthority(born).minimumDelay(), 2 days);
    }

    function test_SetsADelayOnceForEachRoleAndEachTarget() public {
        LedgerAuthority.RoleHolder[] memory holders = _holders();
        holders[1].role = OPERATOR;
        LedgerAuthority.FunctionRole[] memory functions = new LedgerAuthority.FunctionRole[](2);
        functions[0] = LedgerAuthority.FunctionRole(outsider, Platform.setFeeRecipient.selector, OPERATOR);
        functions[1] = LedgerAuthority.FunctionRole(outsider, Companies.registerCompany.selector, OPERATOR);
        vm.recordLogs();
        deployCode("LedgerAuthority.sol", abi.encode(admin, ADMIN_DELAY, holders, functions));
        Vm.Log[] memory logs = vm.getRecordedLogs();
        assertEq(_count(logs, IAccessManager.RoleGrantDelayChanged.selector), 3, "two holders of four share a role");
        assertEq(_count(logs, IAccessManager.TargetAdminDelayUpdated.selector), 1, "two functions of one target");
    }

    /// @dev First holders wait for nothing, and ADMIN always waits.
    function test_IsNotBornWithASecondAdmin() public {
        LedgerAuthority.RoleHolder[] memory holders = _holders();
        holders[2].role = ADMIN;
        vm.expectRevert(abi.encodeWithSelector(IAccessManager.AccessManagerLockedRole.selector, ADMIN));
        new Birth(_birth(ADMIN_DELAY, holders));
    }

    // ------------------------------------------------------------------------------------------ roles

    function test_GrantsARoleToANewHolderAfterTheGrantDelay() public {
        uint256 since = block.timestamp + 2 * uint256(ADMIN_DELAY);
        _announce(address(authority), abi.encodeCall(IAccessManager.grantRole, (OPERATOR, outsider, 60)));
        vm.expectEmit(address(authority));
        emit IAccessManager.RoleGranted(OPERATOR, outsider, 60, uint48(since), true);
        _execute(address(authority), abi.encodeCall(IAccessManager.grantRole, (OPERATOR, outsider, 60)));
        (bool member,) = authority.hasRole(OPERATOR, outsider);
        assertFalse(member, "not yet");
        itIs(since);
        _hasRole(OPERATOR, outsider, 60);
    }

    function test_LengthensAHoldersDelayAtOnceAndShortensItAfterTheDifference() public {
        _announce(address(authority), abi.encodeCall(IAccessManager.grantRole, (OPERATOR, operator, 7 days)));
        vm.expectEmit(address(authority));
        emit IAccessManager.RoleGranted(OPERATOR, operator, 7 days, uint48(block.timestamp), false);
        _execute(address(authority), abi.encodeCall(IAccessManager.grantRole, (OPERATOR, operator, 7 days)));
        _hasRole(OPERATOR, operator, 7 days);

        _announce(address(authority), abi.encodeCall(IAccessManager.grantRole, (OPERATOR, operator, 1 days)));
        uint256 effect = block.timestamp + 6 days;
        vm.expectEmit(address(authority));
        emit IAccessManager.RoleGranted(OPERATOR, operator, 1 days, uint48(effect), false);
        _execute(address(authority), abi.encodeCall(IAccessManager.grantRole, (OPERATOR, operator, 1 days)));
        _hasRole(OPERATOR, operator, 7 days);
        itIs(effect);
        _hasRole(OPERATOR, operator, 1 days);
    }

    function test_RevokesAndRenounces() public {
        _announce(address(authority), abi.encodeCall(IAccessManager.revokeRole, (OPERATOR, operator)));
        vm.expectEmit(address(authority));
        emit IAccessManager.RoleRevoked(OPERATOR, operator);
        _execute(address(authority), abi.encodeCall(IAccessManager.revokeRole, (OPERATOR, operator)));
        vm.expectRevert(notAuthorized(operator, Companies.registerCompany.selector));
        vm.prank(operator);
        directory.registerCompany(issuer, 0, "Beta Corp", "");

        bytes32 head = authority.historyHead();
        vm.prank(outsider);
        authority.renounceRole(2, outsider);
        assertEq(authority.historyHead(), head, "nothing renounced, nothing said");
        vm.expectEmit(address(authority));
        emit IAccessManager.RoleRevoked(2, registrar);
        vm.prank(registrar);
        authority.renounceRole(2, registrar);
        requireHistories();
    }

    function test_NoHolderOfAdminEverWaitsLessThanTheMinimum() public {
        bytes memory call = abi.encodeCall(IAccessManager.grantRole, (ADMIN, outsider, ADMIN_DELAY - 1));
        _announce(address(authority), call);
        recorder.capture();
        vm.expectRevert(_tooShort());
        _execute(address(authority), call);
        recorder.forget();
        administers(address(authority), abi.encodeCall(IAccessManager.grantRole, (ADMIN, outsider, ADMIN_DELAY)));
        _hasRole(ADMIN, outsider, ADMIN_DELAY);
    }

    function test_LabelsARole() public {
        bytes memory call = abi.encodeCall(IAccessManager.labelRole, (OPERATOR, "the platform"));
        _announce(address(authority), call);
        vm.expectEmit(address(authority));
        emit IAccessManager.RoleLabel(OPERATOR, "the platform");
        _execute(address(authority), call);
        requireHistories();
    }

    function test_SetsAdminAndGuardianOfARole() public {
        bytes memory call = abi.encodeCall(IAccessManager.setRoleAdmin, (OPERATOR, 3));
        _announce(address(authority), call);
        vm.expectEmit(address(authority));
        emit IAccessManager.RoleAdminChanged(OPERATOR, 3);
        _execute(address(authority), call);
        call = abi.encodeCall(IAccessManager.setRoleGuardian, (OPERATOR, 2));
        _announce(address(authority), call);
        vm.expectEmit(address(authority));
        emit IAccessManager.RoleGuardianChanged(OPERATOR, 2);
        _execute(address(authority), call);
        assertEq(authority.getRoleAdmin(OPERATOR), 3);
        assertEq(authority.getRoleGuardian(OPERATOR), 2);
        requireHistories();
    }

    // ------------------------------------------------------------------------------------------ delays

    function test_GrantDelaysAreNeverUnderTheMinimum() public {
        bytes memory call = abi.encodeCall(IAccessManager.setGrantDelay, (OPERATOR, ADMIN_DELAY - 1));
        _announce(address(authority), call);
        vm.expectRevert(_tooShort());
        _execute(address(authority), call);
    }

    function test_AGrantDelayChangesAfterTheSetback() public {
        _changesGrantDelay(30 days, 5 days);
        _changesGrantDelay(ADMIN_DELAY, 27 days);
    }

    function test_TargetDelaysAreNeverUnderTheMinimum() public {
        bytes memory call = abi.encodeCall(IAccessManager.setTargetAdminDelay, (address(directory), ADMIN_DELAY - 1));
        _announce(address(authority), call);
        vm.expectRevert(_tooShort());
        _execute(address(authority), call);
    }

    function test_ATargetDelayChangesAfterTheSetback() public {
        _changesTargetDelay(30 days, 5 days);
        vm.prank(admin);
        vm.expectPartialRevert(IAccessManager.AccessManagerUnauthorizedCall.selector);
        authority.schedule(
            address(authority),
            abi.encodeCall(IAccessManager.setTargetClosed, (address(directory), true)),
            uint48(block.timestamp + ADMIN_DELAY)
        );
    }

    // ------------------------------------------------------------------------------------------ targets

    function test_GivesAFunctionToAnotherRole() public {
        bytes4[] memory selectors = new bytes4[](1);
        selectors[0] = Platform.setFeeRecipient.selector;
        bytes memory call =
            abi.encodeCall(IAccessManager.setTargetFunctionRole, (address(directory), selectors, OPERATOR));
        _announce(address(authority), call);
        vm.expectEmit(address(authority));
        emit IAccessManager.TargetFunctionRoleUpdated(address(directory), selectors[0], OPERATOR);
        _execute(address(authority), call);
        vm.prank(operator);
        directory.setFeeRecipient(outsider);
        requireHistories();
    }

    function test_ClosesATarget() public {
        bytes memory call = abi.encodeCall(IAccessManager.setTargetClosed, (address(directory), true));
        _announce(address(authority), call);
        vm.expectEmit(address(authority));
        emit IAccessManager.TargetClosed(address(directory), true);
        _execute(address(authority), call);
        vm.expectRevert(notAuthorized(operator, Companies.registerCompany.selector));
        vm.prank(operator);
        directory.registerCompany(issuer, 0, "Beta Corp", "");
        requireHistories();
    }

    // ------------------------------------------------------------------------------------------ operations

    function test_KeepsWhatIsScheduledCancelledAndExecuted() public {
        bytes memory call = abi.encodeCall(Platform.setFeeRecipient, (outsider));
        bytes32 id = authority.hashOperation(admin, address(directory), call);
        uint48 due = uint48(block.timestamp + 10 days);
        vm.expectEmit(address(authority));
        emit IAccessManager.OperationScheduled(id, 1, due, admin, address(directory), call);
        vm.prank(admin);
        authority.schedule(address(directory), call, due);
        vm.expectEmit(address(authority));
        emit IAccessManager.OperationCanceled(id, 1);
        vm.prank(admin);
        authority.cancel(admin, address(directory), call);
        vm.prank(admin);
        authority.schedule(address(directory), call, 0);
        itIs(block.timestamp + ADMIN_DELAY);
        vm.expectEmit(address(authority));
        emit IAccessManager.OperationExecuted(id, 2);
        _execute(address(directory), call);
        requireHistories();
    }

    function test_ARoleWithADelayActsThroughTheAuthority() public {
        administers(address(authority), abi.encodeCall(IAccessManager.grantRole, (OPERATOR, operator, 1 days)));
        vm.startPrank(operator);
        vm.expectRevert(notAuthorized(operator, Platform.delistSettlementToken.selector));
        directory.delistSettlementToken(address(dollar));
        bytes memory call = abi.encodeCall(Platform.delistSettlementToken, (address(dollar)));
        authority.schedule(address(directory), call, 0);
        vm.stopPrank();
        itIs(block.timestamp + 1 days);
        vm.prank(operator);
        authority.execute(address(directory), call);
        assertEq(directory.settlementToken(address(dollar)).currency, bytes3(0));
    }

    // ------------------------------------------------------------------------------------------ clones

    function test_ACloneTakesTheRolesOfItsTemplate() public {
        round = openRound(filedTerms());
        assertEq(authority.templateOf(address(round)), address(roundTemplate));
        assertEq(authority.templateOf(address(share)), address(shareTemplate));
        assertEq(authority.getTargetFunctionRole(address(round), FundingRound.pauseCommits.selector), 3);
        assertEq(authority.getTargetFunctionRole(address(round), FundingRound.cancelRound.selector), 3);
        assertEq(authority.getTargetFunctionRole(address(round), RoundSettlement.close.selector), ADMIN);
        address bare = Clones.clone(address(roundTemplate));
        assertEq(authority.templateOf(bare), address(roundTemplate), "without arguments too");
    }

    function test_WhatIsNoCloneStandsForItself() public {
        assertEq(authority.templateOf(outsider), outsider);
        assertEq(authority.templateOf(address(directory)), address(directory));
        bytes memory code = address(share).code;
        code[44] = 0xf4;
        vm.etch(outsider, code);
        assertEq(authority.templateOf(outsider), outsider, "another last byte");
        code = address(share).code;
        code[0] = 0x35;
        vm.etch(outsider, code);
        assertEq(authority.templateOf(outsider), outsider, "another first byte");
        bytes memory short = new bytes(44);
        vm.etch(outsider, short);
        assertEq(authority.templateOf(outsider), outsider, "too short");
    }

    // ------------------------------------------------------------------------------------------ inside

    function _count(Vm.Log[] memory logs, bytes32 event_) private pure returns (uint256 count) {
        for (uint256 i = 0; i < logs.length; ++i) {
            if (logs[i].topics[0] == event_) ++count;
        }
    }

    function _changesGrantDelay(uint32 delay, uint256 setback) private {
        bytes memory call = abi.encodeCall(IAccessManager.setGrantDelay, (OPERATOR, delay));
        _announce(address(authority), call);
        uint256 effect = block.timestamp + setback;
        uint32 before = authority.getRoleGrantDelay(OPERATOR);
        vm.expectEmit(address(authority));
        emit IAccessManager.RoleGrantDelayChanged(OPERATOR, delay, uint48(effect));
        _execute(address(authority), call);
        itIs(effect - 1);
        assertEq(authority.getRoleGrantDelay(OPERATOR), before);
        itIs(effect);
        assertEq(authority.getRoleGrantDelay(OPERATOR), delay);
    }

    function _changesTargetDelay(uint32 delay, uint256 setback) private {
        bytes memory call = abi.encodeCall(IAccessManager.setTargetAdminDelay, (address(directory), delay));
        _announce(address(authority), call);
        uint256 effect = block.timestamp + setback;
        vm.expectEmit(address(authority));
        emit IAccessManager.TargetAdminDelayUpdated(address(directory), delay, uint48(effect));
        _execute(address(authority), call);
        itIs(effect);
        assertEq(authority.getTargetAdminDelay(address(directory)), delay);
    }

    function _birth(uint32 delay, LedgerAuthority.RoleHolder[] memory holders) private view returns (bytes memory) {
        LedgerAuthority.FunctionRole[] memory none;
        return
            abi.encodePacked(vm.getCode("LedgerAuthority.sol:LedgerAuthority"), abi.encode(admin, delay, holders, none));
    }

    function _announce(address target, bytes memory call) private {
        vm.prank(admin);
        authority.schedule(target, call, 0);
        itIs(block.timestamp + ADMIN_DELAY);
    }

    function _execute(address target, bytes memory call) private {
        vm.prank(admin);
        authority.execute(target, call);
    }

    function _hasRole(uint64 role, address account, uint32 delay) private view {
        (bool member, uint32 executionDelay) = authority.hasRole(role, account);
        assertTrue(member);
        assertEq(executionDelay, delay);
    }

    function _tooShort() private view returns (bytes memory) {
        return abi.encodeWithSelector(LedgerAuthority.DelayTooShort.selector, ADMIN_DELAY - 1, ADMIN_DELAY);
    }
}

/// @notice Creates a contract and hands on why it was not born.
contract Birth {
    constructor(bytes memory creation) {
        assembly ("memory-safe") {
            if iszero(create(0, add(creation, 0x20), mload(creation))) {
                returndatacopy(0, 0, returndatasize())
                revert(0, returndatasize())
            }
        }
    }
}
