// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Distribution} from "../../../src/distribution/Distribution.sol";
import {HostileDollar} from "../../hostile/tokens/HostileDollar.sol";
import {PayoutStage} from "./PayoutStage.sol";

contract DistributionFundFromSurplusTest is PayoutStage {
    function test_RevertsWithNotTheController() public {
        uint256 id = declares(600);
        dollar.mint(address(payout), 600);
        vm.expectRevert(abi.encodeWithSelector(Distribution.NotTheController.selector, alice, issuer));
        vm.prank(alice);
        payout.fundFromSurplus(id);
    }

    function test_RevertsWithSurplusTooSmall() public {
        funds(declares(600));
        uint256 id = declares(600);
        dollar.mint(address(payout), 599);
        vm.expectRevert(abi.encodeWithSelector(Distribution.SurplusTooSmall.selector, 599, 600));
        vm.prank(issuer);
        payout.fundFromSurplus(id);
    }

    function test_NothingIsASurplusWhileLessIsHeldThanIsOwed() public {
        HostileDollar hostile = new HostileDollar(6);
        payout = opensPayout(address(hostile));
        funds(declares(600));
        hostile.wipe(address(payout), 1);
        uint256 id = declares(1);
        vm.expectRevert(abi.encodeWithSelector(Distribution.SurplusTooSmall.selector, 0, 1));
        vm.prank(issuer);
        payout.fundFromSurplus(id);
    }

    function test_RevertsWithNotInStatus() public {
        vm.expectRevert(notInStatus(1, Distribution.Status.None, Distribution.Status.Declared));
        vm.prank(issuer);
        payout.fundFromSurplus(1);
        uint256 id = declares(600);
        funds(id);
        dollar.mint(address(payout), 600);
        vm.expectRevert(notInStatus(id, Distribution.Status.Funded, Distribution.Status.Declared));
        vm.prank(issuer);
        payout.fundFromSurplus(id);
    }

    function test_OwesWhatWasDeclaredAndLeavesTheRestApart() public {
        uint256 id = declares(600);
        dollar.mint(address(payout), 601);
        vm.expectEmit(address(payout));
        emit Distribution.DistributionFunded(id, address(payout), 600);
        vm.prank(issuer);
        payout.fundFromSurplus(id);
        assertEq(owed(), 600);
        assertEq(payout.conserved()[0].surplus, 1);
        assertStatus(id, Distribution.Status.Funded);
        requireFolded();
    }
}
