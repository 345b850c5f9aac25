package io.fundtrail.chain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The first record of a block log: from what, by which node and to which genesis block the chain
 * was started.
 *
 * @param anvilVersion as the node names itself, for instance {@code anvil/v1.7.1}
 */
record LogHeader(ChainOrigin origin, String anvilVersion, Hash genesisHash) {
  private static final int FORMAT = 1;

  /** A JSON object, so that the head of the file can be read by eye. */
  Bytes encode() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("format", FORMAT);
    fields.put("anvil", anvilVersion);
    fields.put("hardfork", origin.hardfork());
    fields.put("chainId", origin.chainId());
    fields.put("genesisTime", origin.genesisTime().getEpochSecond());
    fields.put("blockGasLimit", origin.blockGasLimit());
    fields.put("genesisHash", genesisHash.toString());
    try {
      return Bytes.of(JsonRpc.MAPPER.writeValueAsBytes(fields));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map of plain values could not be written", e);
    }
  }

  static LogHeader decode(Bytes encoded) {
    JsonNode json;
    try {
      json = JsonRpc.MAPPER.readTree(encoded.bytes());
    } catch (IOException e) {
      throw new ChainException("the block log's header is no JSON", e);
    }
    if (json.path("format").asInt() != FORMAT) {
      throw new ChainException(
          "the block log has the format " + json.path("format") + ", this version reads " + FORMAT);
    }
    return new LogHeader(
        new ChainOrigin(
            Json.text(json.path("hardfork"), "the block log's hardfork"),
            json.path("chainId").longValue(),
            Instant.ofEpochSecond(json.path("genesisTime").longValue()),
            json.path("blockGasLimit").longValue()),
        Json.text(json.path("anvil"), "the block log's anvil"),
        Json.hash(json.path("genesisHash"), "the block log's genesisHash"));
  }
}
