package io.fundtrail.proof;

import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The fold by which a contract binds its events, in order and dated, into one storage slot. Whoever
 * folds the raw logs of a contract and reaches the head that the chain holds has all of them.
 */
public final class HistoryFold {
  /**
   * Where a contract keeps its head: the ERC-7201 location of {@code
   * fundtrail.storage.HistoryChain}. An empty slot means no event yet: the head is {@link #birth}.
   */
  public static final Hash SLOT = erc7201("fundtrail.storage.HistoryChain");

  private HistoryFold() {}

  /** The head before the first event: keccak256(abi.encode(uint256 chainId, address contract)). */
  public static Hash birth(BigInteger chainId, Address contract) {
    return Keccak.hash(Hash.ofUint(chainId).bytes(), contract.toWord().bytes());
  }

  /**
   * The head after one more event: keccak256(head || uint8 topicCount || uint64 blockNumber ||
   * uint64 timestamp || topics || keccak256(data)), the timestamp in seconds.
   */
  public static Hash fold(
      Hash head, long blockNumber, long timestamp, List<Hash> topics, Bytes data) {
    ByteBuffer preimage =
        ByteBuffer.allocate(Hash.SIZE + 1 + 2 * Long.BYTES + Hash.SIZE * (topics.size() + 1));
    head.copyTo(preimage.array(), 0);
    preimage.position(Hash.SIZE);
    preimage.put((byte) topics.size()).putLong(blockNumber).putLong(timestamp);
    int at = preimage.position();
    for (Hash topic : topics) {
      topic.copyTo(preimage.array(), at);
      at += Hash.SIZE;
    }
    Keccak.hash(data).copyTo(preimage.array(), at);
    return Keccak.hash(preimage.array());
  }

  /** keccak256(abi.encode(uint256(keccak256(id)) - 1)) &amp; ~0xff, as ERC-7201 defines it. */
  private static Hash erc7201(String id) {
    Hash name = Keccak.hash(id.getBytes(StandardCharsets.UTF_8));
    byte[] location =
        Keccak.hash(Hash.ofUint(name.toUint().subtract(BigInteger.ONE)).bytes()).bytes();
    location[Hash.SIZE - 1] = 0;
    return Hash.of(location);
  }
}
