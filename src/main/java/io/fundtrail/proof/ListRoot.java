package io.fundtrail.proof;

import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import java.util.List;

/**
 * The root by which a header commits to the transactions of its block, or to their receipts: that
 * of the trie in which each stands under its index (yellow paper, 4.4.3).
 */
public final class ListRoot {
  private ListRoot() {}

  /**
   * The root of a list.
   *
   * @param values encoded as the trie has them (EIP-2718)
   */
  public static Hash of(List<Bytes> values) {
    return Keccak.hash(TrieNodes.ofIndexed(values).root());
  }
}
