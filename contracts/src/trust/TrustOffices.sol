// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IInvestorRegistry} from "../identity/IInvestorRegistry.sol";
import {Instance} from "../ledger/Instance.sol";
import {Restricted} from "../ledger/Restricted.sol";
import {IHolderVote} from "../vote/IHolderVote.sol";
import {HandsOn} from "./HandsOn.sol";
import {ITrustOffices} from "./ICustodyTrust.sol";
import {IProceedsRound} from "./IProceedsRound.sol";
import {TrustBooks} from "./TrustBooks.sol";
import {Beneficiary, DeedCodec} from "./TrustDeed.sol";
import {TrustRecords} from "./TrustRecords.sol";
import {DisbursementStatus, DisbursementWord, EndReason, FundWord} from "./TrustWords.sol";
import {TrusteeSeats} from "./TrusteeSeats.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";

/// @title TrustOffices
/// @notice What settlor, trustees, protector, beneficiaries, courts and votes decide in a trust, but for the approval of
/// disbursements. It moves no property.
/// @dev The second part of a trust; see `CustodyTrust`.
contract TrustOffices is TrusteeSeats, Instance, HandsOn {
    using DeedCodec for bytes;

    TrustBooks private immutable BOOKS;

    constructor(IAccessManager authority_, IInvestorRegistry registry_, TrustBooks books)
        Restricted(authority_)
        TrustRecords(registry_)
        HandsOn(address(books))
    {
        BOOKS = books;
    }

    /// @inheritdoc Instance
    function open() external override opening {
        bytes memory args = _args();
        BOOKS.requireDeed(args);
        REGISTRY.declareInstance();
        _emit(
            TrustOpened.selector,
            bytes32(uint256(args.companyId())),
            _topic(args.settlor()),
            _topic(args.directory()),
            abi.encode(args.terms())
        );
        _openOffices(args);
        _openPlan(args);
    }

    // ------------------------------------------------------------------------------------------ objections

    /// @notice The protector vetoes a disbursement until its challenge period is over.
    function veto(uint256 disbursement) external {
        bytes memory args = _args();
        address protector = args.protector();
        if (msg.sender != protector) revert NotTheProtector(msg.sender, protector);
        _requireChallengeable(args, disbursement);
        _veto(disbursement, protector);
    }

    /// @notice Vetoes a disbursement that beneficiaries listed in the deed want vetoed, until its challenge period is over.
    /// @param supporters of `vetoMotion`, in ascending order of address
    function vetoByBeneficiaries(uint256 disbursement, address[] calldata supporters) external {
        bytes memory args = _args();
        if (args.holdsProceeds()) revert HoldsProceeds();
        _requireChallengeable(args, disbursement);
        _carryOut(args, _vetoMotion(disbursement), supporters, args.voteMajorityBps());
        _veto(disbursement, address(this));
    }

    /// @inheritdoc ITrustOffices
    function suspend(uint256 disbursement, address vote) external {
        bytes memory args = _args();
        _requireDirectory(args);
        DisbursementWord d = _requireChallengeable(args, disbursement);
        bytes32 motion = _vetoMotion(disbursement);
        if (_votes[motion] != address(0)) revert AlreadyVoted(_votes[motion]);
        if (d.status() != DisbursementStatus.Approved) revert WrongDisbursementStatus(disbursement, d.status());
        _votes[motion] = vote;
        _disbursements[uint8(disbursement)] = d.withStatus(DisbursementStatus.Suspended);
        _emit(DisbursementSuspended.selector, bytes32(disbursement), _topic(vote), "");
    }

    /// @notice Draws the consequence of a vote that is over, by anyone: the disbursement is vetoed, and where the deed so
    /// says the trust ends; or it goes on.
    function concludeVote(uint256 disbursement) external {
        _requireGoingOn();
        DisbursementWord d = _attempt(disbursement);
        if (d.status() != DisbursementStatus.Suspended) revert WrongDisbursementStatus(disbursement, d.status());
        address vote = _votes[_vetoMotion(disbursement)];
        IHolderVote.Outcome outcome = IHolderVote(vote).outcome();
        if (outcome == IHolderVote.Outcome.Pending) revert VotePending(vote);
        if (outcome == IHolderVote.Outcome.Passed) {
            _veto(disbursement, vote);
            bytes memory args = _args();
            if (args.vetoEnds()) _end(args, EndReason.Vetoed);
        } else {
            _disbursements[uint8(disbursement)] = d.withStatus(DisbursementStatus.Approved);
            _emit(DisbursementResumed.selector, bytes32(disbursement), _topic(vote), "");
        }
    }

    // ------------------------------------------------------------------------------------------ interests

    /// @notice Hands `units` of the caller's interest to another; of a trust that holds shares all of them, so that no more
    /// persons hold through it than the class counts. A wallet that was succeeded by another hands on nothing: its interest
    /// follows by `moveInterest`.
    function assign(address to, uint64 units) external {
        bytes memory args = _args();
        _requireGoingOn();
        if (args.isSpendthrift() || args.holdsProceeds() || to == address(0) || to == msg.sender) {
            revert UnitsNotAssignable();
        }
        address successor = REGISTRY.successorOf(msg.sender);
        if (successor != address(0)) revert WalletWasSucceeded(msg.sender, successor);
        uint64 held = _interests[_key(msg.sender)].units;
        bool split = units != held && args.shareClass() != address(0);
        if (units == 0 || units > held || split) revert NotEnoughUnits(held, units);
        if (_seatOf(args, _fund.inOffice(), to) != MOST_SEATS) revert OfficeClosedTo(to);
        _interests[_key(msg.sender)].units = held - units;
        _interests[_key(msg.sender)].unitsForShares = held - units;
        Interest storage receiving = _interests[_key(to)];
        receiving.units += units;
        receiving.unitsForShares += units;
        _emit(UnitsAssigned.selector, _topic(msg.sender), _topic(to), abi.encode(units));
    }

    /// @notice Moves the interest of a listed beneficiary's wallet to the one that came after it, by anyone.
    function moveInterest(address wallet) external {
        Interest memory moving = _interests[_key(wallet)];
        if (moving.units == 0) revert NotABeneficiary(wallet);
        address successor = _successorOf(wallet);
        delete _interests[_key(wallet)];
        Interest storage receiving = _interests[_key(successor)];
        receiving.units += moving.units;
        receiving.unitsForShares += moving.unitsForShares;
        receiving.moneyClaimed += moving.moneyClaimed;
        _emit(InterestMoved.selector, _topic(wallet), _topic(successor), abi.encode(moving.units));
    }

    /// @notice Has what a recipient of the plan, the settlor or a former trustee receives paid to the wallet that came after
    /// theirs, by anyone.
    /// @param recipient as the deed names them
    function moveRecipient(address recipient) external {
        bytes memory args = _args();
        uint256 count = args.trancheCount();
        bool named = recipient == args.settlor() || _feeCredits[recipient] != 0;
        for (uint256 number = 1; number <= count && !named; ++number) {
            named = args.trancheAt(number).recipient == recipient;
        }
        if (!named) revert NotABeneficiary(recipient);
        address successor = _successorOf(_current(recipient));
        _movedRecipients[recipient] = successor;
        _emit(RecipientMoved.selector, _topic(recipient), _topic(successor), "");
    }

    // ------------------------------------------------------------------------------------------ the end

    /// @notice A trustee wants the trust to end, or no longer; it ends once more than half of all seats do.
    function terminate(bool supported) external {
        bytes memory args = _args();
        _requireGoingOn();
        uint256 inOffice = _fund.inOffice();
        uint256 seat = _requireTrustee(args, inOffice, msg.sender);
        uint40 terminating = _tenure.terminating;
        if ((terminating >> seat & 1 != 0) == supported) revert NothingChanged();
        terminating ^= uint40(1 << seat);
        _tenure.terminating = terminating;
        uint256 supporters = _count(terminating & inOffice);
        _emit(TerminationSupported.selector, _topic(msg.sender), abi.encode(supported, supporters));
        if (supporters * 2 > args.trusteeCount()) _end(args, EndReason.TrusteesDecided);
    }

    /// @notice The settlor of a revocable trust takes back what is left.
    function revoke() external {
        bytes memory args = _args();
        _requireGoingOn();
        if (!args.isRevocable()) revert NotRevocable();
        if (msg.sender != args.settlor()) revert NotTheSettlor(msg.sender, args.settlor());
        _end(args, EndReason.Revoked);
    }

    /// @notice Ends a trust whose settlor and all of whose beneficiaries want it to end.
    /// @param supporters the beneficiaries, in ascending order of address
    function endByBeneficiaries(address[] calldata supporters) external {
        bytes memory args = _args();
        _requireGoingOn();
        if (args.holdsProceeds()) revert HoldsProceeds();
        bytes32 motion = _endMotion();
        if (!_supports[motion][args.settlor()]) revert MotionNotCarried(motion, 0, _totalUnits(args));
        _carryOut(args, motion, supporters, BPS);
        _end(args, EndReason.BeneficiariesDecided);
    }

    /// @notice Ends the trust, by anyone: from the long stop on; after too long a vacancy; once the plan is carried out; or
    /// when the round whose proceeds it was to hold came to nothing.
    function end() external {
        bytes memory args = _args();
        _requireGoingOn();
        uint256 vacantSince = _tenure.vacantSince;
        if (block.timestamp >= args.longStop()) {
            _end(args, EndReason.LongStop);
        } else if (vacantSince != 0 && block.timestamp >= vacantSince + args.vacancyPeriod()) {
            _end(args, EndReason.TooFewTrustees);
        } else if (_planIsCompleted(args)) {
            _end(args, EndReason.PlanCompleted);
        } else if (_roundCameToNothing()) {
            _end(args, EndReason.RoundFailed);
        } else {
            revert NothingEndsIt();
        }
    }

    // ------------------------------------------------------------------------------------------ inside

    function _openOffices(bytes memory args) private {
        uint256 count = args.trusteeCount();
        if (args.holdsProceeds() && args.protector() != address(0)) _requireIndependent(args, args.protector());
        FundWord f = _fund;
        for (uint256 seat = 0; seat < count; ++seat) {
            if (args.holdsProceeds()) _requireIndependent(args, args.trusteeAt(seat));
            f = f.withOffice(seat);
            _emit(TrusteeSeated.selector, bytes32(seat), _topic(args.trusteeAt(seat)), "");
        }
        _fund = f;
        _tenure.seats = uint8(count);
        _tenure.accountsUntil = uint40(block.timestamp);
        uint256 named = args.successorCount();
        for (uint256 i = 0; i < named; ++i) {
            _emit(SuccessorNamed.selector, _topic(args.successorAt(i)), "");
        }
    }

    function _openPlan(bytes memory args) private {
        uint256 count = args.trancheCount();
        for (uint256 number = 1; number <= count; ++number) {
            _emit(TranchePlanned.selector, bytes32(number), abi.encode(args.trancheAt(number)));
        }
        count = args.beneficiaryCount();
        for (uint256 i = 0; i < count; ++i) {
            Beneficiary memory b = args.beneficiaryAt(i);
            _interests[_key(b.wallet)] = Interest(b.units, b.units, 0);
            _emit(BeneficiaryNamed.selector, _topic(b.wallet), abi.encode(b.units));
        }
    }

    /// @dev Anyone who may object may do so until the challenge period is over.
    function _requireChallengeable(bytes memory args, uint256 disbursement) private view returns (DisbursementWord d) {
        _requireGoingOn();
        d = _attempt(disbursement);
        if (d.status() == DisbursementStatus.Approved || d.status() == DisbursementStatus.Suspended) {
            uint256 over = d.approvedAt() + args.challengePeriod();
            if (block.timestamp >= over) revert ChallengePeriodOver(over, block.timestamp);
        } else if (d.status() != DisbursementStatus.Proposed) {
            revert WrongDisbursementStatus(disbursement, d.status());
        }
    }

    function _veto(uint256 disbursement, address by) private {
        uint256 tranche = uint8(disbursement);
        _disbursements[tranche] = _disbursements[tranche].withStatus(DisbursementStatus.Vetoed);
        _emit(DisbursementVetoed.selector, bytes32(disbursement), _topic(by), "");
    }

    function _successorOf(address wallet) private view returns (address successor) {
        successor = REGISTRY.successorOf(wallet);
        if (successor == address(0)) revert NoSuccessor(wallet);
    }

    function _planIsCompleted(bytes memory args) private view returns (bool) {
        uint256 count = args.trancheCount();
        for (uint256 number = 1; number <= count; ++number) {
            if (_disbursements[number].status() != DisbursementStatus.Executed) return false;
        }
        return count > 0;
    }

    function _roundCameToNothing() private view returns (bool) {
        if (_round == address(0)) return false;
        IProceedsRound.Status status = IProceedsRound(_round).status();
        return status == IProceedsRound.Status.Failed || status == IProceedsRound.Status.Cancelled;
    }

    /// @dev Credits the trustees with what accrued until now; the rest of what was set aside for them is left to those
    /// entitled.
    function _end(bytes memory args, EndReason reason) internal {
        uint256 inOffice = _fund.inOffice();
        for (uint256 seat = 0; inOffice >> seat != 0; ++seat) {
            if (inOffice >> seat & 1 != 0) _accrue(args, seat, _trusteeIn(args, seat));
        }
        _trusteeFees.total = _trusteeFees.credited + _paid.toOthers;
        _fund = _fund.withEnd(reason);
        _tenure.endedAt = uint40(block.timestamp);
        bool toSettlor = reason == EndReason.Revoked || args.holdsProceeds();
        _shares.unitsLeft = toSettlor ? 1 : uint64(_totalUnits(args));
        _emit(TrustEnded.selector, abi.encode(reason, _remainder(), _shares.received - _shares.released));
    }
}
