package io.fundtrail.chain;

import com.fasterxml.jackson.databind.JsonNode;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Bytes;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Reads a header, of any fork up to Prague, from what eth_getBlockByNumber gives. */
final class BlockHeadReader {
  private record Field(String name, boolean number) {}

  private static final List<Field> FRONTIER =
      List.of(
          new Field("parentHash", false),
          new Field("sha3Uncles", false),
          new Field("miner", false),
          new Field("stateRoot", false),
          new Field("transactionsRoot", false),
          new Field("receiptsRoot", false),
          new Field("logsBloom", false),
          new Field("difficulty", true),
          new Field("number", true),
          new Field("gasLimit", true),
          new Field("gasUsed", true),
          new Field("timestamp", true),
          new Field("extraData", false),
          new Field("mixHash", false),
          new Field("nonce", false));

  private static final List<Field> APPENDED_BY_FORKS =
      List.of(
          new Field("baseFeePerGas", true),
          new Field("withdrawalsRoot", false),
          new Field("blobGasUsed", true),
          new Field("excessBlobGas", true),
          new Field("parentBeaconBlockRoot", false),
          new Field("requestsHash", false));

  private BlockHeadReader() {}

  static BlockHead read(JsonNode block) {
    List<Bytes> fields = new ArrayList<>(FRONTIER.size() + APPENDED_BY_FORKS.size());
    for (Field field : FRONTIER) {
      fields.add(read(block, field));
    }
    for (Field field : APPENDED_BY_FORKS) {
      if (!Json.isAbsent(block.path(field.name))) {
        fields.add(read(block, field));
      }
    }
    BlockRef ref =
        new BlockRef(
            Json.number(block.path("number"), "number"),
            Json.hash(block.path("hash"), "hash"),
            Json.time(block.path("timestamp"), "timestamp"));
    return new BlockHead(ref, Json.hash(block.path("parentHash"), "parentHash"), fields);
  }

  private static Bytes read(JsonNode block, Field field) {
    JsonNode json = block.path(field.name);
    String what = "a block's " + field.name;
    return field.number ? minimal(Json.quantity(json, what)) : Json.bytes(json, what);
  }

  /** RLP holds a number as its big-endian bytes without leading zeros, zero as none. */
  private static Bytes minimal(BigInteger number) {
    byte[] signed = number.toByteArray();
    Bytes bytes = Bytes.of(signed);
    return signed[0] == 0 ? bytes.slice(1, signed.length) : bytes;
  }
}
