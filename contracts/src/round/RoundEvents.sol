// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Refusal} from "../share/Refusal.sol";
import {CommitmentState} from "./Commitments.sol";
import {RoundOrigin, RoundTerms} from "./RoundTerms.sol";

enum RoundStatus {
    Open,
    Tallying,
    Settling,
    Settled,
    Failed,
    Cancelled
}

/// @title RoundEvents
/// @notice All that a round tells, in the order of its life, and all the reasons for which it refuses.
/// @dev Amounts are in the settlement token's smallest unit, times in seconds since 1970, UTC.
abstract contract RoundEvents {
    event Shortfall(uint256 held, uint256 owed);
    event RoundFailed(uint256 eligibleShares, uint256 minimumShares);
    event Committed(
        bytes32 indexed identity,
        address indexed wallet,
        uint256 shares,
        uint256 amount,
        uint256 commitmentShares,
        uint256 termsVersion,
        bool consent
    );
    event CommitmentCancelled(
        bytes32 indexed identity, address indexed wallet, uint256 shares, uint256 amount, uint256 commitmentShares
    );
    event CommitmentReconfirmed(bytes32 indexed identity, address indexed wallet, uint256 termsVersion);
    event CommitmentMoved(bytes32 indexed identity, address indexed from, address indexed to);
    event CommitmentRefunded(bytes32 indexed identity, address indexed wallet, uint256 shares, uint256 amount);
    event EarlyCloseLapsed(uint256 closeAt);
    event RoundClosed(uint256 commitments, uint256 committedShares);
    event CommitmentExcluded(bytes32 indexed identity, address indexed wallet, uint256 shares, Refusal reason);
    event CommitmentLapsed(bytes32 indexed identity, address indexed wallet, uint256 shares, uint256 termsVersion);
    event AffiliateTallied(bytes32 indexed identity, address indexed wallet, uint256 shares);
    event RoundTallied(uint256 eligibleShares, uint256 affiliatedShares);
    event CommitmentSettled(
        bytes32 indexed identity, address indexed wallet, uint256 shares, uint256 amount, uint256 fee, uint256 credit
    );
    event RoundSettled(uint256 soldShares, uint256 proceeds, uint256 fee);
    event CreditPaid(bytes32 indexed identity, address indexed wallet, uint256 shares, uint256 amount);
    event ProceedsPaid(address indexed recipient, uint256 amount);
    event FeePaid(address indexed recipient, uint256 amount);
    event RoundOpened(
        uint256 indexed companyId,
        address indexed shareClass,
        address indexed settlementToken,
        RoundTerms terms,
        RoundOrigin origin
    );
    event TermsAmended(
        uint256 indexed termsVersion, uint256 deadline, bytes32 termsHash, bool material, uint256 reconfirmBy
    );
    event EarlyCloseAnnounced(uint256 closeAt);
    event CommitsPaused(bool paused);
    event RoundCancelled(address indexed by, bytes32 reason);

    error WrongStatus(RoundStatus status, RoundStatus required);
    error ShortfallNotAccepted(address caller, address owner, uint256 held, uint256 owed);
    error RecoveryPending(bytes32 identity);
    error NotOpenYet(uint256 opensAt, uint256 time);
    error DeadlinePassed(uint256 deadline, uint256 time);
    error CommitsArePaused();
    error TermsVersionDiffers(uint256 given, uint256 current);
    error NotEligible(address wallet);
    error NoShares();
    error BelowMinimumTicket(uint256 shares, uint256 minimumTicket);
    error RoundFull(uint256 requested, uint256 available);
    error HoldsLessThanItOwes(uint256 held, uint256 owed);
    error WrongAmountReceived(uint256 received, uint256 expected);
    error NoCommitment(bytes32 identity);
    error NotTheInvestor(address caller, address wallet);
    error MoreThanCommitted(uint256 requested, uint256 committed);
    error CancellationClosed(uint256 cancellableUntil, uint256 time);
    error NothingToReconfirm(bytes32 identity, uint256 termsVersion);
    error ReconfirmationClosed(uint256 reconfirmBy, uint256 time);
    error NothingToMove(bytes32 identity, address wallet);
    error NotRefundable(bytes32 identity, CommitmentState state, RoundStatus status, uint256 refundableFrom);
    error TooEarlyToClose(uint256 earliest, uint256 time);
    error TooEarlyToTally(uint256 earliest, uint256 time);
    error NoCredit(bytes32 identity);
    error NothingToPay();
    error ZeroBatch();
    error NotTheController(address caller, address controller);
    error DeadlineBroughtForward(uint256 given, uint256 current);
    error DeadlineTooLate(uint256 deadline, uint256 latest);
    error EarlyCloseStands(uint256 closeAt);
    error EarlyCloseOutOfRange(uint256 closeAt, uint256 earliest, uint256 deadline);
    error NotInARound();
    error MinimumNotReached(uint256 committedShares, uint256 minimumShares);
}
