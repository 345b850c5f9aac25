package io.fundtrail.audit;

import io.fundtrail.chain.ChainProof;
import io.fundtrail.chain.ChainReader;
import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.proof.StateSource;
import java.util.ArrayList;
import java.util.List;

/** The state after a block, as a node proves it. */
record NodeState(ChainReader chain, long block) implements StateSource {
  private static final int SLOTS_AT_ONCE = 1_000;

  @Override
  public Bytes code(Address address) {
    return chain.code(address, block);
  }

  @Override
  public StateProof proof(Address address, List<Hash> slots) {
    List<Bytes> account = List.of();
    List<List<Bytes>> storage = new ArrayList<>();
    for (int start = 0; start == 0 || start < slots.size(); start += SLOTS_AT_ONCE) {
      ChainProof proof =
          chain.proof(
              address, slots.subList(start, Math.min(slots.size(), start + SLOTS_AT_ONCE)), block);
      account = proof.accountNodes();
      proof.slots().forEach(slot -> storage.add(slot.nodes()));
    }
    return new StateProof(account, storage);
  }
}
