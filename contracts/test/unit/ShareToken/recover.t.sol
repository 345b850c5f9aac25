// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../../../src/identity/Category.sol";
import {InvestorRegistry} from "../../../src/identity/InvestorRegistry.sol";
import {ActEvents, OrderKind} from "../../../src/share/ActEvents.sol";
import {IERC7943Fungible} from "../../../src/share/IERC7943Fungible.sol";
import {Refusal} from "../../../src/share/Refusal.sol";
import {TransferRules} from "../../../src/share/TransferRules.sol";
import {ShareStage} from "./ShareStage.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @notice Shares follow their person to a new wallet.
contract RecoverTest is ShareStage {
    address private next = makeAddr("alice's new wallet");

    function test_RevertsWithNothingToRecover() public {
        issues(alice, 100, 0);
        vm.expectRevert(abi.encodeWithSelector(ActEvents.NothingToRecover.selector, alice));
        share.recover(alice);
        vm.expectRevert(abi.encodeWithSelector(ActEvents.NothingToRecover.selector, outsider));
        share.recover(outsider);
    }

    function test_FindsNothingTheSecondTime() public {
        issues(alice, 100, 0);
        succeeds(alice, next);
        _recovers(alice);
        vm.expectRevert(abi.encodeWithSelector(ActEvents.NothingToRecover.selector, alice));
        share.recover(alice);
    }

    function test_LeavesTheSharesWhereTheClassItselfFollows() public {
        issues(alice, 100, 0);
        issues(bob, 100, 0);
        succeeds(alice, address(share));
        vm.expectRevert(abi.encodeWithSelector(ActEvents.NothingToRecover.selector, alice));
        share.recover(alice);
        isRefused(bob, address(share), 1, Refusal.ReceiverIsToken);
        succeeds(alice, next);
        _recovers(alice);
        assertEq(share.balanceOf(next), 100);
    }

    function test_MovesEverythingByAnyone() public {
        issues(alice, 100, 0);
        succeeds(alice, next);
        vm.expectEmit(address(share));
        emit ActEvents.HoldingRecovered(alice, next, 100);
        vm.expectEmit(address(share));
        emit IERC20.Transfer(alice, next, 100);
        _recovers(alice);
        assertEq(share.balanceOf(alice), 0);
        assertEq(share.holding(alice).persons, 0);
        assertEq(share.balanceOf(next), 100);
        assertEq(share.totalSupply(), 100);
        transfers(next, bob, 40);
        requireHistories();
    }

    function test_StopsTheOldWalletAtOnce() public {
        issues(alice, 100, 0);
        issues(bob, 100, 0);
        assertTrue(share.canSend(alice));
        succeeds(alice, next);
        assertFalse(share.canSend(alice));
        assertFalse(share.canReceive(alice));
        isRefused(alice, bob, 1, Refusal.SenderSucceeded);
        isRefused(alice, next, 100, Refusal.SenderSucceeded);
        isRefused(bob, alice, 1, Refusal.ReceiverNotEligible);
    }

    function test_LetsLotsKeepTheirDates() public {
        issues(alice, 10, inDays(30));
        issues(alice, 20, inDays(60));
        issues(alice, 30, 0);
        succeeds(alice, next);
        issues(alice, 5, inDays(60));
        vm.expectEmit(address(share));
        emit TransferRules.LockedSharesMoved(alice, next, 10, inDays(30));
        _recovers(alice);
        assertEq(share.balanceOf(next), 65);
        assertLot(next, 0, 10, inDays(30));
        assertLot(next, 1, 25, inDays(60));
        assertEq(share.lotsOf(alice).length, 0);
        assertEq(share.holding(alice).balance, 0);
        assertEq(share.holding(alice).lots, 0);
    }

    function test_TakesMoreLotsThanATransfer() public {
        for (uint256 i = 0; i < 64; ++i) {
            issues(alice, 1, inDays(10 + i));
        }
        succeeds(alice, next);
        for (uint256 i = 0; i < 64; ++i) {
            issues(alice, 1, inDays(200 + i));
        }
        _recovers(alice);
        assertEq(share.lotsOf(next).length, 128);
        assertEq(share.lockedOf(next), 128);
        assertEq(uint256(share.issuanceRefusal(identityOf(alice), inDays(300))), uint256(Refusal.TooManyLots));
        assertEq(uint256(share.issuanceRefusal(identityOf(alice), 0)), uint256(Refusal.None), "free shares take none");
        issues(alice, 10, 0);
        assertEq(share.lotsOf(next).length, 128);
        itIs(inDays(90));
        assertEq(share.lockedOf(next), 64);
        transfers(next, bob, 74);
        isRefused(next, bob, 1, Refusal.Locked);
        isRefused(next, rich, 9, Refusal.TooManyLots);
        transfers(next, rich, 8);
        assertEq(share.lockedOf(next), 56);
    }

    function test_LetsTheFreezeFollow() public {
        issues(alice, 100, 0);
        _freezes(alice, 30);
        succeeds(alice, next);
        vm.expectEmit(address(share));
        emit IERC7943Fungible.Frozen(alice, 0);
        vm.expectEmit(address(share));
        emit IERC7943Fungible.Frozen(next, 30);
        _recovers(alice);
        assertEq(share.getFrozenTokens(alice), 0);
        assertEq(share.getFrozenTokens(next), 30);
        assertFalse(share.canTransfer(next, bob, 71));
        assertTrue(share.canTransfer(next, bob, 70));
        requireHistories();
    }

    function test_AddsTheFreezeToThatOfTheNewWallet() public {
        _freezes(alice, type(uint256).max - 3);
        _freezes(next, 3);
        succeeds(alice, next);
        _recovers(alice);
        assertEq(share.getFrozenTokens(next), type(uint256).max);
        address last = makeAddr("alice's last wallet");
        _freezes(last, 1);
        succeeds(alice, last);
        _recovers(next);
        assertEq(share.getFrozenTokens(last), type(uint256).max, "no further than all");
        assertEq(share.holderCount(), 0);
    }

    function test_CountsThePersonOnce() public {
        opensWithCap(3, 1);
        address two = nominee("two", 2);
        issues(two, 100, 0);
        succeeds(two, next);
        attestAsSuccessor(two, 500);
        _recovers(two);
        assertEq(share.holderCount(), 2);
        assertEq(share.holding(next).persons, 2);
        issues(bob, 1, 0);
        transfers(next, bob, 100);
        assertEq(share.holderCount(), 1);
    }

    function test_CountsANomineeForTheGreaterOfBothWallets() public {
        opensWithCap(60, 1);
        address fund = nominee("fund", 50);
        issues(fund, 100, 0);
        attestAs(fund, Category.Nominee, USA, 1);
        succeeds(fund, next);
        issues(bob, 10, 0);
        transfers(bob, next, 1);
        assertEq(share.holderCount(), 52, "until it is recovered");
        vm.expectEmit(address(share));
        emit TransferRules.PersonsCounted(next, 50);
        _recovers(fund);
        assertEq(share.holderCount(), 51);
        assertEq(share.holding(next).persons, 50);
    }

    function test_CountsAHolderInBothWalletsOnce() public {
        issues(alice, 100, 0);
        succeeds(alice, next);
        issues(alice, 10, 0);
        assertEq(share.balanceOf(next), 10);
        assertEq(share.holderCount(), 2, "until it is recovered");
        requireHistories();
        uint256 events = recorder.eventsOf(address(share));
        _recovers(alice);
        requireHistories();
        assertEq(recorder.eventsOf(address(share)), events + 2, "its persons need no word");
        assertEq(share.holderCount(), 1);
        assertEq(share.balanceOf(next), 110);
    }

    function test_TakesUpAPlaceThatARoundKeeps() public {
        opensWithCap(3, 1);
        issues(alice, 100, 0);
        vm.prank(offering);
        share.reservePlace(identityOf(bob));
        assertEq(share.capacity().places, 1);
        passesOn(alice, bob);
        _recovers(alice);
        assertEq(share.capacity().places, 0);
        assertEq(share.holderCount(), 1);
        issues(bob, 5, 0);
        assertEq(share.holderCount(), 1);
        assertEq(share.placeOf(identityOf(bob)).rounds, 0);
    }

    function test_LeavesThePlaceOfAHolderUncounted() public {
        opensWithCap(3, 1);
        issues(alice, 100, 0);
        vm.prank(offering);
        share.reservePlace(identityOf(alice));
        assertEq(share.capacity().places, 0);
        succeeds(alice, next);
        _recovers(alice);
        assertEq(share.capacity().places, 0);
        assertFalse(share.placeOf(identityOf(alice)).counted);
        assertEq(share.placeOf(identityOf(alice)).rounds, 1);
        assertEq(share.holderCount(), 1);
    }

    function test_TakesUpAPlaceForASingleShare() public {
        opensWithCap(3, 1);
        issues(alice, 1, 0);
        vm.prank(offering);
        share.reservePlace(identityOf(bob));
        passesOn(alice, bob);
        _recovers(alice);
        assertEq(share.capacity().places, 0);
        assertEq(share.holderCount(), 1);
    }

    function test_LeavesThePlaceWhereNoSharesCome() public {
        opensWithCap(3, 1);
        _freezes(alice, 30);
        vm.prank(offering);
        share.reservePlace(identityOf(bob));
        passesOn(alice, bob);
        _recovers(alice);
        assertEq(share.getFrozenTokens(bob), 30);
        assertEq(share.capacity().places, 1);
        assertTrue(share.placeOf(identityOf(bob)).counted);
    }

    function test_KeepsThePlaceForAsManyAsWereTakenOver() public {
        opensWithCap(60, 1);
        address fund = nominee("fund", 50);
        issues(fund, 100, 0);
        vm.prank(offering);
        share.reservePlace(identityOf(bob));
        passesOn(fund, bob);
        _recovers(fund);
        assertEq(share.holderCount(), 50);
        assertEq(share.placeOf(identityOf(bob)).persons, 50);
        transfers(bob, carol, 100);
        assertEq(share.holderCount(), 1);
        assertEq(share.capacity().places, 50, "should the successor leave");
    }

    function test_FollowsAnInheritance() public {
        issues(alice, 100, inDays(30));
        issues(bob, 1, 0);
        passesOn(alice, bob);
        isRefused(alice, carol, 1, Refusal.SenderSucceeded);
        _recovers(alice);
        assertEq(share.balanceOf(bob), 101);
        assertEq(share.lockedOf(bob), 100);
        assertEq(share.holderCount(), 1);
    }

    function test_KeepsWhatWasHeldAtRecordDates() public {
        issues(alice, 100, 0);
        succeeds(alice, next);
        uint16 before = declares(1 days);
        itIs(block.timestamp + 1 days);
        _recovers(alice);
        uint16 later = declares(1 days);
        itIs(block.timestamp + 1 days);
        assertEq(share.balanceAt(alice, before), 100);
        assertEq(share.balanceAt(next, before), 0);
        assertEq(share.balanceAt(alice, later), 0);
        assertEq(share.balanceAt(next, later), 100);
    }

    function test_AsksForNoAttestation() public {
        issues(alice, 100, 0);
        succeeds(alice, next);
        revoke(alice);
        _recovers(alice);
        assertEq(share.balanceOf(next), 100);
    }

    function attestAsSuccessor(address oldWallet, uint16 persons) private {
        InvestorRegistry.Attestation memory given = attestation(next, Category.Nominee, block.timestamp + 1 days);
        given.identity = identityOf(oldWallet);
        given.persons = persons;
        vm.prank(registrar);
        registry.attest(given, new InvestorRegistry.YearlyLimit[](0));
    }

    function _recovers(address oldWallet) private {
        vm.prank(outsider);
        share.recover(oldWallet);
    }

    function _freezes(address account, uint256 shares) private {
        vm.prank(registrar);
        share.announceOrder(OrderKind.Freeze, account, address(0), shares, "order");
        itIs(block.timestamp + 5 days);
        vm.prank(recoverer);
        share.setFrozenTokens(account, shares);
    }
}
