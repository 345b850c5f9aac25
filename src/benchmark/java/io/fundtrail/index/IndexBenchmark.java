package io.fundtrail.index;

import io.fundtrail.proof.SyntheticChain;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How fast a backfill of 200,000 transfers is on SQLite, dense (200 a block) and sparse (4), beside
 * its floors: reading and decoding alone, and storing alone what was read. Whether that is fast
 * depends on the machine, so nothing fails here.
 */
public final class IndexBenchmark {
  private static final int EVENTS = 200_000;
  private static final int LONG_EVENTS = 5_000_000;
  private static final double KIB_PER_MB = 1024;

  private final Path folder;
  private final Map<String, Double> figures = new LinkedHashMap<>();
  private double mostMegabytes;

  private IndexBenchmark(Path folder) {
    this.folder = folder;
  }

  /** Prints what it measures. */
  static void main(String[] args) throws IOException, InterruptedException {
    measure(Files.createTempDirectory("fundtrail-index"))
        .forEach((name, value) -> System.out.printf("%-38s %,14.1f%n", name, value));
  }

  /** The figures by name; databases are made in a folder. */
  public static Map<String, Double> measure(Path folder) throws IOException, InterruptedException {
    IndexBenchmark benchmark = new IndexBenchmark(folder);
    benchmark.run("dense", 200);
    benchmark.run("sparse", 4);
    if (Boolean.getBoolean("fundtrail.benchmark.long")) {
      benchmark.runLong();
    }
    benchmark.figures.put("index.rss_mb", benchmark.mostMegabytes);
    return benchmark.figures;
  }

  private void run(String name, int perBlock) throws IOException, InterruptedException {
    try (SyntheticNode node = new SyntheticNode(new SyntheticChain(EVENTS, perBlock))) {
      double fetch = EVENTS / seconds("fetch", node, perBlock);
      double store = EVENTS / seconds("store", node, perBlock);
      double index = EVENTS / seconds("index", node, perBlock);
      figures.put("index." + name + ".events_per_s", index);
      figures.put("index." + name + ".fetch_events_per_s", fetch);
      figures.put("index." + name + ".store_events_per_s", store);
      figures.put("index." + name + ".floor_events_per_s", Math.min(fetch, store));
    }
  }

  /** Whether a longer history is indexed as fast and in as little memory. */
  private void runLong() throws IOException, InterruptedException {
    try (SyntheticNode node = new SyntheticNode(new SyntheticChain(LONG_EVENTS, 200))) {
      String[] words = program("index", node, 200, "long");
      figures.put("index.long.events_per_s", LONG_EVENTS / Double.parseDouble(words[0]));
      figures.put("index.long.rss_mb", Double.parseDouble(words[1]) / KIB_PER_MB);
      figures.put(
          "index.long.fourth_to_second_fifth",
          Double.parseDouble(words[2]) / Double.parseDouble(words[3]));
    }
  }

  private double seconds(String part, SyntheticNode node, int perBlock)
      throws IOException, InterruptedException {
    String[] words = program(part, node, perBlock, String.valueOf(perBlock));
    if (part.equals("index")) {
      mostMegabytes = Math.max(mostMegabytes, Double.parseDouble(words[1]) / KIB_PER_MB);
    }
    return Double.parseDouble(words[0]);
  }

  private String[] program(String part, SyntheticNode node, int perBlock, String name)
      throws IOException, InterruptedException {
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-Xmx" + (part.equals("store") ? "2g" : "128m"),
                "-cp",
                System.getProperty("java.class.path"),
                IndexedChain.class.getName(),
                part,
                node.url(),
                "jdbc:sqlite:" + folder.resolve(part + "-" + name + ".db"),
                String.valueOf(perBlock))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (program.waitFor() != 0) {
      throw new IllegalStateException("the benchmark's program failed: " + said);
    }
    return said.strip().split("\\s+", -1);
  }
}
