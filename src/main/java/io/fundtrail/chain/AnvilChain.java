package io.fundtrail.chain;

import com.fasterxml.jackson.databind.JsonNode;
import io.fundtrail.chain.TransactionRefused.Reason;
import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Builds a chain in an anvil that mines only when told: put transactions in, then mine a block. */
final class AnvilChain {
  /** A mined block and the transactions it holds, in order. */
  record Mined(BlockRef block, List<Hash> transactions) {}

  private final JsonRpc rpc;

  AnvilChain(JsonRpc rpc) {
    this.rpc = rpc;
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

  /**
   * Puts a transaction behind those already put in. One by one: a batch would lose the order.
   *
   * @throws TransactionRefused if the node does not take it
   */
  void put(Bytes rawTransaction) {
    try {
      rpc.callOnce("eth_sendRawTransaction", rawTransaction.toString());
    } catch (RpcError e) {
      throw new TransactionRefused(
          e.reason().contains("intrinsic gas") ? Reason.GAS_LIMIT : Reason.NODE, e.reason());
    }
  }

  /** Takes a transaction that was put in out again. */
  void drop(Hash transaction) {
    rpc.callOnce("anvil_dropTransaction", transaction.toString());
  }

  /** Mines what was put in as one block of the given time. */
  Mined mine(Instant time) {
    rpc.callOnce("evm_mine", Map.of("timestamp", time.getEpochSecond(), "blocks", 1));
    return newest();
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
