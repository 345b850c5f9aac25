package io.fundtrail.chain;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.model.LogRef;
import io.fundtrail.model.RawLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the logs of eth_getLogs one by one from the stream, and those of a receipt. */
final class LogReader {
  private static final int MOST_TOPICS = 4;
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
      logs.add(log(parser));
    }
    return logs;
  }

  static RawLog log(JsonNode json) {
    try (JsonParser parser = json.traverse()) {
      parser.nextToken();
      return log(parser);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads the log on which the parser stands. */
  private static RawLog log(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new ChainException("an object is due for a log, not " + parser.getText());
    }
    Fields fields = new Fields();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      fields.read(name, parser);
    }
    return fields.log();
  }

  /** What was read of one log so far. */
  private static final class Fields {
    private @Nullable Long blockNumber;
    private @Nullable Integer logIndex;
    private @Nullable Hash blockHash;
    private @Nullable Hash txHash;
    private @Nullable Integer txIndex;
    private @Nullable Address address;
    private @Nullable List<Hash> topics;
    private @Nullable Bytes data;
    private boolean removed;

    void read(String name, JsonParser parser) throws IOException {
      String what = "a log's ".concat(name);
      switch (name) {
        case "blockNumber" -> blockNumber = Json.number(Json.text(parser, what), what);
        case "logIndex" -> logIndex = index(parser, what);
        case "blockHash" -> blockHash = Json.hash(Json.text(parser, what), what);
        case "transactionHash" -> txHash = Json.hash(Json.text(parser, what), what);
        case "transactionIndex" -> txIndex = index(parser, what);
        case "address" -> address = Json.address(Json.text(parser, what), what);
        case "topics" -> topics = topics(parser);
        case "data" -> data = Json.bytes(Json.text(parser, what), what);
        case "removed" -> removed = parser.currentToken() == JsonToken.VALUE_TRUE;
        default -> parser.skipChildren();
      }
    }

    private static int index(JsonParser parser, String what) throws IOException {
      long index = Json.number(Json.text(parser, what), what);
      if (index > Integer.MAX_VALUE) {
        throw new ChainException(what + " is " + index + ", 2^31-1 being the most");
      }
      return (int) index;
    }

    private static List<Hash> topics(JsonParser parser) throws IOException {
      if (parser.currentToken() != JsonToken.START_ARRAY) {
        throw new ChainException("an array is due for a log's topics, not " + parser.getText());
      }
      List<Hash> topics = new ArrayList<>(MOST_TOPICS);
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (topics.size() == MOST_TOPICS) {
          throw new ChainException("a log has 4 topics at most, not more");
        }
        topics.add(Json.hash(Json.text(parser, "a log's topic"), "a log's topic"));
      }
      return topics;
    }

    RawLog log() {
      RawLog log =
          new RawLog(
              new LogRef(
                  Json.present(blockNumber, "a log's blockNumber"),
                  Json.present(logIndex, "a log's logIndex")),
              Json.present(blockHash, "a log's blockHash"),
              Json.present(txHash, "a log's transactionHash"),
              Json.present(txIndex, "a log's transactionIndex"),
              Json.present(address, "a log's address"),
              Json.present(topics, "a log's topics"),
              Json.present(data, "a log's data"));
      if (removed) {
        throw new ChainException(
            "a log of a block that is no longer on the chain: %s of %s"
                .formatted(log.ref(), log.blockHash()));
      }
      return log;
    }
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
