package io.fundtrail.model;

import java.util.Comparator;

/** Where a log stands: its block and its index within that block. Ordered as on the chain. */
public record LogRef(long blockNumber, int logIndex) implements Comparable<LogRef> {
  private static final Comparator<LogRef> ORDER =
      Comparator.comparingLong(LogRef::blockNumber).thenComparingInt(LogRef::logIndex);

  public LogRef {
    if (blockNumber < 0) {
      throw new IllegalArgumentException("block number must be 0 or more, not " + blockNumber);
    }
    if (logIndex < 0) {
      throw new IllegalArgumentException("log index must be 0 or more, not " + logIndex);
    }
  }

  @Override
  public int compareTo(LogRef other) {
    return ORDER.compare(this, other);
  }
}
