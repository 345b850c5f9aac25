package io.fundtrail.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.sun.net.httpserver.HttpExchange;
import io.fundtrail.chain.Patience;
import io.fundtrail.chain.RpcError;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** One exchange with a node in which one fault happens, where what is asked gives room for it. */
final class FaultyExchange implements LyingEndpoint.Tampering {
  private static final List<Integer> SERVER_ERRORS = List.of(500, 502, 503, 504);
  private static final int DRIPS = 40;
  private static final JsonNode NOTHING = NullNode.getInstance();

  private final Fault fault;
  private final Random random;
  private final LedgerChain ledger;
  private final LedgerChain otherChain;
  private final Patience patience;
  private final Runnable happened;
  private boolean done;

  /**
   * A fault that is to happen.
   *
   * @param otherChain the chain to which a question goes astray
   * @param patience that of whoever asks
   * @param happened told when an answer is no longer what it was
   */
  FaultyExchange(
      Fault fault,
      Random random,
      LedgerChain ledger,
      LedgerChain otherChain,
      Patience patience,
      Runnable happened) {
    this.fault = fault;
    this.random = random;
    this.ledger = ledger;
    this.otherChain = otherChain;
    this.patience = patience;
    this.happened = happened;
  }

  @Override
  public boolean tamper(String method, JsonNode params, ObjectNode answer) {
    if (done || !answer.has("result")) {
      return false;
    }
    done =
        switch (fault) {
          case RPC_ERROR -> !method.equals("eth_getProof") && fail(answer);
          case WRONG_ID -> replaceId(answer);
          case NULL_BLOCK -> method.equals("eth_getBlockByNumber") && replace(answer, NOTHING);
          case NULL_LOGS -> method.equals("eth_getLogs") && replace(answer, NOTHING);
          case ALTERED_HEADER -> alterHeader(answer);
          case SPOILT_PROOF -> method.equals("eth_getProof") && spoilProof(answer);
          case STALE_HEAD -> answerOfOlderHead(method, params, answer);
          case WRONG_CHAIN -> answerOfOtherChain(method, params, answer);
          case SPOILT_RECEIPTS ->
              method.equals("eth_getBlockReceipts") && spoilReceipt(answer.path("result"));
          case EMPTY_LOGS,
              OMITTED_LOG,
              ALTERED_VALUE,
              REORDERED,
              DUPLICATED,
              ALTERED_TRANSACTION,
              ALTERED_INDEX ->
              method.equals("eth_getLogs")
                  && answer.path("result") instanceof ArrayNode logs
                  && !logs.isEmpty()
                  && lie(logs);
          case TIME_OUT,
              SLOW_DRIP,
              CLOSED_SOCKET,
              TRUNCATED_JSON,
              TOO_MANY_REQUESTS,
              SERVER_ERROR,
              HUGE_ANSWER ->
              false;
        };
    if (done) {
      happened.run();
    }
    return done;
  }

  @Override
  public void deliver(HttpExchange exchange, byte[] answer) throws IOException {
    switch (fault) {
      case TIME_OUT -> {
        happened.run();
        pause(patience.nextPart().multipliedBy(2));
      }
      case SLOW_DRIP -> {
        happened.run();
        drip(exchange, answer);
      }
      case CLOSED_SOCKET -> {
        happened.run();
        if (random.nextBoolean()) {
          send(exchange, 200, answer.length, Arrays.copyOf(answer, answer.length / 2));
        }
      }
      case TRUNCATED_JSON -> {
        happened.run();
        int length = 1 + random.nextInt(answer.length - 1);
        send(exchange, 200, length, Arrays.copyOf(answer, length));
      }
      case TOO_MANY_REQUESTS -> refuse(exchange, 429);
      case SERVER_ERROR -> refuse(exchange, SERVER_ERRORS.get(random.nextInt(4)));
      case HUGE_ANSWER -> {
        happened.run();
        sendHuge(exchange, answer);
      }
      case RPC_ERROR,
          WRONG_ID,
          NULL_BLOCK,
          NULL_LOGS,
          ALTERED_HEADER,
          SPOILT_PROOF,
          EMPTY_LOGS,
          OMITTED_LOG,
          ALTERED_VALUE,
          REORDERED,
          DUPLICATED,
          STALE_HEAD,
          WRONG_CHAIN,
          ALTERED_TRANSACTION,
          ALTERED_INDEX,
          SPOILT_RECEIPTS ->
          send(exchange, 200, answer.length, answer);
    }
  }

  private boolean lie(ArrayNode logs) {
    return switch (fault) {
      case EMPTY_LOGS -> {
        logs.removeAll();
        yield true;
      }
      case OMITTED_LOG -> {
        logs.remove(random.nextInt(logs.size()));
        yield true;
      }
      case ALTERED_VALUE -> alter((ObjectNode) logs.get(random.nextInt(logs.size())));
      case REORDERED -> reorder(logs);
      case DUPLICATED -> duplicate(logs);
      case ALTERED_TRANSACTION ->
          alterTransaction((ObjectNode) logs.get(random.nextInt(logs.size())));
      case ALTERED_INDEX -> moveLast(logs);
      default -> throw new IllegalStateException(fault + " is no lie about logs");
    };
  }

  /** Another topic or other data; what a log says of its place is for others to check. */
  private boolean alter(ObjectNode log) {
    ArrayNode topics = (ArrayNode) log.path("topics");
    String data = log.path("data").asText();
    if (data.length() > 2 && random.nextBoolean()) {
      log.put("data", otherDigit(data, 2 + random.nextInt(data.length() - 2)));
    } else {
      int topic = random.nextInt(topics.size());
      topics.set(topic, otherDigit(topics.get(topic).asText(), 2 + random.nextInt(64)));
    }
    return true;
  }

  private boolean alterTransaction(ObjectNode log) {
    if (random.nextBoolean()) {
      long index = Long.decode(log.path("transactionIndex").asText());
      log.put("transactionIndex", "0x" + Long.toHexString(index + 1));
    } else {
      String hash = log.path("transactionHash").asText();
      log.put("transactionHash", otherDigit(hash, 2 + random.nextInt(64)));
    }
    return true;
  }

  /** The last log of a block stands further behind, so that the order stays what it is. */
  private boolean moveLast(ArrayNode logs) {
    int at = random.nextInt(logs.size());
    while (at + 1 < logs.size() && sameFields(logs.get(at), logs.get(at + 1), "blockNumber")) {
      at++;
    }
    ObjectNode log = (ObjectNode) logs.get(at);
    long index = Long.decode(log.path("logIndex").asText()) + 1 + random.nextInt(3);
    log.put("logIndex", "0x" + Long.toHexString(index));
    return true;
  }

  private boolean spoilReceipt(JsonNode receipts) {
    if (receipts.isEmpty()) {
      return false;
    }
    ObjectNode receipt = (ObjectNode) receipts.get(random.nextInt(receipts.size()));
    String bloom = receipt.path("logsBloom").asText();
    receipt.put("logsBloom", otherDigit(bloom, 2 + random.nextInt(512)));
    return true;
  }

  private static String otherDigit(String hex, int at) {
    char other = hex.charAt(at) == '0' ? '1' : '0';
    return hex.substring(0, at) + other + hex.substring(at + 1);
  }

  /** Two logs of one contract in one block change places, so that only their history differs. */
  private boolean reorder(ArrayNode logs) {
    List<Integer> pairs =
        IntStream.range(1, logs.size())
            .filter(i -> sameFields(logs.get(i - 1), logs.get(i), "blockNumber", "address"))
            .boxed()
            .toList();
    if (pairs.isEmpty()) {
      return false;
    }
    int second = pairs.get(random.nextInt(pairs.size()));
    ObjectNode one = logs.get(second - 1).deepCopy();
    ObjectNode other = logs.get(second).deepCopy();
    String place = one.path("logIndex").asText();
    one.put("logIndex", other.path("logIndex").asText());
    other.put("logIndex", place);
    logs.set(second - 1, other);
    logs.set(second, one);
    return true;
  }

  /** The same log twice: in its place, or once more behind the last of its block. */
  private boolean duplicate(ArrayNode logs) {
    int at = random.nextInt(logs.size());
    while (at + 1 < logs.size() && sameFields(logs.get(at), logs.get(at + 1), "blockNumber")) {
      at++;
    }
    ObjectNode again = logs.get(at).deepCopy();
    if (random.nextInt(4) > 0) {
      long index = Long.decode(again.path("logIndex").asText());
      again.put("logIndex", "0x" + Long.toHexString(index + 1));
    }
    logs.insert(at + 1, again);
    return true;
  }

  private static boolean sameFields(JsonNode one, JsonNode other, String... fields) {
    return Arrays.stream(fields).allMatch(field -> one.path(field).equals(other.path(field)));
  }

  /** As a node that lags answers: with an older head, and without the logs behind it. */
  private boolean answerOfOlderHead(String method, JsonNode params, ObjectNode answer) {
    if (answer.path("result") instanceof ArrayNode logs && method.equals("eth_getLogs")) {
      if (logs.isEmpty()) {
        return false;
      }
      String last = logs.get(random.nextInt(logs.size())).path("blockNumber").asText();
      for (int i = logs.size() - 1; i >= 0; i--) {
        if (Long.decode(logs.get(i).path("blockNumber").asText()) >= Long.decode(last)) {
          logs.remove(i);
        }
      }
      return true;
    }
    if (!method.equals("eth_getBlockByNumber") || !params.path(0).asText().equals("latest")) {
      return false;
    }
    long head = Long.decode(answer.path("result").path("number").asText());
    return replace(answer, ledger.block(Math.max(0, head - 1 - random.nextInt(40))));
  }

  private boolean answerOfOtherChain(String method, JsonNode params, ObjectNode answer) {
    List<JsonNode> asked = IntStream.range(0, params.size()).mapToObj(params::get).toList();
    JsonNode other;
    try {
      other = otherChain.reader().rawCall(method, asked);
    } catch (RpcError e) {
      return fail(answer);
    }
    return !other.equals(answer.path("result")) && replace(answer, other);
  }

  private boolean alterHeader(ObjectNode answer) {
    if (!(answer.path("result") instanceof ObjectNode header) || !header.has("stateRoot")) {
      return false;
    }
    List<String> fields = List.of("stateRoot", "parentHash", "receiptsRoot", "logsBloom", "hash");
    String field = fields.get(random.nextInt(fields.size()));
    header.put(field, otherDigit(header.path(field).asText(), 2 + random.nextInt(64)));
    return true;
  }

  private boolean spoilProof(ObjectNode answer) {
    ArrayNode nodes = (ArrayNode) answer.at("/result/accountProof");
    String node = nodes.get(nodes.size() - 1).asText();
    nodes.set(nodes.size() - 1, otherDigit(node, 2 + random.nextInt(node.length() - 2)));
    return true;
  }

  private static boolean replaceId(ObjectNode answer) {
    answer.set("id", IntNode.valueOf(answer.path("id").asInt() + 1_000_000));
    return true;
  }

  private static boolean replace(ObjectNode answer, JsonNode result) {
    answer.set("result", result);
    return true;
  }

  private static boolean fail(ObjectNode answer) {
    answer.remove("result");
    answer.putObject("error").put("code", -32000).set("message", TextNode.valueOf("busy"));
    return true;
  }

  private void refuse(HttpExchange exchange, int status) throws IOException {
    happened.run();
    byte[] text = "not now".getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("content-type", "text/plain");
    exchange.sendResponseHeaders(status, text.length);
    exchange.getResponseBody().write(text);
  }

  /** So slowly that no part is late, and the whole is. */
  private void drip(HttpExchange exchange, byte[] answer) throws IOException {
    exchange.getResponseHeaders().set("content-type", "application/json");
    exchange.sendResponseHeaders(200, answer.length);
    Duration pause = patience.wholeAnswer().multipliedBy(2).dividedBy(DRIPS);
    OutputStream out = exchange.getResponseBody();
    int drops = Math.min(DRIPS, answer.length - 1);
    for (int i = 0; i < drops; i++) {
      out.write(answer[i]);
      out.flush();
      pause(pause);
    }
  }

  /** The true answer, with more beside it than anybody should read. */
  private void sendHuge(HttpExchange exchange, byte[] answer) throws IOException {
    int more = Math.toIntExact(patience.answerBytes());
    byte[] filler = ("[" + "0,".repeat(more / 2) + "0]").getBytes(StandardCharsets.UTF_8);
    boolean batch = answer[0] == '[';
    byte[] start = (batch ? "[{\"more\":" : "{\"more\":").getBytes(StandardCharsets.UTF_8);
    byte[] end = (batch ? "}," : ",").getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("content-type", "application/json");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    out.write(start);
    out.write(filler);
    out.write(end);
    out.write(answer, 1, answer.length - 1);
  }

  private static void send(HttpExchange exchange, int status, int length, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("content-type", "application/json");
    exchange.sendResponseHeaders(status, length);
    exchange.getResponseBody().write(body);
    exchange.getResponseBody().flush();
  }

  private static void pause(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
