package io.fundtrail.index;

import io.fundtrail.model.BlockRef;
import io.fundtrail.model.RawLog;

/** One log of a followed contract, in its block. */
public record LogEntry(FollowedContract contract, BlockRef block, RawLog log) {
  public LogEntry {
    if (!log.address().equals(contract.address())) {
      throw new IllegalArgumentException(
          "a log of " + log.address() + " is no log of " + contract.address());
    }
    if (log.ref().blockNumber() != block.number() || !log.blockHash().equals(block.hash())) {
      throw new IllegalArgumentException(
          "a log of block %d (%s) is no log of %s"
              .formatted(log.ref().blockNumber(), log.blockHash(), block));
    }
  }
}
