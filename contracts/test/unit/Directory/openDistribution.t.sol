// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Companies} from "../../../src/ledger/Companies.sol";
import {Directory} from "../../../src/ledger/Directory.sol";
import {ICompanies} from "../../../src/ledger/ICompanies.sol";
import {Platform} from "../../../src/ledger/Platform.sol";
import {Offerings} from "../../Offerings.sol";

contract OpenDistributionTest is Offerings {
    function _isRefused(address class, address token, bytes memory reason) private {
        vm.expectRevert(reason);
        vm.prank(issuer);
        directory.openDistribution(class, token);
    }

    function test_IsOpenedByTheControllerOnly() public {
        vm.expectRevert(abi.encodeWithSelector(Companies.NotTheController.selector, outsider, issuer));
        vm.prank(outsider);
        directory.openDistribution(address(share), address(dollar));
    }

    function test_PaysHoldersOfAClassOnly() public {
        address stranger = address(dollar);
        _isRefused(stranger, stranger, abi.encodeWithSelector(Directory.NotAShareClass.selector, stranger));
    }

    function test_PaysInListedTokensOnly() public {
        address token = address(share);
        _isRefused(token, token, abi.encodeWithSelector(Platform.NotASettlementToken.selector, token));
    }

    function test_IsOpenedOnceForEachClassAndToken() public {
        payout = openDistribution();
        _isRefused(
            address(share),
            address(dollar),
            abi.encodeWithSelector(Directory.DistributionExists.selector, address(payout))
        );
    }

    function test_IsListedAndFoundByClassAndToken() public {
        assertEq(directory.distributionOf(address(share), address(dollar)), address(0));
        payout = openDistribution();
        assertEq(directory.distributionOf(address(share), address(dollar)), address(payout));
        assertEq(uint256(directory.kindOf(address(payout))), uint256(ICompanies.Kind.Distribution));
        assertEq(payout.terms().companyId, companyId);
        requireHistories();
    }
}
