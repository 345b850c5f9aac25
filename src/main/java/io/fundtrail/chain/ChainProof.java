package io.fundtrail.chain;

import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import java.util.List;

/**
 * What eth_getProof (EIP-1186) gives for one account, unverified: trie nodes from the state root to
 * the account, and from its storage root to each slot.
 */
public record ChainProof(Address address, List<Bytes> accountNodes, List<Slot> slots) {
  public ChainProof {
    accountNodes = List.copyOf(accountNodes);
    slots = List.copyOf(slots);
  }

  /** The nodes to one slot, and the value that the node says it has. */
  public record Slot(Hash slot, Hash claimedValue, List<Bytes> nodes) {
    public Slot {
      nodes = List.copyOf(nodes);
    }
  }
}
