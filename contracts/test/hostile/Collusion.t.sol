// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../../src/identity/Category.sol";
import {Recovery} from "../../src/identity/Recovery.sol";
import {RoundEvents, RoundStatus} from "../../src/round/RoundEvents.sol";
import {Refusal} from "../../src/share/Refusal.sol";
import {ShareToken} from "../../src/share/ShareToken.sol";
import {Ledger} from "../Ledger.sol";

/// @notice Operator, registrar, guardian and second party, all against one person who has money in a round and shares:
/// what they can do together, and what they cannot as long as the person objects.
contract CollusionTest is Ledger {
    bytes32 private constant FORGERY = "a forged report";

    address private alice;
    address private friend;
    address private accomplice = makeAddr("accomplice");
    bytes32 private person;

    function setUp() public override {
        super.setUp();
        alice = retail("alice", 100_000);
        friend = accredited("friend");
        person = identityOf(alice);
        round = openRound(filedTerms());
        commits(alice, 6000);
    }

    function test_TogetherTheyStopNoExitOfAPersonUnderAttack() public {
        _allTurnOnAlice();
        cancels(alice);
        assertEq(dollar.balanceOf(alice), 12_000 * DOLLAR);
        assertEq(escrowed(), 0);
    }

    function test_TogetherTheyStopNoRefundThatThePersonAsksFor() public {
        _allTurnOnAlice();
        vm.prank(guardian);
        round.cancelRound("collusion");
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.RecoveryPending.selector, person));
        vm.prank(accomplice);
        round.refund(person);
        vm.prank(alice);
        round.refund(person);
        assertEq(dollar.balanceOf(alice), 12_000 * DOLLAR);
    }

    function test_OneObjectionUndoesIt() public {
        _allTurnOnAlice();
        itIs(block.timestamp + 14 days);
        vm.prank(alice);
        recovery.object(person);
        vm.expectRevert(abi.encodeWithSelector(Recovery.NotConfirmed.selector, person, Recovery.Status.Objected));
        vm.prank(accomplice);
        recovery.execute(person);
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.NothingToMove.selector, person, alice));
        vm.prank(accomplice);
        round.moveCommitment(person);
        assertEq(registry.currentWalletOf(person), alice);
    }

    /// @dev A registrar who calls everyone else an affiliate would leave a trust's money and votes to one sock puppet.
    function test_NobodyIsMadeAnAffiliateWhoCanNoLongerLeave() public {
        address puppet = accredited("puppet");
        commits(puppet, 10);
        itIs(uint256(filedTerms().deadline) - 1);
        bytes32 key = directory.issuerKey(companyId);
        vm.prank(registrar);
        registry.attestAffiliate(person, key, true, "collusion");
        itIs(filedTerms().deadline);
        round.close();
        round.tally(10);
        round.settle(10);
        assertEq(round.outsideShares(), 6010);
    }

    /// @dev What is left to them, as the threat model says: a person who does not look for fourteen days.
    function test_OnlyAPersonWhoDoesNotLookForFourteenDaysIsRobbed() public {
        _allTurnOnAlice();
        uint256 due = block.timestamp + 14 days;
        itIs(due - 1);
        vm.expectRevert(abi.encodeWithSelector(Recovery.StillOpenToObjection.selector, due, due - 1));
        recovery.execute(person);
        itIs(due);
        recovery.execute(person);
        round.moveCommitment(person);
        vm.expectRevert(abi.encodeWithSelector(RoundEvents.NotTheInvestor.selector, alice, accomplice));
        cancels(alice);
        vm.prank(accomplice);
        round.cancel(person, 0);
        assertEq(dollar.balanceOf(accomplice), 12_000 * DOLLAR);
    }

    function test_WithoutTheSecondPartyTheyOnlyHoldPushesUpForOneWeekInThree() public {
        vm.prank(guardian);
        round.cancelRound("collusion");
        for (uint256 i = 0; i < 4; ++i) {
            _announces();
            uint256 lapses = block.timestamp + 7 days;
            itIs(lapses - 1);
            vm.expectRevert(abi.encodeWithSelector(RoundEvents.RecoveryPending.selector, person));
            round.refund(person);
            itIs(lapses);
            vm.expectRevert(
                abi.encodeWithSelector(Recovery.LeftInPeace.selector, person, lapses + 14 days, block.timestamp)
            );
            _announces();
            recorder.capture();
            uint256 state = vm.snapshotState();
            round.refund(person);
            assertEq(dollar.balanceOf(alice), 12_000 * DOLLAR, "anyone pushes in between");
            assertTrue(vm.revertToStateAndDelete(state));
            recorder.forget();
            itIs(lapses + 14 days);
        }
    }

    function test_SharesAreHandedOnWhileTheyPlotAndNoLongerAfter() public {
        _settlesTheRound();
        _allTurnOnAlice();
        vm.prank(alice);
        share.transfer(friend, 2000);
        assertEq(share.balanceOf(friend), 2000, "still her right");
        itIs(block.timestamp + 14 days);
        recovery.execute(person);
        vm.expectRevert(
            abi.encodeWithSelector(ShareToken.TransferRefused.selector, alice, friend, 1, Refusal.SenderSucceeded)
        );
        vm.prank(alice);
        share.transfer(friend, 1);
        vm.prank(outsider);
        share.recover(alice);
        assertEq(share.balanceOf(accomplice), 4000);
        assertEq(share.balanceOf(alice), 0);
    }

    /// @dev A finder of the old key objects too late, and has nothing left to do.
    function test_AFoundKeyIsWorthNothingAfterTheRecovery() public {
        _allTurnOnAlice();
        itIs(block.timestamp + 14 days);
        recovery.execute(person);
        round.moveCommitment(person);
        vm.startPrank(alice);
        vm.expectRevert(abi.encodeWithSelector(Recovery.NothingAnnounced.selector, person, Recovery.Status.Executed));
        recovery.object(person);
        vm.expectRevert(abi.encodeWithSelector(Recovery.NotAPersonsWallet.selector, alice));
        recovery.nameRecoveryKey(alice);
        vm.stopPrank();
        assertFalse(registry.isVerified(alice));
    }

    /// @dev Sock puppets that inherit from one another, a hundred in a row, before alice's estate comes to the first.
    function test_ALongChainOfHeirsIsSkippedByWhoInheritsLater() public {
        address last = _puppetsInherit(friend);
        vm.prank(address(recovery));
        registry.inherit(person, identityOf(friend));
        round.moveCommitment(person);
        _isRefunded(outsider, last);
    }

    /// @dev The same, after it came to the first: the money is moved once, and its wallet asks for it without the chain.
    function test_ALongChainOfHeirsHoldsNobodyUpWhoAsksForTheirOwn() public {
        vm.prank(address(recovery));
        registry.inherit(person, identityOf(friend));
        address last = _puppetsInherit(friend);
        round.moveCommitment(person);
        _isRefunded(last, last);
    }

    // ------------------------------------------------------------------------------------------ the plot

    function _announces() private {
        vm.prank(registrar);
        recovery.announceWallet(Recovery.Kind.LostKey, person, accomplice, FORGERY);
    }

    function _allTurnOnAlice() private {
        _announces();
        vm.prank(recoverer);
        recovery.confirm(person, FORGERY);
        revoke(alice);
        vm.prank(operator);
        directory.delistSettlementToken(address(dollar));
        if (status() != RoundStatus.Open) return;
        vm.prank(guardian);
        round.pauseCommits(true);
    }

    function _puppetsInherit(address first) private returns (address last) {
        last = first;
        for (uint256 i = 0; i < 100; ++i) {
            address puppet = vm.addr(i + 1);
            attest(puppet, Category.Retail, 1, block.timestamp + 365 days);
            vm.prank(address(recovery));
            registry.inherit(identityOf(last), identityOf(puppet));
            last = puppet;
        }
    }

    function _isRefunded(address by, address to) private {
        vm.prank(guardian);
        round.cancelRound("collusion");
        vm.prank(by);
        uint256 before = gasleft();
        round.refund(person);
        assertLt(before - gasleft(), 150_000, "no more than without heirs");
        assertEq(dollar.balanceOf(to), 12_000 * DOLLAR);
    }

    function _settlesTheRound() private {
        closes();
        tallies();
        settles();
    }
}
