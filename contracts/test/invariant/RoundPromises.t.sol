// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Commitment, CommitmentState} from "../../src/round/Commitments.sol";
import {FundingRound} from "../../src/round/FundingRound.sol";
import {RoundStatus} from "../../src/round/RoundEvents.sol";
import {Position} from "../../src/settlement/Conserved.sol";
import {LockedLots} from "../../src/share/LockedLots.sol";
import {Stage} from "./Stage.sol";

/// @notice The promises, after every call of everyone in any order. That every history folds to its head is asked
/// after each call, in `Actors.attempt`.
/// forge-config: default.invariant.fail-on-revert = true
contract RoundPromisesTest is Stage {
    function setUp() public override {
        super.setUp();
        targetContract(address(investors));
        targetContract(address(anyone));
        targetContract(address(roles));
        targetContract(address(intruders));
    }

    // ------------------------------------------------------------------------------------------ 1

    /// @dev Tried out on a copy of the state: whoever is entitled to get out now gets out now, with every unit.
    function invariant_ExitIsAlwaysOpen() public {
        uint256 state = vm.snapshotState();
        for (uint256 i = 0; i < wallets.length; ++i) {
            if (_mayCancel(wallets[i])) _getsBack(wallets[i], wallets[i], true);
            else if (_isRefundable(wallets[i])) _getsBack(wallets[i], outsider, false);
        }
        assertTrue(vm.revertToState(state));
        recorder.forget();
    }

    /// @dev On a copy again: whatever the roles did, thirty days after closing no money is left that is not a credit.
    function invariant_NobodyIsEverLockedIn() public {
        uint256 state = vm.snapshotState();
        if (block.timestamp < DEADLINE) vm.warp(DEADLINE);
        if (status() == RoundStatus.Open) round.close();
        vm.warp(block.timestamp + 30 days);
        for (uint256 i = 0; i < wallets.length; ++i) {
            if (inside(wallets[i]) > 0) _getsBack(wallets[i], outsider, false);
        }
        if (round.credits().proceeds > 0) round.payProceeds();
        if (round.credits().fee > 0) round.payFee();
        assertEq(escrowed(), investors.gifts(), "nothing but gifts is left");
        assertTrue(vm.revertToState(state));
        recorder.forget();
    }

    // ------------------------------------------------------------------------------------------ 2

    function invariant_DeliveryVersusPayment() public view {
        uint256 delivered = 0;
        for (uint256 i = 0; i < wallets.length; ++i) {
            Commitment memory c = commitment(wallets[i]);
            if (c.state == CommitmentState.Settled) delivered += c.shares;
        }
        assertEq(share.totalSupply(), delivered, "shares only against settled commitments");
        uint256 reached = dollar.balanceOf(issuer) + dollar.balanceOf(platform);
        FundingRound.Credits memory credits = round.credits();
        assertEq(reached + credits.proceeds + credits.fee, delivered * PRICE, "money only against shares");
    }

    // ------------------------------------------------------------------------------------------ 3

    function invariant_SolventAtAllTimes() public view {
        Position memory position = round.conserved()[0];
        assertEq(position.held, escrowed());
        assertEq(position.held, position.owed + position.surplus, "never less than owed");
        assertEq(position.surplus, investors.gifts());
        uint256 owed = uint256(round.credits().proceeds) + round.credits().fee;
        for (uint256 i = 0; i < wallets.length; ++i) {
            owed += inside(wallets[i]);
        }
        assertEq(position.owed, owed, "what it says it owes is what it owes");
    }

    // ------------------------------------------------------------------------------------------ 4

    /// @dev A ledger beside the ledger: each unit ever given is with its giver, in the round, or where the terms say.
    function invariant_NoOperatorPath() public view {
        for (uint256 i = 0; i < wallets.length; ++i) {
            Commitment memory c = commitment(wallets[i]);
            uint256 paid = c.state == CommitmentState.Settled ? c.shares * PRICE : 0;
            assertEq(dollar.balanceOf(wallets[i]) + inside(wallets[i]) + paid, investors.given(wallets[i]));
        }
        uint256 gross = share.totalSupply() * PRICE;
        uint256 fee = gross * FEE_BPS / 10_000;
        assertEq(dollar.balanceOf(platform) + round.credits().fee, fee, "the fee is the floor over everything sold");
        assertEq(dollar.balanceOf(issuer) + round.credits().proceeds, gross - fee);
        address[5] memory others = [admin, operator, registrar, guardian, outsider];
        for (uint256 i = 0; i < others.length; ++i) {
            assertEq(dollar.balanceOf(others[i]), 0, "nothing for anyone else");
        }
    }

    // ------------------------------------------------------------------------------------------ 5

    function invariant_TermsAreFixed() public view {
        assertEq(keccak256(address(round).code), opened);
    }

    // ------------------------------------------------------------------------------------------ 6

    function invariant_NothingIsLeftOut() public {
        requireHistories();
        assertGt(recorder.eventsOf(address(round)), 0);
    }

    // ------------------------------------------------------------------------------------------ 7

    function invariant_TheRegisterIsExact() public view {
        (uint256 sum, uint256 holders) = (share.balanceOf(outsider) + share.balanceOf(issuer), 0);
        assertEq(sum, 0, "nobody but those who bought holds a share");
        for (uint256 i = 0; i < wallets.length; ++i) {
            uint256 balance = share.balanceOf(wallets[i]);
            sum += balance;
            if (balance > 0) ++holders;
            _lotsAreWithin(wallets[i], balance);
        }
        assertEq(sum, share.totalSupply(), "sum of balances");
        assertEq(sum, round.outcome().soldShares, "sold");
        assertEq(holders, share.holderCount(), "holders");
        assertEq(share.reserved(), share.reservedFor(address(round)));
        assertLe(sum + share.reserved(), 1000, "authorised");
        bool over = uint256(status()) >= uint256(RoundStatus.Settled);
        assertEq(share.reserved(), over ? 0 : 900 - sum, "kept until the end, and no longer");
    }

    /// @dev What counts against a person's limit is what they have in the round, or nothing once a year is over.
    function invariant_LimitsCountWhatIsCommitted() public view {
        for (uint256 i = 0; i < wallets.length; ++i) {
            Commitment memory c = commitment(wallets[i]);
            bool counts = inside(wallets[i]) > 0 || c.state == CommitmentState.Settled;
            bool young = counts
                && rules.lockedUntil(investors.countedOn(wallets[i]) * 1 days) > block.timestamp / 1 days * 1 days;
            assertEq(used(wallets[i]), young ? c.shares * PRICE : 0);
        }
    }

    // ------------------------------------------------------------------------------------------ inside

    function _mayCancel(address wallet) private view returns (bool) {
        return status() == RoundStatus.Open && block.timestamp < DEADLINE - 48 hours
            && commitment(wallet).state == CommitmentState.Live;
    }

    function _isRefundable(address wallet) private view returns (bool) {
        CommitmentState state = commitment(wallet).state;
        if (state == CommitmentState.Excluded) return true;
        if (state != CommitmentState.Live) return false;
        RoundStatus s = status();
        if (s == RoundStatus.Failed || s == RoundStatus.Cancelled) return true;
        uint256 closedAt = round.countingOf().closedAt;
        return closedAt != 0 && block.timestamp >= closedAt + 30 days;
    }

    function _getsBack(address wallet, address by, bool cancelling) private {
        uint256 expected = dollar.balanceOf(wallet) + inside(wallet);
        vm.prank(by);
        if (cancelling) round.cancel(identityOf(wallet), 0);
        else round.refund(identityOf(wallet));
        assertEq(dollar.balanceOf(wallet), expected, "every unit");
    }

    function _lotsAreWithin(address wallet, uint256 balance) private view {
        LockedLots.Lot[] memory lots = share.lotsOf(wallet);
        uint256 sum = 0;
        for (uint256 i = 0; i < lots.length; ++i) {
            if (i > 0) assertLt(lots[i - 1].lockedUntil, lots[i].lockedUntil, "ascending");
            if (lots[i].lockedUntil > block.timestamp) sum += lots[i].shares;
        }
        assertEq(share.lockedOf(wallet), sum);
        assertLe(sum, balance, "no more locked than held");
    }
}
