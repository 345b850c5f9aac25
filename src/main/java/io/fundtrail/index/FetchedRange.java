package io.fundtrail.index;

import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Consecutive blocks with everything that the followed contracts logged in them, and the heads to
 * which that folds.
 *
 * @param from first block
 * @param headers of all blocks if dense, else of those with a log and of the last
 * @param dense whether every block's header is there
 * @param earlier headers of blocks before the first, with the past of contracts that are announced
 * @param entries in the chain's order
 * @param announced contracts that are followed from this range on
 * @param changes every head after every block that changed it, in the chain's order
 * @param heads the last head of every contract that logged
 */
record FetchedRange(
    long from,
    List<CheckedHeader> headers,
    boolean dense,
    List<CheckedHeader> earlier,
    List<LogEntry> entries,
    List<FollowedContract> announced,
    List<Heads.Change> changes,
    Map<Address, Hash> heads) {
  CheckedHeader last() {
    return headers.getLast();
  }

  long to() {
    return last().number();
  }

  /** The hash of a block of which the header was read, or that of the next. */
  Optional<Hash> hashOf(long number) {
    for (CheckedHeader header : headers) {
      if (header.number() == number) {
        return Optional.of(header.hash());
      }
      if (header.number() == number + 1) {
        return Optional.of(header.parentHash());
      }
    }
    return Optional.empty();
  }
}
