// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Category} from "../identity/Category.sol";
import {ShareToken} from "../share/ShareToken.sol";
import {Commitment, CommitmentState} from "./Commitments.sol";
import {IReceiveWithBytesSignature} from "./IReceiveWithBytesSignature.sol";
import {RoundStatus} from "./RoundEvents.sol";
import {RoundState} from "./RoundState.sol";
import {RoundTermsCodec} from "./RoundTerms.sol";
import {IRoundRules} from "./rules/IRoundRules.sol";
import {IERC3009} from "@openzeppelin/contracts/interfaces/draft-IERC3009.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @title RoundCommitments
/// @notice What investors do with their money: put it in, take it out in time, be refunded by right.
/// @dev A commitment belongs to a person (an identity); its money goes back to the wallet that it came from, or to the
/// wallet that succeeded it. No exit is restricted to a role, and none by the wallet itself asks the registry.
abstract contract RoundCommitments is RoundState {
    using RoundTermsCodec for bytes;
    using SafeCast for uint256;
    using SafeERC20 for IERC20;

    /// @param owed to others before this payment
    struct Payment {
        address token;
        uint256 amount;
        uint256 owed;
    }

    /// @dev What an EIP-3009 authorization says.
    struct Authorization {
        address from;
        uint256 value;
        uint256 validAfter;
        uint256 validBefore;
        bytes32 nonce;
    }

    /// @notice What is not settled this long after closing is refundable.
    uint256 public constant SETTLEMENT_PERIOD = 30 days;

    // ------------------------------------------------------------------------------------------ putting money in

    /// @notice Commits money for `shares` more shares; the caller has approved shares times price beforehand.
    /// @param termsVersion that the caller agrees to, for all that it committed
    /// @param consent to the risk of what exceeds the regime's threshold (Regulation (EU) 2020/1503 article 21(7))
    function commit(uint64 shares, uint16 termsVersion, bool consent) external nonReentrant {
        _commitFrom(shares, termsVersion, consent);
    }

    /// @notice As `commit`, with an EIP-2612 permit of the caller. A permit that someone else has already used is no
    /// obstacle: what counts is the allowance.
    function commitWithPermit(
        uint64 shares,
        uint16 termsVersion,
        bool consent,
        uint256 deadline_,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external nonReentrant {
        bytes memory t = RoundTermsCodec.load();
        try IERC20Permit(t.settlementToken())
            .permit(msg.sender, address(this), shares * t.price(), deadline_, v, r, s) {}
            catch {}
        _commitFrom(shares, termsVersion, consent);
    }

    /// @notice As `commit`, for `wallet` by anyone, with its EIP-3009 authorization to receive. Its nonce is
    /// `authorizationNonce`, so that it serves this commitment alone; a wallet that is a contract signs by ERC-1271
    /// where the token takes such signatures.
    function commitWithAuthorization(
        address wallet,
        uint64 shares,
        uint16 termsVersion,
        bool consent,
        uint256 validAfter,
        uint256 validBefore,
        bytes calldata signature
    ) external nonReentrant {
        Authorization memory a;
        (a.from, a.validAfter, a.validBefore) = (wallet, validAfter, validBefore);
        a.nonce = authorizationNonce(wallet, shares, termsVersion, consent);
        Payment memory due = _record(wallet, shares, termsVersion, consent);
        a.value = due.amount;
        uint256 held = _requireCovered(due);
        _receiveAuthorized(due.token, a, signature);
        _requireReceived(due, held);
    }

    /// @notice The nonce of the authorization that pays for this commitment: keccak256(abi.encode(chain id, round,
    /// wallet, shares, terms version, consent)).
    function authorizationNonce(address wallet, uint64 shares, uint16 termsVersion, bool consent)
        public
        view
        returns (bytes32)
    {
        return keccak256(abi.encode(block.chainid, address(this), wallet, shares, termsVersion, consent));
    }

    // ------------------------------------------------------------------------------------------ taking it out

    /// @notice Takes `shares` of the caller's commitment back, or all of it for zero, until the time that the rules set;
    /// what remains is nothing or a whole ticket.
    function cancel(bytes32 identity, uint64 shares) external nonReentrant {
        bytes memory t = RoundTermsCodec.load();
        Progress memory progress = _readProgress();
        _requireUntallied(progress);
        Commitment memory c = _load(identity, t);
        if (c.state != CommitmentState.Live) revert NoCommitment(identity);
        if (msg.sender != c.wallet) revert NotTheInvestor(msg.sender, c.wallet);
        uint256 until = _cancellableUntil(c, progress, t);
        if (block.timestamp >= until) revert CancellationClosed(until, block.timestamp);
        uint64 taken = shares == 0 ? c.shares : shares;
        if (taken > c.shares) revert MoreThanCommitted(taken, c.shares);
        uint64 kept = c.shares - taken;
        if (kept > 0 && kept < t.minimumTicket()) revert BelowMinimumTicket(kept, t.minimumTicket());
        uint256 amount = _giveBack(identity, c, kept, CommitmentState.Cancelled, progress, t);
        _emit(CommitmentCancelled.selector, identity, _topic(c.wallet), abi.encode(taken, amount, kept));
    }

    /// @notice Sends a commitment's money back to its wallet, by anyone, when the round failed or was cancelled, the
    /// commitment was excluded or not reconfirmed in time, or it is not settled `SETTLEMENT_PERIOD` after closing; in a
    /// shortfall, pro rata, by that wallet alone.
    function refund(bytes32 identity) external nonReentrant {
        bytes memory t = RoundTermsCodec.load();
        Commitment memory c = _load(identity, t);
        Progress memory progress = _readProgress();
        _requireRefundable(identity, c, progress, t);
        _requirePushable(identity, c.wallet);
        c.counted = progress.status == RoundStatus.Settling && c.state == CommitmentState.Live;
        uint256 amount = _giveBack(identity, c, 0, CommitmentState.Refunded, progress, t);
        _emit(CommitmentRefunded.selector, identity, _topic(c.wallet), abi.encode(c.shares, amount));
    }

    /// @notice First second at which a live commitment can no longer be cancelled, as things stand.
    function cancellableUntil(bytes32 identity) external view returns (uint256) {
        bytes memory t = RoundTermsCodec.load();
        return _cancellableUntil(_load(identity, t), _readProgress(), t);
    }

    // ------------------------------------------------------------------------------------------ inside

    function _commitFrom(uint64 shares, uint16 termsVersion, bool consent) private {
        Payment memory due = _record(msg.sender, shares, termsVersion, consent);
        uint256 held = _requireCovered(due);
        IERC20(due.token).safeTransferFrom(msg.sender, address(this), due.amount);
        _requireReceived(due, held);
    }

    /// @dev A contract wallet signs by ERC-1271, which only the variant with a signature of any length passes on.
    function _receiveAuthorized(address token, Authorization memory a, bytes calldata signature) private {
        if (signature.length == 65 && a.from.code.length == 0) {
            IERC3009(token)
                .receiveWithAuthorization(
                    a.from,
                    address(this),
                    a.value,
                    a.validAfter,
                    a.validBefore,
                    a.nonce,
                    uint8(signature[64]),
                    bytes32(signature[:32]),
                    bytes32(signature[32:64])
                );
        } else {
            IReceiveWithBytesSignature(token)
                .receiveWithAuthorization(
                    a.from, address(this), a.value, a.validAfter, a.validBefore, a.nonce, signature
                );
        }
    }

    function _record(address wallet, uint64 shares, uint16 termsVersion, bool consent)
        private
        returns (Payment memory due)
    {
        bytes memory t = RoundTermsCodec.load();
        Progress memory progress = _readProgress();
        _requireOpen(progress, t);
        _requireVersion(termsVersion, progress);
        _requireTicket(shares, t.minimumTicket(), t.mostCommitted() - progress.escrowedShares);
        _price(due, shares, progress, t);
        (bytes32 identity, Category category, bool eligible) = REGISTRY.personOf(wallet);
        if (!eligible) revert NotEligible(wallet);
        Commitment memory c = _load(identity, t);
        _add(identity, category, c, shares, consent, progress, t);
        c.wallet = wallet;
        c.termsVersion = termsVersion;
        _store(identity, c, t);
        progress.escrowedShares += shares;
        _write(progress);
        _emit(
            Committed.selector,
            identity,
            _topic(wallet),
            abi.encode(shares, due.amount, c.shares, termsVersion, consent)
        );
    }

    function _price(Payment memory due, uint256 shares, Progress memory progress, bytes memory t) private pure {
        uint256 price = t.price();
        (due.token, due.amount, due.owed) = (t.settlementToken(), shares * price, progress.escrowedShares * price);
    }

    /// @dev Makes the commitment what it becomes when the rules and the limits agree.
    function _add(
        bytes32 identity,
        Category category,
        Commitment memory c,
        uint64 shares,
        bool consent,
        Progress memory progress,
        bytes memory t
    ) private {
        uint64 total = c.state == CommitmentState.Live ? c.shares + shares : shares;
        uint256 reflectionEnd = _admit(identity, category, c, total, consent, t);
        if (reflectionEnd > progress.reflectionEnd) progress.reflectionEnd = reflectionEnd.toUint40();
        if (c.state != CommitmentState.Live) {
            if (t.isCapped()) ShareToken(t.shareClass()).reservePlace(identity);
            if (c.wallet == address(0)) _order[progress.commitments++] = identity;
            c.state = CommitmentState.Live;
        }
        c.shares = total;
        (c.committedAt, c.category) = (uint40(block.timestamp), category);
    }

    /// @dev Asks the rules whether this person may have committed `total` shares in all, and until when they reflect.
    function _admit(
        bytes32 identity,
        Category category,
        Commitment memory c,
        uint256 total,
        bool consent,
        bytes memory t
    ) private returns (uint256 reflectionEnd) {
        uint256 amount = _millionths(total, t);
        uint256 limit = REGISTRY.yearlyLimit(identity, t.regime(), t.currency());
        (limit, reflectionEnd) = IRoundRules(t.rules()).admission(category, limit, amount, consent, block.timestamp);
        if (t.countsPersons()) _count(identity, c, amount, limit, t);
    }

    /// @dev A later addition counts the whole commitment from its own day: never less than what the law counts.
    function _count(bytes32 identity, Commitment memory c, uint256 amount, uint256 limit, bytes memory t) private {
        if (c.state == CommitmentState.Live) {
            LIMITS.recount(
                t.id(),
                identity,
                t.regime(),
                t.currency(),
                c.committedAt / 1 days,
                _millionths(c.shares, t),
                amount,
                limit
            );
        } else {
            LIMITS.consume(t.id(), identity, t.regime(), t.currency(), amount, limit);
        }
    }

    function _giveBack(
        bytes32 identity,
        Commitment memory c,
        uint64 kept,
        CommitmentState state,
        Progress memory progress,
        bytes memory t
    ) private returns (uint256) {
        uint256 owed = _owed(progress, t);
        uint64 shares = c.shares - kept;
        _releaseLimit(identity, c, kept, t);
        if (kept == 0) {
            if (c.state == CommitmentState.Live) _releasePlace(identity, t);
            c.state = state;
        } else {
            c.shares = kept;
        }
        // Of a round that came to nothing, nothing is asked any more: the slot goes back, and its gas to the caller.
        if (progress.status >= RoundStatus.Failed) _forget(identity);
        else _store(identity, c, t);
        progress.escrowedShares -= shares;
        _write(progress);
        return _pay(t.settlementToken(), c.wallet, shares * t.price(), owed);
    }

    function _requireOpen(Progress memory progress, bytes memory t) private {
        _requireStatus(progress.status, RoundStatus.Open);
        if (progress.paused) revert CommitsArePaused();
        uint256 time = block.timestamp;
        if (time < t.opensAt()) revert NotOpenYet(t.opensAt(), time);
        uint256 end = _deadline(progress, t);
        if (time >= end) revert DeadlinePassed(end, time);
        uint256 early = progress.earlyCloseAt;
        if (early != 0 && time >= early) {
            _emit(EarlyCloseLapsed.selector, abi.encode(early));
            progress.earlyCloseAt = 0;
        }
    }

    function _requireTicket(uint256 shares, uint256 minimumTicket, uint256 available) private pure {
        if (shares == 0) revert NoShares();
        if (shares > available) revert RoundFull(shares, available);
        if (shares < minimumTicket && shares != available) revert BelowMinimumTicket(shares, minimumTicket);
    }

    function _requireCovered(Payment memory due) private view returns (uint256 held) {
        held = IERC20(due.token).balanceOf(address(this));
        if (held < due.owed) revert HoldsLessThanItOwes(held, due.owed);
    }

    function _requireReceived(Payment memory due, uint256 held) private view {
        uint256 received = IERC20(due.token).balanceOf(address(this)) - held;
        if (received != due.amount) revert WrongAmountReceived(received, due.amount);
    }

    /// @dev A tally that is not over when the settlement period is will never be: the round fails.
    function _requireRefundable(bytes32 identity, Commitment memory c, Progress memory progress, bytes memory t)
        private
    {
        if (c.state == CommitmentState.Excluded) return;
        RoundStatus status_ = progress.status;
        bool live = c.state == CommitmentState.Live;
        if (live && (status_ == RoundStatus.Failed || status_ == RoundStatus.Cancelled)) return;
        if (live && progress.amendments > 0 && _hasLapsed(c)) return;
        uint256 closedAt = _readCounting().closedAt;
        uint256 refundableFrom = closedAt == 0 ? type(uint256).max : closedAt + SETTLEMENT_PERIOD;
        if (live && block.timestamp >= refundableFrom) {
            if (status_ == RoundStatus.Tallying) _fail(progress, _readOutcome().eligibleShares, t);
            return;
        }
        revert NotRefundable(identity, c.state, status_, refundableFrom);
    }

    /// @dev As the rules say for the deadline as it stands. Whoever has not agreed to an amendment may cancel until the
    /// deadline, and for as long as a reconfirmation is asked.
    function _cancellableUntil(Commitment memory c, Progress memory progress, bytes memory t)
        private
        view
        returns (uint256 until)
    {
        uint256 end = _deadline(progress, t);
        until = IRoundRules(t.rules()).cancellableUntil(c.category, c.committedAt, end);
        if (c.termsVersion <= progress.amendments) {
            until = Math.max(until, Math.max(end, _readAmendment().reconfirmBy));
        }
    }
}
