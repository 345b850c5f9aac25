// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Companies} from "../../../src/ledger/Companies.sol";
import {Ledger} from "../../Ledger.sol";

contract ControllerTest is Ledger {
    address private successor = makeAddr("successor");
    address private replacer;

    function setUp() public override {
        super.setUp();
        replacer = directory.recovery();
    }

    function _proposes(address candidate) private {
        vm.prank(issuer);
        directory.proposeController(companyId, candidate);
    }

    function test_LetsOnlyTheControllerPropose() public {
        vm.expectRevert(abi.encodeWithSelector(Companies.NotTheController.selector, operator, issuer));
        vm.prank(operator);
        directory.proposeController(companyId, operator);
    }

    function test_KnowsNoCompanyThatIsNot() public {
        vm.expectRevert(abi.encodeWithSelector(Companies.UnknownCompany.selector, 9));
        directory.proposeController(9, successor);
    }

    function test_ChangesNothingUntilTheCandidateAccepts() public {
        vm.expectEmit(address(directory));
        emit Companies.ControllerProposed(companyId, issuer, successor);
        _proposes(successor);
        assertEq(directory.proposedController(companyId), successor);
        assertEq(directory.controllerOf(companyId), issuer);
        openClass(companyId, issuer, 10);
    }

    function test_ReplacesTheCandidateBefore() public {
        _proposes(outsider);
        _proposes(successor);
        vm.expectRevert(abi.encodeWithSelector(Companies.NotTheCandidate.selector, outsider, successor));
        vm.prank(outsider);
        directory.acceptController(companyId);
    }

    function test_WithdrawsWithZero() public {
        _proposes(successor);
        _proposes(address(0));
        vm.expectRevert(abi.encodeWithSelector(Companies.NotTheCandidate.selector, successor, address(0)));
        vm.prank(successor);
        directory.acceptController(companyId);
    }

    function test_LetsOnlyTheCandidateAccept() public {
        _proposes(successor);
        vm.expectRevert(abi.encodeWithSelector(Companies.NotTheCandidate.selector, issuer, successor));
        vm.prank(issuer);
        directory.acceptController(companyId);
    }

    function test_LetsNobodyAcceptWhatWasNotProposed() public {
        vm.expectRevert(abi.encodeWithSelector(Companies.NotTheCandidate.selector, successor, address(0)));
        vm.prank(successor);
        directory.acceptController(companyId);
        vm.expectRevert(abi.encodeWithSelector(Companies.UnknownCompany.selector, 9));
        vm.prank(address(0));
        directory.acceptController(9);
    }

    function test_MakesTheCandidateTheController() public {
        _proposes(successor);
        vm.expectEmit(address(directory));
        emit Companies.ControllerChanged(companyId, issuer, successor);
        vm.prank(successor);
        directory.acceptController(companyId);
        assertEq(directory.controllerOf(companyId), successor);
        assertEq(directory.company(companyId).controller, successor);
        openClass(companyId, successor, 10);
        requireHistories();
    }

    function test_ForgetsTheProposal() public {
        _proposes(successor);
        vm.prank(successor);
        directory.acceptController(companyId);
        assertEq(directory.proposedController(companyId), address(0));
    }

    function test_LeavesTheOneBeforeNothingToDo() public {
        _proposes(successor);
        vm.prank(successor);
        directory.acceptController(companyId);
        vm.expectRevert(abi.encodeWithSelector(Companies.NotTheController.selector, issuer, successor));
        _proposes(issuer);
    }

    function test_LetsOnlyTheRecoveryReplace() public {
        address[5] memory callers = [operator, registrar, guardian, admin, issuer];
        for (uint256 i = 0; i < callers.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(Companies.OnlyRecovery.selector, callers[i], replacer));
            vm.prank(callers[i]);
            directory.changeControllerByRecovery(companyId, callers[i]);
        }
    }

    function test_NeverLeavesACompanyWithoutAController() public {
        vm.expectRevert(Companies.ControllerMissing.selector);
        vm.prank(replacer);
        directory.changeControllerByRecovery(companyId, address(0));
    }

    function test_RecoversNoCompanyThatIsNot() public {
        vm.expectRevert(abi.encodeWithSelector(Companies.UnknownCompany.selector, 9));
        vm.prank(replacer);
        directory.changeControllerByRecovery(9, successor);
    }

    function test_ReplacesTheControllerAndForgetsTheProposal() public {
        _proposes(outsider);
        vm.expectEmit(address(directory));
        emit Companies.ControllerChanged(companyId, issuer, successor);
        vm.prank(replacer);
        directory.changeControllerByRecovery(companyId, successor);
        assertEq(directory.controllerOf(companyId), successor);
        assertEq(directory.proposedController(companyId), address(0));
        vm.expectRevert(abi.encodeWithSelector(Companies.NotTheCandidate.selector, outsider, address(0)));
        vm.prank(outsider);
        directory.acceptController(companyId);
        requireHistories();
    }
}
