package io.fundtrail.index;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Remembers how much was indexed when, as far back as a rate needs it. For one thread at a time.
 */
final class RecentPace {
  static final Duration WINDOW = Duration.ofSeconds(30);
  static final Duration LEAST = Duration.ofSeconds(1);

  private static final long BETWEEN = Duration.ofMillis(200).toNanos();
  private static final double SECOND = 1e9;

  private record Mark(long nanos, long blocks, long events) {}

  private final Deque<Mark> marks = new ArrayDeque<>();

  /** Takes note of how an index stands; what it does but to catch up has no pace. */
  void note(long now, IndexStatus status) {
    if (!(status.state() instanceof IndexState.CatchingUp)) {
      marks.clear();
      return;
    }
    if (!marks.isEmpty() && now - marks.getLast().nanos() < BETWEEN) {
      return;
    }
    marks.add(new Mark(now, status.throughput().blocks(), status.throughput().logs()));
    long since = now - WINDOW.toNanos();
    while (marks.size() > 1 && marks.getFirst().nanos() < since) {
      marks.removeFirst();
    }
  }

  /** The pace until now, if the index has been catching up for long enough to tell. */
  Optional<CatchUp> at(long now, IndexStatus status) {
    if (marks.isEmpty() || now - marks.getFirst().nanos() < LEAST.toNanos()) {
      return Optional.empty();
    }
    Mark first = marks.getFirst();
    double seconds = (now - first.nanos()) / SECOND;
    double blocks = (status.throughput().blocks() - first.blocks()) / seconds;
    double events = (status.throughput().logs() - first.events()) / seconds;
    return Optional.of(
        new CatchUp(
            events,
            blocks,
            status
                .blocksBehind()
                .filter(_ -> blocks > 0)
                .map(behind -> (long) Math.ceil(behind / blocks))));
  }
}
