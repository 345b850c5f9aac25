// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {InvestmentLimits} from "../../src/identity/InvestmentLimits.sol";
import {Instance} from "../../src/ledger/Instance.sol";
import {Restricted} from "../../src/ledger/Restricted.sol";
import {RoundEvents} from "../../src/round/RoundEvents.sol";
import {ChinaPrivateOffering} from "../../src/round/rules/ChinaPrivateOffering.sol";
import {EuropeanCrowdfunding} from "../../src/round/rules/EuropeanCrowdfunding.sol";
import {RegulationD506c} from "../../src/round/rules/RegulationD506c.sol";
import {ShareToken} from "../../src/share/ShareToken.sol";
import {TransferRules} from "../../src/share/TransferRules.sol";
import {HostileDollar} from "../hostile/tokens/HostileDollar.sol";
import {Reached} from "./Reached.sol";
import {RoundsPlay} from "./handlers/RoundsPlay.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @notice The actors of the rounds' invariants, walked by a seed: what cannot be reached is not tested by them.
contract RoundsReachabilityTest is Reached {
    uint256 private constant WALKS = 480;
    uint256 private constant STEPS = 96;
    uint256 private constant OFTEN = 5;
    uint256 private constant OFTEN_IN_EACH_KIND = 3;
    uint256 private constant KINDS = 6;

    RoundsPlay private play;

    function setUp() public {
        play = new RoundsPlay();
    }

    function test_TheActorsReachEveryEndOfEveryKindOfRoundAndEveryRefusal() public {
        Reach memory reach = reachOf(_outcomes(), _reasons());
        Reach memory ends = reachOf(_endsOfEachKind(), new bytes4[](0));
        for (uint256 walk = 0; walk < WALKS; ++walk) {
            uint256 state = vm.snapshotState();
            uint256 seed = uint256(keccak256(abi.encode(walk)));
            for (uint256 step = 0; step < STEPS; ++step) {
                seed = uint256(keccak256(abi.encode(seed)));
                _step(seed % 32, seed >> 8, seed >> 72, seed >> 136);
            }
            play.countEnds();
            add(reach, play.times);
            add(ends, play.times);
            assertTrue(vm.revertToStateAndDelete(state));
            play.forgets();
        }
        assertReached(reach, OFTEN);
        assertReached(ends, OFTEN_IN_EACH_KIND);
    }

    function _step(uint256 kind, uint256 a, uint256 b, uint256 c) private {
        if (kind == 0) play.commit(a, b, uint64(c), c >> 64);
        else if (kind < 5) play.commitTogether(a, b, uint64(c));
        else if (kind == 5) play.commit(a, b, uint64(c), 6 + (c >> 64) / 8 * 8);
        else if (kind < 8) play.cancel(a, b, uint64(c));
        else if (kind == 8) play.refund(a, b, c);
        else if (kind == 9) play.claimCredit(a, b, c);
        else if (kind == 10) play.reconfirm(a, b, uint16(c));
        else if (kind == 11) play.moveCommitment(a, b);
        else if (kind < 16) play.moveOn(a, b);
        else if (kind == 16) play.stepOutOfTurn(a, b, c);
        else _stepOfOthers(kind, a, b, c);
    }

    function _stepOfOthers(uint256 kind, uint256 a, uint256 b, uint256 c) private {
        if (kind < 19) play.wait(a, b);
        else if (kind == 19) play.amend(a, b, c % 2 == 0);
        else if (kind == 20) play.announceEarlyClose(a, b);
        else if (kind == 21) play.cancelByIssuer(a, b);
        else if (kind == 22) play.openAnother(a);
        else if (kind == 23) play.payProceeds(a, b);
        else if (kind == 24) play.payFee(a, b);
        else if (kind == 25) play.changeKeys(a, b);
        else _stepOfRoles(kind, a, b, c);
    }

    function _stepOfRoles(uint256 kind, uint256 a, uint256 b, uint256 c) private {
        if (kind == 26) play.entrust(a, b, c);
        else if (kind == 27) play.guard(a, b);
        else if (kind == 28) play.register(a, b, c, c >> 8);
        else if (kind == 29) play.recover(a, b, c);
        else if (kind == 30) play.turn(a, b, c);
        else play.intrude(a, b, c, a);
    }

    // ------------------------------------------------------------------------------------------ what

    function _outcomes() private pure returns (bytes32[] memory all) {
        bytes32[26] memory others = [
            bytes32("by permit"),
            "by authorization",
            "by ERC-1271",
            "increased",
            "cancelled in part",
            "refunded unsettled",
            "refunded excluded",
            "paid in a shortfall",
            "allotted less",
            "credit paid",
            "reconfirmed",
            "moved",
            "recovered",
            "amended",
            "amended materially",
            "early close announced",
            "cancelled by the issuer",
            "opened",
            "handed over",
            "issuer recovered",
            "proceeds to the issuer",
            "proceeds to the trust",
            "fee paid",
            "tranche executed",
            "trust's fee paid",
            "returned by the trust"
        ];
        all = new bytes32[](others.length);
        for (uint256 i = 0; i < others.length; ++i) {
            all[i] = others[i];
        }
    }

    /// @dev Each status of each kind of round, and each state of a commitment in each.
    function _endsOfEachKind() private view returns (bytes32[] memory all) {
        all = new bytes32[](KINDS * 12);
        for (uint256 i = 0; i < KINDS * 6; ++i) {
            all[2 * i] = play.nameOfStatus(i / 6, i % 6);
            all[2 * i + 1] = play.nameOfState(i / 6, i % 6);
        }
    }

    function _reasons() private pure returns (bytes4[] memory all) {
        bytes4[] memory first = _reasonsOfRounds();
        bytes4[12] memory others = [
            InvestmentLimits.YearlyLimitExceeded.selector,
            ChinaPrivateOffering.NotQualified.selector,
            ChinaPrivateOffering.MoreThanPrincipalsGave.selector,
            EuropeanCrowdfunding.ConsentMissing.selector,
            RegulationD506c.NotAccredited.selector,
            ShareToken.PlaceRefused.selector,
            TransferRules.AuthorisedExceeded.selector,
            HostileDollar.Blacklisted.selector,
            SafeERC20.SafeERC20FailedOperation.selector,
            Restricted.NotAuthorized.selector,
            Instance.AlreadyOpened.selector,
            ShareToken.OnlyDirectory.selector
        ];
        all = new bytes4[](first.length + others.length);
        for (uint256 i = 0; i < all.length; ++i) {
            all[i] = i < first.length ? first[i] : others[i - first.length];
        }
    }

    /// @dev All that a round has.
    function _reasonsOfRounds() private pure returns (bytes4[] memory all) {
        bytes4[33] memory list = [
            RoundEvents.WrongStatus.selector,
            RoundEvents.ShortfallNotAccepted.selector,
            RoundEvents.RecoveryPending.selector,
            RoundEvents.NotOpenYet.selector,
            RoundEvents.DeadlinePassed.selector,
            RoundEvents.CommitsArePaused.selector,
            RoundEvents.TermsVersionDiffers.selector,
            RoundEvents.NotEligible.selector,
            RoundEvents.NoShares.selector,
            RoundEvents.BelowMinimumTicket.selector,
            RoundEvents.RoundFull.selector,
            RoundEvents.HoldsLessThanItOwes.selector,
            RoundEvents.WrongAmountReceived.selector,
            RoundEvents.NoCommitment.selector,
            RoundEvents.NotTheInvestor.selector,
            RoundEvents.MoreThanCommitted.selector,
            RoundEvents.CancellationClosed.selector,
            RoundEvents.NothingToReconfirm.selector,
            RoundEvents.ReconfirmationClosed.selector,
            RoundEvents.NothingToMove.selector,
            RoundEvents.NotRefundable.selector,
            RoundEvents.TooEarlyToClose.selector,
            RoundEvents.TooEarlyToTally.selector,
            RoundEvents.NoCredit.selector,
            RoundEvents.NothingToPay.selector,
            RoundEvents.ZeroBatch.selector,
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
