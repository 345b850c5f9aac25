package io.fundtrail.app;

import io.fundtrail.model.Address;
import java.util.Optional;

/**
 * The contracts from which a ledger is followed; everything else is found from their events.
 *
 * @param calendar of business days; empty when the node does not tell which rules were allowed
 * @param startBlock the block in which the first of them was created, or an earlier one
 */
public record Deployment(
    long chainId,
    Address directory,
    Address authority,
    Address registry,
    Address limits,
    Address recovery,
    Optional<Address> calendar,
    long startBlock) {
  public Deployment {
    if (startBlock < 1) {
      throw new IllegalArgumentException(
          "contracts are created in block 1 or later, not in block " + startBlock);
    }
  }

  Deployment startingAt(long block) {
    return new Deployment(
        chainId, directory, authority, registry, limits, recovery, calendar, block);
  }
}
