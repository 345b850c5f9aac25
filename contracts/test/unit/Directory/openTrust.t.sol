// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../../../src/identity/Category.sol";
import {InvestorRegistry} from "../../../src/identity/InvestorRegistry.sol";
import {Companies} from "../../../src/ledger/Companies.sol";
import {Drafts} from "../../../src/ledger/Drafts.sol";
import {ICompanies} from "../../../src/ledger/ICompanies.sol";
import {Platform} from "../../../src/ledger/Platform.sol";
import {Beneficiary, Deed} from "../../../src/trust/TrustDeed.sol";
import {Offerings} from "../../Offerings.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

contract OpenTrustTest is Offerings {
    Deed private deed;

    function setUp() public override {
        super.setUp();
        attestTrustees();
        _write(proceedsDeed());
    }

    /// @dev Nested arrays are copied to storage one by one.
    function _write(Deed memory given) private {
        deed.terms = given.terms;
        delete deed.trustees;
        delete deed.tranches;
        delete deed.beneficiaries;
        for (uint256 i = 0; i < given.trustees.length; ++i) {
            deed.trustees.push(given.trustees[i]);
        }
        for (uint256 i = 0; i < given.tranches.length; ++i) {
            deed.tranches.push(given.tranches[i]);
        }
        for (uint256 i = 0; i < given.beneficiaries.length; ++i) {
            deed.beneficiaries.push(given.beneficiaries[i]);
        }
    }

    function _isRefused(bytes memory reason) private {
        vm.expectRevert(reason);
        vm.prank(issuer);
        directory.openTrust(uint64(companyId), deed);
    }

    function test_IsOpenedByTheControllerOnly() public {
        vm.expectRevert(abi.encodeWithSelector(Companies.NotTheController.selector, outsider, issuer));
        vm.prank(outsider);
        directory.openTrust(uint64(companyId), deed);
    }

    /// @dev 256 beneficiaries, whose number is zero in a byte, would make it a trust for a round's proceeds without a fee.
    function test_TakesNoMoreBeneficiariesThanItsDeedCounts() public {
        Deed memory crowded = escrowDeed(outsider);
        crowded.beneficiaries = new Beneficiary[](256);
        for (uint160 i = 0; i < 256; ++i) {
            crowded.beneficiaries[i] = Beneficiary(address(i + 1000), 1);
        }
        vm.expectRevert(abi.encodeWithSelector(SafeCast.SafeCastOverflowedUintDowncast.selector, 8, 256));
        vm.prank(issuer);
        directory.openTrust(uint64(companyId), crowded);
    }

    function test_OpensNoTrustAtAPersonsWallet() public {
        address next = vm.computeCreateAddress(address(directory), directory.instanceCount() + 1);
        attest(next, Category.Accredited, 0, block.timestamp + 1 days);
        _isRefused(abi.encodeWithSelector(InvestorRegistry.WalletTaken.selector, next, identityOf(next)));
    }

    function test_HoldsNoMoneyThatIsNotListed() public {
        deed.terms.settlementToken = address(share);
        _isRefused(abi.encodeWithSelector(Platform.NotASettlementToken.selector, address(share)));
    }

    function test_HoldsNoSharesOfAnotherCompany() public {
        address foreign = address(openClass(registerCompany(outsider, 0), outsider, 10));
        _write(escrowDeed(outsider));
        deed.terms.shareClass = foreign;
        _isRefused(abi.encodeWithSelector(Drafts.NotOfTheCompany.selector, foreign, companyId));
        deed.terms.shareClass = address(dollar);
        _isRefused(
            abi.encodeWithSelector(
                Drafts.WrongKind.selector, address(dollar), ICompanies.Kind.None, ICompanies.Kind.ShareClass
            )
        );
    }

    function test_TakesNoOtherFeeThanTheAgreedOneFromProceeds() public {
        deed.terms.platformFeeBps = 599;
        _isRefused(abi.encodeWithSelector(Drafts.FeeNotAgreed.selector, 599, 600));
    }

    function test_IsSettledByTheCompany() public {
        deed.terms.settlor = outsider;
        _isRefused(abi.encodeWithSelector(Drafts.SettlorIsNotTheController.selector, outsider, issuer));
    }

    function test_IsListedAndWaitsForARound() public {
        trust = openTrust(deed);
        assertEq(uint256(directory.kindOf(address(trust))), uint256(ICompanies.Kind.Trust));
        assertEq(directory.companyOf(address(trust)), companyId);
        requireHistories();
    }

    function test_NeedsNoAgreedFeeAndAnySettlor() public {
        _write(escrowDeed(outsider));
        deed.terms.settlor = operator;
        trust = openTrust(deed);
        assertTrue(directory.listed(address(trust)));
        requireHistories();
    }

    function test_HoldsSharesOfTheCompany() public {
        _write(escrowDeed(outsider));
        deed.terms.settlementToken = address(0);
        deed.terms.shareClass = address(share);
        trust = openTrust(deed);
        assertTrue(directory.listed(address(trust)));
    }
}
