// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../../../src/identity/Category.sol";
import {Recovery} from "../../../src/identity/Recovery.sol";
import {Ledger} from "../../Ledger.sol";

/// @notice Persons and a company, and each step of a recovery as a sentence.
abstract contract Recoveries is Ledger {
    bytes32 internal constant DOCUMENT = "police report 4711";

    address internal alice = makeAddr("alice");
    address internal heir = makeAddr("heir");
    address internal next = makeAddr("next");
    bytes32 internal person;
    bytes32 internal company;

    function setUp() public virtual override {
        super.setUp();
        attest(alice, Category.Retail, 2500, block.timestamp + 365 days);
        attest(heir, Category.Retail, 2500, block.timestamp + 365 days);
        person = identityOf(alice);
        company = directory.issuerKey(companyId);
    }

    function announcesLostKey() internal {
        vm.prank(registrar);
        recovery.announceWallet(Recovery.Kind.LostKey, person, next, DOCUMENT);
    }

    function announcesInheritance() internal {
        vm.prank(registrar);
        recovery.announceHeir(Recovery.Kind.Inheritance, person, identityOf(heir), DOCUMENT);
    }

    function announcesController(address controller) internal {
        vm.prank(registrar);
        recovery.announceController(address(directory), uint64(companyId), controller, DOCUMENT);
    }

    function confirms(bytes32 subject) internal {
        vm.prank(recoverer);
        recovery.confirm(subject, DOCUMENT);
    }

    function executes(bytes32 subject) internal {
        vm.prank(outsider);
        recovery.execute(subject);
    }

    function objects(address wallet, bytes32 subject) internal {
        vm.prank(wallet);
        recovery.object(subject);
    }

    function withdraws(bytes32 subject) internal {
        vm.prank(registrar);
        recovery.withdraw(subject);
    }

    function confirmationEnds() internal view returns (uint256) {
        return block.timestamp + 7 days;
    }

    function objectionEnds() internal view returns (uint256) {
        return block.timestamp + 14 days;
    }

    function assertStatus(bytes32 subject, Recovery.Status expected) internal view {
        assertEq(uint256(recovery.statusOf(subject)), uint256(expected), "status of the recovery");
        assertEq(uint256(recovery.recoveryOf(subject).status), uint256(expected), "status read with the rest");
        bool pending = expected == Recovery.Status.Announced || expected == Recovery.Status.Confirmed;
        assertEq(recovery.isPending(subject), pending, "pending");
        assertEq(recovery.announceableFrom(subject) == type(uint256).max, pending, "announceable");
    }

    function notAwaiting(bytes32 subject, Recovery.Status status) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(Recovery.NotAwaitingConfirmation.selector, subject, status);
    }

    function nothingAnnounced(bytes32 subject, Recovery.Status status) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(Recovery.NothingAnnounced.selector, subject, status);
    }

    function notConfirmed(bytes32 subject, Recovery.Status status) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(Recovery.NotConfirmed.selector, subject, status);
    }
}
