// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../../../src/identity/Category.sol";
import {InvestorRegistry} from "../../../src/identity/InvestorRegistry.sol";
import {Ledger} from "../../Ledger.sol";

/// @notice Two persons to be attested, and what the registrar does.
abstract contract Persons is Ledger {
    address internal alice = makeAddr("alice");
    address internal bob = makeAddr("bob");
    address internal carol = makeAddr("carol");
    InvestorRegistry.YearlyLimit[] internal noLimits;
    uint256[] internal noAmounts;

    function given(address wallet) internal view returns (InvestorRegistry.Attestation memory) {
        return attestation(wallet, Category.Retail, block.timestamp + 365 days);
    }

    function attests(InvestorRegistry.Attestation memory a) internal {
        vm.prank(registrar);
        registry.attest(a, noLimits);
    }

    function attests(InvestorRegistry.Attestation memory a, bytes32 regime, bytes3 currency, uint256 amount) internal {
        InvestorRegistry.YearlyLimit[] memory one = new InvestorRegistry.YearlyLimit[](1);
        one[0] = InvestorRegistry.YearlyLimit(regime, currency, amount);
        vm.prank(registrar);
        registry.attest(a, one);
    }

    function isRefused(InvestorRegistry.Attestation memory a, bytes memory reason) internal {
        vm.expectRevert(reason);
        attests(a);
    }

    function succeeds(address oldWallet, address newWallet) internal {
        bytes32 identity = registry.identityOf(oldWallet);
        vm.prank(address(recovery));
        registry.succeed(identity, newWallet);
    }

    function inherits(address dead, address heir) internal {
        vm.prank(address(recovery));
        registry.inherit(identityOf(dead), identityOf(heir));
    }

    function assertEligible(address wallet, bytes32 identity, bool expected) internal view {
        (bytes32 found, Category category, bool eligible) = registry.personOf(wallet);
        assertEq(found, identity, "identity");
        assertEq(eligible, expected, "eligible");
        assertEq(registry.isVerified(wallet), expected, "verified");
        assertEq(registry.identityOf(wallet), identity, "identityOf");
        assertEq(registry.contains(wallet), identity != 0, "contains");
        assertEq(category == Category.None, identity == 0, "category");
    }

    function assertUnknown(address wallet) internal view {
        assertEligible(wallet, 0, false);
        (bytes32 identity, InvestorRegistry.Investor memory person) = registry.holderOf(wallet);
        assertEq(identity, 0);
        assertEq(abi.encode(person), abi.encode(nobody()));
        assertEq(registry.investorCountry(wallet), 0);
    }

    function nobody() internal pure returns (InvestorRegistry.Investor memory person) {}
}
