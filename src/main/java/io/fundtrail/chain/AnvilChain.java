package io.fundtrail.chain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Builds a chain in an anvil that mines only when told: put transactions in, then mine a block. */
final class AnvilChain implements AutoCloseable {
  private static final Duration LONGEST_PUT = Duration.ofMinutes(5);

  /** A mined block and the transactions it holds, in order. */
  record Mined(BlockRef block, List<Hash> transactions) {}

  private final JsonRpc rpc;
  private final OrderedPosts posts;

  AnvilChain(JsonRpc rpc) {
    this.rpc = rpc;
    this.posts = new OrderedPosts(rpc.url(), LONGEST_PUT);
  }

  /** The node's name and version, for instance {@code anvil/v1.7.1}. */
  String version() {
    return Json.text(rpc.call("web3_clientVersion"), "the node's version");
  }

  /** Keeps the node from writing a line per question. */
  void silence() {
    rpc.call("anvil_setLoggingEnabled", false);
  }

  /** The nonce of an account's next transaction after the newest block. */
  long minedNonce(Address address) {
    return Json.number(
        rpc.call("eth_getTransactionCount", address.toString(), "latest"), "the nonce");
  }

  /** As {@link #put(List, Runnable)}, for who waits until all of them are in. */
  void put(List<Bytes> rawTransactions) {
    put(rawTransactions, () -> {});
  }

  /**
   * Puts transactions behind those already put in, in their order, which a batch would lose. For
   * one thread at a time.
   *
   * @param taken is run each time that one more of them is in
   * @throws ChainUnavailable if the node gives no answer
   * @throws ChainException if it refuses one
   */
  void put(List<Bytes> rawTransactions, Runnable taken) {
    try {
      posts.post(
          rawTransactions.stream().map(AnvilChain::sending).toList(),
          answer -> {
            checkTaken(JsonRpc.MAPPER.readTree(answer));
            taken.run();
          });
    } catch (JsonProcessingException e) {
      throw new ChainException("a transaction was answered with broken JSON", e);
    } catch (IOException e) {
      throw new ChainUnavailable(
          "the node did not answer a transaction: " + e.getClass().getSimpleName(), e);
    }
  }

  /** Mines what was put in as one block of the given time. */
  Mined mine(Instant time) {
    rpc.callOnce("evm_mine", Map.of("timestamp", time.getEpochSecond(), "blocks", 1));
    return newest();
  }

  @Override
  public void close() {
    posts.close();
  }

  private static byte[] sending(Bytes rawTransaction) {
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_sendRawTransaction\",\"params\":[\"%s\"]}"
        .formatted(rawTransaction)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static void checkTaken(JsonNode answer) {
    if (!answer.path("result").isTextual()) {
      throw new ChainException(
          "the node refuses a transaction: "
              + answer.path("error").path("message").asText("no reason given"));
    }
  }

  Mined newest() {
    JsonNode json =
        Json.object(rpc.call("eth_getBlockByNumber", "latest", false), "the newest block");
    List<Hash> transactions = new ArrayList<>();
    for (JsonNode hash : Json.array(json.path("transactions"), "a block's transactions")) {
      transactions.add(Json.hash(hash, "a transaction's hash"));
    }
    return new Mined(BlockHeadReader.read(json).ref(), transactions);
  }
}
