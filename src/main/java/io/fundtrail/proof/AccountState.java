package io.fundtrail.proof;

import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.proof.InvalidProof.Reason;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** An account as the state trie holds it (yellow paper, 4.1). The balance is in wei. */
public record AccountState(long nonce, BigInteger balance, Hash storageRoot, Hash codeHash) {

  /**
   * The account's proven state under a state root, or empty where there provably is no account.
   *
   * @throws InvalidProof if the nodes show neither
   */
  public static Optional<AccountState> verify(
      Hash stateRoot, Address address, List<Bytes> accountNodes) {
    Bytes key = Bytes.of(Keccak.hash(address.bytes()).bytes());
    return MerklePatriciaProof.verify(stateRoot, key, accountNodes).map(AccountState::decode);
  }

  /**
   * The proven content of a storage slot of this account; zero where the trie has none.
   *
   * @throws InvalidProof if the nodes do not show it
   */
  public Hash verifyStorage(Hash slot, List<Bytes> storageNodes) {
    return storedWord(storageRoot, slot, storageNodes);
  }

  static Hash storedWord(Hash storageRoot, Hash slot, List<Bytes> storageNodes) {
    Bytes key = Bytes.of(Keccak.hash(slot.bytes()).bytes());
    return MerklePatriciaProof.verify(storageRoot, key, storageNodes)
        .map(AccountState::decodeWord)
        .orElse(Hash.ZERO);
  }

  /** The same by nodes that are found by their hash. */
  static Optional<AccountState> find(
      Hash stateRoot, Address address, MerklePatriciaProof.Nodes nodes) {
    Bytes key = Bytes.of(Keccak.hash(address.bytes()).bytes());
    return MerklePatriciaProof.find(stateRoot, key, nodes).map(AccountState::decode);
  }

  /** The content of a storage slot by nodes that are found by their hash; zero where none is. */
  Hash findStorage(Hash slot, MerklePatriciaProof.Nodes nodes) {
    Bytes key = Bytes.of(Keccak.hash(slot.bytes()).bytes());
    return MerklePatriciaProof.find(storageRoot, key, nodes)
        .map(AccountState::decodeWord)
        .orElse(Hash.ZERO);
  }

  private static AccountState decode(Bytes encoded) {
    try {
      List<RlpItem> items = Rlp.decode(encoded).asSequence().items();
      if (items.size() != 4) {
        throw new RlpException("an account has 4 fields, not " + items.size());
      }
      return new AccountState(
          items.get(0).asByteString().toLong(),
          items.get(1).asByteString().toUint(32),
          items.get(2).asByteString().toHash(),
          items.get(3).asByteString().toHash());
    } catch (RlpException e) {
      throw new InvalidProof(Reason.MALFORMED_VALUE, "the value is no account: " + e.getMessage());
    }
  }

  private static Hash decodeWord(Bytes encoded) {
    try {
      return Hash.ofUint(Rlp.decode(encoded).asByteString().toUint(Hash.SIZE));
    } catch (RlpException e) {
      throw new InvalidProof(
          Reason.MALFORMED_VALUE, "the value is no storage word: " + e.getMessage());
    }
  }
}
