package io.fundtrail.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Which of the programs on one PostgreSQL database writes the index: the one whose session holds an
 * advisory lock. The server lets go of it when that session ends, however the program ended.
 */
final class Leadership implements AutoCloseable {
  /** Any number that nobody else is likely to lock in this database. */
  private static final long LOCK = 0x46756E64_7472_6C64L;

  /** So that the server notices within seconds when the machine of a session has vanished. */
  private static final String WATCHED =
      """
      set tcp_keepalives_idle = 2;
      set tcp_keepalives_interval = 1;
      set tcp_keepalives_count = 3
      """;

  /** So that this program notices within seconds when the machine of the server has vanished. */
  private static final int ANSWER_MILLIS = 5_000;

  private final DataSource source;
  private @Nullable Connection session;
  private boolean leads;

  Leadership(DataSource source) {
    this.source = source;
  }

  /**
   * Whether this program leads; it begins to if nobody else does.
   *
   * @throws DatabaseException if the database does not answer; then it no longer leads
   */
  synchronized boolean held() {
    try {
      Connection current = session();
      try (Statement statement = current.createStatement();
          ResultSet answer =
              statement.executeQuery(
                  leads ? "select true" : "select pg_try_advisory_lock(%d)".formatted(LOCK))) {
        leads = answer.next() && answer.getBoolean(1);
        return leads;
      }
    } catch (SQLException e) {
      close();
      throw new DatabaseException("the database does not say who indexes", e);
    }
  }

  @Override
  public synchronized void close() {
    leads = false;
    Connection ending = session;
    session = null;
    if (ending != null) {
      try {
        ending.close();
      } catch (SQLException e) {
        // The server has ended it already.
      }
    }
  }

  private Connection session() throws SQLException {
    Connection current = session;
    if (current == null) {
      current = source.getConnection();
      session = current;
      current.setNetworkTimeout(Runnable::run, ANSWER_MILLIS);
      try (Statement statement = current.createStatement()) {
        statement.execute(WATCHED);
      }
    }
    return current;
  }
}
