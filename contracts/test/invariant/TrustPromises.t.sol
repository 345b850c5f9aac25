// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Position} from "../../src/settlement/Conserved.sol";
import {TrustRecords} from "../../src/trust/TrustRecords.sol";
import {DisbursementStatus, EndReason} from "../../src/trust/TrustWords.sol";
import {Reached} from "./Reached.sol";
import {TrustPlay} from "./handlers/TrustPlay.sol";

/// @notice The promises of a trust, after every call of everyone in any order. That its history folds to its head is asked
/// after each call, in `TrustPlay`.
/// forge-config: default.invariant.fail-on-revert = true
contract TrustPromisesTest is Reached {
    TrustPlay[3] private plays;

    function setUp() public {
        plays[0] = new TrustPlay(false, false, true);
        plays[1] = new TrustPlay(true, false, false);
        plays[2] = new TrustPlay(true, true, true);
        bytes4[] memory acts = new bytes4[](13);
        acts[0] = TrustPlay.settle.selector;
        acts[1] = TrustPlay.propose.selector;
        acts[2] = TrustPlay.decide.selector;
        acts[3] = TrustPlay.execute.selector;
        acts[4] = TrustPlay.objectTo.selector;
        acts[5] = TrustPlay.changeTrustees.selector;
        acts[6] = TrustPlay.moveMoney.selector;
        acts[7] = TrustPlay.assign.selector;
        acts[8] = TrustPlay.end.selector;
        acts[9] = TrustPlay.claim.selector;
        acts[10] = TrustPlay.intrude.selector;
        acts[11] = TrustPlay.wait.selector;
        acts[12] = TrustPlay.err.selector;
        for (uint256 i = 0; i < 3; ++i) {
            targetContract(address(plays[i]));
            targetSelector(FuzzSelector(address(plays[i]), acts));
        }
    }

    function invariant_SolventAtAllTimes() public view {
        for (uint256 i = 0; i < 3; ++i) {
            Position[] memory positions = plays[i].theTrust().conserved();
            for (uint256 j = 0; j < positions.length; ++j) {
                assertEq(positions[j].held, positions[j].owed + positions[j].surplus, "never less than owed");
            }
        }
    }

    /// @dev A ledger beside the ledger: each unit is in the trust, or where the deed says.
    function invariant_MoneyGoesWhereTheDeedSays() public view {
        for (uint256 i = 0; i < 3; ++i) {
            TrustPlay play = plays[i];
            uint256 held = play.theTrust().conserved()[0].held;
            uint256 out =
                play.paidToRecipients() + play.paidToPlatform() + play.paidToTrustees() + play.paidToBeneficiaries();
            assertEq(held + out, play.moneyIn(), "each unit is somewhere");
            assertEq(play.paidToOthers(), 0, "nothing for anyone else");
            (uint256 released, uint256 shares) = play.executedAmounts();
            uint256 fee = released * 600 / 10_000;
            assertLe(play.paidToPlatform(), fee, "the floor over everything released");
            EndReason why = play.whyEnded();
            bool toSettlor = why == EndReason.Revoked || why == EndReason.RoundFailed || play.roundFailed();
            if (!toSettlor) assertEq(play.paidToRecipients(), released - fee, "what was executed, less the fee");
            assertLe(play.paidToTrustees() * 10_000, play.moneyIn() * 500, "within the reserve");
            if (why == EndReason.None) assertEq(play.paidToBeneficiaries(), 0, "not before the end");
            if (why == EndReason.None) assertEq(play.sharesOut(), shares, "shares by the plan alone");
        }
    }

    function invariant_TermsAreFixed() public view {
        for (uint256 i = 0; i < 3; ++i) {
            assertEq(keccak256(address(plays[i].theTrust()).code), plays[i].opened());
        }
    }

    // ------------------------------------------------------------------------------------------ reached

    uint256 private constant WALKS = 180;
    uint256 private constant STEPS = 160;

    struct Ends {
        uint256[9] ends;
        uint256[7] statuses;
        uint256 trusteesPaid;
        uint256 beneficiariesPaid;
        uint256 platformPaid;
        uint256 sharesOut;
    }

    /// @dev What cannot be reached is not tested by the invariants.
    function test_TheActorsReachEveryEndOfATrustAndOfADisbursementAndEveryRefusal() public {
        Ends memory reached;
        Reach memory refusals = reachOf(_reasons());
        Reach memory never = reachOf(_beyondThem());
        for (uint256 walk = 0; walk < WALKS; ++walk) {
            uint256 state = vm.snapshotState();
            uint256 seed = uint256(keccak256(abi.encode(walk)));
            TrustPlay play = plays[walk % 3];
            for (uint256 step = 0; step < STEPS; ++step) {
                seed = uint256(keccak256(abi.encode(seed)));
                _step(play, seed);
                _note(play, reached);
            }
            _endsAtLast(play, walk % 5, reached);
            add(refusals, play.times);
            add(never, play.times);
            assertTrue(vm.revertToStateAndDelete(state));
        }
        for (uint256 i = 0; i < 9; ++i) {
            assertGt(reached.ends[i], 0, string.concat("end ", vm.toString(i)));
        }
        for (uint256 i = 0; i < 7; ++i) {
            assertGt(reached.statuses[i], 0, string.concat("status of a disbursement ", vm.toString(i)));
        }
        assertReached(refusals, 2);
        assertNever(never);
        assertGt(reached.trusteesPaid, 0, "trustees paid");
        assertGt(reached.beneficiariesPaid, 0, "beneficiaries paid");
        assertGt(reached.platformPaid, 0, "platform paid");
        assertGt(reached.sharesOut, 0, "shares released");
    }

    function _step(TrustPlay play, uint256 seed) private {
        uint256 a = seed >> 8;
        uint256 b = seed >> 72;
        uint256 c = seed >> 136;
        uint256 kind = seed % 24;
        uint256 tranche = b % 4 == 0 ? b >> 2 : _next(play, b % 2 == 0);
        if (kind < 2) play.settle(a, c % 8 == 0 ? 0 : b);
        else if (kind < 5) play.propose(a, tranche % 4 + 1);
        else if (kind < 11) play.decide(a, tranche, c % 8 != 0);
        else if (kind < 14) play.execute(a, tranche, c % 2 == 0);
        else if (kind < 16) play.objectTo(a, tranche, c);
        else _stepOfOthers(play, kind, a, b, c);
    }

    function _stepOfOthers(TrustPlay play, uint256 kind, uint256 a, uint256 b, uint256 c) private {
        if (kind == 16) play.changeTrustees(a, b);
        else if (kind == 17) play.moveMoney(a, b, c);
        else if (kind == 18) play.assign(a, b, c);
        else if (kind == 19) play.wait(a);
        else if (kind == 20 && c % 4 == 0) play.end(a, b);
        else if (kind == 20 && c % 16 == 1) _twoWantTheEnd(play, a);
        else if (kind == 21 && c % 4 == 0) play.err(a, b % 1000);
        else if (kind == 21) play.intrude(a, b, c);
        else play.claim(a, c % 2 == 0);
    }

    /// @dev Two trustees, one after the other; alone they would hardly meet in so few steps.
    function _twoWantTheEnd(TrustPlay play, uint256 who) private {
        play.end(1, who);
        play.end(1, who + 1);
    }

    /// @dev The first tranche that is not carried out, or the first milestone that is not; counted from zero.
    function _next(TrustPlay play, bool milestone) private view returns (uint256 place) {
        if (milestone && play.LISTED()) place = 2;
        while (place < 3 && play.statusOfTranche(place + 1) == DisbursementStatus.Executed) ++place;
    }

    /// @dev What still goes on is ended by whoever may, now and then after a time in which nobody did anything.
    function _endsAtLast(TrustPlay play, uint256 kind, Ends memory reached) private {
        if (kind == 0) play.wait(0);
        else if (kind < 3) play.wait(1);
        play.end(6, 0);
        _note(play, reached);
    }

    function _note(TrustPlay play, Ends memory reached) private view {
        ++reached.ends[uint256(play.whyEnded())];
        for (uint256 number = 1; number <= 3; ++number) {
            DisbursementStatus status = play.statusOfTranche(number);
            ++reached.statuses[uint256(status)];
        }
        if (play.paidToTrustees() > 0) ++reached.trusteesPaid;
        if (play.paidToBeneficiaries() > 0) ++reached.beneficiariesPaid;
        if (play.paidToPlatform() > 0) ++reached.platformPaid;
        if (play.sharesOut() > 0) ++reached.sharesOut;
    }

    /// @dev Every reason that a trust has, but those that come next.
    function _reasons() private pure returns (bytes4[] memory all) {
        bytes4[44] memory list = [
            TrustRecords.OnlyDirectory.selector,
            TrustRecords.OnlyItsRound.selector,
            TrustRecords.NotATrustee.selector,
            TrustRecords.NotTheProtector.selector,
            TrustRecords.NotTheSettlor.selector,
            TrustRecords.NotABeneficiary.selector,
            TrustRecords.MayNotPropose.selector,
            TrustRecords.TrustHasEnded.selector,
            TrustRecords.TrustGoesOn.selector,
            TrustRecords.HoldsProceeds.selector,
            TrustRecords.HoldsNoProceeds.selector,
            TrustRecords.AlreadyBound.selector,
            TrustRecords.UnknownTranche.selector,
            TrustRecords.UnknownDisbursement.selector,
            TrustRecords.WrongDisbursementStatus.selector,
            TrustRecords.TrancheOutOfOrder.selector,
            TrustRecords.TrancheNotDue.selector,
            TrustRecords.RoundNotSettled.selector,
            TrustRecords.AlreadyApproved.selector,
            TrustRecords.AlreadyRejected.selector,
            TrustRecords.ApprovalsMissing.selector,
            TrustRecords.ChallengePeriodRuns.selector,
            TrustRecords.ChallengePeriodOver.selector,
            TrustRecords.VotePending.selector,
            TrustRecords.AlreadyVoted.selector,
            TrustRecords.MotionNotCarried.selector,
            TrustRecords.SupportersOutOfOrder.selector,
            TrustRecords.NotIndependent.selector,
            TrustRecords.IsIndependent.selector,
            TrustRecords.OfficeClosedTo.selector,
            TrustRecords.NoVacancy.selector,
            TrustRecords.AlreadyResigning.selector,
            TrustRecords.RemovalNotExecutable.selector,
            TrustRecords.PeriodOutOfOrder.selector,
            TrustRecords.StatementOverdue.selector,
            TrustRecords.NothingChanged.selector,
            TrustRecords.NothingEndsIt.selector,
            TrustRecords.NotRevocable.selector,
            TrustRecords.UnitsNotAssignable.selector,
            TrustRecords.NotEnoughUnits.selector,
            TrustRecords.NoSuccessor.selector,
            TrustRecords.AssetNotHeld.selector,
            TrustRecords.NothingToTakeIn.selector,
            TrustRecords.NothingToPay.selector
        ];
        all = new bytes4[](list.length);
        for (uint256 i = 0; i < list.length; ++i) {
            all[i] = list[i];
        }
    }

    /// @dev There is one round, in the trust's own token, that owes nothing once it has paid; no plan asks for more than is
    /// there, or pays a trustee; nobody becomes an affiliate or loses a wallet; and the tokens do what they should.
    function _beyondThem() private pure returns (bytes4[] memory all) {
        bytes4[11] memory list = [
            TrustRecords.ProceedsOutstanding.selector,
            TrustRecords.RoundInAnotherToken.selector,
            TrustRecords.NothingToDisburse.selector,
            TrustRecords.FundTooSmall.selector,
            TrustRecords.RecipientIsTrustee.selector,
            TrustRecords.AffiliatedTooRecently.selector,
            TrustRecords.WrongAmountReceived.selector,
            TrustRecords.HoldsLessThanItOwes.selector,
            TrustRecords.ShortfallNotAccepted.selector,
            TrustRecords.RecoveryPending.selector,
            TrustRecords.WalletWasSucceeded.selector
        ];
        all = new bytes4[](list.length);
        for (uint256 i = 0; i < list.length; ++i) {
            all[i] = list[i];
        }
    }
}
