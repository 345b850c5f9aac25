package io.fundtrail.proof;

import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.proof.InvalidProof.Reason;
import io.fundtrail.proof.Refusal.RefusedBundle;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The trie nodes of a bundle, found by their hash, and which of them were needed. */
final class NodePool implements MerklePatriciaProof.Nodes {
  private final List<Hash> order;
  private final Map<Hash, Bytes> encoded = new HashMap<>();
  private final Map<Hash, RlpItem> decoded = new HashMap<>();

  NodePool(List<Bytes> nodes) {
    this.order = nodes.stream().map(Keccak::hash).toList();
    for (int i = 0; i < nodes.size(); i++) {
      encoded.put(order.get(i), nodes.get(i));
    }
  }

  @Override
  public RlpItem node(Hash hash) {
    RlpItem known = decoded.get(hash);
    if (known != null) {
      return known;
    }
    Bytes node = encoded.get(hash);
    if (node == null) {
      throw new InvalidProof(Reason.MISSING_NODE, "no node has the hash " + hash);
    }
    RlpItem item = Rlp.decode(node);
    decoded.put(hash, item);
    return item;
  }

  /** Once all is read: every node was needed, and each stands in its order. */
  void requireAllUsed() throws RefusedBundle {
    Set<Hash> seen = new HashSet<>();
    for (Hash hash : order) {
      if (!seen.add(hash)) {
        throw Refusal.DUPLICATE_MATERIAL.because("the node " + hash + " comes twice");
      }
    }
    for (Hash hash : order) {
      if (!decoded.containsKey(hash)) {
        throw Refusal.UNUSED_MATERIAL.because("the node " + hash + " proves nothing");
      }
    }
    for (int i = 1; i < order.size(); i++) {
      if (order.get(i - 1).compareTo(order.get(i)) > 0) {
        throw Refusal.UNSORTED_MATERIAL.because("the node " + order.get(i) + " comes late");
      }
    }
  }
}
