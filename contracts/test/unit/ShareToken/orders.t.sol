// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ICompanies} from "../../../src/ledger/ICompanies.sol";
import {ActEvents, OrderKind} from "../../../src/share/ActEvents.sol";
import {IERC7943Fungible} from "../../../src/share/IERC7943Fungible.sol";
import {LockedLots} from "../../../src/share/LockedLots.sol";
import {Refusal} from "../../../src/share/Refusal.sol";
import {ShareRegister} from "../../../src/share/ShareRegister.sol";
import {ShareToken} from "../../../src/share/ShareToken.sol";
import {TransferRules} from "../../../src/share/TransferRules.sol";
import {Slots} from "../Slots.sol";
import {ShareStage} from "./ShareStage.sol";
import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @notice What a court orders about shares, announced by one party and carried out by another.
contract OrdersTest is ShareStage, Slots {
    uint256 private constant DELAY = 5 days;
    uint256 private constant PERIOD = 30 days;

    function setUp() public override {
        super.setUp();
        issues(alice, 100, 0);
    }

    // ------------------------------------------------------------------------------------------ announcing

    function test_RevertsWithNotAuthorized() public {
        address[4] memory others = [admin, operator, guardian, alice];
        for (uint256 i = 0; i < others.length; ++i) {
            vm.startPrank(others[i]);
            vm.expectRevert(notAuthorized(others[i], ShareToken.announceOrder.selector));
            share.announceOrder(OrderKind.Freeze, alice, address(0), 1, "order");
            vm.expectRevert(notAuthorized(others[i], ShareToken.withdrawOrder.selector));
            share.withdrawOrder("order");
            vm.expectRevert(notAuthorized(others[i], ShareToken.setFrozenTokens.selector));
            share.setFrozenTokens(alice, 1);
            vm.expectRevert(notAuthorized(others[i], ShareToken.forcedTransfer.selector));
            share.forcedTransfer(alice, bob, 1);
            vm.stopPrank();
        }
        vm.expectRevert(notAuthorized(recoverer, ShareToken.announceOrder.selector));
        vm.prank(recoverer);
        share.announceOrder(OrderKind.Freeze, alice, address(0), 1, "order");
        vm.expectRevert(notAuthorized(registrar, ShareToken.forcedTransfer.selector));
        vm.prank(registrar);
        share.forcedTransfer(alice, bob, 1);
        vm.expectRevert(notAuthorized(registrar, ShareToken.setFrozenTokens.selector));
        vm.prank(registrar);
        share.setFrozenTokens(alice, 1);
    }

    function test_RevertsWithDocumentMissing() public {
        vm.expectRevert(ActEvents.DocumentMissing.selector);
        vm.prank(registrar);
        share.announceOrder(OrderKind.Freeze, alice, address(0), 1, 0);
    }

    function test_RevertsWithNotAgainstInstances() public {
        vm.expectRevert(abi.encodeWithSelector(ActEvents.NotAgainstInstances.selector, address(share)));
        _announces(OrderKind.Freeze, address(share), address(0), 1);
        address trust = makeAddr("trust");
        lists(trust, ICompanies.Kind.Trust);
        vm.expectRevert(abi.encodeWithSelector(ActEvents.NotAgainstInstances.selector, trust));
        _announces(OrderKind.Transfer, trust, bob, 1);
    }

    function test_AnnouncesWithItsDocumentAndDelay() public {
        bytes32 id = share.orderId(OrderKind.Transfer, alice, bob, 7);
        vm.expectEmit(address(share));
        emit ActEvents.OrderAnnounced(
            id, alice, bob, OrderKind.Transfer, 7, "order", block.timestamp + DELAY, block.timestamp + DELAY + PERIOD
        );
        assertEq(_announces(OrderKind.Transfer, alice, bob, 7), id);
        ShareRegister.Order memory order = share.orderOf(id);
        assertEq(order.documentHash, "order");
        assertEq(order.executableFrom, block.timestamp + DELAY);
        assertEq(order.lapsesAt, block.timestamp + DELAY + PERIOD);
        assertNotEq(id, share.orderId(OrderKind.Freeze, alice, bob, 7));
        assertNotEq(id, share.orderId(OrderKind.Transfer, bob, bob, 7));
        assertNotEq(id, share.orderId(OrderKind.Transfer, alice, carol, 7));
        assertNotEq(id, share.orderId(OrderKind.Transfer, alice, bob, 8));
        requireHistories();
    }

    function test_BeginsTheDelayAnew() public {
        _announces(OrderKind.Transfer, alice, bob, 7);
        itIs(block.timestamp + DELAY - 1);
        bytes32 id = _announces(OrderKind.Transfer, alice, bob, 7);
        itIs(block.timestamp + 1);
        vm.expectRevert(
            abi.encodeWithSelector(ActEvents.OrderNotDue.selector, id, block.timestamp - 1 + DELAY, block.timestamp)
        );
        _forces(alice, bob, 7);
    }

    function test_WithdrawsOnlyWhatIsAnnounced() public {
        vm.expectRevert(abi.encodeWithSelector(ActEvents.OrderNotAnnounced.selector, bytes32("nothing")));
        vm.prank(registrar);
        share.withdrawOrder("nothing");
    }

    function test_IsNeverCarriedOut() public {
        bytes32 id = _announces(OrderKind.Transfer, alice, bob, 7);
        vm.expectEmit(address(share));
        emit ActEvents.OrderWithdrawn(id);
        vm.prank(registrar);
        share.withdrawOrder(id);
        itIs(block.timestamp + DELAY);
        _isNotAnnounced(OrderKind.Transfer, alice, bob, 7);
    }

    // ------------------------------------------------------------------------------------------ carrying out

    function test_RevertsWithOrderNotAnnounced() public {
        _due(OrderKind.Transfer, alice, bob, 7);
        _isNotAnnounced(OrderKind.Transfer, alice, bob, 8);
        _isNotAnnounced(OrderKind.Transfer, alice, carol, 7);
        _isNotAnnounced(OrderKind.Transfer, bob, bob, 7);
        _isNotAnnounced(OrderKind.Freeze, alice, address(0), 7);
    }

    function test_RevertsWithOrderNotDue() public {
        bytes32 id = _announces(OrderKind.Freeze, alice, address(0), 7);
        uint256 due = block.timestamp + DELAY;
        itIs(due - 1);
        vm.expectRevert(abi.encodeWithSelector(ActEvents.OrderNotDue.selector, id, due, due - 1));
        _freezes(alice, 7);
        itIs(due);
        _freezes(alice, 7);
    }

    function test_RevertsWithOrderLapsed() public {
        bytes32 id = _announces(OrderKind.Transfer, alice, bob, 7);
        _announces(OrderKind.Transfer, alice, bob, 8);
        uint256 lapses = block.timestamp + DELAY + PERIOD;
        itIs(lapses - 1);
        _forces(alice, bob, 8);
        itIs(lapses);
        vm.expectRevert(abi.encodeWithSelector(ActEvents.OrderLapsed.selector, id, lapses, lapses));
        _forces(alice, bob, 7);
    }

    function test_IsCarriedOutOnce() public {
        bytes32 id = _due(OrderKind.Transfer, alice, bob, 7);
        vm.expectEmit(address(share));
        emit ActEvents.OrderExecuted(id, "order");
        vm.expectEmit(address(share));
        emit IERC20.Transfer(alice, bob, 7);
        vm.expectEmit(address(share));
        emit IERC7943Fungible.ForcedTransfer(alice, bob, 7);
        vm.prank(recoverer);
        assertTrue(share.forcedTransfer(alice, bob, 7));
        assertEq(share.balanceOf(bob), 7);
        assertEq(share.orderOf(id).documentHash, 0);
        _isNotAnnounced(OrderKind.Transfer, alice, bob, 7);
        requireHistories();
    }

    function test_LapsesWithASplit() public {
        _due(OrderKind.Transfer, alice, bob, 7);
        releases();
        splits(2);
        _isNotAnnounced(OrderKind.Transfer, alice, bob, 7);
    }

    function test_SparesWhatTheDirectoryHasListedSince() public {
        _due(OrderKind.Transfer, alice, bob, 7);
        lists(alice, ICompanies.Kind.Trust);
        vm.expectRevert(abi.encodeWithSelector(ActEvents.NotAgainstInstances.selector, alice));
        _forces(alice, bob, 7);
    }

    // ------------------------------------------------------------------------------------------ freeze

    function test_StopsWhatIsFrozenAndNothingElse() public {
        issues(bob, 5, 0);
        _due(OrderKind.Freeze, alice, address(0), 30);
        vm.expectEmit(address(share));
        emit IERC7943Fungible.Frozen(alice, 30);
        vm.prank(recoverer);
        assertTrue(share.setFrozenTokens(alice, 30));
        assertEq(share.getFrozenTokens(alice), 30);
        _isFrozen(alice, bob, 71, 70);
        transfers(alice, bob, 70);
        _isFrozen(alice, bob, 1, 0);
        transfers(bob, alice, 10);
        transfers(alice, bob, 10);
        requireHistories();
    }

    function test_FreezesASingleShare() public {
        _due(OrderKind.Freeze, alice, address(0), 1);
        _freezes(alice, 1);
        assertEq(share.getFrozenTokens(alice), 1);
        _isFrozen(alice, bob, 100, 99);
        transfers(alice, bob, 99);
    }

    function test_FreezesMoreThanIsHeld() public {
        _due(OrderKind.Freeze, alice, address(0), type(uint256).max);
        _freezes(alice, type(uint256).max);
        assertEq(share.getFrozenTokens(alice), type(uint256).max);
        _isFrozen(alice, bob, 1, 0);
        transfers(alice, bob, 0);
        issues(alice, 50, 0);
        _isFrozen(alice, bob, 1, 0);
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InsufficientBalance.selector, alice, 150, 151));
        vm.prank(alice);
        share.transfer(bob, 151);
    }

    function test_FreezesAWalletThatHoldsNothingYet() public {
        _due(OrderKind.Freeze, bob, address(0), 5);
        _freezes(bob, 5);
        assertEq(share.holderCount(), 1);
        transfers(alice, bob, 8);
        assertEq(share.holderCount(), 2);
        _isFrozen(bob, alice, 4, 3);
        transfers(bob, alice, 3);
    }

    function test_LiftsAFreeze() public {
        _due(OrderKind.Freeze, alice, address(0), 30);
        _freezes(alice, 30);
        _due(OrderKind.Freeze, alice, address(0), 0);
        _freezes(alice, 0);
        assertEq(share.getFrozenTokens(alice), 0);
        transfers(alice, bob, 100);
        assertEq(share.holding(alice).balance, 0);
        assertFalse(share.holding(alice).frozen);
    }

    function test_EmptiesTheSlotsOfAFreezeThatIsLifted() public {
        releases();
        splits(2);
        _due(OrderKind.Freeze, alice, address(0), 30);
        _freezes(alice, 30);
        _due(OrderKind.Freeze, alice, address(0), 0);
        vm.record();
        _freezes(alice, 0);
        (, uint256 emptied) = slotsOf(address(share));
        assertEq(emptied, 4, "three of the order, one of the freeze");
    }

    function test_SaysThatAFrozenTransferCannotBeMade() public {
        _due(OrderKind.Freeze, alice, address(0), 30);
        _freezes(alice, 30);
        assertTrue(share.canTransfer(alice, bob, 70));
        assertFalse(share.canTransfer(alice, bob, 71));
        assertFalse(share.canTransfer(alice, bob, 100));
        assertTrue(share.canTransfer(alice, bob, 101), "a lack of balance is not asked for");
        assertEq(uint256(share.transferRefusal(alice, bob, 71)), uint256(Refusal.Frozen));
        assertFalse(share.canTransfer(alice, alice, 71), "nor to oneself");
        assertTrue(share.canSend(alice), "an account's freeze is a number");
    }

    // ------------------------------------------------------------------------------------------ forced transfer

    function test_RevertsWithERC20InsufficientBalance() public {
        _due(OrderKind.Transfer, alice, bob, 101);
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InsufficientBalance.selector, alice, 100, 101));
        _forces(alice, bob, 101);
    }

    function test_RevertsWithERC7943CannotReceive() public {
        _due(OrderKind.Transfer, alice, outsider, 7);
        vm.expectRevert(abi.encodeWithSelector(IERC7943Fungible.ERC7943CannotReceive.selector, outsider));
        _forces(alice, outsider, 7);
    }

    function test_RevertsWithERC7943CannotSend() public {
        _due(OrderKind.Transfer, alice, bob, 7);
        succeeds(alice, makeAddr("alice's new wallet"));
        vm.expectRevert(abi.encodeWithSelector(IERC7943Fungible.ERC7943CannotSend.selector, alice));
        _forces(alice, bob, 7);
    }

    function test_RevertsWithERC7943CannotTransfer() public {
        _due(OrderKind.Transfer, alice, bob, 0);
        _cannot(alice, bob, 0);
        _due(OrderKind.Transfer, alice, alice, 7);
        _cannot(alice, alice, 7);
        opensWithCap(2, 1);
        issues(alice, 100, 0);
        issues(bob, 100, 0);
        _due(OrderKind.Transfer, alice, carol, 7);
        _cannot(alice, carol, 7);
        _due(OrderKind.Transfer, alice, carol, 100);
        _forces(alice, carol, 100);
        assertEq(share.holderCount(), 2);
    }

    function test_UnfreezesBeforeItTransfers() public {
        _due(OrderKind.Freeze, alice, address(0), 130);
        _freezes(alice, 130);
        _due(OrderKind.Transfer, alice, bob, 40);
        vm.expectEmit(address(share));
        emit IERC7943Fungible.Frozen(alice, 90);
        vm.expectEmit(address(share));
        emit IERC20.Transfer(alice, bob, 40);
        _forces(alice, bob, 40);
        assertEq(share.balanceOf(alice), 60);
        _isFrozen(alice, bob, 1, 0);
        requireHistories();
    }

    function test_UnfreezesNoMoreThanItTakes() public {
        _due(OrderKind.Freeze, alice, address(0), 30);
        _freezes(alice, 30);
        _due(OrderKind.Transfer, alice, bob, 80);
        _forces(alice, bob, 80);
        assertEq(share.balanceOf(alice), 20);
        assertEq(share.getFrozenTokens(alice), 20);
        _isFrozen(alice, bob, 1, 0);
    }

    function test_LeavesFrozenWhatItNeedNotTake() public {
        _due(OrderKind.Freeze, alice, address(0), 30);
        _freezes(alice, 30);
        _due(OrderKind.Transfer, alice, bob, 70);
        uint256 events = recorder.eventsOf(address(share));
        _forces(alice, bob, 70);
        requireHistories();
        assertEq(recorder.eventsOf(address(share)), events + 3, "what stays frozen needs no word");
        assertEq(share.getFrozenTokens(alice), 30);
        _due(OrderKind.Transfer, alice, bob, 30);
        _forces(alice, bob, 30);
        assertEq(share.getFrozenTokens(alice), 0);
        assertEq(share.holderCount(), 1);
    }

    function test_MovesLockedSharesWithTheirDates() public {
        uint64 unlocks = inDays(100);
        issues(alice, 50, unlocks);
        _due(OrderKind.Transfer, alice, bob, 120);
        vm.expectEmit(address(share));
        emit TransferRules.LockedSharesMoved(alice, bob, 20, unlocks);
        _forces(alice, bob, 120);
        assertLot(bob, 0, 20, unlocks);
        assertLot(alice, 0, 30, unlocks);
    }

    function test_StopsAt64Lots() public {
        for (uint256 i = 0; i < 64; ++i) {
            issues(bob, 1, inDays(100 + i));
        }
        issues(carol, 9, inDays(99));
        _due(OrderKind.Transfer, carol, bob, 9);
        vm.expectRevert(abi.encodeWithSelector(LockedLots.TooManyLots.selector, 64));
        _forces(carol, bob, 9);
    }

    // ------------------------------------------------------------------------------------------ words

    function _announces(OrderKind kind, address from, address to, uint256 shares) private returns (bytes32) {
        vm.prank(registrar);
        return share.announceOrder(kind, from, to, shares, "order");
    }

    function _due(OrderKind kind, address from, address to, uint256 shares) private returns (bytes32 id) {
        id = _announces(kind, from, to, shares);
        itIs(block.timestamp + DELAY);
    }

    function _freezes(address account, uint256 shares) private {
        vm.prank(recoverer);
        share.setFrozenTokens(account, shares);
    }

    function _forces(address from, address to, uint256 shares) private {
        vm.prank(recoverer);
        share.forcedTransfer(from, to, shares);
    }

    function _isNotAnnounced(OrderKind kind, address from, address to, uint256 shares) private {
        bytes32 id = share.orderId(kind, from, to, shares);
        vm.expectRevert(abi.encodeWithSelector(ActEvents.OrderNotAnnounced.selector, id));
        if (kind == OrderKind.Freeze) _freezes(from, shares);
        else _forces(from, to, shares);
    }

    function _cannot(address from, address to, uint256 shares) private {
        recorder.capture();
        vm.expectRevert(abi.encodeWithSelector(IERC7943Fungible.ERC7943CannotTransfer.selector, from, to, shares));
        _forces(from, to, shares);
        // What a reverted call logged has not happened.
        recorder.forget();
    }

    function _isFrozen(address from, address to, uint256 shares, uint256 unfrozen) private {
        vm.expectRevert(
            abi.encodeWithSelector(IERC7943Fungible.ERC7943InsufficientUnfrozenBalance.selector, from, shares, unfrozen)
        );
        vm.prank(from);
        share.transfer(to, shares);
    }
}
