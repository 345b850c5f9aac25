package io.fundtrail.distribution;

import io.fundtrail.distribution.DistributionEvent.ClaimsOpened;
import io.fundtrail.distribution.DistributionEvent.DistributionClaimed;
import io.fundtrail.distribution.DistributionEvent.DistributionDeclared;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.LogRef;
import io.fundtrail.model.ShareCount;
import io.fundtrail.model.TokenAmount;
import java.time.Instant;

/**
 * One payment to the holders of a share class, after a block.
 *
 * @param declared by the company, in this event
 * @param pool all that is distributed, what was carried from before included; zero until claims
 *     open
 * @param unclaimed of the pool; it waits for its holders and is never swept
 */
record Distribution(
    DistributionDeclared terms,
    LogRef declared,
    Instant declaredAt,
    Status status,
    TokenAmount pool,
    ShareCount entitledShares,
    ShareCount treasuryShares,
    int claims,
    TokenAmount paid,
    TokenAmount withheld,
    TokenAmount unclaimed) {

  static Distribution declared(DistributionDeclared terms, LogRef ref, BlockRef block) {
    return new Distribution(
        terms,
        ref,
        block.time(),
        Status.DECLARED,
        TokenAmount.ZERO,
        ShareCount.ZERO,
        ShareCount.ZERO,
        0,
        TokenAmount.ZERO,
        TokenAmount.ZERO,
        TokenAmount.ZERO);
  }

  Distribution in(Status now) {
    return new Distribution(
        terms,
        declared,
        declaredAt,
        now,
        pool,
        entitledShares,
        treasuryShares,
        claims,
        paid,
        withheld,
        unclaimed);
  }

  Distribution open(ClaimsOpened event) {
    return new Distribution(
        terms,
        declared,
        declaredAt,
        Status.OPEN,
        event.pool(),
        event.entitledShares(),
        event.treasuryShares(),
        claims,
        paid,
        withheld,
        event.pool());
  }

  Distribution claim(DistributionClaimed event) {
    return new Distribution(
        terms,
        declared,
        declaredAt,
        status,
        pool,
        entitledShares,
        treasuryShares,
        claims + 1,
        paid.plus(event.paid()),
        withheld.plus(event.withheld()),
        unclaimed.minus(event.entitlement()));
  }

  /** After the last claim: what no share divides is kept for the next distribution. */
  Distribution carry(TokenAmount dust) {
    return new Distribution(
        terms,
        declared,
        declaredAt,
        status,
        pool,
        entitledShares,
        treasuryShares,
        claims,
        paid,
        withheld,
        unclaimed.minus(dust));
  }
}
