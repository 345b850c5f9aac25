// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ActEvents, OrderKind} from "../../../src/share/ActEvents.sol";
import {ClassTermsCodec} from "../../../src/share/ClassTerms.sol";
import {Refusal} from "../../../src/share/Refusal.sol";
import {ShareRegister} from "../../../src/share/ShareRegister.sol";
import {ShareStage} from "./ShareStage.sol";

/// @notice One share becomes several.
contract SplitTest is ShareStage {
    function setUp() public override {
        super.setUp();
        issues(alice, 100, 0);
        issues(bob, 50, 0);
        releases();
    }

    function test_RevertsWithNotTheController() public {
        vm.expectRevert(abi.encodeWithSelector(ShareRegister.NotTheController.selector, alice, issuer));
        vm.prank(alice);
        share.split(2);
    }

    function test_RevertsWithSplitFactorTooSmall() public {
        vm.expectRevert(abi.encodeWithSelector(ActEvents.SplitFactorTooSmall.selector, 1));
        splits(1);
    }

    function test_RevertsWithAuthorisedOutOfRange() public {
        uint256 most = ClassTermsCodec.MOST_AUTHORISED;
        uint64 factor = uint64(most / AUTHORISED + 1);
        vm.expectRevert(
            abi.encodeWithSelector(ClassTermsCodec.AuthorisedOutOfRange.selector, uint256(factor) * AUTHORISED, most)
        );
        splits(factor);
        splits(factor - 1);
        assertEq(share.balanceOf(alice), 100 * uint256(factor - 1));
    }

    function test_MultipliesUpToTheMostAuthorised() public {
        uint64 most = ClassTermsCodec.MOST_AUTHORISED;
        share = openClass(companyId, issuer, most / 7);
        splits(7);
        assertEq(share.authorised(), most);
    }

    function test_RevertsWithReservedForRounds() public {
        reserves(1);
        vm.expectRevert(abi.encodeWithSelector(ActEvents.ReservedForRounds.selector, 1));
        splits(2);
    }

    function test_MultipliesEveryHoldingAndTheSupply() public {
        vm.expectEmit(address(share));
        emit ActEvents.SharesSplit(3, 450, 3 * AUTHORISED);
        splits(3);
        assertEq(share.balanceOf(alice), 300);
        assertEq(share.totalSupply(), 450);
        assertEq(share.authorised(), 3 * AUTHORISED);
        transfers(alice, carol, 1);
        splits(5);
        assertEq(share.splitFactor(), 15);
        assertEq(share.balanceOf(alice), 1495);
        assertEq(share.balanceOf(bob), 750, "two splits unwritten");
        assertEq(share.balanceOf(carol), 5);
        transfers(bob, carol, 750);
        assertEq(share.balanceOf(carol), 755);
        assertEq(share.holderCount(), 2);
        requireHistories();
    }

    function test_MultipliesLotsAndTheirParts() public {
        reserves(100);
        uint64[4] memory dates = [inDays(30), inDays(40), inDays(50), inDays(60)];
        for (uint64 i = 0; i < 4; ++i) {
            issues(carol, i + 1, dates[i]);
        }
        releases();
        splits(2);
        for (uint256 i = 0; i < 4; ++i) {
            assertLot(carol, i, 2 * (i + 1), dates[i]);
        }
        assertEq(share.lockedOf(carol), 20);
        transfers(carol, rich, 5);
        assertLot(rich, 0, 2, dates[0]);
        assertLot(rich, 1, 3, dates[1]);
        splits(10);
        assertLot(carol, 0, 10, dates[1]);
        assertLot(carol, 2, 80, dates[3]);
        assertLot(rich, 1, 30, dates[1]);
        assertEq(share.lockedOf(carol), share.balanceOf(carol));
    }

    function test_MultipliesWhatIsFrozen() public {
        _freezes(alice, 30);
        splits(4);
        assertEq(share.getFrozenTokens(alice), 120);
        assertTrue(share.canTransfer(alice, bob, 280));
        assertFalse(share.canTransfer(alice, bob, 281));
        _freezes(bob, type(uint256).max / 2);
        splits(2);
        assertEq(share.getFrozenTokens(bob), type(uint256).max - 1, "the last that fits");
        splits(2);
        assertEq(share.getFrozenTokens(bob), type(uint256).max);
    }

    function test_LeavesRecordDatesInTheSharesOfTheirTime() public {
        uint16 before = declares(1 days);
        itIs(block.timestamp + 2 days);
        splits(2);
        uint16 between = declares(1 days);
        itIs(block.timestamp + 2 days);
        splits(3);
        assertEq(share.balanceAt(alice, before), 100);
        assertEq(share.supplyAt(before), 150);
        assertEq(share.balanceAt(alice, between), 200);
        assertEq(share.supplyAt(between), 300);
        transfers(alice, bob, 1);
        assertEq(share.balanceAt(alice, before), 100, "written since");
        assertEq(share.balanceAt(alice, between), 200, "written since");
        assertEq(share.balanceAt(bob, between), 100);
        assertEq(share.holding(alice).checkpoints, 1, "one change, one checkpoint");
    }

    function test_LeavesDatesAheadAhead() public {
        uint16 first = declares(10 days);
        uint16 second = declares(20 days);
        uint256 start = block.timestamp;
        splits(2);
        transfers(alice, bob, 1);
        itIs(start + 10 days);
        transfers(alice, bob, 1);
        itIs(start + 20 days);
        assertEq(share.balanceAt(alice, first), 199);
        assertEq(share.balanceAt(alice, second), 198);
        assertEq(share.supplyAt(second), 300);
        (uint16 period, uint16 lastSplit) = share.periodBefore(second);
        assertEq(period, 2);
        assertEq(lastSplit, 1, "the split came before it");
    }

    function test_MultipliesTheSmallestHolding() public {
        opensWithCap(5, 10);
        issues(alice, 100, 0);
        releases();
        splits(3);
        isRefused(alice, bob, 29, Refusal.BelowSmallestHolding);
        transfers(alice, bob, 30);
        isRefused(alice, bob, 241, Refusal.BelowSmallestHolding);
        transfers(alice, bob, 240);
        assertEq(share.balanceOf(alice), 30);
    }

    function test_CostsTheSameForAnyNumberOfHolders() public {
        splits(2);
        uint256 gas = gasleft();
        splits(2);
        uint256 few = gas - gasleft();
        reserves(1000);
        for (uint256 i = 0; i < 30; ++i) {
            issues(retail(string.concat("holder ", vm.toString(i)), 1), 1, 0);
        }
        releases();
        gas = gasleft();
        splits(2);
        assertApproxEqAbs(gas - gasleft(), few, 100);
    }

    function _freezes(address account, uint256 shares) private {
        vm.prank(registrar);
        share.announceOrder(OrderKind.Freeze, account, address(0), shares, "order");
        itIs(block.timestamp + 5 days);
        vm.prank(recoverer);
        share.setFrozenTokens(account, shares);
    }
}
