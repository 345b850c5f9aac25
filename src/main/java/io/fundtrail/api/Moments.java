package io.fundtrail.api;

import io.fundtrail.model.AsOf;
import io.fundtrail.model.BlockRef;
import org.jdbi.v3.core.Handle;

/**
 * Finds the block that a request asks about, in the same snapshot of the database from which its
 * answer is read.
 */
public interface Moments {
  /**
   * What an answer about the moment is true of.
   *
   * @throws Problem if the index does not hold it, or no longer
   */
  AsOf asOf(Handle snapshot, Moment moment);

  /**
   * The block to bind a list's cursor to: the last one with an event of the ledger at or before the
   * answer's. Nothing changed between the two, and the index keeps it as long as the chain does.
   */
  BlockRef anchor(Handle snapshot, AsOf asOf);
}
