// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../../src/identity/Category.sol";
import {InvestorRegistry} from "../../src/identity/InvestorRegistry.sol";
import {Ledger} from "../Ledger.sol";

/// @notice Who a wallet is, attested by the registrar.
contract InvestorRegistryTest is Ledger {
    address private alice = makeAddr("alice");
    address private bob = makeAddr("bob");
    InvestorRegistry.YearlyLimit[] private noLimits;
    uint256[] private none;

    function test_AttestsAPersonWithYearlyLimits() public {
        InvestorRegistry.Attestation memory given = _alice();
        InvestorRegistry.YearlyLimit[] memory yearly = new InvestorRegistry.YearlyLimit[](2);
        yearly[0] = InvestorRegistry.YearlyLimit(REG_CF, USD, 7);
        yearly[1] = InvestorRegistry.YearlyLimit("EU-ECSP", "EUR", 8);
        vm.expectEmit(address(registry));
        emit InvestorRegistry.InvestorAttested(
            given.identity, alice, USA, Category.Retail, given.expiresAt, 1, 0, given.dossier
        );
        vm.expectEmit(address(registry));
        emit InvestorRegistry.YearlyLimitAttested(given.identity, REG_CF, USD, 7);
        vm.expectEmit(address(registry));
        emit InvestorRegistry.YearlyLimitAttested(given.identity, "EU-ECSP", "EUR", 8);
        vm.prank(registrar);
        registry.attest(given, yearly);

        assertEq(registry.yearlyLimit(given.identity, REG_CF, USD), 7);
        assertEq(registry.yearlyLimit(given.identity, "EU-ECSP", "EUR"), 8);
        assertEq(registry.yearlyLimit(given.identity, REG_CF, "EUR"), 0);
        InvestorRegistry.Investor memory known = registry.investor(given.identity);
        assertEq(known.wallet, alice);
        assertEq(known.country, USA);
        assertEq(uint256(known.category), uint256(Category.Retail));
        assertEq(known.expiresAt, given.expiresAt);
        assertEq(registry.identityOf(alice), given.identity);
        _isEligible(alice, true);
    }

    function test_KnowsNothingOfStrangers() public view {
        (bytes32 identity, Category category, bool eligible) = registry.personOf(outsider);
        assertEq(identity, 0);
        assertEq(uint256(category), uint256(Category.None));
        assertFalse(eligible);
        assertFalse(registry.isVerified(outsider));
        assertFalse(registry.contains(outsider));
        assertEq(registry.investorCountry(outsider), 0);
        assertEq(registry.identityOf(outsider), 0);
        assertFalse(registry.isVerified(address(0)));
    }

    function test_AttestsManyAtOnce() public {
        InvestorRegistry.Attestation[] memory many = new InvestorRegistry.Attestation[](2);
        many[0] = _alice();
        many[1] = attestation(bob, Category.Accredited, block.timestamp + 1 days);
        vm.expectEmit(address(registry));
        emit InvestorRegistry.InvestorAttested(
            identityOf(bob), bob, USA, Category.Accredited, many[1].expiresAt, 1, 0, many[1].dossier
        );
        vm.prank(registrar);
        registry.attestAll(many, 0, 0, none);
        _isEligible(alice, true);
        _isEligible(bob, true);
    }

    function test_AnAttestationIsRenewed() public {
        _attest(_alice());
        itIs(block.timestamp + 400 days);
        _isEligible(alice, false);
        assertTrue(registry.contains(alice), "still known");
        InvestorRegistry.Attestation memory renewed =
            attestation(alice, Category.Sophisticated, block.timestamp + 1 days);
        renewed.country = 250;
        _attest(renewed);
        _isEligible(alice, true);
        assertEq(registry.investorCountry(alice), 250);
        (, Category category,) = registry.personOf(alice);
        assertEq(uint256(category), uint256(Category.Sophisticated));
    }

    function testFuzz_AnAttestationEndsAtItsSecond(uint40 expiresAt, uint40 time) public {
        expiresAt = uint40(bound(expiresAt, block.timestamp + 1, (1 << 34) - 1));
        time = uint40(bound(time, block.timestamp, type(uint40).max));
        _attest(attestation(alice, Category.Retail, expiresAt));
        vm.warp(time);
        _isEligible(alice, time < expiresAt);
    }

    function test_RevokesAtOnce() public {
        _attest(_alice());
        vm.expectEmit(address(registry));
        emit InvestorRegistry.InvestorRevoked(identityOf(alice), alice, "fraud");
        vm.prank(registrar);
        registry.revoke(identityOf(alice), "fraud");
        _isEligible(alice, false);
        assertTrue(registry.contains(alice));
        _attest(_alice());
        _isEligible(alice, true);
    }

    // ------------------------------------------------------------------------------------------ refusals

    function test_RevokesNobodyUnknown() public {
        vm.expectRevert(abi.encodeWithSelector(InvestorRegistry.UnknownIdentity.selector, bytes32("nobody")));
        vm.prank(registrar);
        registry.revoke("nobody", "");
    }

    function test_TakesNoIncompleteAttestation() public {
        InvestorRegistry.Attestation memory given = _alice();
        given.identity = 0;
        _isRefused(given, abi.encodeWithSelector(InvestorRegistry.IdentityMissing.selector));
        given = _alice();
        given.wallet = address(0);
        _isRefused(given, abi.encodeWithSelector(InvestorRegistry.WalletMissing.selector));
        given = _alice();
        given.category = Category.None;
        _isRefused(given, abi.encodeWithSelector(InvestorRegistry.CategoryMissing.selector));
    }

    function test_AttestsNothingThatIsOver() public {
        InvestorRegistry.Attestation memory given = attestation(alice, Category.Retail, block.timestamp);
        _isRefused(
            given,
            abi.encodeWithSelector(InvestorRegistry.AttestationInThePast.selector, block.timestamp, block.timestamp)
        );
        _attest(attestation(alice, Category.Retail, block.timestamp + 1));
    }

    function test_AWalletIsOnePersons() public {
        _attest(_alice());
        InvestorRegistry.Attestation memory other = attestation(bob, Category.Retail, block.timestamp + 1 days);
        other.wallet = alice;
        _isRefused(
            other,
            abi.encodeWithSelector(
                InvestorRegistry.WalletBelongsToAnother.selector, alice, identityOf(alice), identityOf(bob)
            )
        );
    }

    function test_APersonHasOneWallet() public {
        _attest(_alice());
        InvestorRegistry.Attestation memory other = _alice();
        other.wallet = bob;
        _isRefused(
            other,
            abi.encodeWithSelector(InvestorRegistry.IdentityHasAnotherWallet.selector, identityOf(alice), alice, bob)
        );
    }

    function test_OneRefusalUndoesTheWholeList() public {
        InvestorRegistry.Attestation[] memory many = new InvestorRegistry.Attestation[](2);
        many[0] = _alice();
        many[1] = attestation(bob, Category.None, block.timestamp + 1 days);
        vm.expectRevert(InvestorRegistry.CategoryMissing.selector);
        vm.prank(registrar);
        registry.attestAll(many, 0, 0, none);
        assertFalse(registry.contains(alice));
    }

    function test_OnlyTheRegistrarAttestsAndRevokes() public {
        InvestorRegistry.Attestation memory given = _alice();
        vm.startPrank(operator);
        vm.expectRevert(notAuthorized(operator, InvestorRegistry.attest.selector));
        registry.attest(given, noLimits);
        vm.expectRevert(notAuthorized(operator, InvestorRegistry.attestAll.selector));
        registry.attestAll(new InvestorRegistry.Attestation[](0), 0, 0, none);
        vm.expectRevert(notAuthorized(operator, InvestorRegistry.revoke.selector));
        registry.revoke(given.identity, "");
    }

    function _alice() private view returns (InvestorRegistry.Attestation memory) {
        return attestation(alice, Category.Retail, block.timestamp + 365 days);
    }

    function _attest(InvestorRegistry.Attestation memory given) private {
        vm.prank(registrar);
        registry.attest(given, noLimits);
    }

    function _isRefused(InvestorRegistry.Attestation memory given, bytes memory reason) private {
        vm.expectRevert(reason);
        _attest(given);
    }

    function _isEligible(address wallet, bool expected) private view {
        (bytes32 identity,, bool eligible) = registry.personOf(wallet);
        assertEq(identity, identityOf(wallet));
        assertEq(eligible, expected);
        assertEq(registry.isVerified(wallet), expected);
    }
}
