// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Distribution} from "../../../src/distribution/Distribution.sol";
import {HostileDollar} from "../../hostile/tokens/HostileDollar.sol";
import {PayoutStage} from "./PayoutStage.sol";
import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

contract DistributionFundTest is PayoutStage {
    function test_RevertsWithNotInStatus() public {
        vm.expectRevert(notInStatus(1, Distribution.Status.None, Distribution.Status.Declared));
        payout.fund(1);
        uint256 id = declares(100);
        funds(id);
        gives(bob, 100);
        vm.expectRevert(notInStatus(id, Distribution.Status.Funded, Distribution.Status.Declared));
        vm.prank(bob);
        payout.fund(id);
    }

    function test_RevertsWithHoldsLessThanItOwes() public {
        HostileDollar hostile = new HostileDollar(6);
        payout = opensPayout(address(hostile));
        funds(declares(100));
        hostile.wipe(address(payout), 1);
        uint256 id = declares(7);
        gives(bob, 7);
        vm.expectRevert(abi.encodeWithSelector(Distribution.HoldsLessThanItOwes.selector, 99, 100));
        vm.prank(bob);
        payout.fund(id);
    }

    function test_RevertsWithWrongAmountReceived() public {
        HostileDollar hostile = new HostileDollar(6);
        payout = opensPayout(address(hostile));
        hostile.takeFee(100);
        uint256 id = declares(1000);
        gives(bob, 1000);
        vm.expectRevert(abi.encodeWithSelector(Distribution.WrongAmountReceived.selector, 990, 1000));
        vm.prank(bob);
        payout.fund(id);
    }

    function test_RevertsWithTheTokensReason() public {
        uint256 id = declares(1000);
        dollar.mint(bob, 1000);
        vm.expectRevert(
            abi.encodeWithSelector(IERC20Errors.ERC20InsufficientAllowance.selector, address(payout), 0, 1000)
        );
        vm.prank(bob);
        payout.fund(id);
    }

    function testFuzz_TakesTheWholeAmount(uint96 amount, uint96 surplus) public {
        amount = uint96(bound(amount, 1, 10_000_000e6));
        surplus = uint96(bound(surplus, 0, 10_000_000e6));
        dollar.mint(address(payout), surplus);
        uint256 id = declares(amount);
        gives(carol, amount);
        vm.expectEmit(address(payout));
        emit Distribution.DistributionFunded(id, carol, amount);
        vm.prank(carol);
        payout.fund(id);
        assertEq(dollar.balanceOf(carol), 0, "the payer's money");
        assertEq(owed(), amount, "owed");
        assertEq(payout.conserved()[0].held, uint256(amount) + surplus, "held");
        assertEq(payout.conserved()[0].surplus, surplus, "surplus stays apart");
        assertEq(payout.conserved()[0].token, address(dollar), "token");
    }

    function test_DeclaresAndTakesTheAmount() public {
        gives(issuer, 700);
        vm.prank(issuer);
        uint256 id = payout.declareAndFund(Distribution.Kind.LiquidationPayout, FIRST, 700, RESOLUTION);
        assertStatus(id, Distribution.Status.Funded);
        assertEq(payout.distribution(id).amount, 700);
        assertEq(dollar.balanceOf(address(payout)), 700);
        requireFolded();
    }

    function test_LeavesDeclaringToTheController() public {
        gives(bob, 700);
        vm.expectRevert(abi.encodeWithSelector(Distribution.NotTheController.selector, bob, issuer));
        vm.prank(bob);
        payout.declareAndFund(Distribution.Kind.Dividend, FIRST, 700, RESOLUTION);
    }

    function test_OwesTheMoneyAndOpensNoClaims() public {
        uint256 id = declares(600);
        passesTo(recordDate - 1);
        funds(id);
        assertStatus(id, Distribution.Status.Funded);
        assertEq(owed(), 600);
        assertEq(unclaimed(id), 600, "all of it");
        requireFolded();
    }

    function test_OpensTheClaims() public {
        uint256 id = declares(600);
        passesTo(recordDate);
        funds(id);
        assertStatus(id, Distribution.Status.Open);
        assertEq(unclaimed(id), 600);
        requireFolded();
    }
}
