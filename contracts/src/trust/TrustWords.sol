// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice Why a trust ended; None while it goes on.
enum EndReason {
    None,
    TrusteesDecided,
    LongStop,
    TooFewTrustees,
    PlanCompleted,
    RoundFailed,
    Revoked,
    BeneficiariesDecided,
    Vetoed
}

enum DisbursementStatus {
    None,
    Proposed,
    Approved,
    Suspended,
    Rejected,
    Vetoed,
    Executed
}

/// @notice One slot that every act reads: all money that came in as part of the fund (104 bits), what disbursements took
/// of it, the platform's fee included (104), a bit for each seat whose trustee is in office (40), the `EndReason` (8).
type FundWord is uint256;

/// @notice One slot for each tranche, its last attempt: what leaves the fund, the platform's fee included (104 bits); a bit
/// for each seat that approved (40) and that rejected (40); when the last approval needed was given, zero while approvals
/// are missing (40); how often the tranche has been proposed (16); the `DisbursementStatus` (8).
type DisbursementWord is uint256;

using {received, released, inOffice, ended, addReceived, addReleased, withOffice, withEnd} for FundWord global;
using {
    amount,
    approvals,
    rejections,
    approvedAt,
    attempt,
    status,
    withSupport,
    withoutSupport,
    withObjection,
    approvedFrom,
    withStatus
} for DisbursementWord global;

function received(FundWord f) pure returns (uint256) {
    return uint104(FundWord.unwrap(f));
}

function released(FundWord f) pure returns (uint256) {
    return uint104(FundWord.unwrap(f) >> 104);
}

function inOffice(FundWord f) pure returns (uint256) {
    return uint40(FundWord.unwrap(f) >> 208);
}

function ended(FundWord f) pure returns (EndReason) {
    return EndReason(FundWord.unwrap(f) >> 248);
}

/// @param more fits with what was received in 104 bits
function addReceived(FundWord f, uint256 more) pure returns (FundWord) {
    return FundWord.wrap(FundWord.unwrap(f) + more);
}

/// @param more is no more than was received
function addReleased(FundWord f, uint256 more) pure returns (FundWord) {
    return FundWord.wrap(FundWord.unwrap(f) + (more << 104));
}

/// @notice A trustee takes or leaves a seat.
function withOffice(FundWord f, uint256 seat) pure returns (FundWord) {
    return FundWord.wrap(FundWord.unwrap(f) ^ 1 << 208 + seat);
}

/// @notice A trust that went on ends.
function withEnd(FundWord f, EndReason reason) pure returns (FundWord) {
    return FundWord.wrap(FundWord.unwrap(f) | uint256(reason) << 248);
}

function amount(DisbursementWord d) pure returns (uint256) {
    return uint104(DisbursementWord.unwrap(d));
}

function approvals(DisbursementWord d) pure returns (uint256) {
    return uint40(DisbursementWord.unwrap(d) >> 104);
}

function rejections(DisbursementWord d) pure returns (uint256) {
    return uint40(DisbursementWord.unwrap(d) >> 144);
}

function approvedAt(DisbursementWord d) pure returns (uint256) {
    return uint40(DisbursementWord.unwrap(d) >> 184);
}

function attempt(DisbursementWord d) pure returns (uint256) {
    return uint16(DisbursementWord.unwrap(d) >> 224);
}

function status(DisbursementWord d) pure returns (DisbursementStatus) {
    return DisbursementStatus(DisbursementWord.unwrap(d) >> 240);
}

function newAttempt(uint256 amount_, uint256 attempt_) pure returns (DisbursementWord) {
    uint256 word = amount_ | attempt_ << 224;
    return DisbursementWord.wrap(word | uint256(DisbursementStatus.Proposed) << 240);
}

/// @notice The seat approves, and does not reject any more.
function withSupport(DisbursementWord d, uint256 seat) pure returns (DisbursementWord) {
    return DisbursementWord.wrap(DisbursementWord.unwrap(d) & ~(1 << 144 + seat) | 1 << 104 + seat);
}

/// @notice The seat rejects, and does not approve any more.
function withObjection(DisbursementWord d, uint256 seat) pure returns (DisbursementWord) {
    return DisbursementWord.wrap(DisbursementWord.unwrap(d) & ~(1 << 104 + seat) | 1 << 144 + seat);
}

/// @notice Approvals are missing.
function withoutSupport(DisbursementWord d) pure returns (DisbursementWord) {
    return withStatus(
        DisbursementWord.wrap(DisbursementWord.unwrap(d) & ~(uint256(type(uint40).max) << 184)),
        DisbursementStatus.Proposed
    );
}

/// @notice The last approval needed is given at `time`.
function approvedFrom(DisbursementWord d, uint256 time) pure returns (DisbursementWord) {
    return withStatus(
        DisbursementWord.wrap(DisbursementWord.unwrap(d) & ~(uint256(type(uint40).max) << 184) | time << 184),
        DisbursementStatus.Approved
    );
}

function withStatus(DisbursementWord d, DisbursementStatus status_) pure returns (DisbursementWord) {
    return DisbursementWord.wrap(uint240(DisbursementWord.unwrap(d)) | uint256(status_) << 240);
}
