// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../../../src/identity/Category.sol";
import {ICompanies} from "../../../src/ledger/ICompanies.sol";
import {Refusal} from "../../../src/share/Refusal.sol";
import {ShareToken} from "../../../src/share/ShareToken.sol";
import {TransferRules} from "../../../src/share/TransferRules.sol";
import {FakeTrust, ShareStage} from "./ShareStage.sol";

/// @notice At most so many persons hold shares of a class, or have been promised to.
contract PlacesTest is ShareStage {
    function setUp() public override {
        super.setUp();
        opensWithCap(3, 10);
    }

    // ------------------------------------------------------------------------------------------ commitments

    function test_RevertsWithNotReserved() public {
        vm.startPrank(outsider);
        vm.expectRevert(abi.encodeWithSelector(ShareToken.NotReserved.selector, outsider, 0, 0));
        share.reservePlace(identityOf(alice));
        vm.expectRevert(abi.encodeWithSelector(ShareToken.NotReserved.selector, outsider, 0, 0));
        share.releasePlace(identityOf(alice));
    }

    function test_KeepsNoPlace() public {
        share = openClass(companyId, issuer, AUTHORISED);
        reserves(100);
        bytes32 head = share.historyHead();
        _keeps(alice);
        assertEq(share.historyHead(), head);
        assertEq(share.placeOf(identityOf(alice)).rounds, 0);
        assertEq(share.holderCap(), 0);
        _givesBack(alice);
        issues(alice, 1, 0);
    }

    function test_AsksForNoSmallestHolding() public {
        opensWithCap(0, 10);
        issues(alice, 100, 0);
        transfers(alice, bob, 1);
        transfers(alice, bob, 98);
        assertEq(share.balanceOf(alice), 1);
    }

    function test_KeepsAPlaceFromTheCommitmentOn() public {
        vm.expectEmit(address(share));
        emit ShareToken.PlaceReserved(offering, identityOf(alice), 1);
        _keeps(alice);
        assertEq(share.capacity().places, 1);
        assertTrue(share.placeOf(identityOf(alice)).counted);
        assertEq(share.holderCap(), 3);
        _keeps(bob);
        issues(rich, 10, 0);
        _isFull(carol);
        requireHistories();
    }

    function test_RevertsWithPlaceRefused() public {
        _keeps(alice);
        _keeps(bob);
        _keeps(rich);
        _isFull(carol);
        _givesBack(rich);
        attestAs(carol, Category.Nominee, USA, 2);
        _isFull(carol);
    }

    function test_CountsAHolderOnce() public {
        issues(alice, 10, 0);
        _keeps(alice);
        assertEq(share.capacity().places, 0);
        assertFalse(share.placeOf(identityOf(alice)).counted);
        _keeps(bob);
        _keeps(rich);
        _isFull(carol);
    }

    function test_KeepsAPlaceForAsManyAsTheHolderCountsFor() public {
        address two = nominee("two", 2);
        issues(two, 1, 0);
        attestAs(two, Category.Nominee, USA, 3);
        vm.expectEmit(address(share));
        emit ShareToken.PlaceReserved(offering, identityOf(two), 2);
        _keeps(two);
    }

    function test_KeepsOnePlaceForTwoRounds() public {
        address second = makeAddr("another round");
        vm.prank(address(directory));
        share.reserve(second, 10);
        _keeps(alice);
        vm.prank(second);
        share.reservePlace(identityOf(alice));
        assertEq(share.capacity().places, 1);
        _givesBack(alice);
        assertEq(share.capacity().places, 1, "the other still keeps it");
        vm.prank(second);
        share.releasePlace(identityOf(alice));
        assertEq(share.capacity().places, 0);
    }

    function test_CountsNomineesThroughAndForGood() public {
        address fund = nominee("nominee", 3);
        _keeps(fund);
        assertEq(share.capacity().places, 3);
        attestAs(fund, Category.Nominee, USA, 1);
        _isFull(alice);
        vm.expectEmit(address(share));
        emit TransferRules.PersonsCounted(fund, 3);
        issues(fund, 10, 0);
        assertEq(share.holderCount(), 3);
        assertEq(share.capacity().places, 0);
        _isFull(alice);
        requireHistories();
    }

    function test_MakesRoomAgain() public {
        _keeps(alice);
        _keeps(bob);
        _keeps(rich);
        vm.expectEmit(address(share));
        emit ShareToken.PlaceReleased(offering, identityOf(bob), 1);
        _givesBack(bob);
        assertEq(share.placeOf(identityOf(bob)).persons, 0);
        assertEq(share.capacity().places, 2);
        _keeps(carol);
    }

    function test_NeverRefuses() public {
        bytes32 head = share.historyHead();
        _givesBack(alice);
        assertEq(share.historyHead(), head);
    }

    function test_StillGivesBackPlaces() public {
        _keeps(alice);
        releases();
        _givesBack(alice);
        assertEq(share.capacity().places, 0);
    }

    // ------------------------------------------------------------------------------------------ issuance

    function test_UsesThePlaceUp() public {
        _keeps(alice);
        _keeps(bob);
        _keeps(carol);
        issues(alice, 1, 0);
        assertEq(share.capacity().places, 2);
        assertEq(share.placeOf(identityOf(alice)).rounds, 0);
        issues(bob, 1, 0);
        issues(carol, 1, 0);
        assertEq(share.holderCount(), 3);
        assertEq(share.capacity().places, 0);
        requireHistories();
    }

    function test_UsesTheOnlyPlaceUp() public {
        opensWithCap(1, 10);
        _keeps(issuer);
        vm.startPrank(issuer);
        share.issueByCompany(issuer, 10, 0);
        assertEq(share.holderCount(), 1);
        assertEq(share.capacity().places, 0);
        share.cancelShares(10);
        assertEq(share.holderCount(), 0);
        assertEq(share.capacity().places, 1, "still promised");
    }

    function test_AnnouncesThePersonsOfAHolderWhoCountsForSeveral() public {
        vm.expectEmit(address(share), 0);
        emit TransferRules.PersonsCounted(alice, 1);
        issues(alice, 10, 0);
        address two = nominee("two", 2);
        vm.expectEmit(address(share));
        emit TransferRules.PersonsCounted(two, 2);
        issues(two, 10, 0);
    }

    function test_RefusesAnIssuanceBeyondTheCap() public {
        _fills();
        assertEq(uint256(share.issuanceRefusal(identityOf(rich), 0)), uint256(Refusal.HolderCapReached));
        vm.expectRevert(
            abi.encodeWithSelector(TransferRules.IssuanceRefused.selector, rich, 1, Refusal.HolderCapReached)
        );
        issues(rich, 1, 0);
        issues(alice, 1, 0);
    }

    // ------------------------------------------------------------------------------------------ transfers

    function test_LetsNobodyInBeyondTheCap() public {
        _fills();
        isRefused(alice, rich, 50, Refusal.HolderCapReached);
        transfers(alice, bob, 50);
    }

    function test_LetsOneInForOneWhoLeaves() public {
        _fills();
        transfers(alice, rich, 100);
        assertEq(share.holderCount(), 3);
        isRefused(bob, alice, 50, Refusal.HolderCapReached);
        address two = nominee("two", 2);
        isRefused(rich, two, 100, Refusal.HolderCapReached);
        transfers(rich, bob, 100);
        isRefused(bob, two, 100, Refusal.HolderCapReached);
        transfers(carol, two, 100);
        assertEq(share.holderCount(), 3);
    }

    function test_CountsThePlaceOfOneWhoLeaves() public {
        _fills();
        _keeps(alice);
        isRefused(alice, rich, 100, Refusal.HolderCapReached);
        transfers(alice, bob, 100);
        assertEq(share.holderCount(), 2);
        assertEq(share.capacity().places, 1, "still promised");
        isRefused(bob, rich, 100, Refusal.HolderCapReached);
        issues(alice, 5, 0);
        assertEq(share.holderCount(), 3);
        assertEq(share.capacity().places, 0);
    }

    function test_CountsAPersonWithAPlaceOnceWhoJoinsOtherwise() public {
        issues(alice, 100, 0);
        issues(bob, 100, 0);
        _keeps(carol);
        transfers(alice, carol, 10);
        assertEq(share.holderCount(), 3);
        assertEq(share.capacity().places, 0);
        assertFalse(share.placeOf(identityOf(carol)).counted);
        _givesBack(carol);
        assertEq(share.holderCount(), 3);
        assertEq(share.capacity().places, 0);
    }

    function test_CountsAsManyAsThePlaceIsForWhereTheWalletIsNew() public {
        opensWithCap(5, 10);
        _fills();
        transfers(carol, bob, 100);
        address two = nominee("two", 2);
        issues(two, 100, 0);
        _keeps(two);
        attestAs(two, Category.Nominee, USA, 1);
        address next = makeAddr("new wallet");
        succeeds(two, next);
        assertEq(share.holderCount(), 4);
        isRefused(alice, next, 10, Refusal.HolderCapReached);
    }

    function test_GivesUpNoPlaceThatTheOldWalletHasUsedUp() public {
        issues(alice, 100, 0);
        issues(bob, 100, 0);
        _keeps(alice);
        address next = makeAddr("new wallet");
        succeeds(alice, next);
        transfers(bob, next, 10);
        assertEq(share.capacity().places, 0);
        share.recover(alice);
        assertEq(share.balanceOf(next), 110);
        assertEq(share.holderCount(), 2);
    }

    function test_LetsAHolderOfOneShareReceiveMore() public {
        issues(alice, 100, inDays(30));
        issues(bob, 100, 0);
        issues(rich, 1, 0);
        transfers(alice, rich, 50);
        assertEq(share.balanceOf(rich), 51);
    }

    function test_RefusesDustToANewcomer() public {
        issues(alice, 100, 0);
        isRefused(alice, bob, 9, Refusal.BelowSmallestHolding);
        transfers(alice, bob, 10);
        transfers(alice, bob, 1);
    }

    function test_LeavesNoDustBehind() public {
        issues(alice, 100, 0);
        issues(bob, 100, 0);
        isRefused(alice, bob, 91, Refusal.BelowSmallestHolding);
        isRefused(alice, bob, 99, Refusal.BelowSmallestHolding);
        transfers(alice, bob, 90);
        isRefused(alice, bob, 1, Refusal.BelowSmallestHolding);
        transfers(alice, bob, 10);
        assertEq(share.holderCount(), 1);
    }

    function test_LeavesTheSmallestHoldingBehind() public {
        issues(alice, 100, 0);
        transfers(alice, bob, 90);
        assertEq(share.balanceOf(alice), 10);
    }

    function test_LetsATrustPayOutDust() public {
        FakeTrust trust = new FakeTrust(1, address(share));
        lists(address(trust), ICompanies.Kind.Trust);
        issues(alice, 100, 0);
        transfers(alice, address(trust), 11);
        trust.passOn(share, bob, 5);
        trust.passOn(share, bob, 2);
        assertEq(share.balanceOf(address(trust)), 4);
    }

    function test_IsNotMovedByZeroNorSelfTransfers() public {
        _fills();
        transfers(alice, rich, 0);
        transfers(alice, alice, 100);
        transfers(alice, alice, 1);
        assertEq(share.holderCount(), 3);
        assertEq(share.balanceOf(rich), 0);
    }

    function test_IsNotMovedByANewAttestation() public {
        address two = nominee("two", 2);
        issues(two, 100, 0);
        issues(alice, 100, 0);
        attestAs(two, Category.Nominee, USA, 1);
        isRefused(alice, bob, 10, Refusal.HolderCapReached);
        attestAs(two, Category.Nominee, USA, 900);
        assertEq(share.holderCount(), 3);
        transfers(two, alice, 100);
        assertEq(share.holderCount(), 1);
        transfers(alice, bob, 10);
    }

    function test_CountsATrustForItsBeneficiaries() public {
        FakeTrust small = new FakeTrust(2, address(share));
        FakeTrust huge = new FakeTrust(70_000, address(share));
        FakeTrust empty = new FakeTrust(0, address(share));
        lists(address(small), ICompanies.Kind.Trust);
        lists(address(huge), ICompanies.Kind.Trust);
        lists(address(empty), ICompanies.Kind.Trust);
        issues(alice, 100, 0);
        isRefused(alice, address(huge), 10, Refusal.HolderCapReached);
        transfers(alice, address(small), 10);
        assertEq(share.holderCount(), 3);
        isRefused(alice, address(empty), 10, Refusal.HolderCapReached);
        small.passOn(share, alice, 10);
        transfers(alice, address(empty), 10);
        assertEq(share.holderCount(), 2);
        share = openClass(companyId, issuer, AUTHORISED);
        huge = new FakeTrust(70_000, address(share));
        lists(address(huge), ICompanies.Kind.Trust);
        reserves(100);
        issues(alice, 10, 0);
        transfers(alice, address(huge), 10);
        assertEq(share.holderCount(), type(uint16).max, "as many as a holding can count for");
    }

    function _fills() private {
        issues(alice, 100, 0);
        issues(bob, 100, 0);
        issues(carol, 100, 0);
    }

    function _keeps(address who) private {
        vm.prank(offering);
        share.reservePlace(identityOf(who));
    }

    function _givesBack(address who) private {
        vm.prank(offering);
        share.releasePlace(identityOf(who));
    }

    function _isFull(address who) private {
        vm.expectRevert(
            abi.encodeWithSelector(ShareToken.PlaceRefused.selector, identityOf(who), Refusal.HolderCapReached)
        );
        _keeps(who);
    }
}
