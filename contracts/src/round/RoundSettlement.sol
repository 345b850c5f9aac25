// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IInvestorRegistry} from "../identity/IInvestorRegistry.sol";
import {InvestmentLimits} from "../identity/InvestmentLimits.sol";
import {ICompanies} from "../ledger/ICompanies.sol";
import {Refusal} from "../share/Refusal.sol";
import {ShareToken} from "../share/ShareToken.sol";
import {ICustodyTrust} from "../trust/ICustodyTrust.sol";
import {Allotment} from "./Allotment.sol";
import {Commitment, CommitmentState} from "./Commitments.sol";
import {IRoundSteps} from "./IRoundSteps.sol";
import {RoundStatus} from "./RoundEvents.sol";
import {RoundState} from "./RoundState.sol";
import {RoundTermsCodec} from "./RoundTerms.sol";
import {IRoundRules} from "./rules/IRoundRules.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @title RoundSettlement
/// @notice The second half of a round's code: how it is amended, and how it ends step by step.
/// @dev A round runs this code in its own place (delegatecall), with its own terms, memory and money; this contract has
/// none. No step catches a failure of the contracts it asks: when gas runs out the whole step is undone, so that it never
/// decides whether someone is eligible.
contract RoundSettlement is RoundState, IRoundSteps {
    using RoundTermsCodec for bytes;
    using SafeCast for uint256;

    address private immutable SELF = address(this);

    /// @dev What a batch of settlement carries from one commitment to the next.
    struct Batch {
        ShareToken shareClass;
        uint64 lockedUntil;
        uint64 passedShares;
        Progress progress;
        Outcome outcome;
        Credits credits;
    }

    constructor(IInvestorRegistry registry_, InvestmentLimits limits_) RoundState(registry_, limits_) {}

    modifier inRound() {
        if (address(this) == SELF) revert NotInARound();
        _;
    }

    // ------------------------------------------------------------------------------------------ issuer

    /// @inheritdoc IRoundSteps
    function amend(uint40 newDeadline, bytes32 newTermsHash, bool material) external inRound {
        bytes memory t = RoundTermsCodec.load();
        Progress memory progress = _readProgress();
        _requireIssuerWhileOpen(progress, t);
        uint256 end = _amendedDeadline(newDeadline, progress, t);
        uint256 by = material ? IRoundRules(t.rules()).reconfirmBy(block.timestamp) : 0;
        ++progress.amendments;
        progress.deadline = end.toUint40();
        progress.earlyCloseAt = 0;
        _write(progress);
        uint16 version = progress.amendments + 1;
        Amendment memory amended = _readAmendment();
        amended.termsHash = newTermsHash;
        if (by != 0) (amended.materialVersion, amended.reconfirmBy) = (version, by.toUint40());
        _write(amended);
        _emit(TermsAmended.selector, bytes32(uint256(version)), abi.encode(end, newTermsHash, material, by));
    }

    /// @inheritdoc IRoundSteps
    function announceEarlyClose(uint40 closeAt) external inRound {
        bytes memory t = RoundTermsCodec.load();
        Progress memory progress = _readProgress();
        _requireIssuerWhileOpen(progress, t);
        uint256 end = _deadline(progress, t);
        if (progress.earlyCloseAt == end) revert EarlyCloseStands(end);
        if (progress.escrowedShares < t.minimumShares()) {
            revert MinimumNotReached(progress.escrowedShares, t.minimumShares());
        }
        uint256 earliest = IRoundRules(t.rules()).earlyCloseAllowedFrom(t.opensAt(), end, block.timestamp);
        if (closeAt < earliest || closeAt <= block.timestamp || closeAt >= end) {
            revert EarlyCloseOutOfRange(closeAt, earliest, end);
        }
        progress.earlyCloseAt = closeAt;
        _write(progress);
        _emit(EarlyCloseAnnounced.selector, abi.encode(closeAt));
    }

    /// @inheritdoc IRoundSteps
    function cancelByIssuer(bytes32 reason) external inRound {
        bytes memory t = RoundTermsCodec.load();
        _requireIssuer(t);
        _cancelRound(reason, t);
    }

    // ------------------------------------------------------------------------------------------ investors

    /// @inheritdoc IRoundSteps
    function reconfirm(uint16 termsVersion) external inRound {
        bytes memory t = RoundTermsCodec.load();
        Progress memory progress = _readProgress();
        _requireUntallied(progress);
        _requireVersion(termsVersion, progress);
        bytes32 identity = REGISTRY.identityOf(msg.sender);
        Commitment memory c = _load(identity, t);
        if (c.state != CommitmentState.Live) revert NoCommitment(identity);
        if (msg.sender != c.wallet) revert NotTheInvestor(msg.sender, c.wallet);
        if (c.termsVersion == termsVersion) revert NothingToReconfirm(identity, termsVersion);
        if (_hasLapsed(c)) revert ReconfirmationClosed(_readAmendment().reconfirmBy, block.timestamp);
        c.termsVersion = termsVersion;
        _store(identity, c, t);
        _emit(CommitmentReconfirmed.selector, identity, _topic(msg.sender), abi.encode(termsVersion));
    }

    /// @inheritdoc IRoundSteps
    function moveCommitment(bytes32 identity) external inRound {
        bytes memory t = RoundTermsCodec.load();
        Commitment memory c = _load(identity, t);
        address from = c.wallet;
        address to = REGISTRY.currentWalletOf(identity);
        if (from == address(0) || to == address(0) || to == from) revert NothingToMove(identity, from);
        c.wallet = to;
        _store(identity, c, t);
        _emit(CommitmentMoved.selector, identity, _topic(from), _topic(to), "");
    }

    // ------------------------------------------------------------------------------------------ close and tally

    /// @inheritdoc IRoundSteps
    function close() external inRound {
        bytes memory t = RoundTermsCodec.load();
        Progress memory progress = _readProgress();
        _requireStatus(progress.status, RoundStatus.Open);
        uint256 end = _deadline(progress, t);
        uint256 announced = end == progress.earlyCloseAt ? end : 0;
        uint256 earliest = IRoundRules(t.rules()).earliestClose(t.opensAt(), end, announced);
        if (block.timestamp < earliest) revert TooEarlyToClose(earliest, block.timestamp);
        Counting memory counting;
        counting.closedAt = uint40(block.timestamp);
        _write(counting);
        _emit(RoundClosed.selector, abi.encode(progress.commitments, progress.escrowedShares));
        if (progress.escrowedShares < t.minimumShares()) return _fail(progress, progress.escrowedShares, t);
        progress.status = RoundStatus.Tallying;
        _write(progress);
    }

    /// @inheritdoc IRoundSteps
    function tally(uint256 count) external inRound {
        bytes memory t = RoundTermsCodec.load();
        Progress memory progress = _readProgress();
        _requireStatus(progress.status, RoundStatus.Tallying);
        if (count == 0) revert ZeroBatch();
        Counting memory counting = _readCounting();
        _requireTallyTime(progress, counting.closedAt, t);
        uint256 end = counting.tallied + Math.min(count, progress.commitments - counting.tallied);
        Outcome memory result = _readOutcome();
        _tally(counting.tallied, end, result, t);
        counting.tallied = end.toUint32();
        _write(counting);
        _write(result);
        if (end < progress.commitments) return;
        if (result.eligibleShares < t.minimumShares()) return _fail(progress, result.eligibleShares, t);
        progress.status = RoundStatus.Settling;
        _write(progress);
        _emit(RoundTallied.selector, abi.encode(result.eligibleShares, result.affiliatedShares));
    }

    // ------------------------------------------------------------------------------------------ settle

    /// @inheritdoc IRoundSteps
    function settle(uint256 count) external inRound nonReentrant {
        bytes memory t = RoundTermsCodec.load();
        Batch memory batch;
        batch.progress = _readProgress();
        _requireStatus(batch.progress.status, RoundStatus.Settling);
        if (count == 0) revert ZeroBatch();
        Counting memory counting = _readCounting();
        uint256 end = counting.settled + Math.min(count, batch.progress.commitments - counting.settled);
        batch.shareClass = ShareToken(t.shareClass());
        batch.lockedUntil = _lockedUntil(t);
        (batch.passedShares, batch.outcome, batch.credits) = (counting.passedShares, _readOutcome(), _readCredits());
        for (uint256 i = counting.settled; i < end; ++i) {
            _settle(_order[i], batch, t);
        }
        (counting.settled, counting.passedShares) = (end.toUint32(), batch.passedShares);
        if (end == batch.progress.commitments) batch.progress.status = RoundStatus.Settled;
        _write(batch.progress);
        _write(counting);
        _write(batch.outcome);
        _write(batch.credits);
        if (end < batch.progress.commitments) return;
        uint256 sold = batch.outcome.soldShares;
        uint256 fee = _feeOn(sold, t);
        _end(sold, t);
        _emit(RoundSettled.selector, abi.encode(sold, sold * t.price() - fee, fee));
    }

    /// @inheritdoc IRoundSteps
    function claimCredit(bytes32 identity) external inRound nonReentrant {
        bytes memory t = RoundTermsCodec.load();
        Commitment memory c = _load(identity, t);
        uint64 excess = c.shares - c.allotted;
        if (c.state != CommitmentState.Settled || c.creditPaid || excess == 0) revert NoCredit(identity);
        _requirePushable(identity, c.wallet);
        Progress memory progress = _readProgress();
        uint256 owed = _owed(progress, t);
        c.creditPaid = true;
        _store(identity, c, t);
        progress.escrowedShares -= excess;
        _write(progress);
        uint256 paid = _pay(t.settlementToken(), c.wallet, excess * t.price(), owed);
        _emit(CreditPaid.selector, identity, _topic(c.wallet), abi.encode(excess, paid));
    }

    // ------------------------------------------------------------------------------------------ pay

    /// @inheritdoc IRoundSteps
    function payProceeds() external inRound nonReentrant {
        bytes memory t = RoundTermsCodec.load();
        Credits memory owing = _readCredits();
        uint256 amount = owing.proceeds;
        if (amount == 0) revert NothingToPay();
        address trust = t.trust();
        address recipient = trust;
        if (trust == address(0)) recipient = ICompanies(t.directory()).payeeOf(t.companyId(), msg.sender);
        uint256 owed = _owed(_readProgress(), t);
        owing.proceeds = 0;
        _write(owing);
        uint256 paid = _pay(t.settlementToken(), recipient, amount, owed);
        _emit(ProceedsPaid.selector, _topic(recipient), abi.encode(paid));
        if (trust != address(0)) ICustodyTrust(trust).receiveProceeds(paid);
    }

    /// @inheritdoc IRoundSteps
    function payFee() external inRound nonReentrant {
        bytes memory t = RoundTermsCodec.load();
        Credits memory owing = _readCredits();
        uint256 amount = owing.fee;
        if (amount == 0) revert NothingToPay();
        uint256 owed = _owed(_readProgress(), t);
        owing.fee = 0;
        _write(owing);
        uint256 paid = _pay(t.settlementToken(), t.feeRecipient(), amount, owed);
        _emit(FeePaid.selector, _topic(t.feeRecipient()), abi.encode(paid));
    }

    // ------------------------------------------------------------------------------------------ inside

    function _requireTallyTime(Progress memory progress, uint256 closedAt, bytes memory t) private view {
        uint256 earliest = IRoundRules(t.rules()).tallyFrom(closedAt, progress.reflectionEnd);
        if (progress.amendments > 0) earliest = Math.max(earliest, _readAmendment().reconfirmBy);
        if (block.timestamp < earliest) revert TooEarlyToTally(earliest, block.timestamp);
    }

    function _tally(uint256 from, uint256 end, Outcome memory result, bytes memory t) private {
        ShareToken shareClass = ShareToken(t.shareClass());
        uint64 lockedUntil = _lockedUntil(t);
        ICompanies companies = ICompanies(t.directory());
        bytes32 issuerIdentity = REGISTRY.identityOf(companies.controllerOf(t.companyId()));
        bytes32 issuer = companies.issuerKey(t.companyId());
        bytes32 settlor = _settlor(t.trust());
        for (uint256 i = from; i < end; ++i) {
            bytes32 identity = _order[i];
            Commitment memory c = _load(identity, t);
            if (c.state != CommitmentState.Live) continue;
            if (_lapses(identity, c, t) || _excluded(shareClass, identity, c, lockedUntil, t)) continue;
            result.eligibleShares += c.shares;
            bool own = identity == issuerIdentity || identity == settlor;
            if (!own && !_wasAffiliate(identity, issuer, c.committedAt)) continue;
            result.affiliatedShares += c.shares;
            c.affiliated = true;
            _store(identity, c, t);
            _emit(AffiliateTallied.selector, identity, _topic(c.wallet), abi.encode(c.shares));
        }
    }

    /// @dev Who controlled the company when the trust was opened remains the issuer to it, whoever controls it at the tally.
    function _settlor(address trust) private view returns (bytes32) {
        return trust == address(0) ? bytes32(0) : REGISTRY.identityOf(ICustodyTrust(trust).settlor());
    }

    /// @dev As it was attested when the person committed last: nobody is made one while they can no longer leave.
    function _wasAffiliate(bytes32 identity, bytes32 issuer, uint256 committedAt) private view returns (bool) {
        uint256 since = REGISTRY.affiliateSince(identity, issuer);
        return since != 0 && since <= committedAt;
    }

    /// @dev Who was refunded after the tally keeps a place in the running sum, so that nobody else's allotment moves.
    function _settle(bytes32 identity, Batch memory batch, bytes memory t) private {
        Commitment memory c = _load(identity, t);
        if (c.state != CommitmentState.Live && !c.counted) return;
        uint256 passed = batch.passedShares;
        batch.passedShares += c.shares;
        if (c.state != CommitmentState.Live) return;
        if (_excluded(batch.shareClass, identity, c, batch.lockedUntil, t)) return;
        uint256 allotted = Allotment.ofCommitment(passed, c.shares, t.maximumShares(), batch.outcome.eligibleShares);
        if (allotted < c.shares) _releaseLimit(identity, c, allotted, t);
        c.allotted = uint64(allotted);
        c.state = CommitmentState.Settled;
        _store(identity, c, t);
        batch.progress.escrowedShares -= c.allotted;
        _deliver(identity, c, batch, t);
    }

    /// @dev Delivery versus payment: issues the shares and credits their money in one step. The fee is the floor of the
    /// share of all money so far, so it does not depend on how settlement is batched.
    function _deliver(bytes32 identity, Commitment memory c, Batch memory batch, bytes memory t) private {
        uint256 feeBefore = _feeOn(batch.outcome.soldShares, t);
        batch.outcome.soldShares += c.allotted;
        if (!c.affiliated) batch.outcome.outsideShares += c.allotted;
        uint256 fee = _feeOn(batch.outcome.soldShares, t) - feeBefore;
        uint256 amount = c.allotted * t.price();
        batch.credits.fee += fee.toUint128();
        batch.credits.proceeds += (amount - fee).toUint128();
        if (c.allotted == 0) _releasePlace(identity, t);
        else batch.shareClass.issue(identity, c.allotted, batch.lockedUntil);
        uint256 credit = (c.shares - c.allotted) * t.price();
        _emit(CommitmentSettled.selector, identity, _topic(c.wallet), abi.encode(c.allotted, amount, fee, credit));
    }

    function _excluded(ShareToken shareClass, bytes32 identity, Commitment memory c, uint64 lockedUntil, bytes memory t)
        private
        returns (bool)
    {
        Refusal refusal = shareClass.issuanceRefusal(identity, lockedUntil);
        if (refusal == Refusal.None) return false;
        _exclude(identity, c, t);
        _emit(CommitmentExcluded.selector, identity, _topic(c.wallet), abi.encode(c.shares, refusal));
        return true;
    }

    function _lapses(bytes32 identity, Commitment memory c, bytes memory t) private returns (bool) {
        if (!_hasLapsed(c)) return false;
        _exclude(identity, c, t);
        _emit(CommitmentLapsed.selector, identity, _topic(c.wallet), abi.encode(c.shares, c.termsVersion));
        return true;
    }

    function _exclude(bytes32 identity, Commitment memory c, bytes memory t) private {
        c.state = CommitmentState.Excluded;
        _store(identity, c, t);
        _releasePlace(identity, t);
    }

    function _lockedUntil(bytes memory t) private view returns (uint64) {
        return IRoundRules(t.rules()).lockedUntil(block.timestamp).toUint64();
    }

    function _requireIssuer(bytes memory t) private view {
        address controller = ICompanies(t.directory()).controllerOf(t.companyId());
        if (msg.sender != controller) revert NotTheController(msg.sender, controller);
    }

    function _requireIssuerWhileOpen(Progress memory progress, bytes memory t) private view {
        _requireIssuer(t);
        _requireStatus(progress.status, RoundStatus.Open);
        uint256 end = _deadline(progress, t);
        if (block.timestamp >= end) revert DeadlinePassed(end, block.timestamp);
    }

    function _amendedDeadline(uint256 given, Progress memory progress, bytes memory t)
        private
        view
        returns (uint256 end)
    {
        uint256 current = progress.deadline == 0 ? t.deadline() : progress.deadline;
        if (given < current) revert DeadlineBroughtForward(given, current);
        uint256 latest = t.opensAt() + LONGEST_ROUND;
        if (given > latest) revert DeadlineTooLate(given, latest);
        end = IRoundRules(t.rules()).deadlineAfter(block.timestamp, given);
        return Math.max(end, block.timestamp + AMENDMENT_NOTICE);
    }
}
