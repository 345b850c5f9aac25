package io.fundtrail.proof;

import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import java.util.List;

/** Where a prover takes the state after one block from: a node. Nothing of it is believed. */
public interface StateSource {
  /** The code of an account. */
  Bytes code(Address address);

  /** The trie nodes to an account, and to some of its slots. */
  StateProof proof(Address address, List<Hash> slots);

  /**
   * Nodes of the state trie and of the account's storage trie.
   *
   * @param slotNodes for each slot asked for, in that order
   */
  record StateProof(List<Bytes> accountNodes, List<List<Bytes>> slotNodes) {
    public StateProof {
      accountNodes = List.copyOf(accountNodes);
      slotNodes = List.copyOf(slotNodes);
    }
  }
}
