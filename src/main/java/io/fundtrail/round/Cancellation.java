package io.fundtrail.round;

import io.fundtrail.model.ShareCount;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Until when an investor may take a commitment back: what the contract itself answers, worked out
 * from what is indexed. Of rules that this service does not know it says nothing.
 */
final class Cancellation {
  /** 17 CFR 227.304(a). */
  private static final Duration NO_CANCELLATION = Duration.ofDays(2);

  /** Regulation (EU) 2020/1503, article 22(2). */
  private static final Duration REFLECTION = Duration.ofDays(4);

  /** As the registry counts categories. */
  private static final int SOPHISTICATED = 2;

  private Cancellation() {}

  /** First second at which it is too late; empty where nothing can be cancelled any more. */
  static Optional<Instant> until(Commitment commitment, Round round, Instant now) {
    RoundState.Stage stage = round.state().stage();
    boolean untallied =
        stage.status() == RoundStatus.OPEN || stage.status() == RoundStatus.TALLYING;
    if (!commitment.isLive() || !untallied) {
      return Optional.empty();
    }
    Instant end = end(round, now);
    Optional<Instant> byRules = byRules(commitment, round.terms().regime(), end);
    if (commitment.agreement().termsVersion() >= stage.version().number()) {
      return byRules;
    }
    Instant reconfirmBy = stage.version().reconfirmBy();
    Instant agreed = reconfirmBy == null ? end : later(end, reconfirmBy);
    return byRules.map(until -> later(until, agreed));
  }

  private static Optional<Instant> byRules(Commitment commitment, String regime, Instant end) {
    return switch (regime) {
      case "US-REG-CF" -> Optional.of(end.minus(NO_CANCELLATION));
      case "EU-ECSPR" ->
          Optional.of(
              commitment.agreement().category() == SOPHISTICATED
                  ? commitment.committedAt()
                  : commitment.committedAt().plus(REFLECTION));
      case "US-REG-D-506C", "CN-PRIVATE", "OPEN" -> Optional.of(end);
      default -> Optional.empty();
    };
  }

  /** The deadline, or the early end that was announced, unless that comes without the minimum. */
  private static Instant end(Round round, Instant now) {
    RoundState.Stage stage = round.state().stage();
    Instant early = stage.earlyCloseAt();
    if (early != null && (now.isBefore(early) || reachesMinimum(round))) {
      return early;
    }
    return stage.version().deadline();
  }

  private static boolean reachesMinimum(Round round) {
    ShareCount held = round.state().escrow().held().shares();
    return held.compareTo(round.terms().minimumShares()) >= 0;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
