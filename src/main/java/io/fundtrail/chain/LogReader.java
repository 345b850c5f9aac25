package io.fundtrail.chain;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import io.fundtrail.model.LogRef;
import io.fundtrail.model.RawLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads the logs of eth_getLogs one by one from the stream, and those of a receipt. */
final class LogReader {
  private static final int LIMIT_EXCEEDED = -32005;
  private static final int RESPONSE_TOO_LARGE = -32008;

  /** How nodes and providers say that a range holds too much. */
  private static final List<String> REFUSALS =
      List.of(
          "query returned more than",
          "more than 10000 results",
          "too many",
          "too large",
          "too big",
          "response size",
          "block range",
          "range too",
          "exceeds max",
          "exceeds the limit",
          "limit exceeded",
          "timeout",
          "timed out");

  private LogReader() {}

  static List<RawLog> all(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw new ChainException("an array is due for logs, not " + parser.currentToken());
    }
    List<RawLog> logs = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      logs.add(log(JsonRpc.tree(parser)));
    }
    return logs;
  }

  static RawLog log(JsonNode json) {
    Json.object(json, "a log");
    if (json.path("removed").asBoolean(false)) {
      throw new ChainException("a log of a block that is no longer on the chain: " + json);
    }
    List<Hash> topics = new ArrayList<>(4);
    for (JsonNode topic : Json.array(json.path("topics"), "a log's topics")) {
      topics.add(Json.hash(topic, "a log's topic"));
    }
    return new RawLog(
        new LogRef(
            Json.number(json.path("blockNumber"), "a log's blockNumber"),
            Math.toIntExact(Json.number(json.path("logIndex"), "a log's logIndex"))),
        Json.hash(json.path("blockHash"), "a log's blockHash"),
        Json.hash(json.path("transactionHash"), "a log's transactionHash"),
        Math.toIntExact(Json.number(json.path("transactionIndex"), "a log's transactionIndex")),
        Json.address(json.path("address"), "a log's address"),
        topics,
        Json.bytes(json.path("data"), "a log's data"));
  }

  /** Checks that the logs are those asked for and stand in the chain's order. */
  static List<RawLog> checked(
      List<RawLog> logs, long from, long to, Collection<Address> addresses) {
    Set<Address> asked = Set.copyOf(addresses);
    LogRef before = null;
    for (RawLog log : logs) {
      LogRef ref = log.ref();
      if (ref.blockNumber() < from || ref.blockNumber() > to) {
        throw new ChainException(
            "a log of block " + ref.blockNumber() + " was given for blocks " + from + " to " + to);
      }
      if (!asked.contains(log.address())) {
        throw new ChainException(
            "a log of " + log.address() + " was given, which was not asked for");
      }
      if (before != null && before.compareTo(ref) >= 0) {
        throw new ChainException("the logs " + before + " and " + ref + " are out of order");
      }
      before = ref;
    }
    return logs;
  }

  /** Whether half the range may be answered where the whole was not. */
  static boolean refusesTheRange(ChainException e) {
    return switch (e) {
      case RpcError error ->
          error.code() == LIMIT_EXCEEDED
              || error.code() == RESPONSE_TOO_LARGE
              || REFUSALS.stream().anyMatch(error.reason().toLowerCase(Locale.ROOT)::contains);
      case ChainUnavailable unavailable -> unavailable.isTimeout();
      case AnswerTooLarge _ -> true;
      default -> false;
    };
  }
}
