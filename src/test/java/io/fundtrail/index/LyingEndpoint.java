package io.fundtrail.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A real node behind somebody who tampers with what it answers. */
final class LyingEndpoint implements AutoCloseable {
  /** What becomes of one exchange with the node. */
  interface Tampering {
    /** Changes the answer to one question; says whether it did. */
    boolean tamper(String method, JsonNode params, ObjectNode answer);

    /** Sends what is answered to all questions of the exchange. */
    default void deliver(HttpExchange exchange, byte[] answer) throws IOException {
      exchange.getResponseHeaders().set("content-type", "application/json");
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  /** Changes a list of logs; says whether it did. */
  interface Lie extends Predicate<ArrayNode> {}

  static final Lie TRUTH = logs -> false;

  private final ObjectMapper mapper = new ObjectMapper();
  private final HttpClient client = HttpClient.newHttpClient();
  private final URI node;
  private final HttpServer server;
  private final AtomicReference<Supplier<Tampering>> tampering;
  private final AtomicInteger told = new AtomicInteger();

  LyingEndpoint(String rpcUrl) {
    this(0, rpcUrl);
  }

  private LyingEndpoint(int port, String rpcUrl) {
    node = URI.create(rpcUrl);
    Tampering none = (method, params, answer) -> false;
    tampering = new AtomicReference<>(() -> none);
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::forward);
    server.start();
  }

  /** One that listens on a certain port. */
  static LyingEndpoint at(int port, String rpcUrl) {
    return new LyingEndpoint(port, rpcUrl);
  }

  int port() {
    return server.getAddress().getPort();
  }

  String url() {
    return "http://127.0.0.1:" + port();
  }

  /** From now on every list of logs goes through a lie. */
  void tell(Lie lie) {
    tamper((method, params, answer) ->
        method.equals("eth_getLogs")
            && answer.path("result") instanceof ArrayNode logs
            && lie.test(logs));
  }

  /** From now on every answer goes through this. */
  void tamper(Tampering next) {
    tamperEach(() -> next);
  }

  /** From now on every exchange goes through one of these, which is asked for when it begins. */
  void tamperEach(Supplier<Tampering> next) {
    tampering.set(next);
  }

  /** How many answers were tampered with. */
  int told() {
    return told.get();
  }

  @Override
  public void close() {
    server.stop(0);
    client.close();
  }

  private void forward(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] question = exchange.getRequestBody().readAllBytes();
      Tampering now = tampering.get().get();
      now.deliver(exchange, tampered(now, mapper.readTree(question), ask(question)));
    }
  }

  private byte[] ask(byte[] question) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(node)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(question))
            .build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private byte[] tampered(Tampering now, JsonNode question, byte[] answer) throws IOException {
    JsonNode read = mapper.readTree(answer);
    boolean lied = false;
    if (question.isArray()) {
      for (JsonNode one : question) {
        for (JsonNode other : read) {
          lied |= other.path("id").equals(one.path("id")) && tamper(now, one, other);
        }
      }
    } else {
      lied = tamper(now, question, read);
    }
    return lied ? mapper.writeValueAsBytes(read) : answer;
  }

  private boolean tamper(Tampering now, JsonNode question, JsonNode answer) {
    boolean lied =
        answer instanceof ObjectNode object
            && now.tamper(question.path("method").asText(), question.path("params"), object);
    if (lied) {
      told.incrementAndGet();
    }
    return lied;
  }
}
