package io.fundtrail.app;

import io.fundtrail.index.CatchUp;
import io.fundtrail.index.Checkpoint;
import io.fundtrail.index.IndexState;
import io.fundtrail.index.IndexStatus;
import io.fundtrail.index.Indexer;
import io.fundtrail.model.BlockRef;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Watches an index that catches up, for whoever waits for it. */
record CatchingUp(Indexer indexer, CatchUpProgress progress) {
  private static final Duration BETWEEN = Duration.ofSeconds(1);

  /** Tells how far it is, until it does anything else than catch up, whatever that is. */
  void watch() throws InterruptedException {
    long from = -1;
    while (!indexer.await(status -> !isCatchingUp(status), BETWEEN)) {
      IndexStatus status = indexer.status();
      Optional<Long> at = status.checkpoint().map(Checkpoint::number);
      Optional<Long> head = status.chainHead().map(BlockRef::number);
      if (at.isPresent() && head.isPresent()) {
        from = from < 0 ? at.get() : Math.min(from, at.get());
        progress.indexed(
            at.get() - from,
            Math.max(head.get(), at.get()) - from,
            indexer.catchUp().map(CatchingUp::words).orElse(""));
      }
    }
  }

  static String words(CatchUp pace) {
    String rate = String.format(Locale.ROOT, "%,d events/s", Math.round(pace.eventsPerSecond()));
    return rate + pace.secondsLeft().map(left -> ", " + words(left) + " left").orElse("");
  }

  /** As {@code 45 s}, {@code 12 min} or {@code 3 h 20 min}. */
  private static String words(long seconds) {
    Duration left = Duration.ofSeconds(seconds);
    if (left.toMinutes() < 2) {
      return seconds + " s";
    }
    return left.toHours() < 2
        ? left.toMinutes() + " min"
        : left.toHours() + " h " + left.toMinutesPart() + " min";
  }

  private static boolean isCatchingUp(IndexStatus status) {
    return status.state() instanceof IndexState.CatchingUp;
  }
}
