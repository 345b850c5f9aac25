// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IInvestorRegistry} from "../identity/IInvestorRegistry.sol";
import {InvestmentLimits} from "../identity/InvestmentLimits.sol";
import {HistoryChain} from "../ledger/HistoryChain.sol";
import {ICompanies} from "../ledger/ICompanies.sol";
import {ShareToken} from "../share/ShareToken.sol";
import {Commitment, Commitments} from "./Commitments.sol";
import {RoundEvents, RoundStatus} from "./RoundEvents.sol";
import {RoundTermsCodec} from "./RoundTerms.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title RoundState
/// @notice What a round remembers, and how its money goes out: in full, or pro rata after the token's issuer took some.
abstract contract RoundState is RoundEvents, HistoryChain, ReentrancyGuardTransient {
    using Commitments for Commitment;
    using RoundTermsCodec for bytes;
    using SafeERC20 for IERC20;

    /// @param amendments so far; the version of the terms is one more
    /// @param deadline as amended; zero while it is the one of the terms
    /// @param earlyCloseAt announced end of commitments before the deadline; zero when none stands
    /// @param commitments places given so far, those of cancelled commitments included
    /// @param escrowedShares whose money is here for those who committed it
    /// @param reflectionEnd when the last window of cancellation of a single commitment ends
    struct Progress {
        RoundStatus status;
        bool paused;
        uint16 amendments;
        uint40 deadline;
        uint40 earlyCloseAt;
        uint32 commitments;
        uint64 escrowedShares;
        uint40 reflectionEnd;
    }

    /// @param passedShares of the tally's total, those whose place settlement has passed
    struct Counting {
        uint40 closedAt;
        uint32 tallied;
        uint32 settled;
        uint64 passedShares;
    }

    /// @param eligibleShares the tally's total
    /// @param affiliatedShares of that total, those of the issuer and its affiliates
    /// @param outsideShares of those sold, all but the issuer's and its affiliates'
    struct Outcome {
        uint64 eligibleShares;
        uint64 affiliatedShares;
        uint64 soldShares;
        uint64 outsideShares;
    }

    struct Credits {
        uint128 proceeds;
        uint128 fee;
    }

    /// @param materialVersion the last version that asks everyone to reconfirm, by `reconfirmBy`
    struct Amendment {
        bytes32 termsHash;
        uint16 materialVersion;
        uint40 reconfirmBy;
    }

    /// @notice Whoever disagrees with an amendment has at least this long to leave.
    uint256 public constant AMENDMENT_NOTICE = 5 days;
    /// @notice The latest deadline that an amendment can set, in seconds from the opening.
    uint256 public constant LONGEST_ROUND = 3650 days;

    uint256 private constant BPS = 10_000;
    uint256 private constant MILLION = 1e6;

    IInvestorRegistry internal immutable REGISTRY;
    InvestmentLimits internal immutable LIMITS;

    Progress private _progress;
    Counting private _counting;
    Outcome private _outcome;
    Credits private _credits;
    Amendment private _amendment;
    mapping(bytes32 identity => uint256 packed) private _commitments;
    mapping(uint256 index => bytes32 identity) internal _order;

    constructor(IInvestorRegistry registry_, InvestmentLimits limits_) {
        REGISTRY = registry_;
        LIMITS = limits_;
    }

    // ------------------------------------------------------------------------------------------ remembering

    /// @dev Each slot is read and written in one place, for the size of the code.
    function _readProgress() internal view returns (Progress memory p) {
        // The members of `Progress` in their order, each from its bits of the one slot.
        assembly ("memory-safe") {
            let word := sload(_progress.slot)
            mstore(p, and(word, 0xff))
            mstore(add(p, 0x20), and(shr(8, word), 0xff))
            mstore(add(p, 0x40), and(shr(16, word), 0xffff))
            mstore(add(p, 0x60), and(shr(32, word), 0xffffffffff))
            mstore(add(p, 0x80), and(shr(72, word), 0xffffffffff))
            mstore(add(p, 0xa0), and(shr(112, word), 0xffffffff))
            mstore(add(p, 0xc0), and(shr(144, word), 0xffffffffffffffff))
            mstore(add(p, 0xe0), shr(208, word))
        }
    }

    /// @dev The whole slot at once; the compiler would read and write it member by member.
    function _write(Progress memory p) internal {
        uint256 word = uint256(p.status) | (p.paused ? 1 << 8 : 0) | uint256(p.amendments) << 16 | uint256(p.deadline)
            << 32 | uint256(p.earlyCloseAt) << 72 | uint256(p.commitments) << 112 | uint256(p.escrowedShares) << 144
            | uint256(p.reflectionEnd) << 208;
        assembly ("memory-safe") {
            sstore(_progress.slot, word)
        }
    }

    function _readCounting() internal view returns (Counting memory) {
        return _counting;
    }

    function _write(Counting memory counting) internal {
        _counting = counting;
    }

    function _readOutcome() internal view returns (Outcome memory) {
        return _outcome;
    }

    function _write(Outcome memory result) internal {
        _outcome = result;
    }

    function _readCredits() internal view returns (Credits memory) {
        return _credits;
    }

    function _write(Credits memory owing) internal {
        _credits = owing;
    }

    function _readAmendment() internal view returns (Amendment memory) {
        return _amendment;
    }

    function _write(Amendment memory amended) internal {
        _amendment = amended;
    }

    function _requireStatus(RoundStatus status, RoundStatus required) internal pure {
        if (status != required) revert WrongStatus(status, required);
    }

    function _requireUntallied(Progress memory progress) internal view {
        RoundStatus status_ = progress.status;
        if (status_ == RoundStatus.Open) return;
        if (status_ != RoundStatus.Tallying || _readCounting().tallied > 0) {
            revert WrongStatus(status_, RoundStatus.Open);
        }
    }

    function _requireVersion(uint16 termsVersion, Progress memory progress) internal pure {
        uint256 current = uint256(progress.amendments) + 1;
        if (termsVersion != current) revert TermsVersionDiffers(termsVersion, current);
    }

    // ------------------------------------------------------------------------------------------ commitments

    function _load(bytes32 identity, bytes memory t) internal view returns (Commitment memory c) {
        c.unpackInto(_commitments[identity], t.opensAt());
    }

    function _store(bytes32 identity, Commitment memory commitment, bytes memory t) internal {
        _commitments[identity] = commitment.pack(t.opensAt());
    }

    function _forget(bytes32 identity) internal {
        delete _commitments[identity];
    }

    /// @dev In millionths of the currency, rounded up, so that no fraction passes a limit.
    function _millionths(uint256 shares, bytes memory t) internal pure returns (uint256) {
        uint256 amount = shares * t.price();
        uint256 decimals = t.currencyDecimals();
        return decimals == 6 ? amount : Math.mulDiv(amount, MILLION, 10 ** decimals, Math.Rounding.Ceil);
    }

    /// @dev Gives back to the person's yearly limit what `shares` more than `kept` counted.
    function _releaseLimit(bytes32 identity, Commitment memory c, uint256 kept, bytes memory t) internal {
        if (!t.countsPersons()) return;
        uint256 amount = _millionths(c.shares, t);
        if (kept > 0) amount -= _millionths(kept, t);
        LIMITS.release(t.id(), identity, t.regime(), t.currency(), c.committedAt / 1 days, amount);
    }

    /// @dev The end of commitments as it stands: an early close that was announced lapses when the minimum is missed then.
    function _deadline(Progress memory progress, bytes memory t) internal view returns (uint256) {
        uint256 early = progress.earlyCloseAt;
        if (early != 0 && (block.timestamp < early || progress.escrowedShares >= t.minimumShares())) return early;
        uint256 amended = progress.deadline;
        return amended == 0 ? t.deadline() : amended;
    }

    /// @dev Whether a reconfirmation was asked of this commitment in vain.
    function _hasLapsed(Commitment memory c) internal view returns (bool) {
        Amendment memory last = _readAmendment();
        return c.termsVersion < last.materialVersion && block.timestamp >= last.reconfirmBy;
    }

    // ------------------------------------------------------------------------------------------ money

    /// @dev What others push to a wallet would be lost with its key: they wait for a recovery to end and to arrive here.
    function _requirePushable(bytes32 identity, address wallet) internal view {
        if (msg.sender == wallet) return;
        if (REGISTRY.recoveryAnnounced(identity) || REGISTRY.currentWalletOf(identity) != wallet) {
            revert RecoveryPending(identity);
        }
    }

    /// @dev Pays in full, or pro rata when the token's issuer took money away from this contract. Less than is owed is
    /// taken by its owner alone: others could otherwise make a passing shortfall final.
    function _pay(address token, address to, uint256 amount, uint256 owed) internal returns (uint256 paid) {
        uint256 held = IERC20(token).balanceOf(address(this));
        paid = amount;
        if (held < owed) {
            if (msg.sender != to) revert ShortfallNotAccepted(msg.sender, to, held, owed);
            paid = Math.mulDiv(amount, held, owed);
            _emit(Shortfall.selector, abi.encode(held, owed));
        }
        IERC20(token).safeTransfer(to, paid);
    }

    /// @dev Credits arise in settlement only.
    function _owed(Progress memory progress, bytes memory t) internal view returns (uint256 owed) {
        owed = progress.escrowedShares * t.price();
        if (progress.status == RoundStatus.Settling || progress.status == RoundStatus.Settled) {
            Credits memory owing = _readCredits();
            owed += uint256(owing.proceeds) + owing.fee;
        }
    }

    /// @dev The fee on all shares sold so far; a trust that holds the proceeds takes it at each release instead.
    function _feeOn(uint256 soldShares, bytes memory t) internal pure returns (uint256) {
        return t.trust() == address(0) ? soldShares * t.price() * t.feeBps() / BPS : 0;
    }

    // ------------------------------------------------------------------------------------------ the end

    function _fail(Progress memory progress, uint256 eligibleShares, bytes memory t) internal {
        progress.status = RoundStatus.Failed;
        _write(progress);
        _emit(RoundFailed.selector, abi.encode(eligibleShares, t.minimumShares()));
        _end(0, t);
    }

    function _cancelRound(bytes32 reason, bytes memory t) internal {
        Progress memory progress = _readProgress();
        if (progress.status > RoundStatus.Tallying) revert WrongStatus(progress.status, RoundStatus.Open);
        progress.status = RoundStatus.Cancelled;
        _write(progress);
        _emit(RoundCancelled.selector, _topic(msg.sender), abi.encode(reason));
        _end(0, t);
    }

    /// @dev Frees the shares and the issuer's allowance that were kept for this round and not sold.
    function _end(uint256 soldShares, bytes memory t) internal {
        ShareToken(t.shareClass()).releaseReservation();
        LIMITS.settleOffering(
            t.id(),
            ICompanies(t.directory()).issuerKey(t.companyId()),
            t.regime(),
            t.currency(),
            _millionths(t.maximumShares(), t),
            _millionths(soldShares, t)
        );
    }

    function _releasePlace(bytes32 identity, bytes memory t) internal {
        if (t.isCapped()) ShareToken(t.shareClass()).releasePlace(identity);
    }
}
