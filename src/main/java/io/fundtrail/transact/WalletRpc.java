package io.fundtrail.transact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fundtrail.api.Answer;
import io.fundtrail.api.Json;
import io.fundtrail.api.Problem;
import io.fundtrail.api.RequestParams;
import io.fundtrail.api.Route;
import io.fundtrail.api.Routes;
import io.fundtrail.chain.ChainUnavailable;
import io.fundtrail.chain.RpcError;
import io.fundtrail.chain.TransactionGateway.Accepting;
import io.fundtrail.model.Bytes;
import java.math.BigInteger;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * JSON-RPC for wallets: a list of methods that read, each with at most so many parameters, and
 * {@code eth_sendRawTransaction} through the {@link Relay}. The node itself is never exposed.
 */
public final class WalletRpc implements Routes {
  private static final String SEND = "eth_sendRawTransaction";

  /** The methods that are answered, with the most parameters that each may have. */
  static final Map<String, Integer> METHODS =
      Map.ofEntries(
          Map.entry("eth_blockNumber", 0),
          Map.entry("eth_call", 2),
          Map.entry("eth_chainId", 0),
          Map.entry("eth_estimateGas", 2),
          Map.entry("eth_feeHistory", 3),
          Map.entry("eth_gasPrice", 0),
          Map.entry("eth_getBalance", 2),
          Map.entry("eth_getBlockByHash", 2),
          Map.entry("eth_getBlockByNumber", 2),
          Map.entry("eth_getCode", 2),
          Map.entry("eth_getTransactionByHash", 1),
          Map.entry("eth_getTransactionCount", 2),
          Map.entry("eth_getTransactionReceipt", 1),
          Map.entry("eth_maxPriorityFeePerGas", 0),
          Map.entry(SEND, 1),
          Map.entry("net_version", 0),
          Map.entry("web3_clientVersion", 0));

  private static final int MOST_IN_BATCH = 20;
  private static final BigInteger MOST_GAS = BigInteger.valueOf(30_000_000);
  private static final BigInteger MOST_FEE_BLOCKS = BigInteger.valueOf(1024);
  private static final int PARSE_ERROR = -32700;
  private static final int INVALID_REQUEST = -32600;
  private static final int METHOD_NOT_FOUND = -32601;
  private static final int INVALID_PARAMS = -32602;
  private static final int REFUSED = -32003;
  private static final int UNAVAILABLE = -32002;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final LiveChain chain;
  private final Relay relay;

  public WalletRpc(LiveChain chain, Relay relay) {
    this.chain = chain;
    this.relay = relay;
  }

  @Override
  public List<Route> routes() {
    return List.of(Route.post("/rpc", this::answer));
  }

  /** A request that is refused, in JSON-RPC's own words. */
  private static final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;
    private final int code;

    Refusal(int code, String message) {
      super(message);
      this.code = code;
    }
  }

  private Answer answer(RequestParams request) {
    JsonNode body;
    try {
      body = Json.read(request.bodyBytes());
    } catch (JsonProcessingException e) {
      return Answer.json(error(NullNode.getInstance(), PARSE_ERROR, "the body is not JSON"));
    }
    if (!body.isArray()) {
      return Answer.json(answer(body).get());
    }
    if (body.isEmpty() || body.size() > MOST_IN_BATCH) {
      String message = "a batch has 1 to " + MOST_IN_BATCH + " requests, not " + body.size();
      return Answer.json(error(NullNode.getInstance(), INVALID_REQUEST, message));
    }
    return Answer.json(answers(body));
  }

  /**
   * Transactions that follow each other are handed over one behind the other and become durable
   * together; what is asked behind them is asked when they are.
   */
  private List<JsonNode> answers(JsonNode requests) {
    List<JsonNode> answers = new ArrayList<>();
    List<Supplier<JsonNode>> sent = new ArrayList<>();
    for (JsonNode request : requests) {
      if (!request.path("method").asText().equals(SEND)) {
        sent.forEach(answer -> answers.add(answer.get()));
        sent.clear();
      }
      sent.add(answer(request));
    }
    sent.forEach(answer -> answers.add(answer.get()));
    return answers;
  }

  /** Begins with a request, and gives what waits for its answer. */
  private Supplier<JsonNode> answer(JsonNode request) {
    JsonNode id = request.path("id");
    JsonNode known = id.isTextual() || id.isIntegralNumber() ? id : NullNode.getInstance();
    Asked asked;
    try {
      asked = ask(request);
    } catch (Exception e) {
      JsonNode failed = failed(known, e);
      return () -> failed;
    }
    return () -> {
      try {
        return result(known, asked.answer());
      } catch (Exception e) {
        return failed(known, e);
      }
    };
  }

  /** A question that was put; its answer may still be to come. */
  private interface Asked {
    JsonNode answer();
  }

  private Asked ask(JsonNode request) throws Refusal {
    checkForm(request);
    String method = request.get("method").textValue();
    List<JsonNode> params = new ArrayList<>();
    request.path("params").forEach(params::add);
    check(method, params);
    return ask(method, params);
  }

  private static JsonNode failed(JsonNode id, Exception failure) {
    return switch (failure) {
      case Refusal e -> error(id, e.code, String.valueOf(e.getMessage()));
      case Problem e ->
          error(
              id,
              e.type().status() == HttpURLConnection.HTTP_UNAVAILABLE ? UNAVAILABLE : REFUSED,
              String.valueOf(e.getMessage()));
      case RpcError e -> {
        ObjectNode answer = error(id, e.code(), e.reason());
        e.data().ifPresent(data -> ((ObjectNode) answer.get("error")).put("data", data.toString()));
        yield answer;
      }
      case ChainUnavailable _ ->
          error(id, UNAVAILABLE, "the chain's node gave no answer; try again shortly");
      case RuntimeException e -> throw e;
      default -> throw new IllegalStateException(failure);
    };
  }

  private Asked ask(String method, List<JsonNode> params) throws Refusal {
    if (!method.equals(SEND)) {
      JsonNode answer = chain.reader().rawCall(method, params);
      return () -> answer;
    }
    Bytes raw;
    try {
      raw = Bytes.parse(params.isEmpty() ? "" : params.getFirst().asText());
    } catch (IllegalArgumentException e) {
      throw new Refusal(INVALID_PARAMS, "expected one parameter, 0x and hex digits");
    }
    Accepting accepting = relay.accepting(raw);
    return () -> NODES.textNode(accepting.accepted().toString());
  }

  private static void checkForm(JsonNode request) throws Refusal {
    if (!request.isObject()
        || !request.path("jsonrpc").asText().equals("2.0")
        || !request.path("method").isTextual()
        || !request.has("id")) {
      throw new Refusal(INVALID_REQUEST, "expected an object with jsonrpc \"2.0\", id and method");
    }
    JsonNode params = request.path("params");
    if (!params.isMissingNode() && !params.isArray()) {
      throw new Refusal(INVALID_REQUEST, "expected params to be an array");
    }
  }

  private static void check(String method, List<JsonNode> params) throws Refusal {
    Integer most = METHODS.get(method);
    if (most == null) {
      throw new Refusal(METHOD_NOT_FOUND, "the method is not answered here");
    }
    if (params.size() > most) {
      String message = method + " takes at most " + most + " parameters here";
      throw new Refusal(INVALID_PARAMS, message);
    }
    if (method.equals("eth_call") || method.equals("eth_estimateGas")) {
      checkQuantity(params.isEmpty() ? NODES.nullNode() : params.getFirst().path("gas"), MOST_GAS);
    }
    if (method.equals("eth_feeHistory") && !params.isEmpty()) {
      checkQuantity(params.getFirst(), MOST_FEE_BLOCKS);
    }
  }

  /** Bounds what one request can make the node compute. */
  private static void checkQuantity(JsonNode quantity, BigInteger most) throws Refusal {
    if (quantity.isMissingNode() || quantity.isNull()) {
      return;
    }
    String text = quantity.asText();
    boolean hex = text.matches("0x[0-9a-fA-F]{1,64}");
    boolean decimal = quantity.isIntegralNumber() && text.matches("[0-9]{1,18}");
    if (!hex && !decimal) {
      throw new Refusal(INVALID_PARAMS, "expected a quantity such as 0x5208");
    }
    BigInteger value = hex ? new BigInteger(text.substring(2), 16) : new BigInteger(text);
    if (value.compareTo(most) > 0) {
      throw new Refusal(INVALID_PARAMS, "expected at most " + most + ", not " + value);
    }
  }

  private static JsonNode result(JsonNode id, JsonNode result) {
    ObjectNode answer = NODES.objectNode().put("jsonrpc", "2.0");
    answer.set("id", id);
    answer.set("result", result);
    return answer;
  }

  private static ObjectNode error(JsonNode id, int code, String message) {
    ObjectNode answer = NODES.objectNode().put("jsonrpc", "2.0");
    answer.set("id", id);
    answer.putObject("error").put("code", code).put("message", message);
    return answer;
  }
}
