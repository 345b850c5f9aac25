package io.fundtrail.proof;

import com.fasterxml.jackson.databind.JsonNode;
import io.fundtrail.model.Bytes;
import io.fundtrail.proof.RlpItem.ByteString;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A header's fields from the block that a node's JSON-RPC gives. */
final class HeaderJson {
  private static final List<String> FIELDS =
      List.of(
          "parentHash",
          "sha3Uncles",
          "miner",
          "stateRoot",
          "transactionsRoot",
          "receiptsRoot",
          "logsBloom",
          "difficulty",
          "number",
          "gasLimit",
          "gasUsed",
          "timestamp",
          "extraData",
          "mixHash",
          "nonce",
          "baseFeePerGas",
          "withdrawalsRoot",
          "blobGasUsed",
          "excessBlobGas",
          "parentBeaconBlockRoot",
          "requestsHash");
  private static final Set<String> NUMBERS =
      Set.of(
          "difficulty",
          "number",
          "gasLimit",
          "gasUsed",
          "timestamp",
          "baseFeePerGas",
          "blobGasUsed",
          "excessBlobGas");

  private HeaderJson() {}

  static List<Bytes> fields(JsonNode block) {
    List<Bytes> fields = new ArrayList<>();
    for (String name : FIELDS) {
      if (block.hasNonNull(name)) {
        String text = block.path(name).asText();
        fields.add(
            NUMBERS.contains(name)
                ? ByteString.ofUint(new BigInteger(text.substring(2), 16)).value()
                : Bytes.parse(text));
      }
    }
    return fields;
  }
}
