package io.fundtrail.app.demo;

import io.fundtrail.model.ShareCount;
import io.fundtrail.model.TokenAmount;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Shares that somebody wants of an offering at a time. How a reported total splits into pledges is
 * synthetic: only the total is filed, and in some reports the number of investors.
 *
 * @param overMaximum whether it comes when the round is full
 */
record Pledge(Offering offering, Instant time, ShareCount shares, boolean overMaximum) {
  /**
   * Reports of failure say that nothing was sold, not what was committed: so much of the target.
   */
  private static final int PERCENT_OF_A_MISSED_TARGET = 55;

  private static final Duration AFTERNOON = Duration.ofHours(15);
  private static final long THOUSAND_DOLLARS = 1_000_000_000;

  TokenAmount amount() {
    return shares.times(offering.price());
  }

  /** The pledges of an offering, in no order; the same at every run. */
  static List<Pledge> of(Offering offering) {
    long total =
        offering.missesItsTarget()
            ? count(offering.minimum()) * PERCENT_OF_A_MISSED_TARGET / 100
            : count(offering.sellable());
    if (total == 0) {
      return List.of();
    }
    Random random = new Random(offering.fileNumber().hashCode());
    List<Pledge> pledges = new ArrayList<>();
    for (long shares : split(total, investors(offering, total), random)) {
      Instant time = timeOfDay(1 + random.nextInt(days(offering) - 4), offering);
      pledges.add(new Pledge(offering, time, ShareCount.of(shares), false));
    }
    if (!offering.excess().isZero()) {
      Instant afterTheOthers = timeOfDay(days(offering) - 2, offering);
      pledges.add(new Pledge(offering, afterTheOthers, offering.excess(), true));
    }
    return pledges;
  }

  /** As reported; else from 7 for a thousand dollars to about 30 for five million. */
  private static int investors(Offering offering, long shares) {
    long thousands =
        ShareCount.of(shares).times(offering.price()).units().longValueExact() / THOUSAND_DOLLARS;
    int byAmount = 5 + 2 * (Long.SIZE - Long.numberOfLeadingZeros(Math.max(1, thousands)));
    return (int) Math.min(offering.investors().orElse(byAmount), shares);
  }

  /** Whole shares, at least one each, of uneven size. */
  private static long[] split(long total, int parts, Random random) {
    long[] weights = random.ints(parts, 10, 100).mapToLong(side -> (long) side * side).toArray();
    long sum = Arrays.stream(weights).sum();
    long beyondOneEach = total - parts;
    long[] shares =
        Arrays.stream(weights)
            .map(weight -> 1 + Math.multiplyExact(beyondOneEach, weight) / sum)
            .toArray();
    shares[0] += total - Arrays.stream(shares).sum();
    return shares;
  }

  private static Instant timeOfDay(int day, Offering offering) {
    return offering.opensAt().plus(Duration.ofDays(day)).plus(AFTERNOON);
  }

  private static int days(Offering offering) {
    return (int) Duration.between(offering.opensAt(), offering.deadline()).toDays();
  }

  private static long count(ShareCount shares) {
    return shares.shares().longValueExact();
  }
}
