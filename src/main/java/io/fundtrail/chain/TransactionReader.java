package io.fundtrail.chain;

import com.fasterxml.jackson.databind.JsonNode;
import io.fundtrail.model.RawLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads transactions and receipts; null stands for one that the node does not have. */
final class TransactionReader {
  private TransactionReader() {}

  static Optional<SentTransaction> transaction(JsonNode json) {
    if (json.isNull()) {
      return Optional.empty();
    }
    Json.object(json, "a transaction");
    JsonNode to = json.path("to");
    JsonNode block = json.path("blockNumber");
    return Optional.of(
        new SentTransaction(
            Json.hash(json.path("hash"), "a transaction's hash"),
            Json.address(json.path("from"), "a transaction's from"),
            Json.isAbsent(to)
                ? Optional.empty()
                : Optional.of(Json.address(to, "a transaction's to")),
            Json.number(json.path("nonce"), "a transaction's nonce"),
            Json.quantity(json.path("value"), "a transaction's value"),
            Json.bytes(json.path("input"), "a transaction's input"),
            Json.isAbsent(block)
                ? OptionalLong.empty()
                : OptionalLong.of(Json.number(block, "a transaction's blockNumber"))));
  }

  static Optional<Receipt> receipt(JsonNode json) {
    if (json.isNull()) {
      return Optional.empty();
    }
    Json.object(json, "a receipt");
    List<RawLog> logs = new ArrayList<>();
    for (JsonNode log : Json.array(json.path("logs"), "a receipt's logs")) {
      logs.add(LogReader.log(log));
    }
    JsonNode created = json.path("contractAddress");
    return Optional.of(
        new Receipt(
            Json.hash(json.path("transactionHash"), "a receipt's transactionHash"),
            Json.number(json.path("blockNumber"), "a receipt's blockNumber"),
            Json.hash(json.path("blockHash"), "a receipt's blockHash"),
            Math.toIntExact(
                Json.number(json.path("transactionIndex"), "a receipt's transactionIndex")),
            Json.number(json.path("status"), "a receipt's status") == 1,
            Json.number(json.path("gasUsed"), "a receipt's gasUsed"),
            Json.isAbsent(created)
                ? Optional.empty()
                : Optional.of(Json.address(created, "a receipt's contractAddress")),
            logs));
  }
}
