package io.fundtrail.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fundtrail.chain.ChainException;
import io.fundtrail.chain.ChainReader;
import io.fundtrail.model.Bytes;
import io.fundtrail.proof.Rlp;
import io.fundtrail.proof.RlpItem;
import io.fundtrail.proof.RlpItem.ByteString;
import io.fundtrail.proof.RlpItem.Sequence;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * A block's transactions and receipts as its tries have them (EIP-2718, EIP-2930, EIP-1559,
 * EIP-4844, EIP-7702), encoded anew from what a node says of them.
 *
 * @param logCounts of each receipt
 */
public record BlockContents(
    List<Bytes> transactions, List<Bytes> receipts, List<Integer> logCounts) {
  private static final int LEGACY = 0;
  private static final int DYNAMIC_FEE = 2;
  private static final int BLOBS = 3;
  private static final int DELEGATIONS = 4;

  public BlockContents {
    transactions = List.copyOf(transactions);
    receipts = List.copyOf(receipts);
    logCounts = List.copyOf(logCounts);
  }

  /** How many logs of the block come before those of a transaction. */
  public int logsBefore(int transactionIndex) {
    return logCounts.stream().limit(transactionIndex).mapToInt(Integer::intValue).sum();
  }

  /** Asks a node for a block, unverified. */
  public static BlockContents read(ChainReader chain, long number) {
    JsonNode quantity = TextNode.valueOf("0x" + Long.toHexString(number));
    JsonNode block = chain.rawCall("eth_getBlockByNumber", List.of(quantity, BooleanNode.TRUE));
    List<Bytes> transactions = new ArrayList<>();
    block.path("transactions").forEach(json -> transactions.add(transaction(json)));
    List<Bytes> receipts = new ArrayList<>();
    List<Integer> logCounts = new ArrayList<>();
    for (JsonNode json : chain.rawCall("eth_getBlockReceipts", List.of(quantity))) {
      receipts.add(receipt(json));
      logCounts.add(json.path("logs").size());
    }
    return new BlockContents(transactions, receipts, logCounts);
  }

  /** A transaction as the trie has it; its hash is that of these bytes. */
  static Bytes transaction(JsonNode json) {
    int type = type(json);
    List<RlpItem> fields = new ArrayList<>();
    if (type != LEGACY) {
      fields.add(number(json, "chainId"));
    }
    fields.add(number(json, "nonce"));
    if (type >= DYNAMIC_FEE) {
      fields.add(number(json, "maxPriorityFeePerGas"));
      fields.add(number(json, "maxFeePerGas"));
    } else {
      fields.add(number(json, "gasPrice"));
    }
    fields.add(number(json, "gas"));
    fields.add(json.path("to").isTextual() ? bytes(json.path("to")) : new ByteString(Bytes.EMPTY));
    fields.add(number(json, "value"));
    fields.add(bytes(json.path("input")));
    if (type != LEGACY) {
      fields.add(accessList(json.path("accessList")));
    }
    if (type == BLOBS) {
      fields.add(number(json, "maxFeePerBlobGas"));
      fields.add(byteStrings(json.path("blobVersionedHashes")));
    } else if (type == DELEGATIONS) {
      fields.add(delegations(json.path("authorizationList")));
    }
    fields.add(number(json, type == LEGACY || !json.has("yParity") ? "v" : "yParity"));
    fields.add(number(json, "r"));
    fields.add(number(json, "s"));
    return enveloped(type, fields);
  }

  /** A receipt as the trie has it, that of before Byzantium (EIP-658) included. */
  static Bytes receipt(JsonNode json) {
    List<RlpItem> logs = new ArrayList<>();
    for (JsonNode log : json.path("logs")) {
      logs.add(
          new Sequence(
              List.of(
                  bytes(log.path("address")),
                  byteStrings(log.path("topics")),
                  bytes(log.path("data")))));
    }
    return enveloped(
        type(json),
        List.of(
            outcome(json),
            number(json, "cumulativeGasUsed"),
            bytes(json.path("logsBloom")),
            new Sequence(logs)));
  }

  private static ByteString outcome(JsonNode json) {
    return json.has("status") ? number(json, "status") : bytes(json.path("root"));
  }

  private static Bytes enveloped(int type, List<RlpItem> fields) {
    Bytes payload = Rlp.encode(new Sequence(fields));
    if (type == LEGACY) {
      return payload;
    }
    byte[] enveloped = new byte[payload.size() + 1];
    enveloped[0] = (byte) type;
    System.arraycopy(payload.bytes(), 0, enveloped, 1, payload.size());
    return Bytes.of(enveloped);
  }

  private static RlpItem accessList(JsonNode json) {
    List<RlpItem> entries = new ArrayList<>();
    for (JsonNode entry : json) {
      entries.add(
          new Sequence(
              List.of(bytes(entry.path("address")), byteStrings(entry.path("storageKeys")))));
    }
    return new Sequence(entries);
  }

  private static RlpItem delegations(JsonNode json) {
    List<RlpItem> delegations = new ArrayList<>();
    for (JsonNode delegation : json) {
      delegations.add(
          new Sequence(
              List.of(
                  number(delegation, "chainId"),
                  bytes(delegation.path("address")),
                  number(delegation, "nonce"),
                  number(delegation, "yParity"),
                  number(delegation, "r"),
                  number(delegation, "s"))));
    }
    return new Sequence(delegations);
  }

  private static RlpItem byteStrings(JsonNode json) {
    List<RlpItem> strings = new ArrayList<>();
    json.forEach(string -> strings.add(bytes(string)));
    return new Sequence(strings);
  }

  private static int type(JsonNode json) {
    int type = json.has("type") ? quantity(json, "type").intValue() : LEGACY;
    if (type > DELEGATIONS) {
      throw new ChainException(
          "a block with a transaction of type " + type + " is not encoded yet");
    }
    return type;
  }

  private static ByteString number(JsonNode json, String field) {
    return ByteString.ofUint(quantity(json, field));
  }

  private static BigInteger quantity(JsonNode json, String field) {
    String text = json.path(field).asText();
    if (!text.matches("0x[0-9a-fA-F]{1,64}")) {
      throw new ChainException("a transaction's " + field + " is " + json.path(field));
    }
    return new BigInteger(text.substring(2), 16);
  }

  private static ByteString bytes(JsonNode json) {
    try {
      return new ByteString(Bytes.parse(json.asText()));
    } catch (IllegalArgumentException e) {
      throw new ChainException("a byte string is due, not " + json, e);
    }
  }
}
