package io.fundtrail.index;

import com.fasterxml.jackson.databind.JsonNode;
import io.fundtrail.chain.ChainException;
import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.model.LogRef;
import io.fundtrail.model.RawLog;
import io.fundtrail.proof.Keccak;
import io.fundtrail.proof.ListRoot;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * What some contracts logged in a block, from receipts that the block's header commits to.
 *
 * @param transactions how many receipts the block has
 */
record BlockReceipts(CheckedHeader block, int transactions, List<Emitted> emitted) {
  /** A log in its place; the receipts themselves do not say of which transaction it is. */
  record Emitted(int txIndex, int logIndex, Address address, List<Hash> topics, Bytes data) {}

  BlockReceipts {
    emitted = List.copyOf(emitted);
  }

  /**
   * Reads receipts as a node gives them.
   *
   * @throws ContradictoryAnswer if they are not the block's
   */
  static BlockReceipts of(CheckedHeader block, JsonNode receipts, Set<Address> contracts) {
    requireRoot(block, "receipts", receipts, BlockContents::receipt, block.header().receiptsRoot());
    List<Emitted> emitted = new ArrayList<>();
    int logIndex = 0;
    for (int txIndex = 0; txIndex < receipts.size(); txIndex++) {
      for (JsonNode log : receipts.path(txIndex).path("logs")) {
        Address address = address(log);
        if (contracts.contains(address)) {
          emitted.add(emitted(txIndex, logIndex, address, log));
        }
        logIndex++;
      }
    }
    return new BlockReceipts(block, receipts.size(), emitted);
  }

  /** Of the bytes that the root was made of, in whatever case they are written. */
  private static Address address(JsonNode log) {
    return Address.of(Bytes.parse(log.path("address").asText()).bytes());
  }

  private static Emitted emitted(int txIndex, int logIndex, Address address, JsonNode log) {
    List<Hash> topics = new ArrayList<>();
    log.path("topics").forEach(topic -> topics.add(Hash.parse(topic.asText())));
    return new Emitted(txIndex, logIndex, address, topics, Bytes.parse(log.path("data").asText()));
  }

  boolean hasLogs() {
    return !emitted.isEmpty();
  }

  /**
   * The logs, with the hashes of their transactions.
   *
   * @param whole the block with its transactions, as a node gives it
   * @throws ContradictoryAnswer if the transactions are not the block's
   */
  List<RawLog> logs(JsonNode whole) {
    List<Bytes> encoded =
        requireRoot(
            block,
            "transactions",
            whole.path("transactions"),
            BlockContents::transaction,
            block.header().transactionsRoot());
    if (encoded.size() != transactions) {
      throw new ContradictoryAnswer(
          "%s has %d transactions and %d receipts"
              .formatted(block.ref(), encoded.size(), transactions));
    }
    BlockRef at = block.ref();
    return emitted.stream()
        .map(log ->
            new RawLog(
                new LogRef(at.number(), log.logIndex()),
                at.hash(),
                Keccak.hash(encoded.get(log.txIndex())),
                log.txIndex(),
                log.address(),
                log.topics(),
                log.data()))
        .toList();
  }

  private static List<Bytes> requireRoot(
      CheckedHeader block,
      String what,
      JsonNode list,
      Function<JsonNode, Bytes> encoding,
      Hash due) {
    List<Bytes> encoded = new ArrayList<>();
    try {
      list.forEach(item -> encoded.add(encoding.apply(item)));
    } catch (ChainException e) {
      throw new ChainException(
          "the %s of %s cannot be verified: %s".formatted(what, block.ref(), e.getMessage()), e);
    }
    Hash root = ListRoot.of(encoded);
    if (!root.equals(due)) {
      throw new ContradictoryAnswer(
          "the %s given for %s have the root %s, its header says %s"
              .formatted(what, block.ref(), root, due));
    }
    return encoded;
  }
}
