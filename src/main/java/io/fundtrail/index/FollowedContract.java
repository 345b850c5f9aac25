package io.fundtrail.index;

import io.fundtrail.model.Address;

/**
 * A contract whose whole history the index keeps.
 *
 * @param bornBlock a block before which it has logged nothing: the one that created it, if known
 */
public record FollowedContract(Address address, ContractKind kind, long bornBlock) {
  public FollowedContract {
    if (bornBlock < 0) {
      throw new IllegalArgumentException(
          "a contract's first block must be 0 or more, not " + bornBlock);
    }
  }
}
