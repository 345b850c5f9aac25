package io.fundtrail.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A JSON-RPC endpoint that answers as a test tells it to, for what no real node can be made to. */
final class ScriptedEndpoint implements AutoCloseable {
  record Answer(int status, String body, Duration betweenBytes) {
    Answer(int status, String body) {
      this(status, body, Duration.ZERO);
    }

    Answer trickling(Duration pause) {
      return new Answer(status, body, pause);
    }

    static Answer json(String body) {
      return new Answer(200, body);
    }

    static Answer result(JsonNode question, String result) {
      return json(
          "{\"jsonrpc\":\"2.0\",\"id\":" + question.path("id") + ",\"result\":" + result + "}");
    }

    static Answer error(JsonNode question, int code, String message) {
      return json(
          "{\"jsonrpc\":\"2.0\",\"id\":%s,\"error\":{\"code\":%d,\"message\":\"%s\"}}"
              .formatted(question.path("id"), code, message));
    }
  }

  private final ObjectMapper mapper = new ObjectMapper();
  private final List<JsonNode> questions = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  ScriptedEndpoint(Function<JsonNode, Answer> script) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", exchange -> answer(exchange, script));
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/secret-key";
  }

  List<JsonNode> questions() {
    return questions;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange, Function<JsonNode, Answer> script) throws IOException {
    try (exchange) {
      JsonNode question = mapper.readTree(exchange.getRequestBody());
      questions.add(question);
      Answer answer = script.apply(question);
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange
          .getResponseHeaders()
          .set("content-type", answer.status() == 200 ? "application/json" : "text/plain");
      exchange.sendResponseHeaders(answer.status(), body.length);
      if (answer.betweenBytes().isZero()) {
        exchange.getResponseBody().write(body);
      } else {
        trickle(exchange.getResponseBody(), body, answer.betweenBytes());
      }
    }
  }

  private static void trickle(OutputStream out, byte[] body, Duration pause) throws IOException {
    for (byte each : body) {
      try {
        Thread.sleep(pause);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      out.write(each);
      out.flush();
    }
  }
}
