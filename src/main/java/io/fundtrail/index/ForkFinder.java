package io.fundtrail.index;

import io.fundtrail.chain.BlockHead;
import io.fundtrail.chain.ChainReader;
import io.fundtrail.model.BlockRef;
import io.fundtrail.store.Database;
import java.util.List;
import java.util.Optional;

/** Finds the last kept block that is still on the chain. */
final class ForkFinder {
  private static final int PAGE = 100;

  private final Database database;
  private final ChainReader chain;

  ForkFinder(Database database, ChainReader chain) {
    this.database = database;
    this.chain = chain;
  }

  /** The highest kept block, at {@code highest} or below, that the chain has too. */
  Optional<BlockRef> lastCommonBlock(long highest) {
    long next = highest;
    while (next >= 0) {
      long from = next;
      List<BlockRef> kept = database.read(handle -> Blocks.downFrom(handle, from, PAGE));
      if (kept.isEmpty()) {
        return Optional.empty();
      }
      List<BlockHead> now = chain.headers(kept.stream().map(BlockRef::number).toList());
      for (int i = 0; i < kept.size(); i++) {
        if (now.get(i).hash().equals(kept.get(i).hash())) {
          return Optional.of(kept.get(i));
        }
      }
      next = kept.getLast().number() - 1;
    }
    return Optional.empty();
  }
}
