package io.fundtrail.proof;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fundtrail.api.ApiBenchmark;
import io.fundtrail.api.ServeBenchmark;
import io.fundtrail.chain.NodeBenchmark;
import io.fundtrail.index.IndexBenchmark;
import io.fundtrail.index.PostgresIndexBenchmark;
import io.fundtrail.model.Bytes;
import io.fundtrail.story.PageBenchmark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.util.Statistics;

/**
 * Measures, writes {@code benchmark.json}, prints it, and fails where a {@link Ratio} is less than
 * it should be. What depends on the machine is only reported.
 */
final class Benchmarks {
  private static final JsonMapper JSON = new JsonMapper();

  private final Path folder;
  private final Path peer;
  private final Map<String, Double> figures = new LinkedHashMap<>();

  private Benchmarks(Path folder, Path peer) {
    this.folder = folder;
    this.peer = peer;
  }

  static void main(String[] args) throws Exception {
    boolean fastEnough = new Benchmarks(Path.of(args[0]), Path.of(args[1])).run();
    System.exit(fastEnough ? 0 : 1);
  }

  private boolean run()
      throws IOException, InterruptedException, ExecutionException, RunnerException, SQLException {
    figure("machine.processors", (double) Runtime.getRuntime().availableProcessors());
    figure("machine.load_before", load());
    LargeClass shares = new LargeClass();
    Map<String, Double> measured = measured();
    figure("proof.storage.per_s", measured.get("storage"));
    figure("proof.storage.peer_per_s", measuredPeer(shares));
    figure("proof.storage.tuweni_per_s", measured.get("storageByTuweni"));
    ratio("proof.storage.ratio_peer", "proof.storage.peer_per_s");
    ratio("proof.storage.ratio_tuweni", "proof.storage.tuweni_per_s");
    figure("proof.history.events_per_s", measured.get("history"));
    register(shares);
    figure("proof.register.verify_ms", measured.get("register"));
    figures.putAll(IndexBenchmark.measure(Files.createTempDirectory(folder, "benchmark-backfill")));
    figures.putAll(PostgresIndexBenchmark.measure());
    api();
    figures.putAll(ServeBenchmark.measure(Files.createTempDirectory(folder, "benchmark-serve")));
    figures.putAll(PageBenchmark.measure(Files.createTempDirectory(folder, "benchmark-page")));
    figures.putAll(NodeBenchmark.measure(Files.createTempDirectory(folder, "benchmark-node")));
    figure("machine.load_after", load());
    Path file = folder.resolve("benchmark.json");
    Files.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(figures));
    System.out.println();
    figures.forEach((name, value) -> System.out.printf("%-38s %,14.1f%n", name, value));
    System.out.println("written to " + file);
    System.out.println();
    Ratio.ALL.forEach(ratio -> System.out.println(ratio.told(figures)));
    return Ratio.ALL.stream().allMatch(ratio -> ratio.isKept(figures));
  }

  /** How many processes wanted a processor in the last minute: what a figure is worth. */
  private static double load() throws IOException {
    return Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ", -1)[0]);
  }

  /** The best of the rounds: whatever else the machine does can only slow them. */
  private static Map<String, Double> measured() throws RunnerException {
    Map<String, Double> best = new LinkedHashMap<>();
    for (RunResult result :
        new Runner(
                new OptionsBuilder()
                    .include(ProofBenchmark.class.getName())
                    .jvmArgsAppend(
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow")
                    .shouldFailOnError(true)
                    .build())
            .run()) {
      Statistics rounds = result.getPrimaryResult().getStatistics();
      best.put(
          result.getPrimaryResult().getLabel(),
          result.getParams().getMode() == Mode.AverageTime ? rounds.getMin() : rounds.getMax());
    }
    return best;
  }

  private double measuredPeer(LargeClass shares) throws IOException, InterruptedException {
    Path file = folder.resolve("benchmark-proofs.json");
    List<Map<String, Object>> proofs =
        shares.proofs(ProofBenchmark.PROOFS).stream()
            .map(proof ->
                Map.<String, Object>of(
                    "key", proof.key().toString(),
                    "value", proof.value().toString(),
                    "nodes", proof.nodes().stream().map(Bytes::toString).toList()))
            .toList();
    JSON.writeValue(
        file.toFile(), Map.of("root", shares.storageRoot().toString(), "proofs", proofs));
    Process process =
        new ProcessBuilder("node", "verify.js", file.toAbsolutePath().toString())
            .directory(peer.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("the peer failed: " + said);
    }
    return Double.parseDouble(said.strip());
  }

  private void api() throws IOException, InterruptedException, ExecutionException {
    Path index = Files.createTempDirectory(folder, "benchmark-index");
    figures.putAll(ApiBenchmark.measure("jdbc:sqlite:" + index.resolve("index.db")));
  }

  private void register(LargeClass shares) {
    long start = System.nanoTime();
    ProofBundle bundle = shares.register();
    double seconds = (System.nanoTime() - start) / 1e9;
    figure("proof.register.holders", (double) LargeClass.HOLDERS);
    figure("proof.register.prove_s", seconds);
    figure(
        "proof.register.bytes_per_holder",
        (double) BundleJson.write(bundle).length / LargeClass.HOLDERS);
    figure(
        "proof.register.naive_bytes_per_holder", (double) shares.naiveBytes() / LargeClass.HOLDERS);
  }

  private void ratio(String name, String other) {
    figure(name, read("proof.storage.per_s") / read(other));
  }

  private void figure(String name, @Nullable Double value) {
    figures.put(name, Objects.requireNonNull(value, name));
  }

  private double read(String name) {
    return Objects.requireNonNull(figures.get(name), name);
  }
}
