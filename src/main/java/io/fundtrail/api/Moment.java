package io.fundtrail.api;

import io.fundtrail.model.Hash;
import java.time.Instant;

/** The state of the ledger that a request asks about. */
public sealed interface Moment {
  /** The last block that is indexed. */
  record Latest() implements Moment {}

  /** After this block. */
  record AtBlock(long number) implements Moment {}

  /** After the last block at or before this second. */
  record AtTime(Instant time) implements Moment {}

  /** The block to which the first page of a list was bound. */
  record Pinned(long number, Hash hash) implements Moment {}
}
