// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../../../src/identity/Category.sol";
import {PackedInvestor} from "../../../src/identity/PackedInvestor.sol";
import {Recovery} from "../../../src/identity/Recovery.sol";
import {Persons} from "./Persons.sol";

/// @notice What others read about persons.
contract InvestorRegistryReadingTest is Persons {
    function test_KnowsNothingOfStrangers() public view {
        assertUnknown(outsider);
        assertUnknown(address(0));
        assertEq(registry.currentWalletOf("nobody"), address(0));
        assertEq(registry.currentWalletOf(0), address(0));
        assertEq(registry.successorOf(outsider), address(0));
        assertEq(registry.successorOf(address(0)), address(0));
        assertEq(registry.actingFor("nobody"), "nobody");
        assertEq(abi.encode(registry.investor("nobody")), abi.encode(nobody()));
        assertEq(registry.yearlyLimit("nobody", REG_CF, USD), 0);
    }

    function testFuzz_EndsAnAttestationAtItsSecond(uint40 expiresAt, uint40 time) public {
        expiresAt = uint40(bound(expiresAt, block.timestamp + 1, (1 << 34) - 1));
        time = uint40(bound(time, block.timestamp, type(uint40).max));
        attests(attestation(alice, Category.Retail, expiresAt));
        vm.warp(time);
        assertEligible(alice, identityOf(alice), time < expiresAt);
    }

    function test_TellsAWalletThatWasGivenUpFromOneThatIsNobodys() public {
        attests(given(alice));
        assertFalse(_givenUp(alice));
        assertFalse(_givenUp(outsider));
        assertFalse(_givenUp(address(0)));
        succeeds(alice, bob);
        assertTrue(_givenUp(alice));
        assertFalse(_givenUp(bob));
        attests(given(carol));
        vm.prank(address(recovery));
        registry.inherit(identityOf(alice), identityOf(carol));
        assertTrue(_givenUp(bob));
        assertTrue(_givenUp(alice));
    }

    function test_GivesTheReceiverAsItsHolder() public {
        attests(given(alice));
        (, bytes32 identity, PackedInvestor person) = registry.transferParties(outsider, alice);
        assertEq(identity, identityOf(alice));
        assertEq(abi.encode(person.unpack()), abi.encode(registry.investor(identity)));
        succeeds(alice, bob);
        (, identity, person) = registry.transferParties(outsider, alice);
        assertEq(identity, 0);
        assertEq(PackedInvestor.unwrap(person), 0);
    }

    function test_SaysThatARecoveryIsAnnouncedUntilItEnds() public {
        attests(given(alice));
        assertFalse(registry.recoveryAnnounced(identityOf(alice)));
        _announces(alice, bob);
        assertTrue(registry.recoveryAnnounced(identityOf(alice)));
        vm.prank(alice);
        recovery.object(identityOf(alice));
        assertFalse(registry.recoveryAnnounced(identityOf(alice)));
    }

    function test_SaysOfTheDeadThatTheirHeirsRecoveryIsAnnounced() public {
        attests(given(alice));
        attests(given(bob));
        inherits(alice, bob);
        assertFalse(registry.recoveryAnnounced(identityOf(alice)));
        _announces(bob, carol);
        assertTrue(registry.recoveryAnnounced(identityOf(alice)));
    }

    function test_SaysNothingIsAnnouncedForStrangers() public view {
        assertFalse(registry.recoveryAnnounced("nobody"));
        assertFalse(registry.recoveryAnnounced(0));
    }

    function _givenUp(address wallet) private view returns (bool givenUp) {
        (givenUp,,) = registry.transferParties(wallet, outsider);
    }

    function _announces(address oldWallet, address newWallet) private {
        vm.prank(registrar);
        recovery.announceWallet(Recovery.Kind.LostKey, identityOf(oldWallet), newWallet, "police report");
    }
}
