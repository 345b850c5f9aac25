// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IInvestorRegistry} from "../identity/IInvestorRegistry.sol";
import {ICompanies} from "../ledger/ICompanies.sol";
import {Instance} from "../ledger/Instance.sol";
import {HandsOn} from "./HandsOn.sol";
import {IProceedsRound} from "./IProceedsRound.sol";
import {DeedCodec, Tranche} from "./TrustDeed.sol";
import {TrustRecords} from "./TrustRecords.sol";
import {TrustSettlement} from "./TrustSettlement.sol";
import {DisbursementStatus, DisbursementWord, FundWord, newAttempt} from "./TrustWords.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @title CustodyTrust
/// @notice Money, shares or both, held for others on the terms of one deed. They leave in four ways only: a tranche of
/// the deed's plan to its recipient, once trustees approved it and nobody's objection stood; the platform's fee on it;
/// the trustees' accrued fee; and, when the trust has ended, what is left to those entitled. One vault for each trust:
/// nothing is mingled with anything else, and nothing is set off.
/// @dev In three parts, since one would be too large: this one moves property and counts approvals, and hands on whatever
/// else it is asked to `TrustOffices`, and that to `TrustBooks`. They work on the trust's own storage and history by
/// delegatecall; their addresses are fixed for life.
/// A disbursement is proposed, approved by the threshold of trustees or rejected once it cannot be reached, stands
/// through the challenge period, and is executed by anyone. Windows are half-open.
contract CustodyTrust is TrustSettlement, Instance, HandsOn {
    using DeedCodec for bytes;
    using SafeERC20 for IERC20;

    /// @param offices the second part of every trust
    constructor(IInvestorRegistry registry_, address offices) TrustRecords(registry_) HandsOn(offices) {}

    /// @inheritdoc Instance
    function open() external override opening {
        _handOn();
    }

    // ------------------------------------------------------------------------------------------ disbursements

    /// @notice Proposes the next attempt at a tranche: a milestone by a trustee, whose approval it is at the same time, or
    /// by its recipient; a tranche that time alone makes due by anyone, but a share of a fund that givers fill by one of
    /// those: its amount is settled here, and whoever proposed it before the fund is there would spend it.
    /// @param evidence keccak256 of what shows that the milestone is reached; may be zero
    /// @return disbursement 256 times the attempt, plus the tranche
    function propose(uint8 tranche, bytes32 evidence) external returns (uint256 disbursement) {
        bytes memory args = _args();
        FundWord f = _requireGoingOn();
        if (tranche == 0 || tranche > args.trancheCount()) revert UnknownTranche(tranche);
        Tranche memory t = args.trancheAt(tranche);
        DisbursementWord d = _disbursements[tranche];
        disbursement = (uint256(d.attempt()) + 1) << 8 | tranche;
        _requireProposable(args, tranche, t, d);
        bool byThoseConcerned = t.milestone || (t.shareBps != 0 && !args.holdsProceeds());
        uint256 seat = byThoseConcerned ? _requireProposer(args, f.inOffice(), t) : MOST_SEATS;
        d = newAttempt(_amountOf(args, tranche, t, f), d.attempt() + 1);
        _emit(
            DisbursementProposed.selector,
            bytes32(disbursement),
            bytes32(uint256(tranche)),
            _topic(msg.sender),
            abi.encode(d.amount(), evidence)
        );
        if (!t.milestone) d = _approve(args, f.inOffice(), disbursement, d, MOST_SEATS, 0);
        else if (seat != MOST_SEATS) d = _approve(args, f.inOffice(), disbursement, d, seat, args.threshold());
        _disbursements[tranche] = d;
    }

    /// @notice A trustee approves a disbursement.
    function approve(uint256 disbursement) external {
        bytes memory args = _args();
        (uint256 inOffice, uint256 seat, DisbursementWord d) = _deciding(args, disbursement);
        if (d.approvals() >> seat & 1 != 0) revert AlreadyApproved(disbursement, msg.sender);
        _disbursements[uint8(disbursement)] = _approve(args, inOffice, disbursement, d, seat, args.threshold());
    }

    /// @notice A trustee rejects a disbursement, or takes an approval back; it is rejected for good once the threshold
    /// cannot be reached.
    function reject(uint256 disbursement) external {
        bytes memory args = _args();
        (uint256 inOffice, uint256 seat, DisbursementWord d) = _deciding(args, disbursement);
        if (d.rejections() >> seat & 1 != 0) revert AlreadyRejected(disbursement, msg.sender);
        d = d.withObjection(seat);
        if (_count(d.approvals() & inOffice) < args.threshold()) d = d.withoutSupport();
        uint256 rejections = _count(d.rejections() & inOffice);
        _emit(DisbursementObjected.selector, bytes32(disbursement), _topic(msg.sender), abi.encode(rejections));
        if (args.trusteeCount() - rejections < args.threshold()) {
            d = d.withStatus(DisbursementStatus.Rejected);
            _emit(DisbursementRejected.selector, bytes32(disbursement), "");
        }
        _disbursements[uint8(disbursement)] = d;
    }

    /// @notice Pays an approved disbursement whose challenge period is over, by anyone; in a shortfall, pro rata, by the
    /// recipient alone.
    function execute(uint256 disbursement) external nonReentrant {
        bytes memory args = _args();
        FundWord f = _requireGoingOn();
        DisbursementWord d = _attempt(disbursement);
        if (d.status() != DisbursementStatus.Approved) revert WrongDisbursementStatus(disbursement, d.status());
        uint256 from = d.approvedAt() + args.challengePeriod();
        if (block.timestamp < from) revert ChallengePeriodRuns(from, block.timestamp);
        (address recipient, bool inShares, bool isMilestone) = args.trancheTarget(uint8(disbursement));
        if (isMilestone) {
            uint256 approvals = _count(d.approvals() & f.inOffice());
            if (approvals < args.threshold()) revert ApprovalsMissing(approvals, args.threshold());
        }
        recipient = _recipientOf(args, recipient, f.inOffice());
        _disbursements[uint8(disbursement)] = d.withStatus(DisbursementStatus.Executed);
        if (inShares) _releaseShares(args, disbursement, recipient, d.amount());
        else _releaseMoney(args, disbursement, recipient, d.amount(), f);
    }

    // ------------------------------------------------------------------------------------------ proposing

    function _requireProposable(bytes memory args, uint256 tranche, Tranche memory t, DisbursementWord d) private view {
        if (
            d.status() != DisbursementStatus.None && d.status() != DisbursementStatus.Rejected
                && d.status() != DisbursementStatus.Vetoed
        ) revert WrongDisbursementStatus(uint256(d.attempt()) << 8 | tranche, d.status());
        if (t.follows != 0 && _disbursements[t.follows].status() != DisbursementStatus.Executed) {
            revert TrancheOutOfOrder(tranche, t.follows);
        }
        if (block.timestamp < t.notBefore) revert TrancheNotDue(t.notBefore, block.timestamp);
        if (!args.holdsProceeds()) return;
        address bound = _round;
        IProceedsRound.Status status = bound == address(0) ? IProceedsRound.Status.Open : IProceedsRound(bound).status();
        if (status != IProceedsRound.Status.Settled) revert RoundNotSettled(bound, status);
        uint256 owed = IProceedsRound(bound).proceedsOwed();
        if (owed != 0) revert ProceedsOutstanding(bound, owed);
    }

    /// @return seat of the proposing trustee; `MOST_SEATS` when the recipient proposes
    function _requireProposer(bytes memory args, uint256 inOffice, Tranche memory t)
        private
        view
        returns (uint256 seat)
    {
        seat = _seatOf(args, inOffice, msg.sender);
        if (seat != MOST_SEATS) return seat;
        if (msg.sender != _walletOf(args, t.recipient)) revert MayNotPropose(msg.sender);
    }

    /// @dev Shares of the fund are cut at running totals over the plan, so that a plan for all of it leaves nothing. What
    /// is set aside for the trustees is no part of it.
    function _amountOf(bytes memory args, uint256 tranche, Tranche memory t, FundWord f)
        private
        view
        returns (uint256 amount)
    {
        uint256 base = t.inShares ? _shares.received : f.received() - _trusteeReserve(args, f.received());
        uint256 available = base - (t.inShares ? _shares.released : f.released());
        amount = t.amount;
        if (t.shareBps != 0) {
            uint256 before = 0;
            for (uint256 i = 1; i < tranche; ++i) {
                Tranche memory earlier = args.trancheAt(i);
                if (earlier.inShares == t.inShares) before += earlier.shareBps;
            }
            amount = base * (before + t.shareBps) / BPS - base * before / BPS;
            if (amount > available) amount = available;
        }
        if (amount == 0) revert NothingToDisburse(tranche);
        if (amount > available) revert FundTooSmall(available, amount);
    }

    // ------------------------------------------------------------------------------------------ deciding

    /// @dev What a trustee decides on.
    function _deciding(bytes memory args, uint256 disbursement)
        private
        view
        returns (uint256 inOffice, uint256 seat, DisbursementWord d)
    {
        FundWord f = _requireGoingOn();
        inOffice = f.inOffice();
        seat = _requireTrustee(args, inOffice, msg.sender);
        d = _attempt(disbursement);
        bool undecided = d.status() == DisbursementStatus.Proposed || d.status() == DisbursementStatus.Approved;
        if (!undecided || !args.trancheAt(uint8(disbursement)).milestone) {
            revert WrongDisbursementStatus(disbursement, d.status());
        }
    }

    /// @dev The challenge period begins with the approval that reaches the threshold, and again if others fell away.
    /// @param seat `MOST_SEATS` when time alone makes it due
    function _approve(
        bytes memory args,
        uint256 inOffice,
        uint256 disbursement,
        DisbursementWord d,
        uint256 seat,
        uint256 threshold
    ) private returns (DisbursementWord) {
        uint256 approvals = _count(d.approvals() & inOffice);
        bool missing = d.approvedAt() == 0 || approvals < threshold;
        if (seat != MOST_SEATS) {
            d = d.withSupport(seat);
            ++approvals;
        }
        if (missing && approvals >= threshold) d = d.approvedFrom(block.timestamp);
        uint256 executableFrom = approvals >= threshold ? d.approvedAt() + args.challengePeriod() : 0;
        address trustee = seat == MOST_SEATS ? address(0) : msg.sender;
        _emit(
            DisbursementApproved.selector, bytes32(disbursement), _topic(trustee), abi.encode(approvals, executableFrom)
        );
        return d;
    }

    // ------------------------------------------------------------------------------------------ releasing

    /// @dev The controller of the company now, or the deed's recipient, wherever that person's wallet moved.
    function _walletOf(bytes memory args, address recipient) private view returns (address) {
        return recipient == address(0) ? _controller(args) : _current(recipient);
    }

    /// @dev A trustee receives nothing by the plan, however it came to be a recipient (PRC Trust Law art. 26).
    function _recipientOf(bytes memory args, address named, uint256 inOffice) private view returns (address wallet) {
        if (named == address(0)) {
            wallet = ICompanies(args.directory()).payeeOf(args.companyId(), msg.sender);
        } else {
            wallet = _current(named);
            _requirePushable(wallet);
        }
        if (_seatOf(args, inOffice, wallet) != MOST_SEATS) revert RecipientIsTrustee(wallet);
    }

    function _releaseShares(bytes memory args, uint256 disbursement, address recipient, uint256 amount) private {
        Shares memory s = _shares;
        uint256 available = s.received - s.released;
        if (amount > available) revert FundTooSmall(available, amount);
        _shares.released = s.released + uint64(amount);
        address class = args.shareClass();
        IERC20(class).safeTransfer(recipient, amount);
        _emit(
            DisbursementExecuted.selector,
            bytes32(disbursement),
            _topic(recipient),
            _topic(class),
            abi.encode(amount, uint256(0))
        );
    }

    /// @return fee that the platform takes of it
    /// @return owed before, had neither platform nor trustees been paid anything yet
    function _bookRelease(bytes memory args, uint256 amount, FundWord f) private returns (uint256 fee, uint256 owed) {
        uint256 received = f.received();
        uint256 released = f.released();
        uint256 available = received - _trusteeReserve(args, received) - released;
        if (amount > available) revert FundTooSmall(available, amount);
        uint256 feeBefore = _platformFee(args, released);
        fee = _platformFee(args, released + amount) - feeBefore;
        owed = received - released + feeBefore;
        _fund = f.addReleased(amount);
    }

    function _releaseMoney(bytes memory args, uint256 disbursement, address recipient, uint256 amount, FundWord f)
        private
    {
        (uint256 fee, uint256 owed) = _bookRelease(args, amount, f);
        address money = args.settlementToken();
        uint256 held = _held(money);
        // Only when not even this is here does it matter what platform and trustees were paid.
        if (held < owed) owed -= _paidOut();
        uint256 given = _payOf(held, owed, money, recipient, amount - fee);
        _emit(
            DisbursementExecuted.selector,
            bytes32(disbursement),
            _topic(recipient),
            _topic(money),
            abi.encode(given, fee)
        );
    }
}
