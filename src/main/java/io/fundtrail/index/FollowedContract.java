package io.fundtrail.index;

import io.fundtrail.model.Address;

/**
 * A contract whose whole history the index keeps.
 *
 * @param bornBlock the block that created it; it has logged nothing before
 */
public record FollowedContract(Address address, ContractKind kind, long bornBlock) {
  public FollowedContract {
    if (bornBlock < 1) {
      throw new IllegalArgumentException(
          "a contract is born in block 1 or later, not in block " + bornBlock);
    }
  }
}
