package io.fundtrail.proof;

import io.fundtrail.model.Address;
import io.fundtrail.proof.Refusal.RefusedBundle;

/** The contracts of a ledger after one block. */
interface State {
  /** A contract whose code, and all code that runs on its storage, is of the published list. */
  Contract contract(Address address) throws RefusedBundle;

  /**
   * One of them.
   *
   * @param terms of a clone; {@link Terms#NONE} of another contract
   */
  record Contract(Address address, ContractCode code, Terms terms, Storage storage) {
    void requireKind(String name) throws RefusedBundle {
      if (!code.contract().equals(name)) {
        throw Refusal.OTHER_CONTRACT.because(
            address + " is a " + code.contract() + ", not a " + name);
      }
    }
  }
}
