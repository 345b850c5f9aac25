package io.fundtrail.app;

import io.fundtrail.model.Address;

/**
 * The contracts from which a ledger is followed; everything else is found from their events.
 *
 * @param startBlock the block in which the first of them was created, or an earlier one
 */
public record Deployment(
    long chainId,
    Address directory,
    Address authority,
    Address registry,
    Address limits,
    long startBlock) {
  public Deployment {
    if (startBlock < 1) {
      throw new IllegalArgumentException(
          "contracts are created in block 1 or later, not in block " + startBlock);
    }
  }

  Deployment startingAt(long block) {
    return new Deployment(chainId, directory, authority, registry, limits, block);
  }
}
