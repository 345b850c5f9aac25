package io.fundtrail.index;

import io.fundtrail.proof.SyntheticChain;
import java.io.IOException;
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
      IndexedProgram index = IndexedProgram.run("index", node, database("index-long"), 200);
      figures.put("index.long.events_per_s", LONG_EVENTS / index.seconds());
      figures.put("index.long.rss_mb", index.megabytes());
      figures.put("index.long.fourth_to_second_fifth", index.slowing());
    }
  }

  private double seconds(String part, SyntheticNode node, int perBlock)
      throws IOException, InterruptedException {
    IndexedProgram program =
        IndexedProgram.run(part, node, database(part + "-" + perBlock), perBlock);
    if (part.equals("index")) {
      mostMegabytes = Math.max(mostMegabytes, program.megabytes());
    }
    return program.seconds();
  }

  private String database(String name) {
    return "jdbc:sqlite:" + folder.resolve(name + ".db");
  }
}
