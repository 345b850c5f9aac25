package io.fundtrail.trust;

import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import io.fundtrail.model.TokenAmount;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a trust tells of itself. */
sealed interface TrustEvent {
  /** The deed's single values; null where it names nobody and nothing. */
  record TrustOpened(
      long companyId,
      Address settlor,
      @Nullable Address protector,
      @Nullable Address settlementToken,
      @Nullable Address shareClass,
      int threshold,
      Duration challengePeriod,
      Duration vacancyPeriod,
      Instant longStop,
      int platformFeeBps,
      int trusteeFeeBps,
      boolean spendthrift,
      boolean revocable,
      boolean vetoEnds,
      int voteOpeningBps,
      int voteQuorumBps,
      int voteMajorityBps,
      Duration voteDuration,
      Hash deedHash)
      implements TrustEvent {}

  /** A step of the release plan; the recipient is null for whoever controls the company. */
  record TranchePlanned(
      int tranche,
      @Nullable Address recipient,
      boolean inShares,
      boolean milestone,
      int follows,
      int shareBps,
      Instant notBefore,
      TokenAmount amount)
      implements TrustEvent {}

  record BeneficiaryNamed(Address wallet, long units) implements TrustEvent {}

  record RoundBound(Address round) implements TrustEvent {}

  record TrusteeSeated(int seat, Address trustee) implements TrustEvent {}

  /** A court ordered it; carried out from then on by a second party. */
  record RemovalOrdered(Address trustee, Instant executableFrom, Hash documentHash)
      implements TrustEvent {}

  record TrusteeResigned(int seat) implements TrustEvent {}

  record TrusteeLeft(int seat, Departure departure) implements TrustEvent {}

  record StatementAttested(
      Address trustee, Instant periodStart, Instant periodEnd, Hash documentHash)
      implements TrustEvent {}

  /**
   * The trust ended.
   *
   * @param money that those entitled share
   */
  record TrustEnded(EndReason reason, TokenAmount money) implements TrustEvent {}

  record FundReceived(Address asset, TokenAmount amount) implements TrustEvent {}

  record DisbursementProposed(
      long disbursement, int tranche, Address proposer, TokenAmount amount, Hash evidence)
      implements TrustEvent {}

  /**
   * With the approval the last one needed, it can be executed from a time on.
   *
   * @param trustee zero where time alone makes it due
   */
  record DisbursementApproved(long disbursement, Address trustee, @Nullable Instant executableFrom)
      implements TrustEvent {}

  record DisbursementObjected(long disbursement, Address trustee) implements TrustEvent {}

  record DisbursementRejected(long disbursement) implements TrustEvent {}

  record DisbursementVetoed(long disbursement) implements TrustEvent {}

  record DisbursementSuspended(long disbursement, Address vote) implements TrustEvent {}

  record DisbursementResumed(long disbursement) implements TrustEvent {}

  record DisbursementExecuted(
      long disbursement, Address recipient, Address asset, TokenAmount amount, TokenAmount fee)
      implements TrustEvent {}

  /** Units go from one listed beneficiary to another, by assignment or after a recovery. */
  record UnitsMoved(Address from, Address to, long units) implements TrustEvent {}

  record InterestPaid(Hash beneficiary, Address wallet, Address asset, TokenAmount amount)
      implements TrustEvent {}

  record TrusteeFeePaid(TokenAmount amount) implements TrustEvent {}

  record FeePaid(TokenAmount amount) implements TrustEvent {}

  record Shortfall() implements TrustEvent {}
}
