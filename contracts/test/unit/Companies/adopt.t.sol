// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Companies} from "../../../src/ledger/Companies.sol";
import {Directory} from "../../../src/ledger/Directory.sol";
import {ICompanies} from "../../../src/ledger/ICompanies.sol";
import {Moving} from "./Moving.sol";
import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";

contract AdoptTest is Moving {
    uint256 private received;

    function setUp() public override {
        super.setUp();
        received = moves(directory, companyId, newer);
    }

    function _opensClass(Directory where, uint256 company) private returns (address) {
        Directory before = directory;
        directory = where;
        address opened = address(openClass(company, issuer, 10));
        directory = before;
        return opened;
    }

    function test_IsListedByEveryDirectoryTheCompanyCameFrom() public {
        Directory newest = anotherDirectory();
        allows(newer, newest);
        allows(newest, newer);
        uint256 number = moves(newer, received, newest);
        address opened = vm.computeCreateAddress(address(newest), vm.getNonce(address(newest)));
        vm.expectEmit(address(newer));
        emit Companies.InstanceAdopted(opened, received, ICompanies.Kind.ShareClass);
        vm.expectEmit(address(directory));
        emit Companies.InstanceAdopted(opened, companyId, ICompanies.Kind.ShareClass);
        assertEq(_opensClass(newest, number), opened);
        assertKind(newest, opened, ICompanies.Kind.ShareClass);
        assertKind(newer, opened, ICompanies.Kind.ShareClass);
        assertKind(directory, opened, ICompanies.Kind.ShareClass);
        assertEq(newest.companyOf(opened), number);
        assertEq(newer.companyOf(opened), received);
        assertEq(directory.companyOf(opened), companyId);
        requireHistories();
    }

    function test_AppearsOnlyInTheListOfTheOneThatOpenedIt() public {
        address opened = _opensClass(newer, received);
        assertEq(newer.instances(0, 10).length, 1);
        assertEq(newer.instances(0, 10)[0], opened);
        assertEq(newer.listing(opened).number, 1);
        assertEq(directory.instances(0, 10).length, 1);
        assertEq(directory.instances(0, 10)[0], address(share));
        assertEq(directory.listing(opened).number, 0);
        assertEq(directory.companyInstances(companyId, opened, 10).length, 0);
    }

    function test_AdoptsNothingForACompanyThatWasBornHere() public {
        vm.expectRevert(abi.encodeWithSelector(Companies.NotOfTheCompany.selector, address(share), 1));
        newer.adopt(1, address(share));
        vm.expectRevert(abi.encodeWithSelector(Companies.NotOfTheCompany.selector, address(share), 9));
        newer.adopt(9, address(share));
    }

    function test_AdoptsNoInstanceOfAnotherCompany() public {
        uint256 other = registerCompany(outsider, 0);
        address foreign = address(openClass(other, outsider, 10));
        vm.expectRevert(abi.encodeWithSelector(Companies.NotOfTheCompany.selector, foreign, received));
        newer.adopt(received, foreign);
    }

    function test_AdoptsNoForgery() public {
        address forged = Clones.clone(address(shareTemplate));
        vm.expectRevert(abi.encodeWithSelector(Companies.NotOfTheCompany.selector, forged, received));
        newer.adopt(received, forged);
        vm.expectRevert(abi.encodeWithSelector(Companies.NotOfTheCompany.selector, address(0), received));
        newer.adopt(received, address(0));
    }

    function test_AdoptsOnce() public {
        newer.adopt(received, address(share));
        vm.expectRevert(abi.encodeWithSelector(Companies.AlreadyListed.selector, address(share)));
        newer.adopt(received, address(share));
        address opened = _opensClass(newer, received);
        vm.expectRevert(abi.encodeWithSelector(Companies.AlreadyListed.selector, opened));
        newer.adopt(received, opened);
    }

    function test_ListsTheInstanceByAnyonesCall() public {
        assertKind(newer, address(share), ICompanies.Kind.None);
        vm.expectEmit(address(newer));
        emit Companies.InstanceAdopted(address(share), received, ICompanies.Kind.ShareClass);
        vm.prank(outsider);
        newer.adopt(received, address(share));
        assertKind(newer, address(share), ICompanies.Kind.ShareClass);
        assertEq(newer.companyOf(address(share)), received);
    }

    function test_AdoptsWhatCameFromTheDirectoryBeforeTheOneBefore() public {
        Directory newest = anotherDirectory();
        allows(newer, newest);
        allows(newest, newer);
        uint256 number = moves(newer, received, newest);
        vm.expectRevert(abi.encodeWithSelector(Companies.NotOfTheCompany.selector, address(share), number));
        newest.adopt(number, address(share));
        newer.adopt(received, address(share));
        newest.adopt(number, address(share));
        assertKind(newest, address(share), ICompanies.Kind.ShareClass);
    }

    function test_IsToldByTheSuccessorOnly() public {
        vm.expectRevert(abi.encodeWithSelector(Companies.OnlySuccessor.selector, issuer, address(newer)));
        vm.prank(issuer);
        directory.adoptFromSuccessor(companyId, issuer, ICompanies.Kind.Trust);
        uint256 other = registerCompany(outsider, 0);
        vm.expectRevert(abi.encodeWithSelector(Companies.OnlySuccessor.selector, address(newer), address(0)));
        vm.prank(address(newer));
        directory.adoptFromSuccessor(other, issuer, ICompanies.Kind.Trust);
    }
}
