// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Commitment, CommitmentState} from "../../src/round/Commitments.sol";
import {FundingRound} from "../../src/round/FundingRound.sol";
import {RoundStatus} from "../../src/round/RoundEvents.sol";
import {Position} from "../../src/settlement/Conserved.sol";
import {RoundsPlay} from "./handlers/RoundsPlay.sol";
import {Books, Stake} from "./handlers/RoundsRecord.sol";
import {Sale} from "./handlers/RoundsWorld.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Test} from "forge-std/Test.sol";

/// @notice The promises of rounds of every regime and both allotment rules, after every call of everyone in any order,
/// against a record kept beside them. That every history folds to its head is asked after each call, in
/// `RoundsWorld.ask`; that each payment is what is due, and goes where it is due, in `RoundsRecord`.
/// forge-config: default.invariant.fail-on-revert = true
contract RoundsOfEveryKindTest is Test {
    uint256 private constant PERSONS = 7;
    uint256 private constant FEE_BPS = 737;

    RoundsPlay private play;

    function setUp() public {
        play = new RoundsPlay();
        bytes4[] memory acts = new bytes4[](26);
        acts[0] = play.commit.selector;
        acts[1] = play.commitTogether.selector;
        acts[2] = play.commitTogether.selector;
        acts[3] = play.cancel.selector;
        acts[4] = play.refund.selector;
        acts[5] = play.claimCredit.selector;
        acts[6] = play.reconfirm.selector;
        acts[7] = play.moveCommitment.selector;
        acts[8] = play.moveOn.selector;
        acts[9] = play.moveOn.selector;
        acts[10] = play.stepOutOfTurn.selector;
        acts[11] = play.wait.selector;
        acts[12] = play.wait.selector;
        acts[13] = play.amend.selector;
        acts[14] = play.announceEarlyClose.selector;
        acts[15] = play.cancelByIssuer.selector;
        acts[16] = play.openAnother.selector;
        acts[17] = play.payProceeds.selector;
        acts[18] = play.payFee.selector;
        acts[19] = play.changeKeys.selector;
        acts[20] = play.entrust.selector;
        acts[21] = play.guard.selector;
        acts[22] = play.register.selector;
        acts[23] = play.recover.selector;
        acts[24] = play.turn.selector;
        acts[25] = play.intrude.selector;
        targetContract(address(play));
        targetSelector(FuzzSelector(address(play), acts));
    }

    // ------------------------------------------------------------------------------------------ exits

    /// @dev Tried out on a copy of the state, in which the token's issuer relents: whoever is entitled to get out now gets
    /// out now. What they get is checked by the play.
    function invariant_ExitIsAlwaysOpen() public {
        if (play.booksOf(play.touched()).escrow == 0) return;
        uint256 state = vm.snapshotState();
        play.relents();
        Sale memory s = _sale();
        for (uint256 i = 0; i < PERSONS; ++i) {
            Commitment memory c = s.round.commitmentOf(play.personAt(i));
            if (_mayCancel(s.round, c, i)) play.leaves(i);
            else if (_isRefundable(s.round, c)) play.isRefunded(i);
            if (s.round.commitmentOf(play.personAt(i)).state == CommitmentState.Settled) play.takesCredit(i);
            bool stays = c.state == CommitmentState.Live && !_mayCancel(s.round, c, i) && !_isRefundable(s.round, c);
            assertEq(play.stakeOf(play.touched(), i).shares, stays ? c.shares : 0, "out");
        }
        assertTrue(vm.revertToState(state));
        play.forgets();
    }

    /// @dev On a copy again: whatever anybody did, thirty days after closing no money is left that is not a gift.
    function invariant_NobodyIsEverLockedIn() public {
        if (play.owed(play.touched()) == 0) return;
        uint256 state = vm.snapshotState();
        play.relents();
        Sale memory s = _sale();
        if (s.round.status() == RoundStatus.Open) play.ends();
        play.lapse(30 days);
        for (uint256 i = 0; i < PERSONS; ++i) {
            if (s.round.commitmentOf(play.personAt(i)).state == CommitmentState.Settled) play.takesCredit(i);
            else play.isRefunded(i);
        }
        play.isPaid();
        assertEq(s.round.conserved()[0].owed, 0, "nothing is owed");
        Books memory b = play.booksOf(play.touched());
        int256 left = int256(b.gifts) + int256(b.forgone) - int256(b.wiped);
        assertEq(int256(_held(s)), left, "nothing but gifts is left");
        assertTrue(vm.revertToState(state));
        play.forgets();
    }

    // ------------------------------------------------------------------------------------------ money

    /// @dev Of every round, in every token: what it says it owes is what it owes, and it holds at least that, unless the
    /// token's issuer took it away.
    function invariant_SolventAtAllTimes() public view {
        for (uint256 r = 0; r < play.saleCount(); ++r) {
            Sale memory s = play.saleAt(r);
            Position memory p = s.round.conserved()[0];
            Books memory b = play.booksOf(r);
            assertEq(p.held, _held(s), "held");
            assertEq(p.owed, play.owed(r), "owed");
            int256 spare = int256(b.gifts) + int256(b.forgone) - int256(b.wiped);
            assertEq(int256(p.held) - int256(p.owed), spare, "gifts stay apart");
            assertEq(p.surplus, spare > 0 ? uint256(spare) : 0, "surplus");
            if (b.wiped == 0) assertGe(p.held, p.owed, "never less than owed");
        }
    }

    /// @dev Every unit is where the record says: with whoever brought or was paid it, or in a round or trust.
    function invariant_EveryUnitIsSomewhere() public view {
        address[] memory all = play.everyWallet();
        address token = _sale().token;
        uint256 sum = 0;
        for (uint256 i = 0; i < all.length; ++i) {
            uint256 holds = IERC20(token).balanceOf(all[i]);
            assertEq(holds, play.must(token, all[i]), "in a wallet");
            sum += holds;
        }
        for (uint256 r = 0; r < play.saleCount(); ++r) {
            Sale memory s = play.saleAt(r);
            if (s.token != token) continue;
            sum += _held(s);
            if (address(s.trust) != address(0)) sum += IERC20(token).balanceOf(address(s.trust));
        }
        assertEq(sum, IERC20(token).totalSupply(), "nobody else has any");
    }

    function invariant_TheTrustHoldsTheProceeds() public view {
        Sale memory s = play.saleAt(1);
        Position memory p = s.trust.conserved()[0];
        assertEq(p.held, play.trustIn() - play.trustOut(), "what came in and did not go out");
        assertEq(p.owed, p.held, "owed");
        assertEq(p.surplus, 0, "surplus");
    }

    // ------------------------------------------------------------------------------------------ shares

    /// @dev What each person has in the round, and what they were allotted, is what the record worked out; the totals are
    /// the sums.
    function invariant_CommitmentsAddUpAndAllotmentsAreExact() public view {
        uint256 r = play.touched();
        Sale memory s = play.saleAt(r);
        Books memory b = play.booksOf(r);
        (uint256 inside, uint256 sold, uint256 outside) = (0, 0, 0);
        for (uint256 i = 0; i < PERSONS; ++i) {
            bytes32 identity = play.personAt(i);
            Commitment memory c = s.round.commitmentOf(identity);
            Stake memory k = play.stakeOf(r, i);
            inside += k.shares;
            sold += c.allotted;
            if (!c.affiliated) outside += c.allotted;
            assertEq(c.allotted, k.allotted, "allotted");
            assertEq(c.state == CommitmentState.Settled, k.settled, "settled");
            bool held = c.state == CommitmentState.Live || c.state == CommitmentState.Excluded;
            if (held) assertEq(c.shares, k.shares, "shares");
            else if (!k.settled) assertEq(k.shares, 0, "nothing inside");
            if (c.wallet != address(0) && k.shares > 0) assertEq(c.wallet, k.wallet, "wallet");
            _isWithinOneOfItsQuota(k, b.eligible, s.most);
        }
        assertEq(inside, b.escrow, "sum of commitments");
        assertEq(s.round.progressOf().escrowedShares, b.escrow, "escrowed");
        FundingRound.Outcome memory o = s.round.outcome();
        assertEq(sold, b.sold, "sum of allotments");
        assertEq(o.soldShares, b.sold, "sold");
        assertEq(o.outsideShares, outside, "to others than the issuer");
        assertLe(sold, s.most, "no more than is on sale");
        if (b.status == RoundStatus.Settling || b.status == RoundStatus.Settled) {
            assertEq(o.eligibleShares, b.eligible, "the tally's total");
        }
    }

    /// @dev All of it is sold, when nobody fell away after the tally.
    function invariant_DeliveryVersusPayment() public view {
        uint256 r = play.touched();
        Sale memory s = play.saleAt(r);
        Books memory b = play.booksOf(r);
        (uint256 proceeds, uint256 fee) = play.credits(r);
        FundingRound.Credits memory due = s.round.credits();
        assertEq(due.proceeds, proceeds, "proceeds due");
        assertEq(due.fee, fee, "fee due");
        assertEq(proceeds + fee + b.proceedsTaken + b.feeTaken, b.sold * s.price, "money only against shares");
        if (b.status != RoundStatus.Settled) return;
        uint256 wanted = b.eligible < s.most ? b.eligible : s.most;
        bool all = true;
        for (uint256 i = 0; i < PERSONS; ++i) {
            Stake memory k = play.stakeOf(r, i);
            if (k.tallied > 0 && !k.settled) all = false;
        }
        if (all) assertEq(b.sold, wanted, "all of it");
        else assertLe(b.sold, wanted, "no more");
    }

    /// @dev Never more than authorised, over all rounds of a class; what is kept for a round is kept until it ends.
    function invariant_TheRegisterIsExact() public view {
        address[] memory all = play.everyWallet();
        Sale memory s = _sale();
        (uint256 sum, uint256 reserved) = (0, 0);
        for (uint256 i = 0; i < all.length; ++i) {
            sum += s.class.balanceOf(all[i]);
        }
        for (uint256 r = 0; r < play.saleCount(); ++r) {
            Sale memory other = play.saleAt(r);
            Books memory b = play.booksOf(r);
            if (other.class == s.class && b.status < RoundStatus.Settled) reserved += other.most - b.sold;
        }
        assertEq(sum, s.class.totalSupply(), "sum of balances");
        assertEq(sum, play.delivered(address(s.class)), "only what was sold");
        assertEq(s.class.reserved(), reserved, "kept for open rounds");
        assertLe(sum + reserved, s.class.authorised(), "authorised");
    }

    // ------------------------------------------------------------------------------------------ limits, terms, histories

    /// @dev Over all rounds; that no commitment exceeded the limit is asked in `RoundsRecord`.
    function invariant_LimitsCountWhatIsCommitted() public view {
        for (uint256 i = 0; i < PERSONS; ++i) {
            uint256 used = play.used(i);
            assertEq(used, play.counts(i), "counted");
        }
    }

    function invariant_TermsAreFixed() public view {
        for (uint256 r = 0; r < play.saleCount(); ++r) {
            assertEq(keccak256(address(play.saleAt(r).round).code), play.saleAt(r).code);
        }
    }

    function invariant_NothingIsLeftOut() public {
        play.requireAllHistories();
    }

    // ------------------------------------------------------------------------------------------ inside

    function _sale() private view returns (Sale memory) {
        return play.saleAt(play.touched());
    }

    function _held(Sale memory s) private view returns (uint256) {
        return IERC20(s.token).balanceOf(address(s.round));
    }

    function _isWithinOneOfItsQuota(Stake memory k, uint256 all, uint256 most) private pure {
        if (!k.settled) return;
        if (all <= most) return assertEq(k.allotted, k.tallied, "all of it");
        assertLe(uint256(k.allotted) * all, uint256(k.tallied) * most + all, "less than one above");
        assertGe((uint256(k.allotted) + 1) * all, uint256(k.tallied) * most, "less than one below");
    }

    /// @dev What each regime promises at least; the round may grant more after an amendment.
    function _mayCancel(FundingRound round, Commitment memory c, uint256 i) private view returns (bool) {
        if (c.state != CommitmentState.Live) return false;
        RoundStatus now_ = round.status();
        if (now_ > RoundStatus.Tallying || (now_ == RoundStatus.Tallying && round.countingOf().tallied > 0)) {
            return false;
        }
        uint256 until = round.cancellableUntil(play.personAt(i));
        assertGe(until, play.leastWindow(c), "window");
        return block.timestamp < until;
    }

    function _isRefundable(FundingRound round, Commitment memory c) private view returns (bool) {
        if (c.state == CommitmentState.Excluded) return true;
        if (c.state != CommitmentState.Live) return false;
        RoundStatus now_ = round.status();
        if (now_ == RoundStatus.Failed || now_ == RoundStatus.Cancelled) return true;
        FundingRound.Amendment memory last = round.amendment();
        if (c.termsVersion < last.materialVersion && block.timestamp >= last.reconfirmBy) return true;
        uint256 closedAt = round.countingOf().closedAt;
        return closedAt != 0 && block.timestamp >= closedAt + 30 days;
    }
}
