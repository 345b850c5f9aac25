package io.fundtrail.chain;

import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A block as the block log keeps it.
 *
 * @param hash what it was mined to; empty where the process ended before that was written
 */
record LoggedBlock(long number, Instant time, List<Bytes> transactions, Optional<Hash> hash) {
  LoggedBlock {
    transactions = List.copyOf(transactions);
  }
}
