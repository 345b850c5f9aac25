// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../../../src/identity/Category.sol";
import {Instance} from "../../../src/ledger/Instance.sol";
import {ActEvents} from "../../../src/share/ActEvents.sol";
import {ClassTerms} from "../../../src/share/ClassTerms.sol";
import {LockedLots} from "../../../src/share/LockedLots.sol";
import {Refusal} from "../../../src/share/Refusal.sol";
import {ShareActs} from "../../../src/share/ShareActs.sol";
import {ShareOrders} from "../../../src/share/ShareOrders.sol";
import {ShareToken} from "../../../src/share/ShareToken.sol";
import {TransferRules} from "../../../src/share/TransferRules.sol";
import {Ledger} from "../../Ledger.sol";
import {Slots} from "../Slots.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @notice How shares come into being: a class, its authorised number, what rounds reserve of it and issue.
contract IssueTest is Ledger, Slots {
    address private offering = makeAddr("a round");
    address private alice;

    function setUp() public override {
        super.setUp();
        alice = retail("alice", 2500);
    }

    function test_SaysWhatItIs() public view {
        ClassTerms memory terms = share.terms();
        assertEq(share.directory(), address(directory));
        assertEq(terms.companyId, companyId);
        assertEq(terms.authorised, AUTHORISED);
        assertEq(share.name(), "WindowMirror Common");
        assertEq(share.symbol(), "WMIR");
        assertEq(share.decimals(), 0);
        assertEq(address(share.registry()), address(registry));
        assertEq(share.totalSupply(), 0);
        assertEq(share.votesPerShare(), 1);
        assertEq(ShareOrders(share.orders()).authority(), address(authority));
        assertEq(ShareActs(share.acts()).historyHead(), 0);
    }

    function test_IsOpenedOnceByItsDirectory() public {
        vm.expectRevert(Instance.AlreadyOpened.selector);
        share.open();
        vm.expectRevert(Instance.TemplateIsNotAnInstance.selector);
        shareTemplate.open();
        ShareActs acts = ShareActs(share.acts());
        vm.expectRevert(Instance.TemplateIsNotAnInstance.selector);
        acts.open();
        ShareOrders orders = ShareOrders(share.orders());
        vm.expectRevert(Instance.TemplateIsNotAnInstance.selector);
        orders.open();
    }

    function test_AnnouncesItsOpeningWithItsTerms() public {
        address next = vm.computeCreateAddress(address(directory), vm.getNonce(address(directory)));
        vm.expectEmit(next);
        emit ActEvents.ShareClassOpened(companyId, address(directory), classTerms(companyId, 77));
        assertEq(address(openClass(companyId, issuer, 77)), next);
    }

    function test_ReservesForARound() public {
        vm.expectEmit(address(share));
        emit ShareToken.SharesReserved(offering, 600);
        _reserve(600);
        _reserve(20);
        assertEq(share.reserved(), 620);
        assertEq(share.reservedFor(offering), 620);
    }

    function test_OnlyTheDirectoryReserves() public {
        vm.expectRevert(abi.encodeWithSelector(ShareToken.OnlyDirectory.selector, address(this), address(directory)));
        share.reserve(offering, 1);
    }

    function test_NeverPromisesMoreThanTheAuthorisedNumber() public {
        _reserve(100);
        _issue(alice, 60, 0);
        _reserve(AUTHORISED - 100);
        vm.expectRevert(abi.encodeWithSelector(TransferRules.AuthorisedExceeded.selector, AUTHORISED, AUTHORISED, 1));
        _reserve(1);
    }

    function test_IssuesLockedSharesFromTheReservation() public {
        uint64 lockedUntil = uint64(block.timestamp + 365 days);
        _reserve(100);
        vm.expectEmit(address(share));
        emit IERC20.Transfer(address(0), alice, 60);
        vm.expectEmit(address(share));
        emit TransferRules.SharesIssued(offering, alice, 60, lockedUntil);
        _issue(alice, 60, lockedUntil);
        assertEq(share.balanceOf(alice), 60);
        assertEq(share.totalSupply(), 60);
        assertEq(share.reserved(), 40);
        assertEq(share.reservedFor(offering), 40);
        assertEq(share.holderCount(), 1);
        assertEq(share.lockedOf(alice), 60);
        LockedLots.Lot[] memory lots = share.lotsOf(alice);
        assertEq(lots.length, 1);
        assertEq(lots[0].shares, 60);
        assertEq(lots[0].lockedUntil, lockedUntil);
    }

    function test_SaysToWhichWalletItIssued() public {
        _reserve(100);
        vm.prank(offering);
        assertEq(share.issue(identityOf(alice), 60, 0), alice);
    }

    function test_AnnouncesNoFreeSharesWhereAllAreLocked() public {
        _reserve(100);
        vm.expectEmit(address(share), 0);
        emit TransferRules.SharesIssued(offering, alice, 0, 0);
        _issue(alice, 60, uint64(block.timestamp + 365 days));
    }

    function test_IssuesFreeSharesWithoutALot() public {
        _reserve(100);
        vm.expectEmit(address(share));
        emit TransferRules.SharesIssued(offering, alice, 1, 0);
        _issue(alice, 1, uint64(block.timestamp));
        assertEq(share.lockedOf(alice), 0);
        assertEq(share.lotsOf(alice).length, 0);
    }

    function test_IssuesNoMoreThanIsReserved() public {
        _reserve(100);
        vm.expectRevert(abi.encodeWithSelector(ShareToken.NotReserved.selector, offering, 100, 101));
        _issue(alice, 101, 0);
    }

    function test_IssuesOnlyToTheEligible() public {
        _reserve(100);
        vm.expectRevert(_refused(address(0), Refusal.ReceiverNotEligible));
        _issue(outsider, 1, 0);
        revoke(alice);
        vm.expectRevert(_refused(alice, Refusal.ReceiverNotEligible));
        _issue(alice, 1, 0);
        attest(address(share), Category.Retail, 0, block.timestamp + 1 days);
        vm.expectRevert(_refused(address(share), Refusal.ReceiverIsToken));
        _issue(address(share), 1, 0);
    }

    /// @dev Two lots lie in a slot, but for the oldest.
    function test_EmptiesTheSlotsOfLotsThatAreOver() public {
        _reserve(100);
        uint256 start = block.timestamp;
        for (uint256 i = 1; i <= 5; ++i) {
            _issue(alice, 1, uint64(start + i));
        }
        itIs(start + 4);
        vm.record();
        _issue(alice, 1, uint64(start + 6));
        (, uint256 emptied) = slotsOf(address(share));
        assertEq(emptied, 1);
        assertEq(share.lotsOf(alice).length, 2);
    }

    function test_IssuesUpTo64LotsAtATime() public {
        _reserve(100);
        for (uint256 i = 1; i <= 64; ++i) {
            assertEq(uint256(share.issuanceRefusal(identityOf(alice), uint64(block.timestamp + i))), 0);
            _issue(alice, 1, uint64(block.timestamp + i));
        }
        uint64 next = uint64(block.timestamp + 65);
        assertEq(uint256(share.issuanceRefusal(identityOf(alice), next)), uint256(Refusal.TooManyLots));
        vm.expectRevert(_refused(alice, Refusal.TooManyLots));
        _issue(alice, 1, next);
        assertEq(uint256(share.issuanceRefusal(identityOf(alice), next - 1)), 0, "one of the same date");
        _issue(alice, 1, next - 1);
        _issue(alice, 1, 0);
        assertEq(share.lotsOf(alice).length, 64);
        itIs(block.timestamp + 1);
        _issue(alice, 1, next);
        assertEq(share.lotsOf(alice).length, 64, "the first has passed");
        assertEq(share.lockedOf(alice), 65);
    }

    function test_AStrangerIssuesNothingNotEvenNothing() public {
        vm.expectRevert(abi.encodeWithSelector(ShareToken.NotReserved.selector, outsider, 0, 0));
        vm.prank(outsider);
        share.issue(identityOf(alice), 0, 0);
        vm.expectRevert(abi.encodeWithSelector(ShareToken.NotReserved.selector, outsider, 0, 1));
        vm.prank(outsider);
        share.issue(identityOf(alice), 1, 0);
    }

    function test_ReleasesWhatTheRoundDidNotIssue() public {
        _reserve(100);
        _issue(alice, 60, 0);
        vm.expectEmit(address(share));
        emit ShareToken.ReservationReleased(offering, 40);
        vm.prank(offering);
        share.releaseReservation();
        assertEq(share.reserved(), 0);
        assertEq(share.reservedFor(offering), 0);
        vm.expectRevert(abi.encodeWithSelector(ShareToken.NotReserved.selector, offering, 0, 1));
        _issue(alice, 1, 0);
    }

    function test_WhoReservedNothingLeavesNoTraceByReleasing() public {
        _reserve(100);
        bytes32 head = share.historyHead();
        vm.prank(outsider);
        share.releaseReservation();
        assertEq(share.historyHead(), head);
        assertEq(share.reserved(), 100);
    }

    function _reserve(uint64 shares) private {
        vm.prank(address(directory));
        share.reserve(offering, shares);
    }

    function _issue(address to, uint64 shares, uint64 lockedUntil) private {
        vm.prank(offering);
        share.issue(identityOf(to), shares, lockedUntil);
    }

    function _refused(address to, Refusal reason) private pure returns (bytes memory) {
        return abi.encodeWithSelector(TransferRules.IssuanceRefused.selector, to, 1, reason);
    }
}
