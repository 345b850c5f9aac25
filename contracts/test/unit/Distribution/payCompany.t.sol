// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Distribution} from "../../../src/distribution/Distribution.sol";
import {HostileDollar} from "../../hostile/tokens/HostileDollar.sol";
import {PayoutStage} from "./PayoutStage.sol";

contract DistributionPayCompanyTest is PayoutStage {
    function test_RevertsWithNothingToPay() public {
        pays(600);
        vm.expectRevert(Distribution.NothingToPay.selector);
        payout.payCompany();
    }

    function test_PaysWhoeverControlsTheCompanyNow() public {
        _withholds(address(dollar));
        vm.prank(issuer);
        directory.proposeController(companyId, carol);
        vm.prank(carol);
        directory.acceptController(companyId);
        vm.expectEmit(address(payout));
        emit Distribution.CompanyPaid(carol, 105, 105);
        vm.prank(outsider);
        assertEq(payout.payCompany(), 105);
        assertEq(dollar.balanceOf(carol), 105);
        assertEq(owed(), 300);
        requireFolded();
    }

    function test_PushesNothingToAControllerWhoseKeyIsLost() public {
        _withholds(address(dollar));
        bytes32 company = directory.issuerKey(companyId);
        vm.prank(registrar);
        recovery.announceController(address(directory), uint64(companyId), carol, "affidavit");
        vm.expectRevert(abi.encodeWithSelector(Distribution.RecoveryPending.selector, company));
        vm.prank(outsider);
        payout.payCompany();
        vm.prank(issuer);
        assertEq(payout.payCompany(), 105);
    }

    function test_PaysOnce() public {
        _withholds(address(dollar));
        payout.payCompany();
        assertEq(payout.companyCredit(), 0);
        vm.expectRevert(Distribution.NothingToPay.selector);
        payout.payCompany();
    }

    function test_RevertsWithShortfallNotAcceptedWhenAnotherAsks() public {
        HostileDollar hostile = new HostileDollar(6);
        _withholds(address(hostile));
        hostile.wipe(address(payout), 5);
        vm.expectRevert(abi.encodeWithSelector(Distribution.ShortfallNotAccepted.selector, outsider, issuer, 400, 405));
        vm.prank(outsider);
        payout.payCompany();
    }

    function test_PaysTheControllerProRata() public {
        HostileDollar hostile = new HostileDollar(6);
        _withholds(address(hostile));
        hostile.wipe(address(payout), 5);
        vm.expectEmit(address(payout));
        emit Distribution.Shortfall(400, 405);
        vm.expectEmit(address(payout));
        emit Distribution.CompanyPaid(issuer, 103, 105);
        vm.prank(issuer);
        payout.payCompany();
        assertEq(hostile.balanceOf(issuer), 103);
        assertEq(owed(), 300);
    }

    function _withholds(address token) private {
        payout = opensPayout(token);
        attestsWithholding(alice, 3500);
        notes(alice);
        claims(pays(600), alice);
        assertEq(payout.companyCredit(), 105);
    }
}
