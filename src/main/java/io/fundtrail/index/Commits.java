package io.fundtrail.index;

import java.time.Duration;

/**
 * The transactions that an index committed, counted. Who reads the count before the database, and
 * then waits for a higher one, misses nothing.
 */
public interface Commits {
  /** How many there were; it never goes back. */
  long count();

  /** Waits until there were more; false when there were not within the limit. */
  boolean awaitMore(long than, Duration limit) throws InterruptedException;
}
