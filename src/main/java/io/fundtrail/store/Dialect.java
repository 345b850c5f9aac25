package io.fundtrail.store;

import java.sql.SQLException;
import org.jdbi.v3.core.Handle;

/** The few words in which the two databases differ. */
enum Dialect {
  SQLITE("blob", "without rowid"),
  POSTGRESQL("bytea", "");

  /** Any number that nobody else is likely to lock in this database. */
  private static final long SCHEMA_LOCK = 0x46756E64_7472_6C73L;

  private final String bytes;
  private final String clustered;

  Dialect(String bytes, String clustered) {
    this.bytes = bytes;
    this.clustered = clustered;
  }

  static Dialect of(Handle handle) {
    String product = productOf(handle);
    return switch (product) {
      case "SQLite" -> SQLITE;
      case "PostgreSQL" -> POSTGRESQL;
      default -> throw new IllegalStateException("SQLite or PostgreSQL is needed, not " + product);
    };
  }

  /** Keeps other programs from changing the schema until the transaction ends. */
  void lockSchema(Handle handle) {
    switch (this) {
      case SQLITE -> {
        // A SQLite file has one program.
      }
      case POSTGRESQL -> handle.execute("select pg_advisory_xact_lock(?)", SCHEMA_LOCK);
    }
  }

  /** Runs statements, each ended by {@code ;}. */
  void execute(Handle handle, String script) {
    String sql = script.replace("${bytes}", bytes).replace("${clustered}", clustered);
    handle.createScript(sql).execute();
  }

  /** The query for the definitions of the indexes of some names. */
  String definitions() {
    return switch (this) {
      case SQLITE ->
          """
          select name, sql as definition
          from sqlite_schema
          where type = 'index' and name in (<names>)
          """;
      case POSTGRESQL ->
          """
          select indexname as name, indexdef as definition
          from pg_indexes
          where schemaname = current_schema() and indexname in (<names>)
          """;
    };
  }

  private static String productOf(Handle handle) {
    try {
      return handle.getConnection().getMetaData().getDatabaseProductName();
    } catch (SQLException e) {
      throw new IllegalStateException("the connection does not name its database", e);
    }
  }
}
