package io.fundtrail.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
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

/** A real node behind somebody who tampers with the lists of logs, or of proofs, that it gives. */
final class LyingEndpoint implements AutoCloseable {
  /** Changes a list of logs, or of answers with proofs; says whether it did. */
  interface Lie extends Predicate<ArrayNode> {}

  static final Lie TRUTH = logs -> false;

  private final ObjectMapper mapper = new ObjectMapper();
  private final HttpClient client = HttpClient.newHttpClient();
  private final URI node;
  private final HttpServer server;
  private final AtomicReference<Lie> lie = new AtomicReference<>(TRUTH);
  private final AtomicReference<Lie> lieAboutProofs = new AtomicReference<>(TRUTH);
  private final AtomicInteger told = new AtomicInteger();

  LyingEndpoint(String rpcUrl) {
    node = URI.create(rpcUrl);
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::forward);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  void tell(Lie next) {
    lie.set(next);
  }

  void tellAboutProofs(Lie next) {
    lieAboutProofs.set(next);
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
      byte[] answer = tampered(mapper.readTree(question), ask(question));
      exchange.getResponseHeaders().set("content-type", "application/json");
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
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

  private byte[] tampered(JsonNode question, byte[] answer) throws IOException {
    JsonNode read = mapper.readTree(answer);
    boolean changed =
        switch (question.findPath("method").asText()) {
          case "eth_getLogs" -> read.path("result") instanceof ArrayNode l && lie.get().test(l);
          case "eth_getProof" -> lieAboutProofs.get().test(answers(read));
          default -> false;
        };
    if (!changed) {
      return answer;
    }
    told.incrementAndGet();
    return mapper.writeValueAsBytes(read);
  }

  private ArrayNode answers(JsonNode read) {
    return read instanceof ArrayNode many ? many : mapper.createArrayNode().add(read);
  }
}
