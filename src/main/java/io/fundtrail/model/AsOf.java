package io.fundtrail.model;

/**
 * What an answer is true of: the block it was read at, how final the chain held that block to be,
 * and the last block through which every followed contract's history was checked against its proven
 * head.
 *
 * @param lasting whether the block was asked for, is final and verified: what is true of it then
 *     has been said for good
 */
public record AsOf(BlockRef block, String finality, long verifiedThrough, boolean lasting) {
  public AsOf {
    if (finality.isBlank()) {
      throw new IllegalArgumentException("finality must be named");
    }
    if (verifiedThrough < 0) {
      throw new IllegalArgumentException(
          "verified-through block must be 0 or more, not " + verifiedThrough);
    }
  }

  /** The same of another block, which was not verified as this one was. */
  public AsOf of(BlockRef other) {
    return other.equals(block) ? this : new AsOf(other, finality, verifiedThrough, false);
  }

  /** What was not asked for by its block, or may still change. */
  public AsOf(BlockRef block, String finality, long verifiedThrough) {
    this(block, finality, verifiedThrough, false);
  }
}
