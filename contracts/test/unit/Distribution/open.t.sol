// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Distribution} from "../../../src/distribution/Distribution.sol";
import {DistributionTerms, DistributionTermsCodec} from "../../../src/distribution/DistributionTerms.sol";
import {Category} from "../../../src/identity/Category.sol";
import {InvestorRegistry} from "../../../src/identity/InvestorRegistry.sol";
import {Instance} from "../../../src/ledger/Instance.sol";
import {PayoutStage} from "./PayoutStage.sol";
import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";

contract DistributionOpenTest is PayoutStage {
    function test_RevertsWithAlreadyOpened() public {
        vm.expectRevert(Instance.AlreadyOpened.selector);
        payout.open();
    }

    function test_RevertsWithTemplateIsNotAnInstance() public {
        vm.expectRevert(Instance.TemplateIsNotAnInstance.selector);
        template.open();
    }

    function test_TellsWhoseDistributionsItHoldsAndInWhichToken() public {
        DistributionTerms memory given = DistributionTerms(address(1), address(2), address(3), 4);
        payout = Distribution(Clones.cloneWithImmutableArgs(address(template), DistributionTermsCodec.pack(given)));
        vm.expectEmit(address(payout));
        emit Distribution.DistributionsOpened(4, address(2), address(3), address(1));
        payout.open();
        assertEq(abi.encode(payout.terms()), abi.encode(given), "terms");
        requireFolded();
    }

    function test_IsNobodysWallet() public {
        InvestorRegistry.Attestation memory given =
            attestation(address(payout), Category.Retail, block.timestamp + 1 days);
        vm.expectRevert(abi.encodeWithSelector(InvestorRegistry.WalletIsInstance.selector, payout));
        vm.prank(registrar);
        registry.attest(given, new InvestorRegistry.YearlyLimit[](0));
    }
}
