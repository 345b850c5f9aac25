package io.fundtrail.index;

import io.fundtrail.model.Address;

/**
 * A contract whose whole history the index keeps.
 *
 * @param bornBlock a block before which it has logged nothing: the one that created it, if known
 * @param announcedBlock in which it became known that it is to be followed
 */
public record FollowedContract(
    Address address, ContractKind kind, long bornBlock, long announcedBlock) {
  public FollowedContract {
    if (bornBlock < 0 || announcedBlock < bornBlock) {
      throw new IllegalArgumentException(
          "a contract's first block must be 0 or more and not after the block %d that announced it, not %d"
              .formatted(announcedBlock, bornBlock));
    }
  }

  /** A contract that is followed from its birth on. */
  public FollowedContract(Address address, ContractKind kind, long bornBlock) {
    this(address, kind, bornBlock, bornBlock);
  }
}
