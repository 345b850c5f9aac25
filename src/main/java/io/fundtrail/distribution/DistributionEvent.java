package io.fundtrail.distribution;

import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import io.fundtrail.model.ShareCount;
import io.fundtrail.model.TokenAmount;

/** What the distributions of a share class in one token tell. */
sealed interface DistributionEvent {
  record DistributionsOpened(long companyId, Address shareClass, Address settlementToken)
      implements DistributionEvent {}

  record DistributionDeclared(
      long id, Kind kind, int recordDate, TokenAmount amount, Address treasury, Hash documentHash)
      implements DistributionEvent {}

  record DistributionFunded(long id, TokenAmount amount) implements DistributionEvent {}

  /**
   * Holders may claim from now on.
   *
   * @param pool all that is distributed, what was carried from before included
   */
  record ClaimsOpened(
      long id, TokenAmount pool, ShareCount entitledShares, ShareCount treasuryShares)
      implements DistributionEvent {}

  /** Nobody but the company held shares, so it has the money back. */
  record DistributionReturned(long id, TokenAmount amount) implements DistributionEvent {}

  record DistributionClaimed(
      long id,
      Address holder,
      Address payee,
      TokenAmount entitlement,
      TokenAmount withheld,
      TokenAmount paid)
      implements DistributionEvent {}

  /**
   * What the holder is due goes to another from now on, or to itself again.
   *
   * @param payee zero for the holder itself
   */
  record PayeeSet(Address holder, Address payee) implements DistributionEvent {}

  /** A withholding rate was taken over for a record date and those after it. */
  record WithholdingNoted(Address holder, int recordDate, int withholdingBps)
      implements DistributionEvent {}

  record DustCarried(long id, TokenAmount amount) implements DistributionEvent {}

  /**
   * The company was paid what was withheld or came back.
   *
   * @param credit what it had been credited with
   */
  record CompanyPaid(TokenAmount amount, TokenAmount credit) implements DistributionEvent {}
}
