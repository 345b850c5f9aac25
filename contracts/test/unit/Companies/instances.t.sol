// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Companies} from "../../../src/ledger/Companies.sol";
import {ICompanies} from "../../../src/ledger/ICompanies.sol";
import {ShareToken} from "../../../src/share/ShareToken.sol";
import {Ledger} from "../../Ledger.sol";
import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";

contract InstancesTest is Ledger {
    uint256 private other;

    function setUp() public override {
        super.setUp();
        other = registerCompany(outsider, 600);
    }

    function _opens(uint256 count) private returns (address[] memory opened) {
        opened = new address[](count);
        for (uint256 i = 0; i < count; ++i) {
            opened[i] = address(i % 3 == 0 ? openClass(other, outsider, 10) : openClass(companyId, issuer, 10));
        }
    }

    function test_ListsWhatItOpensInItsOrder() public {
        address next = vm.computeCreateAddress(address(directory), vm.getNonce(address(directory)));
        vm.expectEmit(address(directory));
        emit Companies.InstanceListed(next, companyId, ICompanies.Kind.ShareClass);
        ShareToken preferred = openClass(companyId, issuer, 10);
        next = vm.computeCreateAddress(address(directory), vm.getNonce(address(directory)));
        vm.expectEmit(address(directory));
        emit Companies.InstanceListed(next, companyId, ICompanies.Kind.Round);
        round = openRound(filedTerms());
        address[] memory all = directory.instances(0, type(uint256).max);
        assertEq(directory.instanceCount(), 3);
        assertEq(all.length, 3);
        assertEq(all[0], address(share));
        assertEq(all[1], address(preferred));
        assertEq(all[2], address(round));
    }

    /// @dev More than 127 and 255, where the encoding of their number grows.
    function test_PagesThroughAllOfThem() public {
        address[] memory opened = _opens(270);
        assertEq(directory.instanceCount(), 271);
        for (uint256 from = 0; from < 270; from += 100) {
            address[] memory page = directory.instances(from + 1, 100);
            assertEq(page.length, from + 100 <= 270 ? 100 : 270 - from);
            for (uint256 i = 0; i < page.length; ++i) {
                assertEq(page[i], opened[from + i]);
            }
        }
        assertEq(directory.instances(271, 1).length, 0);
        assertEq(directory.instances(999, type(uint256).max).length, 0);
        assertEq(directory.instances(0, 0).length, 0);
    }

    function test_PagesThroughACompanysFromTheNewestToTheOldest() public {
        address[] memory opened = _opens(7);
        address[] memory page = directory.companyInstances(other, address(0), 2);
        assertEq(page.length, 2);
        assertEq(page[0], opened[6]);
        assertEq(page[1], opened[3]);
        page = directory.companyInstances(other, page[1], 2);
        assertEq(page.length, 1);
        assertEq(page[0], opened[0]);
        assertEq(directory.companyInstances(other, page[0], 2).length, 0);
        page = directory.companyInstances(companyId, address(0), type(uint256).max);
        assertEq(page.length, 5);
        assertEq(page[4], address(share));
        assertEq(directory.companyInstances(9, address(0), 10).length, 0);
    }

    function test_PagesACompanyFromNoInstanceOfAnother() public {
        vm.expectRevert(abi.encodeWithSelector(Companies.NotOfTheCompany.selector, address(share), other));
        directory.companyInstances(other, address(share), 1);
        vm.expectRevert(abi.encodeWithSelector(Companies.NotOfTheCompany.selector, outsider, other));
        directory.companyInstances(other, outsider, 1);
    }

    function test_SaysWhatAnInstanceWasOpenedAsAndForWhom() public {
        address[] memory opened = _opens(4);
        Companies.Listing memory listing = directory.listing(opened[3]);
        assertEq(uint256(listing.kind), uint256(ICompanies.Kind.ShareClass));
        assertEq(listing.companyId, other);
        assertEq(listing.number, 5);
        assertEq(listing.previous, 2);
        assertTrue(directory.listed(opened[3]));
        assertEq(uint256(directory.kindOf(opened[3])), uint256(ICompanies.Kind.ShareClass));
        assertEq(directory.companyOf(opened[3]), other);
    }

    function test_ListsNothingThatItDidNotOpen() public {
        address forged = Clones.cloneWithImmutableArgs(address(shareTemplate), address(share).code);
        address[4] memory strangers = [address(shareTemplate), forged, outsider, address(0)];
        for (uint256 i = 0; i < strangers.length; ++i) {
            assertFalse(directory.listed(strangers[i]));
            assertEq(uint256(directory.kindOf(strangers[i])), uint256(ICompanies.Kind.None));
            assertEq(directory.companyOf(strangers[i]), 0);
        }
    }
}
