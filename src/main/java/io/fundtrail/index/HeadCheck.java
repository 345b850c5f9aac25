package io.fundtrail.index;

import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import java.util.Map;

/** Says whether the heads that logs fold to are those of the chain. */
interface HeadCheck {
  /**
   * Checks every head; zero says that the contract has logged nothing.
   *
   * @return false if it cannot be said for that block
   * @throws ContradictoryAnswer if a head is another
   */
  boolean verify(CheckedHeader at, Map<Address, Hash> heads);
}
