package io.fundtrail.store;

import com.zaxxer.hikari.HikariConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.postgresql.ds.PGSimpleDataSource;

/** Opens a PostgreSQL database: one connection that writes, a few that read. */
final class PostgresConnections {
  private static final int READERS = 8;
  private static final int CONNECT_SECONDS = 10;

  private PostgresConnections() {}

  static Database open(DatabaseUrl.Postgres url) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url.jdbcUrl());
    source.setConnectTimeout(CONNECT_SECONDS);
    probe(url, source);
    HikariConfig reading = pool("postgresql-reader", source, READERS);
    reading.setReadOnly(true);
    reading.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
    reading.setConnectionTimeout(Duration.ofSeconds(CONNECT_SECONDS).toMillis());
    return new Database(
        url,
        Lane.open(reading, null),
        Lane.open(pool("postgresql-writer", source, 1), null),
        QueryLimit.ofDriver(),
        new Leadership(source));
  }

  private static void probe(DatabaseUrl.Postgres url, PGSimpleDataSource source) {
    try (Connection connection = source.getConnection()) {
      if (!connection.isValid(CONNECT_SECONDS)) {
        throw new DatabaseException(url + " accepted a connection but does not answer");
      }
    } catch (SQLException e) {
      throw new DatabaseException(explain(url, e), e);
    }
  }

  /** By the classes of the SQL standard and PostgreSQL's Appendix A. */
  private static String explain(DatabaseUrl.Postgres url, SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    if (state.startsWith("08")) {
      return "no PostgreSQL answers at " + url + ": is it running, and are host and port right?";
    }
    if (state.startsWith("28")) {
      return "PostgreSQL refused the user or password given for " + url;
    }
    if (state.equals("3D000")) {
      return url + " names a database that does not exist: create it first";
    }
    return "PostgreSQL at " + url + " cannot be used: " + e.getMessage();
  }

  private static HikariConfig pool(String name, PGSimpleDataSource source, int size) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setDataSource(source);
    config.setMaximumPoolSize(size);
    return config;
  }
}
