package io.fundtrail.proof;

import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.proof.RlpItem.ByteString;
import io.fundtrail.proof.RlpItem.Sequence;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Transfers of shares on a chain that was made up, in the JSON in which a node would give it: each
 * block links to the one before, and the last one's state has the history head of all of them. A
 * share is issued to each holder first; then they go from one to another.
 */
public final class SyntheticChain {
  public static final long CHAIN_ID = 31_337;
  public static final Address SHARES = Address.parse("0x" + "5a".repeat(20));

  private static final int HOLDERS = 5_000;
  private static final long GENESIS_TIME = 1_500_000_000;
  private static final long SECONDS_PER_BLOCK = 12;
  private static final int BLOOM_BYTES = 256;
  private static final String EVERY_BIT = "0x" + "ff".repeat(BLOOM_BYTES);
  private static final Hash TRANSFER =
      Keccak.hash("Transfer(address,address,uint256)".getBytes(StandardCharsets.US_ASCII));
  private static final Bytes ONE_SHARE = Bytes.of(Hash.ofUint(BigInteger.ONE).bytes());

  private final int events;
  private final int perBlock;
  private final List<Hash> hashes = new ArrayList<>();
  private final ReferenceTrie storage;
  private final ReferenceTrie state;

  public SyntheticChain(int events, int perBlock) {
    this.events = events;
    this.perBlock = perBlock;
    Hash head = HistoryFold.birth(BigInteger.valueOf(CHAIN_ID), SHARES);
    for (int event = 0; event < events; event++) {
      long block = 1L + event / perBlock;
      head = HistoryFold.fold(head, block, time(block), topics(event), ONE_SHARE);
    }
    storage =
        new ReferenceTrie(
            Map.of(hashed(HistoryFold.SLOT.bytes()), Rlp.encode(ByteString.ofUint(head.toUint()))));
    state =
        new ReferenceTrie(
            Map.of(
                hashed(SHARES.bytes()),
                Rlp.encode(
                    new Sequence(
                        List.of(
                            ByteString.ofUint(BigInteger.ONE),
                            ByteString.ofUint(BigInteger.ZERO),
                            string(storage.root()),
                            string(Keccak.hash()))))));
    for (long block = 0; block <= blocks(); block++) {
      hashes.add(header(block).hash());
    }
  }

  public int events() {
    return events;
  }

  public long blocks() {
    return ((long) events + perBlock - 1) / perBlock;
  }

  /** What eth_getBlockByNumber gives. */
  public String block(long number) {
    BlockHeader header = header(number);
    return """
    {"number":"0x%x","hash":"%s","parentHash":"%s","sha3Uncles":"%s","miner":"%s",\
    "stateRoot":"%s","transactionsRoot":"%s","receiptsRoot":"%s","logsBloom":"%s",\
    "difficulty":"0x0","gasLimit":"0x%x","gasUsed":"0x0","timestamp":"0x%x","extraData":"0x",\
    "mixHash":"%s","nonce":"0x0000000000000000","size":"0x220","uncles":[],"transactions":[]}\
    """
        .formatted(
            number,
            hashes.get((int) number),
            header.parentHash(),
            header.ommersHash(),
            header.beneficiary(),
            header.stateRoot(),
            header.transactionsRoot(),
            header.receiptsRoot(),
            EVERY_BIT,
            header.gasLimit(),
            header.timestamp(),
            header.mixHash());
  }

  /** What eth_getLogs gives of a block, without the brackets. */
  public String logs(long block) {
    StringBuilder json = new StringBuilder();
    int first = (int) (block - 1) * perBlock;
    for (int event = Math.max(0, first); event < Math.min(events, first + perBlock); event++) {
      List<Hash> topics = topics(event);
      json.append(json.isEmpty() ? "" : ",")
          .append(
              """
              {"address":"%s","topics":["%s","%s","%s"],"data":"%s","blockNumber":"0x%x",\
              "blockHash":"%s","transactionHash":"%s","transactionIndex":"0x%x","logIndex":"0x%x",\
              "removed":false}\
              """
                  .formatted(
                      SHARES,
                      topics.get(0),
                      topics.get(1),
                      topics.get(2),
                      ONE_SHARE,
                      block,
                      hashes.get((int) block),
                      Hash.ofUint(BigInteger.valueOf(event)),
                      event - first,
                      event - first));
    }
    return json.toString();
  }

  /** What eth_getProof gives of the history head after the last block. */
  public String proof() {
    return """
    {"address":"%s","accountProof":%s,"balance":"0x0","codeHash":"%s","nonce":"0x1",\
    "storageHash":"%s","storageProof":[{"key":"%s","value":"0x0","proof":%s}]}\
    """
        .formatted(
            SHARES,
            nodes(state.prove(hashed(SHARES.bytes()))),
            Keccak.hash(),
            storage.root(),
            HistoryFold.SLOT,
            nodes(storage.prove(hashed(HistoryFold.SLOT.bytes()))));
  }

  private BlockHeader header(long number) {
    return new BlockHeader(
        number == 0 ? Hash.ZERO : hashes.get((int) number - 1),
        Hash.ZERO,
        Address.ZERO,
        number == blocks() ? state.root() : MerklePatriciaProof.EMPTY_ROOT,
        Hash.ZERO,
        Hash.ZERO,
        Bytes.parse(EVERY_BIT),
        BigInteger.ZERO,
        number,
        30_000_000,
        0,
        time(number),
        Bytes.EMPTY,
        Hash.ZERO,
        Bytes.of(new byte[8]),
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static List<Hash> topics(int event) {
    Hash to = holder((int) (event * 7L % HOLDERS));
    Hash from = event < HOLDERS ? Hash.ZERO : holder((int) ((event + 1) * 7L % HOLDERS));
    return List.of(TRANSFER, from, event < HOLDERS ? holder(event) : to);
  }

  private static Hash holder(int number) {
    byte[] hash =
        Keccak.hash(HexFormat.of().toHexDigits(number).getBytes(StandardCharsets.US_ASCII)).bytes();
    return Address.of(Arrays.copyOf(hash, Address.SIZE)).toWord();
  }

  private static long time(long block) {
    return GENESIS_TIME + SECONDS_PER_BLOCK * block;
  }

  private static Bytes hashed(byte[] key) {
    return Bytes.of(Keccak.hash(key).bytes());
  }

  private static ByteString string(Hash hash) {
    return new ByteString(Bytes.of(hash.bytes()));
  }

  private static String nodes(List<Bytes> nodes) {
    return nodes.stream().map(node -> '"' + node.toString() + '"').toList().toString();
  }
}
