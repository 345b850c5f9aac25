package io.fundtrail.api;

import io.fundtrail.api.LoadClient.Measured;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.IntFunction;

/**
 * How fast the API answers over 200,000 indexed events, by eight connections, beside a route that
 * asks nothing of anybody. Whether that is fast depends on the machine, so nothing fails here.
 */
public final class ApiBenchmark {
  private static final int CONNECTIONS = 8;
  private static final int STREAMS = 2_000;
  private static final int WALLETS = 1_000;

  /** How long the JVM compiles what every request runs through, on two processors. */
  private static final Duration UNTIL_COMPILED = Duration.ofSeconds(30);

  private static final Duration WARM_UP = Duration.ofSeconds(4);
  private static final Duration MEASURED = Duration.ofSeconds(5);
  private static final Duration MORE_THAN_A_HEARTBEAT = Duration.ofSeconds(20);

  private final Map<String, Double> figures = new LinkedHashMap<>();

  private ApiBenchmark() {}

  /** Prints what it measures over one database alone. */
  static void main(String[] args) throws IOException, InterruptedException, ExecutionException {
    Path folder = Files.createTempDirectory("fundtrail-api");
    String url = args.length > 0 ? args[0] : "jdbc:sqlite:" + folder.resolve("index.db");
    measure(url).forEach((name, value) -> System.out.printf("%-30s %,14.1f%n", name, value));
  }

  /** The figures by name, over an empty database, which is filled first. */
  public static Map<String, Double> measure(String databaseUrl)
      throws IOException, InterruptedException, ExecutionException {
    ApiBenchmark benchmark = new ApiBenchmark();
    benchmark.run(databaseUrl);
    return benchmark.figures;
  }

  private void run(String databaseUrl)
      throws IOException, InterruptedException, ExecutionException {
    Process service =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Path.of(System.getProperty("fundtrail.home", ""), "src/main/jvm.options"),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                ServedIndex.class.getName(),
                databaseUrl)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said =
        new BufferedReader(
            new InputStreamReader(service.getInputStream(), StandardCharsets.UTF_8))) {
      int port = number(said.readLine());
      requests(new LoadClient(port, CONNECTIONS), new LoadClient(port, 1));
      streams(service, said, port);
    } finally {
      service.destroy();
    }
  }

  private void requests(LoadClient client, LoadClient alone)
      throws InterruptedException, ExecutionException {
    String holders = "/v1/share-classes/" + ServedIndex.SHARES + "/holders";
    IntFunction<String> balance =
        i -> "/v1/investors/" + ServedIndex.holder(i % WALLETS) + "/holdings";
    client.ask(balance, UNTIL_COMPILED);
    figure("floor", client, _ -> "/bare");
    figure("balance", client, balance);
    figure("events", client, _ -> "/v1/events?order=desc&limit=100");
    figure("holders", client, _ -> holders + "?limit=1000");
    figure(
        "balance.unkept",
        client,
        i ->
            "/v1/investors/"
                + ServedIndex.holder(i % ServedIndex.HOLDERS)
                + "/holdings?block="
                + block(i));
    figure("past", client, i -> holders + "?block=" + block(i) + "&limit=" + (1 + i % 50));
    figure("past.alone", alone, i -> holders + "?block=" + block(i) + "&limit=" + (51 + i % 50));
    figure(
        "events.unkept",
        client,
        i -> "/v1/events?order=desc&limit=100&toBlock=" + block(i) + "&fromBlock=" + i % 7);
  }

  /** Never the same for long, so that what is kept does not answer. */
  private static int block(int i) {
    return ServedIndex.BLOCKS - (int) (i * 7_919L % (ServedIndex.BLOCKS - 10));
  }

  private void figure(String name, LoadClient client, IntFunction<String> paths)
      throws InterruptedException, ExecutionException {
    client.ask(paths, WARM_UP);
    Measured measured = client.ask(paths, MEASURED);
    figures.put("api." + name + ".rps", measured.perSecond());
    figures.put("api." + name + ".p99_ms", measured.p99());
    figures.put("api." + name + ".p50_ms", measured.p50());
  }

  private void streams(Process service, BufferedReader said, int port)
      throws IOException, InterruptedException {
    figures.put("api.rss_mb", residentMegabytes(service));
    List<Socket> open = new ArrayList<>();
    try {
      for (int i = 0; i < STREAMS; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket
            .getOutputStream()
            .write(
                "GET /v1/events/stream HTTP/1.1\r\nHost: localhost\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
        if (socket.getInputStream().read() < 0) {
          throw new IOException("a stream was refused");
        }
        open.add(socket);
      }
      Thread.sleep(MORE_THAN_A_HEARTBEAT);
      service.getOutputStream().write('\n');
      service.getOutputStream().flush();
      figures.put("api.streams.open", (double) number(said.readLine()));
      figures.put(
          "api.streams.mb", residentMegabytes(service) - figures.getOrDefault("api.rss_mb", 0.0));
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
  }

  private static double residentMegabytes(Process service) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + service.pid() + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }

  private static int number(String line) {
    return Integer.parseInt(line.replaceAll("\\D", ""));
  }
}
