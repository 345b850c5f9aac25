package io.fundtrail.index;

import io.fundtrail.proof.SyntheticChain;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The backfill of {@link IndexBenchmark} on PostgreSQL, which waits for its disk as a server does
 * that is meant to keep what it is given.
 */
public final class PostgresIndexBenchmark {
  private static final int EVENTS = 200_000;

  private final EmbeddedPostgres server;
  private final Map<String, Double> figures = new LinkedHashMap<>();

  private PostgresIndexBenchmark(EmbeddedPostgres server) {
    this.server = server;
  }

  /** Prints what it measures. */
  static void main(String[] args) throws IOException, InterruptedException, SQLException {
    measure().forEach((name, value) -> System.out.printf("%-44s %,14.1f%n", name, value));
  }

  /** The figures by name. */
  public static Map<String, Double> measure()
      throws IOException, InterruptedException, SQLException {
    try (EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .start()) {
      PostgresIndexBenchmark benchmark = new PostgresIndexBenchmark(server);
      benchmark.run("dense", 200);
      benchmark.run("sparse", 4);
      return benchmark.figures;
    }
  }

  private void run(String name, int perBlock)
      throws IOException, InterruptedException, SQLException {
    try (SyntheticNode node = new SyntheticNode(new SyntheticChain(EVENTS, perBlock))) {
      String prefix = "index.postgresql." + name;
      double store = EVENTS / seconds("store", node, perBlock);
      double index = EVENTS / seconds("index", node, perBlock);
      figures.put(prefix + ".events_per_s", index);
      figures.put(prefix + ".store_events_per_s", store);
    }
  }

  private double seconds(String part, SyntheticNode node, int perBlock)
      throws IOException, InterruptedException, SQLException {
    String database = part + perBlock;
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + database);
    }
    return IndexedProgram.run(part, node, server.getJdbcUrl("postgres", database), perBlock)
        .seconds();
  }
}
