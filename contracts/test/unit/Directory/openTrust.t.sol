// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Companies} from "../../../src/ledger/Companies.sol";
import {Drafts} from "../../../src/ledger/Drafts.sol";
import {ICompanies} from "../../../src/ledger/ICompanies.sol";
import {Platform} from "../../../src/ledger/Platform.sol";
import {Deed} from "../../../src/trust/TrustDeed.sol";
import {Offerings} from "../../Offerings.sol";

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
