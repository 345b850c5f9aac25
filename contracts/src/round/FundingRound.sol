// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../identity/Category.sol";
import {InvestmentLimits} from "../identity/InvestmentLimits.sol";
import {InvestorRegistry} from "../identity/InvestorRegistry.sol";
import {ICompanies} from "../ledger/ICompanies.sol";
import {Instance} from "../ledger/Instance.sol";
import {Restricted} from "../ledger/Restricted.sol";
import {Conserved, Position} from "../settlement/Conserved.sol";
import {Refusal} from "../share/Refusal.sol";
import {ShareToken} from "../share/ShareToken.sol";
import {RoundOrigin, RoundTerms} from "./RoundTerms.sol";
import {IRoundRules} from "./rules/IRoundRules.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @title FundingRound
/// @notice Investors commit money for whole shares at a fixed price, first come first served. The money leaves this
/// contract in three ways only: back to the wallet that committed it; to the issuer, in the transaction in which the
/// investor receives the shares; to the platform, as a fee on the latter. No exit is restricted to a role.
/// @dev Open -> close -> tally -> settle, each by anyone. A commitment belongs to a person (an identity); its money
/// goes back to the wallet that it came from.
contract FundingRound is Instance, Restricted, ReentrancyGuardTransient, Conserved {
    using SafeCast for uint256;
    using SafeERC20 for IERC20;

    enum Status {
        Open,
        Tallying,
        Settling,
        Settled,
        Failed,
        Cancelled
    }

    enum CommitmentState {
        None,
        Live,
        Excluded,
        Cancelled,
        Settled,
        Refunded
    }

    /// @param day on which the shares were last added to, counted from 1970-01-01
    struct Commitment {
        address wallet;
        uint64 shares;
        uint24 day;
        CommitmentState state;
    }

    struct Progress {
        Status status;
        bool paused;
        uint40 closedAt;
        uint32 commitments;
        uint32 tallied;
        uint32 settled;
        uint64 escrowedShares;
    }

    struct Outcome {
        uint64 eligibleShares;
        uint64 soldShares;
        uint128 feeTaken;
    }

    struct Credits {
        uint128 proceeds;
        uint128 fee;
    }

    /// @notice What is not settled this long after closing is refundable.
    uint256 public constant SETTLEMENT_PERIOD = 30 days;
    uint256 private constant BPS = 10_000;
    uint256 private constant MILLION = 1e6;

    InvestorRegistry private immutable REGISTRY;
    InvestmentLimits private immutable LIMITS;

    Progress private _progress;
    Outcome private _outcome;
    Credits private _credits;
    mapping(bytes32 identity => Commitment) private _commitments;
    mapping(uint256 index => bytes32 identity) private _order;

    event RoundOpened(
        uint256 indexed companyId,
        address indexed shareClass,
        address indexed settlementToken,
        RoundTerms terms,
        RoundOrigin origin
    );
    event Committed(
        bytes32 indexed identity, address indexed wallet, uint256 shares, uint256 amount, uint256 commitmentShares
    );
    event CommitmentCancelled(bytes32 indexed identity, address indexed wallet, uint256 shares, uint256 amount);
    event CommitsPaused(bool paused);
    event RoundCancelled(bytes32 reason);
    event RoundClosed(uint256 commitments, uint256 committedShares);
    event CommitmentExcluded(bytes32 indexed identity, address indexed wallet, uint256 shares, Refusal reason);
    event RoundTallied(uint256 eligibleShares);
    event RoundFailed(uint256 eligibleShares, uint256 minimumShares);
    event CommitmentSettled(
        bytes32 indexed identity, address indexed wallet, uint256 shares, uint256 amount, uint256 fee
    );
    event RoundSettled(uint256 soldShares, uint256 proceeds, uint256 fee);
    event CommitmentRefunded(bytes32 indexed identity, address indexed wallet, uint256 shares, uint256 amount);
    event ProceedsPaid(address indexed recipient, uint256 amount);
    event FeePaid(address indexed recipient, uint256 amount);
    event Shortfall(uint256 held, uint256 owed);

    error WrongStatus(Status status, Status required);
    error NotOpenYet(uint256 opensAt, uint256 time);
    error DeadlinePassed(uint256 deadline, uint256 time);
    error CommitsArePaused();
    error NotEligible(address wallet);
    error NoShares();
    error BelowMinimumTicket(uint256 shares, uint256 minimumTicket);
    error RoundFull(uint256 requested, uint256 available);
    error HoldsLessThanItOwes(uint256 held, uint256 owed);
    error ShortfallNotAccepted(address caller, address owner, uint256 held, uint256 owed);
    error WrongAmountReceived(uint256 received, uint256 expected);
    error NoCommitment(bytes32 identity);
    error NotTheInvestor(address caller, address wallet);
    error CancellationClosed(uint256 cancellableUntil, uint256 time);
    error NotRefundable(bytes32 identity, CommitmentState state, Status status, uint256 refundableFrom);
    error TooEarlyToClose(uint256 earliest, uint256 time);
    error NothingToPay();
    error ZeroBatch();

    constructor(IAccessManager authority_, InvestorRegistry registry_, InvestmentLimits limits_)
        Restricted(authority_)
    {
        REGISTRY = registry_;
        LIMITS = limits_;
    }

    /// @inheritdoc Instance
    function open() external override opening {
        (RoundTerms memory t, RoundOrigin memory origin) = terms();
        _emit(
            RoundOpened.selector,
            bytes32(origin.companyId),
            _topic(t.shareClass),
            _topic(t.settlementToken),
            abi.encode(t, origin)
        );
    }

    // ------------------------------------------------------------------------------------------ investors

    /// @notice Commits money for `shares` more shares; the caller has approved shares times price beforehand.
    function commit(uint64 shares) external nonReentrant {
        (RoundTerms memory t, RoundOrigin memory origin) = terms();
        Progress memory progress = _progress;
        _requireOpen(progress, t);
        _requireTicket(shares, t.minimumTicket, t.maximumShares - progress.escrowedShares);
        uint256 owedBefore = _owed(progress.escrowedShares, t.price);
        _record(t, origin, progress, shares);
        _receive(IERC20(t.settlementToken), uint256(shares) * t.price, owedBefore);
    }

    /// @notice Takes the caller's whole commitment back, until the time that the rules set.
    function cancel(bytes32 identity) external nonReentrant {
        (RoundTerms memory t, RoundOrigin memory origin) = terms();
        Progress memory progress = _progress;
        if (progress.status != Status.Open) revert WrongStatus(progress.status, Status.Open);
        Commitment memory commitment = _commitments[identity];
        if (commitment.state != CommitmentState.Live) revert NoCommitment(identity);
        if (msg.sender != commitment.wallet) revert NotTheInvestor(msg.sender, commitment.wallet);
        uint256 until =
            IRoundRules(t.rules).cancellableUntil(Category.Retail, uint256(commitment.day) * 1 days, t.deadline);
        if (block.timestamp >= until) revert CancellationClosed(until, block.timestamp);
        uint256 amount = _giveBack(t, origin, identity, commitment, CommitmentState.Cancelled);
        _emit(CommitmentCancelled.selector, identity, _topic(commitment.wallet), abi.encode(commitment.shares, amount));
    }

    /// @notice Sends a commitment's money back to its wallet, by anyone, when the round failed or was cancelled, the
    /// commitment was excluded, or it is not settled `SETTLEMENT_PERIOD` after closing; in a shortfall, pro rata, by
    /// that wallet alone.
    function refund(bytes32 identity) external nonReentrant {
        (RoundTerms memory t, RoundOrigin memory origin) = terms();
        Commitment memory commitment = _commitments[identity];
        _requireRefundable(identity, commitment.state, t);
        uint256 amount = _giveBack(t, origin, identity, commitment, CommitmentState.Refunded);
        _emit(CommitmentRefunded.selector, identity, _topic(commitment.wallet), abi.encode(commitment.shares, amount));
    }

    // ------------------------------------------------------------------------------------------ anyone

    /// @notice Ends commitments, once the rules allow it.
    function close() external {
        (RoundTerms memory t,) = terms();
        Progress memory progress = _progress;
        if (progress.status != Status.Open) revert WrongStatus(progress.status, Status.Open);
        uint256 earliest = IRoundRules(t.rules).earliestClose(t.opensAt, t.deadline, 0);
        if (block.timestamp < earliest) revert TooEarlyToClose(earliest, block.timestamp);
        _progress.closedAt = uint40(block.timestamp);
        _emit(RoundClosed.selector, abi.encode(progress.commitments, progress.escrowedShares));
        if (progress.escrowedShares < t.minimumShares) _fail(t, progress.escrowedShares);
        else _progress.status = Status.Tallying;
    }

    /// @notice Checks the eligibility of up to `count` further commitments, in their order; after the last one the
    /// round succeeds or fails.
    function tally(uint256 count) external {
        (RoundTerms memory t,) = terms();
        Progress memory progress = _progress;
        if (progress.status != Status.Tallying) revert WrongStatus(progress.status, Status.Tallying);
        if (count == 0) revert ZeroBatch();
        uint64 lockedUntil = IRoundRules(t.rules).lockedUntil(block.timestamp).toUint64();
        uint256 end = progress.tallied + Math.min(count, progress.commitments - progress.tallied);
        uint64 eligible = _outcome.eligibleShares;
        for (uint256 i = progress.tallied; i < end; ++i) {
            bytes32 identity = _order[i];
            Commitment memory commitment = _commitments[identity];
            if (commitment.state != CommitmentState.Live) continue;
            if (_excluded(t.shareClass, identity, commitment, lockedUntil)) continue;
            eligible += commitment.shares;
        }
        _progress.tallied = end.toUint32();
        _outcome.eligibleShares = eligible;
        if (end < progress.commitments) return;
        if (eligible < t.minimumShares) return _fail(t, eligible);
        _progress.status = Status.Settling;
        _emit(RoundTallied.selector, abi.encode(eligible));
    }

    /// @notice Issues the shares of up to `count` further commitments and credits the issuer and the fee with their
    /// money, in their order. Who lost eligibility since the tally is left to be refunded.
    function settle(uint256 count) external nonReentrant {
        (RoundTerms memory t,) = terms();
        Progress memory progress = _progress;
        if (progress.status != Status.Settling) revert WrongStatus(progress.status, Status.Settling);
        if (count == 0) revert ZeroBatch();
        uint64 lockedUntil = IRoundRules(t.rules).lockedUntil(block.timestamp).toUint64();
        uint256 end = progress.settled + Math.min(count, progress.commitments - progress.settled);
        Outcome memory result = _outcome;
        Credits memory owing = _credits;
        for (uint256 i = progress.settled; i < end; ++i) {
            bytes32 identity = _order[i];
            Commitment memory commitment = _commitments[identity];
            if (commitment.state != CommitmentState.Live) continue;
            if (_excluded(t.shareClass, identity, commitment, lockedUntil)) continue;
            _commitments[identity].state = CommitmentState.Settled;
            progress.escrowedShares -= commitment.shares;
            _deliver(t, identity, commitment, lockedUntil, result, owing);
        }
        progress.settled = end.toUint32();
        if (end == progress.commitments) progress.status = Status.Settled;
        _progress = progress;
        _outcome = result;
        _credits = owing;
        if (progress.status != Status.Settled) return;
        ShareToken(t.shareClass).releaseReservation();
        uint256 gross = uint256(result.soldShares) * t.price;
        _emit(RoundSettled.selector, abi.encode(result.soldShares, gross - result.feeTaken, result.feeTaken));
    }

    /// @notice Pays the issuer what it is credited with, by anyone; in a shortfall, pro rata, by the recipient alone.
    function payProceeds() external nonReentrant {
        (RoundTerms memory t, RoundOrigin memory origin) = terms();
        uint256 amount = _credits.proceeds;
        if (amount == 0) revert NothingToPay();
        address recipient = t.proceedsRecipient == address(0)
            ? ICompanies(origin.directory).controllerOf(origin.companyId)
            : t.proceedsRecipient;
        uint256 owed = _owed(_progress.escrowedShares, t.price);
        _credits.proceeds = 0;
        uint256 paid = _pay(IERC20(t.settlementToken), recipient, amount, owed);
        _emit(ProceedsPaid.selector, _topic(recipient), abi.encode(paid));
    }

    /// @notice Pays the platform the fee that it is credited with, by anyone; in a shortfall, pro rata, by the recipient
    /// alone.
    function payFee() external nonReentrant {
        (RoundTerms memory t, RoundOrigin memory origin) = terms();
        uint256 amount = _credits.fee;
        if (amount == 0) revert NothingToPay();
        uint256 owed = _owed(_progress.escrowedShares, t.price);
        _credits.fee = 0;
        uint256 paid = _pay(IERC20(t.settlementToken), origin.feeRecipient, amount, owed);
        _emit(FeePaid.selector, _topic(origin.feeRecipient), abi.encode(paid));
    }

    // ------------------------------------------------------------------------------------------ guardian

    /// @notice Stops or resumes new commitments. Exits go on.
    function pauseCommits(bool paused) external restricted {
        if (_progress.status != Status.Open) revert WrongStatus(_progress.status, Status.Open);
        _progress.paused = paused;
        _emit(CommitsPaused.selector, abi.encode(paused));
    }

    /// @notice Ends the round before its tally ends: everything is refundable.
    function cancelRound(bytes32 reason) external restricted {
        Status status = _progress.status;
        if (status != Status.Open && status != Status.Tallying) revert WrongStatus(status, Status.Open);
        (RoundTerms memory t,) = terms();
        _progress.status = Status.Cancelled;
        _emit(RoundCancelled.selector, abi.encode(reason));
        ShareToken(t.shareClass).releaseReservation();
    }

    // ------------------------------------------------------------------------------------------ views

    function terms() public view returns (RoundTerms memory, RoundOrigin memory) {
        return abi.decode(Clones.fetchCloneArgs(address(this)), (RoundTerms, RoundOrigin));
    }

    function progressOf() external view returns (Progress memory) {
        return _progress;
    }

    function outcome() external view returns (Outcome memory) {
        return _outcome;
    }

    function credits() external view returns (Credits memory) {
        return _credits;
    }

    function commitmentOf(bytes32 identity) external view returns (Commitment memory) {
        return _commitments[identity];
    }

    /// @notice The person whose commitment has this place in the order, counted from 0.
    function identityAt(uint256 index) external view returns (bytes32) {
        return _order[index];
    }

    /// @inheritdoc Conserved
    function conserved() external view returns (Position[] memory positions) {
        (RoundTerms memory t,) = terms();
        uint256 held = IERC20(t.settlementToken).balanceOf(address(this));
        uint256 owed = _owed(_progress.escrowedShares, t.price);
        positions = new Position[](1);
        positions[0] = Position(t.settlementToken, held, owed, held > owed ? held - owed : 0);
    }

    // ------------------------------------------------------------------------------------------ inside

    function _requireOpen(Progress memory progress, RoundTerms memory t) private view {
        if (progress.status != Status.Open) revert WrongStatus(progress.status, Status.Open);
        if (progress.paused) revert CommitsArePaused();
        if (block.timestamp < t.opensAt) revert NotOpenYet(t.opensAt, block.timestamp);
        if (block.timestamp >= t.deadline) revert DeadlinePassed(t.deadline, block.timestamp);
    }

    function _requireTicket(uint256 shares, uint256 minimumTicket, uint256 available) private pure {
        if (shares == 0) revert NoShares();
        if (shares > available) revert RoundFull(shares, available);
        if (shares < minimumTicket && shares != available) revert BelowMinimumTicket(shares, minimumTicket);
    }

    function _requireRefundable(bytes32 identity, CommitmentState state, RoundTerms memory t) private {
        Status status = _progress.status;
        uint256 refundableFrom = _progress.closedAt == 0 ? type(uint256).max : _progress.closedAt + SETTLEMENT_PERIOD;
        if (state == CommitmentState.Excluded) return;
        if (state == CommitmentState.Live) {
            if (status == Status.Failed || status == Status.Cancelled) return;
            if (block.timestamp >= refundableFrom) {
                if (status == Status.Tallying) _fail(t, _outcome.eligibleShares);
                return;
            }
        }
        revert NotRefundable(identity, state, status, refundableFrom);
    }

    function _record(RoundTerms memory t, RoundOrigin memory origin, Progress memory progress, uint64 shares) private {
        (bytes32 identity, Category category, bool eligible) = REGISTRY.personOf(msg.sender);
        if (!eligible) revert NotEligible(msg.sender);
        Commitment memory commitment = _commitments[identity];
        uint64 total = shares + (commitment.state == CommitmentState.Live ? commitment.shares : 0);
        _countAgainstLimit(t, origin, identity, category, commitment, total);
        if (commitment.state == CommitmentState.None) _order[progress.commitments++] = identity;
        _commitments[identity] =
            Commitment(msg.sender, total, (block.timestamp / 1 days).toUint24(), CommitmentState.Live);
        progress.escrowedShares += shares;
        _progress = progress;
        _emit(Committed.selector, identity, _topic(msg.sender), abi.encode(shares, uint256(shares) * t.price, total));
    }

    /// @dev A later addition counts the whole commitment from its own day: never less than what the law counts.
    function _countAgainstLimit(
        RoundTerms memory t,
        RoundOrigin memory origin,
        bytes32 identity,
        Category category,
        Commitment memory commitment,
        uint256 shares
    ) private {
        bytes32 regime = IRoundRules(t.rules).regime();
        if (commitment.state == CommitmentState.Live) {
            LIMITS.release(
                identity, regime, origin.currency, commitment.day, _millionths(commitment.shares, t.price, origin)
            );
        }
        uint256 attested = REGISTRY.yearlyLimit(identity, regime, origin.currency);
        uint256 amount = _millionths(shares, t.price, origin);
        (uint256 limit,) = IRoundRules(t.rules).admission(category, attested, amount, false, block.timestamp);
        LIMITS.consume(identity, regime, origin.currency, amount, limit);
    }

    function _millionths(uint256 shares, uint256 price, RoundOrigin memory origin) private pure returns (uint256) {
        return Math.mulDiv(shares * price, MILLION, origin.currencyUnit, Math.Rounding.Ceil);
    }

    function _excluded(address shareClass, bytes32 identity, Commitment memory commitment, uint64 lockedUntil)
        private
        returns (bool)
    {
        Refusal refusal = ShareToken(shareClass).issuanceRefusal(identity, lockedUntil);
        if (refusal == Refusal.None) return false;
        _commitments[identity].state = CommitmentState.Excluded;
        _emit(CommitmentExcluded.selector, identity, _topic(commitment.wallet), abi.encode(commitment.shares, refusal));
        return true;
    }

    /// @dev Delivery versus payment: issues the shares and credits their money in one step. The fee is the floor of
    /// the share of all money so far, so it does not depend on how settlement is batched.
    function _deliver(
        RoundTerms memory t,
        bytes32 identity,
        Commitment memory commitment,
        uint64 lockedUntil,
        Outcome memory result,
        Credits memory owing
    ) private {
        uint256 amount = uint256(commitment.shares) * t.price;
        result.soldShares += commitment.shares;
        uint128 feeSoFar = (uint256(result.soldShares) * t.price * t.feeBps / BPS).toUint128();
        uint128 fee = feeSoFar - result.feeTaken;
        result.feeTaken = feeSoFar;
        owing.fee += fee;
        owing.proceeds += (amount - fee).toUint128();
        ShareToken(t.shareClass).issue(identity, commitment.shares, lockedUntil);
        _emit(
            CommitmentSettled.selector, identity, _topic(commitment.wallet), abi.encode(commitment.shares, amount, fee)
        );
    }

    function _fail(RoundTerms memory t, uint256 eligibleShares) private {
        _progress.status = Status.Failed;
        _emit(RoundFailed.selector, abi.encode(eligibleShares, t.minimumShares));
        ShareToken(t.shareClass).releaseReservation();
    }

    function _giveBack(
        RoundTerms memory t,
        RoundOrigin memory origin,
        bytes32 identity,
        Commitment memory commitment,
        CommitmentState state
    ) private returns (uint256 paid) {
        uint256 owed = _owed(_progress.escrowedShares, t.price);
        _commitments[identity].state = state;
        _progress.escrowedShares -= commitment.shares;
        uint256 amount = _millionths(commitment.shares, t.price, origin);
        LIMITS.release(identity, IRoundRules(t.rules).regime(), origin.currency, commitment.day, amount);
        return _pay(IERC20(t.settlementToken), commitment.wallet, uint256(commitment.shares) * t.price, owed);
    }

    function _receive(IERC20 token, uint256 amount, uint256 owedBefore) private {
        uint256 held = token.balanceOf(address(this));
        if (held < owedBefore) revert HoldsLessThanItOwes(held, owedBefore);
        token.safeTransferFrom(msg.sender, address(this), amount);
        uint256 received = token.balanceOf(address(this)) - held;
        if (received != amount) revert WrongAmountReceived(received, amount);
    }

    /// @dev Pays in full, or pro rata when the token's issuer took money away from this contract. Less than is owed is
    /// taken by its owner alone: others could otherwise make a passing shortfall final.
    function _pay(IERC20 token, address to, uint256 amount, uint256 owed) private returns (uint256 paid) {
        uint256 held = token.balanceOf(address(this));
        paid = amount;
        if (held < owed) {
            if (msg.sender != to) revert ShortfallNotAccepted(msg.sender, to, held, owed);
            paid = Math.mulDiv(amount, held, owed);
            _emit(Shortfall.selector, abi.encode(held, owed));
        }
        token.safeTransfer(to, paid);
    }

    function _owed(uint256 escrowedShares, uint256 price) private view returns (uint256) {
        return escrowedShares * price + _credits.proceeds + _credits.fee;
    }
}
