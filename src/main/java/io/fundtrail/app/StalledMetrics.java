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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What Prometheus is told of settlements that anyone may move on, and that stand still. Not known
 * while the database is away, for which nobody who asks is kept waiting.
 */
public final class StalledMetrics {
  /** Long enough for whoever settles by hand once a day. */
  static final Duration PATIENCE = Duration.ofHours(24);

  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(1);

  private final Database database;
  private final Supplier<Optional<Instant>> clock;
  private @Nullable CompletableFuture<Map<String, Long>> reading;

  private StalledMetrics(Database database, Supplier<Optional<Instant>> clock) {
    this.database = database;
    this.clock = clock;
  }

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
        new StalledMetrics(database, clock)::counts);
  }

  private Map<String, Long> counts() {
    try {
      return reading().get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return Map.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Map.of();
    } catch (ExecutionException e) {
      if (DatabaseException.isOutage(e)) {
        return Map.of();
      }
      throw new IllegalStateException("stuck settlements cannot be counted", e);
    }
  }

  /** One at a time: a database that does not answer is not asked again. */
  private synchronized CompletableFuture<Map<String, Long>> reading() {
    if (reading == null || reading.isDone()) {
      reading =
          CompletableFuture.supplyAsync(
              () -> database.read(this::count), task -> Thread.ofVirtual().start(task));
    }
    return reading;
  }

  private Map<String, Long> count(Handle handle) {
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
