package io.fundtrail.app;

import io.fundtrail.api.Metrics;
import io.fundtrail.index.Checkpoint;
import io.fundtrail.round.StalledRounds;
import io.fundtrail.store.Database;
import io.fundtrail.store.DatabaseException;
import io.fundtrail.trust.StalledDisbursements;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** What Prometheus is told of settlements that anyone may move on, and that stand still. */
public final class StalledMetrics {
  /** Long enough for whoever settles by hand once a day. */
  static final Duration PATIENCE = Duration.ofHours(24);

  private StalledMetrics() {}

  /**
   * Adds what is known of a ledger.
   *
   * @param clock the chain's time; empty while it is not known
   */
  public static void add(Metrics metrics, Database database, Supplier<Optional<Instant>> clock) {
    metrics.counts(
        "fundtrail_stuck_settlements",
        "Settlements that anyone may move on and nobody has for 24 hours, by the step they need.",
        "step",
        () -> count(database, clock));
  }

  private static Map<String, Long> count(Database database, Supplier<Optional<Instant>> clock) {
    try {
      return database.read(handle -> count(handle, clock));
    } catch (RuntimeException e) {
      if (DatabaseException.isOutage(e)) {
        return Map.of();
      }
      throw e;
    }
  }

  private static Map<String, Long> count(Handle handle, Supplier<Optional<Instant>> clock) {
    Optional<Checkpoint> checkpoint = Checkpoint.read(handle);
    if (checkpoint.isEmpty()) {
      return Map.of();
    }
    long block = checkpoint.get().number();
    Instant since = clock.get().orElse(checkpoint.get().block().time()).minus(PATIENCE);
    Map<String, Long> counts = new LinkedHashMap<>(StalledRounds.count(handle, block, since));
    counts.put("execute", StalledDisbursements.count(handle, block, since));
    return counts;
  }
}
