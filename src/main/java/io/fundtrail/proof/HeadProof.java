package io.fundtrail.proof;

import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import java.util.List;

/** Proves a contract's history head at a block: two trie paths below the header's state root. */
public final class HeadProof {
  private HeadProof() {}

  /**
   * The content of {@link HistoryFold#SLOT}; zero where the contract has none or is not there.
   *
   * @throws InvalidProof if the nodes do not show it
   */
  public static Hash verify(
      BlockHeader header, Address contract, List<Bytes> accountNodes, List<Bytes> storageNodes) {
    Hash storageRoot =
        AccountState.verify(header.stateRoot(), contract, accountNodes)
            .map(AccountState::storageRoot)
            .orElse(MerklePatriciaProof.EMPTY_ROOT);
    return AccountState.storedWord(storageRoot, HistoryFold.SLOT, storageNodes);
  }
}
