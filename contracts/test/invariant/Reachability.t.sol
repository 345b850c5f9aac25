// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CommitmentState} from "../../src/round/Commitments.sol";
import {FundingRound} from "../../src/round/FundingRound.sol";
import {RoundEvents, RoundStatus} from "../../src/round/RoundEvents.sol";
import {Reached} from "./Reached.sol";
import {Stage} from "./Stage.sol";

/// @notice The actors of the invariants, walked by a seed: what cannot be reached is not tested by them.
contract ReachabilityTest is Stage, Reached {
    /// @dev The one of the stage's investors to whom locked shares may go.
    uint256 private constant ACCREDITED = 2;
    uint256 private constant WALKS = 120;
    uint256 private constant STEPS = 64;

    struct Ends {
        uint256[6] statuses;
        uint256[6] states;
        uint256 partlySettled;
        uint256 proceedsPaid;
        uint256 feesPaid;
        uint256 handedOn;
    }

    function test_TheActorsReachEveryEndOfARoundAndOfACommitmentAndEveryRefusal() public {
        Ends memory reached;
        Reach memory refusals = reachOf(_reasons());
        Reach memory never = reachOf(_beyondThem());
        for (uint256 walk = 0; walk < WALKS; ++walk) {
            uint256 state = vm.snapshotState();
            uint256 seed = uint256(keccak256(abi.encode(walk)));
            for (uint256 step = 0; step < STEPS; ++step) {
                seed = uint256(keccak256(abi.encode(seed)));
                _step(seed);
                _note(reached);
            }
            _notes(refusals);
            _notes(never);
            assertTrue(vm.revertToStateAndDelete(state));
            recorder.forget();
        }
        for (uint256 i = 0; i < 6; ++i) {
            assertGt(reached.statuses[i], 0, string.concat("status ", vm.toString(i)));
            assertGt(reached.states[i], 0, string.concat("state of a commitment ", vm.toString(i)));
        }
        assertReached(refusals, 4);
        assertGt(reached.partlySettled, 0, "settled in part");
        assertGt(reached.proceedsPaid, 0, "proceeds paid");
        assertGt(reached.feesPaid, 0, "fee paid");
        assertGt(reached.handedOn, 0, "shares handed on");
    }

    function _step(uint256 seed) private {
        uint256 a = seed >> 8;
        uint256 b = seed >> 72;
        uint256 kind = seed % 16;
        bool sold = share.totalSupply() > 0;
        if (sold && kind < 3) investors.transfer(a, ACCREDITED, seed >> 136);
        else if (kind == 0) investors.commit(a, uint64(b));
        else if (kind == 1) investors.commitTogether(a, uint64(b));
        else if (kind == 2) investors.cancel(a);
        else if (kind == 3) investors.transfer(a, b, seed >> 136);
        else if (kind == 4) investors.give(a);
        else if (kind == 5) anyone.wait(a);
        else if (kind == 6) anyone.moveOn(a);
        else if (kind == 7) anyone.stepOutOfTurn(a, b);
        else if (kind == 8) anyone.refund(a);
        else if (kind == 9) anyone.pay(a % 2 == 0);
        else _stepOfOthers(kind, a, b, seed >> 136);
    }

    function _stepOfOthers(uint256 kind, uint256 a, uint256 b, uint256 c) private {
        if (kind == 10) roles.guard(a);
        else if (kind == 11) roles.revoke(a);
        else if (kind == 12) roles.attest(a, b, c);
        else if (kind == 13) roles.delist(a % 2 == 0);
        else if (kind == 14) roles.administer(a, b % 2 == 0);
        else intruders.reach(a, b, c, c);
    }

    function _note(Ends memory reached) private view {
        FundingRound.Progress memory progress = round.progressOf();
        ++reached.statuses[uint256(progress.status)];
        bool settling = progress.status == RoundStatus.Settling && round.countingOf().settled > 0;
        if (settling) ++reached.partlySettled;
        if (dollar.balanceOf(issuer) > 0) ++reached.proceedsPaid;
        if (dollar.balanceOf(platform) > 0) ++reached.feesPaid;
        for (uint256 i = 0; i < wallets.length; ++i) {
            CommitmentState state = commitment(wallets[i]).state;
            ++reached.states[uint256(state)];
            uint256 bought = state == CommitmentState.Settled ? commitment(wallets[i]).shares : 0;
            if (share.balanceOf(wallets[i]) != bought) ++reached.handedOn;
        }
    }

    function _notes(Reach memory reach) private view {
        add(reach, investors.times);
        add(reach, anyone.times);
        add(reach, roles.times);
        add(reach, intruders.times);
    }

    function _reasons() private pure returns (bytes4[] memory all) {
        bytes4[13] memory list = [
            RoundEvents.WrongStatus.selector,
            RoundEvents.DeadlinePassed.selector,
            RoundEvents.CommitsArePaused.selector,
            RoundEvents.NotEligible.selector,
            RoundEvents.BelowMinimumTicket.selector,
            RoundEvents.RoundFull.selector,
            RoundEvents.NoCommitment.selector,
            RoundEvents.NotTheInvestor.selector,
            RoundEvents.CancellationClosed.selector,
            RoundEvents.NotRefundable.selector,
            RoundEvents.TooEarlyToClose.selector,
            RoundEvents.NothingToPay.selector,
            RoundEvents.ZeroBatch.selector
        ];
        all = new bytes4[](list.length);
        for (uint256 i = 0; i < list.length; ++i) {
            all[i] = list[i];
        }
    }

    /// @dev In this round nobody amends, ends early, reconfirms, recovers a wallet, allots pro rata, names other terms or
    /// takes money out of the token, and it is open from the first. `RoundsReachability` reaches all of these.
    function _beyondThem() private pure returns (bytes4[] memory all) {
        bytes4[20] memory list = [
            RoundEvents.ShortfallNotAccepted.selector,
            RoundEvents.RecoveryPending.selector,
            RoundEvents.NotOpenYet.selector,
            RoundEvents.TermsVersionDiffers.selector,
            RoundEvents.NoShares.selector,
            RoundEvents.HoldsLessThanItOwes.selector,
            RoundEvents.WrongAmountReceived.selector,
            RoundEvents.MoreThanCommitted.selector,
            RoundEvents.NothingToReconfirm.selector,
            RoundEvents.ReconfirmationClosed.selector,
            RoundEvents.NothingToMove.selector,
            RoundEvents.TooEarlyToTally.selector,
            RoundEvents.NoCredit.selector,
            RoundEvents.NotTheController.selector,
            RoundEvents.DeadlineBroughtForward.selector,
            RoundEvents.DeadlineTooLate.selector,
            RoundEvents.EarlyCloseStands.selector,
            RoundEvents.EarlyCloseOutOfRange.selector,
            RoundEvents.NotInARound.selector,
            RoundEvents.MinimumNotReached.selector
        ];
        all = new bytes4[](list.length);
        for (uint256 i = 0; i < list.length; ++i) {
            all[i] = list[i];
        }
    }
}
