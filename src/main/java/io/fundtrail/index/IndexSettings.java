package io.fundtrail.index;

import io.fundtrail.chain.Finality;
import io.fundtrail.model.Address;
import java.time.Duration;

/**
 * What an index is of and how it follows.
 *
 * @param directory the Directory of the ledger
 * @param embedded whether the chain is the service's own, so that a lost or replaced one is no
 *     reason to stop, but to begin again
 * @param pollInterval how long to wait for a next block, unless woken
 * @param rangeBlocks most blocks to read at once
 * @param rangeLogs most logs to store in one transaction, unless one block has more
 * @param verification what the logs of a range are compared with
 */
public record IndexSettings(
    Address directory,
    Finality finality,
    boolean embedded,
    Duration pollInterval,
    int rangeBlocks,
    int rangeLogs,
    Verification verification) {
  public IndexSettings {
    if (pollInterval.isNegative() || pollInterval.isZero()) {
      throw new IllegalArgumentException(
          "the poll interval must be more than 0, not " + pollInterval);
    }
    if (rangeBlocks < 1 || rangeLogs < 1) {
      throw new IllegalArgumentException(
          "a range has 1 block and 1 log or more, not %d and %d".formatted(rangeBlocks, rangeLogs));
    }
  }

  /** For the node that the service runs itself. */
  public static IndexSettings embedded(Address directory) {
    return new IndexSettings(
        directory,
        new Finality.Immediate(),
        true,
        Duration.ofMillis(500),
        10_000,
        20_000,
        Verification.HEADS);
  }

  /** For a chain that others run. */
  public static IndexSettings external(Address directory, Finality finality) {
    return new IndexSettings(
        directory, finality, false, Duration.ofSeconds(2), 10_000, 20_000, Verification.HEADS);
  }

  /** The same, with logs compared otherwise. */
  public IndexSettings verifying(Verification other) {
    return new IndexSettings(
        directory, finality, embedded, pollInterval, rangeBlocks, rangeLogs, other);
  }
}
