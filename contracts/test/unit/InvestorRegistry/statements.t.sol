// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {InvestorRegistry} from "../../../src/identity/InvestorRegistry.sol";
import {Recovery} from "../../../src/identity/Recovery.sol";
import {Persons} from "./Persons.sol";

/// @notice What else the registrar states about persons.
contract InvestorRegistryStatementsTest is Persons {
    bytes32 private constant ISSUER = "an issuer";

    function test_LetsOnlyTheRegistrarStateAnything() public {
        attests(given(alice));
        address[5] memory others = [operator, guardian, recoverer, outsider, alice];
        for (uint256 i = 0; i < others.length; ++i) {
            vm.startPrank(others[i]);
            vm.expectRevert(notAuthorized(others[i], InvestorRegistry.revoke.selector));
            registry.revoke(identityOf(alice), "");
            vm.expectRevert(notAuthorized(others[i], InvestorRegistry.attestAffiliate.selector));
            registry.attestAffiliate(identityOf(alice), ISSUER, true, "");
            vm.expectRevert(notAuthorized(others[i], InvestorRegistry.attestExemptTransfer.selector));
            registry.attestExemptTransfer(alice, bob, type(uint40).max, "");
            vm.stopPrank();
        }
    }

    // ------------------------------------------------------------------------------------------ revoking

    function test_RevokesNobodyUnknown() public {
        vm.expectRevert(abi.encodeWithSelector(InvestorRegistry.UnknownIdentity.selector, bytes32("nobody")));
        vm.prank(registrar);
        registry.revoke("nobody", "");
    }

    function test_RevokesNobodyWhoseEstateHasPassed() public {
        attests(given(alice));
        attests(given(bob));
        inherits(alice, bob);
        vm.expectRevert(abi.encodeWithSelector(InvestorRegistry.UnknownIdentity.selector, identityOf(alice)));
        revoke(alice);
    }

    function test_RevokesAtOnceAndForNobodyElse() public {
        attests(given(alice), REG_CF, USD, 7e6);
        attests(given(bob));
        InvestorRegistry.Investor memory expected = registry.investor(identityOf(alice));
        expected.expiresAt = uint40(block.timestamp);
        vm.expectEmit(address(registry));
        emit InvestorRegistry.InvestorRevoked(identityOf(alice), alice, "left");
        revoke(alice);
        assertEligible(alice, identityOf(alice), false);
        assertEq(abi.encode(registry.investor(identityOf(alice))), abi.encode(expected), "nothing else changes");
        assertEq(registry.yearlyLimit(identityOf(alice), REG_CF, USD), 7e6);
        assertEligible(bob, identityOf(bob), true);
    }

    function test_CanBeAttestedAgain() public {
        attests(given(alice));
        revoke(alice);
        attests(given(alice));
        assertEligible(alice, identityOf(alice), true);
    }

    function testFuzz_StaysRevokedWhateverTheClockSays(uint48 revokedAt, uint48 later) public {
        attests(given(alice));
        revokedAt = uint48(bound(revokedAt, block.timestamp, type(uint48).max));
        later = uint48(bound(later, revokedAt, type(uint48).max));
        vm.warp(revokedAt);
        revoke(alice);
        vm.warp(later);
        assertEligible(alice, identityOf(alice), false);
        assertEq(registry.investor(identityOf(alice)).persons, 1);
    }

    // ------------------------------------------------------------------------------------------ affiliates

    function test_TakesNoAffiliateWithoutAPersonOrAnIssuer() public {
        vm.startPrank(registrar);
        vm.expectRevert(InvestorRegistry.IdentityMissing.selector);
        registry.attestAffiliate(0, ISSUER, true, "");
        vm.expectRevert(InvestorRegistry.IssuerMissing.selector);
        registry.attestAffiliate(identityOf(alice), 0, true, "");
    }

    function test_StatesAffiliatesIssuerByIssuer() public {
        assertFalse(registry.isAffiliate(identityOf(alice), ISSUER));
        vm.startPrank(registrar);
        vm.expectEmit(address(registry));
        emit InvestorRegistry.AffiliateAttested(identityOf(alice), ISSUER, true, "document");
        registry.attestAffiliate(identityOf(alice), ISSUER, true, "document");
        assertTrue(registry.isAffiliate(identityOf(alice), ISSUER));
        assertFalse(registry.isAffiliate(identityOf(alice), "another"));
        assertFalse(registry.isAffiliate(identityOf(bob), ISSUER));
        registry.attestAffiliate(identityOf(alice), ISSUER, false, "document");
        assertFalse(registry.isAffiliate(identityOf(alice), ISSUER));
        vm.stopPrank();
        requireHistories();
    }

    function test_RemembersSinceWhenSomebodyIsAnAffiliate() public {
        uint256 first = block.timestamp;
        _affiliates(true);
        assertEq(registry.affiliateSince(identityOf(alice), ISSUER), first);
        itIs(first + 1 days);
        _affiliates(true);
        assertEq(registry.affiliateSince(identityOf(alice), ISSUER), first, "said again");
        _affiliates(false);
        assertEq(registry.affiliateSince(identityOf(alice), ISSUER), 0);
        _affiliates(true);
        assertEq(registry.affiliateSince(identityOf(alice), ISSUER), first + 1 days, "said anew");
    }

    function _affiliates(bool affiliate) private {
        vm.prank(registrar);
        registry.attestAffiliate(identityOf(alice), ISSUER, affiliate, "document");
    }

    // ------------------------------------------------------------------------------------------ contracts

    function test_AttestsNobodyWithTheAddressOfAnInstance() public {
        address instance = makeAddr("trust");
        vm.expectEmit(address(registry));
        emit InvestorRegistry.InstanceDeclared(instance);
        vm.prank(instance);
        registry.declareInstance();
        attests(given(alice));
        InvestorRegistry.Attestation memory attested = given(instance);
        vm.expectRevert(abi.encodeWithSelector(InvestorRegistry.WalletIsInstance.selector, instance));
        vm.prank(registrar);
        registry.attest(attested, new InvestorRegistry.YearlyLimit[](0));
        vm.expectRevert(abi.encodeWithSelector(InvestorRegistry.WalletIsInstance.selector, instance));
        vm.prank(registrar);
        recovery.announceWallet(Recovery.Kind.LostKey, identityOf(alice), instance, "document");
        vm.expectRevert(abi.encodeWithSelector(InvestorRegistry.WalletIsInstance.selector, instance));
        vm.prank(address(recovery));
        registry.succeed(identityOf(alice), instance);
        requireHistories();
    }

    function test_NoPersonsWalletBecomesAnInstance() public {
        attests(given(alice));
        vm.expectRevert(abi.encodeWithSelector(InvestorRegistry.WalletTaken.selector, alice, identityOf(alice)));
        vm.prank(alice);
        registry.declareInstance();
    }

    // ------------------------------------------------------------------------------------------ exempt transfers

    function test_TakesNoTransferFromOrToNobodyOrOneself() public {
        vm.startPrank(registrar);
        vm.expectRevert(InvestorRegistry.WalletMissing.selector);
        registry.attestExemptTransfer(address(0), bob, type(uint40).max, "");
        vm.expectRevert(InvestorRegistry.WalletMissing.selector);
        registry.attestExemptTransfer(alice, address(0), type(uint40).max, "");
        vm.expectRevert(abi.encodeWithSelector(InvestorRegistry.SameWalletTwice.selector, alice));
        registry.attestExemptTransfer(alice, alice, type(uint40).max, "");
    }

    function test_ExemptsTheOrderedPairAlone() public {
        uint40 expiresAt = uint40(block.timestamp + 1 days);
        vm.expectEmit(address(registry));
        emit InvestorRegistry.ExemptTransferAttested(alice, bob, expiresAt, "divorce");
        vm.prank(registrar);
        registry.attestExemptTransfer(alice, bob, expiresAt, "divorce");
        assertTrue(registry.exemptTransfer(alice, bob));
        assertFalse(registry.exemptTransfer(bob, alice));
        assertFalse(registry.exemptTransfer(alice, carol));
        requireHistories();
    }

    function testFuzz_ExemptsUntilItsSecond(uint40 expiresAt, uint40 time) public {
        vm.prank(registrar);
        registry.attestExemptTransfer(alice, bob, expiresAt, "gift");
        vm.warp(bound(time, block.timestamp, type(uint40).max));
        assertEq(registry.exemptTransfer(alice, bob), block.timestamp < expiresAt);
    }

    function test_TakesAnExemptionBack() public {
        vm.startPrank(registrar);
        registry.attestExemptTransfer(alice, bob, type(uint40).max, "gift");
        registry.attestExemptTransfer(alice, bob, 0, "mistaken");
        assertFalse(registry.exemptTransfer(alice, bob));
    }
}
