// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Restricted} from "../../src/ledger/Restricted.sol";
import {ActEvents} from "../../src/share/ActEvents.sol";
import {ClassTermsCodec} from "../../src/share/ClassTerms.sol";
import {IERC7943Fungible} from "../../src/share/IERC7943Fungible.sol";
import {LockedLots} from "../../src/share/LockedLots.sol";
import {Refusal} from "../../src/share/Refusal.sol";
import {ShareRegister} from "../../src/share/ShareRegister.sol";
import {ShareToken} from "../../src/share/ShareToken.sol";
import {TransferRules} from "../../src/share/TransferRules.sol";
import {Reached} from "./Reached.sol";
import {RegisterAtLarge} from "./RegisterAtLarge.sol";
import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

/// @notice The actors of the register's invariants, walked by a seed: what cannot be reached is not tested by them.
contract RegisterReachabilityTest is RegisterAtLarge, Reached {
    uint256 private constant WALKS = 120;
    uint256 private constant STEPS = 128;
    uint256 private constant OFTEN = 5;

    function test_TheActorsReachEveryEndOfASharesLifeAndEveryRefusal() public {
        Reach memory reach = reachOf(_outcomes(), _reasons());
        Reach memory never = reachOf(_beyondThem());
        for (uint256 walk = 0; walk < WALKS; ++walk) {
            uint256 state = vm.snapshotState();
            uint256 seed = uint256(keccak256(abi.encode(walk)));
            for (uint256 step = 0; step < STEPS; ++step) {
                seed = uint256(keccak256(abi.encode(seed)));
                _step(seed % 24, seed >> 8, seed >> 72, seed >> 136);
            }
            add(reach, holders.times);
            add(never, holders.times);
            assertTrue(vm.revertToStateAndDelete(state));
            recorder.forget();
        }
        assertReached(reach, OFTEN);
        assertNever(never);
    }

    function _step(uint256 kind, uint256 a, uint256 b, uint256 c) private {
        if (kind < 3) holders.buy(a, uint64(b), c);
        else if (kind == 3) holders.keepPlace(a);
        else if (kind == 4) holders.giveBackPlace(a);
        else if (kind < 7) holders.handOn(a, b, c);
        else if (kind == 7) holders.handAllOn(a, b);
        else if (kind == 8) holders.useOldWallet(a, b, c);
        else if (kind == 9) holders.attestAnew(a, uint16(b));
        else _stepOfOthers(kind, a, b, c);
    }

    function _stepOfOthers(uint256 kind, uint256 a, uint256 b, uint256 c) private {
        if (kind == 10) holders.grant(a, uint64(b), c);
        else if (kind == 11) holders.cancel(uint64(a));
        else if (kind == 12) holders.split(uint64(a));
        else if (kind == 13) holders.declare(a);
        else if (kind == 14) holders.freeze(a, b);
        else if (kind == 15) holders.forceTransfer(a, b, c);
        else if (kind == 16) holders.loseWallet(a);
        else if (kind == 17) holders.recover(a);
        else _stepInVain(kind, a, b, c);
    }

    function _stepInVain(uint256 kind, uint256 a, uint256 b, uint256 c) private {
        if (kind == 18) holders.trespass(a, b, uint64(c));
        else if (kind == 19) holders.wait(a);
        else if (kind < 22) holders.err(a, b);
        else if (kind == 22) holders.fillLots(c % 4 == 0 ? a : 2);
        else if (c % 8 == 0) holders.declareMany(a);
        else holders.handOn(a, 2, b);
    }

    // ------------------------------------------------------------------------------------------ what

    /// @dev Each reason for which a transfer is refused, but a country, of which this class excludes none, and frozen
    /// shares, which have an error of their own.
    function _outcomes() private pure returns (bytes32[] memory all) {
        all = new bytes32[](7);
        all[0] = _because(Refusal.ReceiverNotEligible);
        all[1] = _because(Refusal.Locked);
        all[2] = _because(Refusal.TooManyLots);
        all[3] = _because(Refusal.ReceiverIsToken);
        all[4] = _because(Refusal.SenderSucceeded);
        all[5] = _because(Refusal.HolderCapReached);
        all[6] = _because(Refusal.BelowSmallestHolding);
    }

    function _because(Refusal refusal) private pure returns (bytes32) {
        return ShareToken.TransferRefused.selector | bytes32(uint256(refusal));
    }

    /// @dev Every reason that a class has, but those that come next.
    function _reasons() private pure returns (bytes4[] memory all) {
        bytes4[33] memory list = [
            ShareToken.PlaceRefused.selector,
            ShareToken.OnlyDirectory.selector,
            ShareToken.NotReserved.selector,
            TransferRules.IssuanceRefused.selector,
            TransferRules.AuthorisedExceeded.selector,
            TransferRules.NoShares.selector,
            ActEvents.NotOfThisCompany.selector,
            ActEvents.RecordDateInThePast.selector,
            ActEvents.TooManyDatesAhead.selector,
            ActEvents.SplitFactorTooSmall.selector,
            ActEvents.LockTooLong.selector,
            ActEvents.RecordDateTooFar.selector,
            ActEvents.ReservedForRounds.selector,
            ActEvents.AuthorisedNotRaised.selector,
            ActEvents.VoteNotPassed.selector,
            ActEvents.NotConvertible.selector,
            ActEvents.NothingToRecover.selector,
            ActEvents.DocumentMissing.selector,
            ActEvents.OrderNotAnnounced.selector,
            ActEvents.OrderNotDue.selector,
            ActEvents.OrderLapsed.selector,
            ActEvents.NotAgainstInstances.selector,
            ActEvents.DocumentNameMissing.selector,
            ActEvents.DocumentHashMissing.selector,
            ActEvents.NoDocument.selector,
            IERC7943Fungible.ERC7943CannotSend.selector,
            IERC7943Fungible.ERC7943CannotReceive.selector,
            IERC7943Fungible.ERC7943CannotTransfer.selector,
            IERC7943Fungible.ERC7943InsufficientUnfrozenBalance.selector,
            ShareRegister.NotTheController.selector,
            IERC20Errors.ERC20InsufficientBalance.selector,
            ClassTermsCodec.AuthorisedOutOfRange.selector,
            Restricted.NotAuthorized.selector
        ];
        all = new bytes4[](list.length);
        for (uint256 i = 0; i < list.length; ++i) {
            all[i] = list[i];
        }
    }

    /// @dev The first two are answers of views alone; this class converts into none, and none into it; and whoever has as
    /// many lots as one may is refused by a reason before.
    function _beyondThem() private pure returns (bytes4[] memory all) {
        bytes4[4] memory list = [
            ShareToken.RecordDateAhead.selector,
            ShareToken.UnknownRecordDate.selector,
            ActEvents.NotWhole.selector,
            LockedLots.TooManyLots.selector
        ];
        all = new bytes4[](list.length);
        for (uint256 i = 0; i < list.length; ++i) {
            all[i] = list[i];
        }
    }
}
