package io.fundtrail.model;

/**
 * What an answer is true of: the block it was read at, how final the chain held that block to be,
 * and the last block through which every followed contract's history was checked against its proven
 * head (which may lie beyond the block of an answer about the past).
 */
public record AsOf(BlockRef block, String finality, long verifiedThrough) {
  public AsOf {
    if (finality.isBlank()) {
      throw new IllegalArgumentException("finality must be named");
    }
    if (verifiedThrough < 0) {
      throw new IllegalArgumentException(
          "verified-through block must be 0 or more, not " + verifiedThrough);
    }
  }
}
