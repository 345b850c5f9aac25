package io.fundtrail.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fundtrail.proof.SyntheticChain;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Answers for a chain by JSON-RPC from texts that are made beforehand, so that it costs little. */
final class SyntheticNode implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Logs that are written beforehand; more would take gigabytes. */
  private static final int MOST_KEPT = 1_000_000;

  private static final byte[] COMMA = {','};

  private final SyntheticChain chain;
  private final List<byte[]> blocks = new ArrayList<>();
  private final List<byte[]> logs = new ArrayList<>();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(4);

  SyntheticNode(SyntheticChain chain) throws IOException {
    this.chain = chain;
    for (long block = 0; block <= chain.blocks(); block++) {
      blocks.add(bytes(chain.block(block)));
      if (chain.events() <= MOST_KEPT) {
        logs.add(bytes(chain.logs(block)));
      }
    }
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
  }

  private void answer(HttpExchange exchange) throws IOException {
    JsonNode asked = JSON.readTree(exchange.getRequestBody());
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    if (asked.isArray()) {
      answer.write('[');
      for (int i = 0; i < asked.size(); i++) {
        answer.write(i == 0 ? new byte[0] : COMMA);
        answer(asked.get(i), answer);
      }
      answer.write(']');
    } else {
      answer(asked, answer);
    }
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, answer.size());
    try (OutputStream out = exchange.getResponseBody()) {
      answer.writeTo(out);
    }
  }

  private void answer(JsonNode asked, OutputStream out) throws IOException {
    out.write(bytes("{\"jsonrpc\":\"2.0\",\"id\":" + asked.path("id") + ",\"result\":"));
    JsonNode params = asked.path("params");
    switch (asked.path("method").asText()) {
      case "eth_chainId" -> out.write(bytes("\"0x%x\"".formatted(SyntheticChain.CHAIN_ID)));
      case "eth_getBlockByNumber" -> out.write(blocks.get((int) number(params.path(0))));
      case "eth_getProof" -> out.write(bytes(chain.proof()));
      case "eth_getLogs" ->
          writeLogs(
              number(params.path(0).path("fromBlock")),
              number(params.path(0).path("toBlock")),
              out);
      default -> throw new IOException("nobody should ask for " + asked);
    }
    out.write('}');
  }

  private void writeLogs(long from, long to, OutputStream out) throws IOException {
    out.write('[');
    boolean first = true;
    for (long block = Math.max(1, from); block <= Math.min(to, chain.blocks()); block++) {
      out.write(first ? new byte[0] : COMMA);
      out.write(logs.isEmpty() ? bytes(chain.logs(block)) : logs.get((int) block));
      first = false;
    }
    out.write(']');
  }

  private long number(JsonNode quantity) {
    return quantity.asText().equals("latest")
        ? chain.blocks()
        : Long.parseLong(quantity.asText().substring(2), 16);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
