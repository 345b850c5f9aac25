package io.fundtrail.chain;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a header, of any fork up to Prague, from what eth_getBlockByNumber gives. */
final class BlockHeadReader {
  /** Where a field stands in the header's RLP, and whether it is a number there. */
  private record Field(int place, boolean number) {}

  private static final String NUMBER = "number";
  private static final String TIMESTAMP = "timestamp";
  private static final String PARENT = "parentHash";

  private static final List<String> NAMES =
      List.of(
          PARENT,
          "sha3Uncles",
          "miner",
          "stateRoot",
          "transactionsRoot",
          "receiptsRoot",
          "logsBloom",
          "difficulty",
          NUMBER,
          "gasLimit",
          "gasUsed",
          TIMESTAMP,
          "extraData",
          "mixHash",
          "nonce",
          "baseFeePerGas",
          "withdrawalsRoot",
          "blobGasUsed",
          "excessBlobGas",
          "parentBeaconBlockRoot",
          "requestsHash");

  /** Of a header of Frontier; what forks appended may be missing. */
  private static final int LEAST_FIELDS = 15;

  private static final List<String> NUMBERS =
      List.of(
          "difficulty",
          NUMBER,
          "gasLimit",
          "gasUsed",
          TIMESTAMP,
          "baseFeePerGas",
          "blobGasUsed",
          "excessBlobGas");

  private static final Map<String, Field> FIELDS = new HashMap<>();

  static {
    for (int i = 0; i < NAMES.size(); i++) {
      FIELDS.put(NAMES.get(i), new Field(i, NUMBERS.contains(NAMES.get(i))));
    }
  }

  private final @Nullable Bytes[] values = new @Nullable Bytes[NAMES.size()];
  private @Nullable Hash hash;
  private @Nullable Hash parentHash;
  private long number;
  private long timestamp;

  private BlockHeadReader() {}

  static BlockHead read(JsonNode block) {
    try (JsonParser parser = Json.object(block, "a block").traverse()) {
      parser.nextToken();
      return object(parser);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads the block on which the parser stands; empty for a JSON null. */
  static Optional<BlockHead> read(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return Optional.empty();
    }
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new ChainException("an object is due for a block, not " + parser.getText());
    }
    return Optional.of(object(parser));
  }

  private static BlockHead object(JsonParser parser) throws IOException {
    BlockHeadReader reader = new BlockHeadReader();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      if (parser.nextToken() == JsonToken.VALUE_NULL) {
        continue;
      }
      reader.read(name, parser);
    }
    return reader.head();
  }

  private void read(String name, JsonParser parser) throws IOException {
    Field field = FIELDS.get(name);
    if (field != null) {
      String what = "a block's ".concat(name);
      String text = Json.text(parser, what);
      values[field.place] =
          field.number ? minimal(Json.quantity(text, what)) : Json.bytes(text, what);
      switch (name) {
        case PARENT -> parentHash = Json.hash(text, what);
        case NUMBER -> number = Json.number(text, what);
        case TIMESTAMP -> timestamp = Json.number(text, what);
        default -> {}
      }
    } else if (name.equals("hash")) {
      hash = Json.hash(Json.text(parser, "a block's hash"), "a block's hash");
    } else {
      parser.skipChildren();
    }
  }

  private BlockHead head() {
    List<Bytes> fields = new ArrayList<>(values.length);
    for (int i = 0; i < values.length; i++) {
      Bytes value = values[i];
      if (value != null) {
        fields.add(value);
      } else if (i < LEAST_FIELDS) {
        Json.present(value, "a block's " + NAMES.get(i));
      }
    }
    BlockRef ref =
        new BlockRef(
            number, Json.present(hash, "a block's hash"), Instant.ofEpochSecond(timestamp));
    return new BlockHead(ref, Json.present(parentHash, "a block's parentHash"), fields);
  }

  /** RLP holds a number as its big-endian bytes without leading zeros, zero as none. */
  private static Bytes minimal(BigInteger number) {
    byte[] signed = number.toByteArray();
    Bytes bytes = Bytes.of(signed);
    return signed[0] == 0 ? bytes.slice(1, signed.length) : bytes;
  }
}
