package io.fundtrail.api;

import io.fundtrail.store.Database;
import io.fundtrail.store.DatabaseUrl;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * How long {@code serve} takes from the start of its process to its first answer about a balance,
 * over an index of 200,000 events that is there, beside a start of the program that does nothing.
 * The chain's own log is short: what it replays is replayed behind the first answers.
 */
public final class ServeBenchmark {
  private static final int STARTS = 5;
  private static final long BETWEEN_QUESTIONS_MS = 5;

  private final Path data;

  private ServeBenchmark(Path data) {
    this.data = data;
  }

  /** Prints what it measures. */
  static void main(String[] args) throws IOException, InterruptedException {
    measure(Files.createTempDirectory("fundtrail-serve"))
        .forEach((name, value) -> System.out.printf("%-30s %,14.1f%n", name, value));
  }

  /** The figures by name; the best of some starts, since whatever else runs can only slow them. */
  public static Map<String, Double> measure(Path folder) throws IOException, InterruptedException {
    ServeBenchmark benchmark = new ServeBenchmark(folder.resolve("served"));
    benchmark.prepare();
    double first = Double.MAX_VALUE;
    double floor = Double.MAX_VALUE;
    for (int i = 0; i < STARTS; i++) {
      first = Math.min(first, benchmark.firstRead());
      floor = Math.min(floor, benchmark.nothing());
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("serve.first_read_ms", first);
    figures.put("serve.floor_ms", floor);
    return figures;
  }

  /** A data directory of a ledger that was deployed, with an index of many events. */
  private void prepare() throws IOException, InterruptedException {
    Process service = start("serve", "--data", data.toString(), "--port", "0");
    try (BufferedReader said =
        new BufferedReader(
            new InputStreamReader(service.getInputStream(), StandardCharsets.UTF_8))) {
      String line = said.readLine();
      while (line != null && !line.startsWith("Ready")) {
        line = said.readLine();
      }
      if (line == null) {
        throw new IllegalStateException("the service did not start");
      }
    } finally {
      service.destroy();
      service.waitFor();
    }
    try (Database database = Database.open(new DatabaseUrl.Sqlite(data.resolve("index.db")))) {
      database.write(handle -> {
        tables(handle).forEach(table -> handle.execute("delete from " + table));
        ServedIndex.fill(handle);
      });
    }
  }

  private static List<String> tables(Handle handle) {
    return handle
        .createQuery(
            """
            select name
            from sqlite_master
            where type = 'table' and name not in ('schema_migration', 'projection', 'chain_identity')
            """)
        .mapTo(String.class)
        .list();
  }

  private double firstRead() throws IOException, InterruptedException {
    int port = freePort();
    URI question =
        URI.create(
            "http://127.0.0.1:%d/v1/investors/%s/holdings".formatted(port, ServedIndex.holder(7)));
    long started = System.nanoTime();
    Process service = start("serve", "--data", data.toString(), "--port", String.valueOf(port));
    try {
      while (!answers(question)) {
        if (!service.isAlive()) {
          throw new IllegalStateException("the service ended");
        }
        Thread.sleep(BETWEEN_QUESTIONS_MS);
      }
      return (System.nanoTime() - started) / 1e6;
    } finally {
      service.destroy();
      service.waitFor();
    }
  }

  private double nothing() throws IOException, InterruptedException {
    long started = System.nanoTime();
    start("--version").waitFor();
    return (System.nanoTime() - started) / 1e6;
  }

  private static boolean answers(URI question) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) question.toURL().openConnection();
    try {
      return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
    } catch (IOException e) {
      return false;
    } finally {
      connection.disconnect();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** By the launcher, as people start it. */
  private static Process start(String... words) throws IOException {
    Path home = Path.of(System.getProperty("fundtrail.home", "")).toAbsolutePath();
    List<String> command = new ArrayList<>(List.of(home.resolve("fundtrail").toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().keySet().removeIf(name -> name.startsWith("FUNDTRAIL_"));
    return builder.start();
  }
}
