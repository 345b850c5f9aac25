package io.fundtrail.store;

import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;

/**
 * Ends what SQLite computes past a deadline, since its driver takes JDBC's time limit for something
 * else. All the queries of one read share it.
 */
final class SqliteDeadline extends ProgressHandler implements QueryLimit {
  /** Instructions between two looks at the clock: about a millisecond. */
  private static final int INSTRUCTIONS = 20_000;

  /** By {@link System#nanoTime}, of the thread that asks, on which SQLite also computes. */
  private final ThreadLocal<@Nullable Long> deadline = new ThreadLocal<>();

  /** The same connections, watched. */
  SQLiteDataSource watching(SQLiteDataSource source) {
    SQLiteDataSource watched =
        new SQLiteDataSource(source.getConfig()) {
          @Override
          public SQLiteConnection getConnection(@Nullable String user, @Nullable String password)
              throws SQLException {
            SQLiteConnection connection = super.getConnection(user, password);
            setHandler(connection, INSTRUCTIONS, SqliteDeadline.this);
            return connection;
          }
        };
    watched.setUrl(source.getUrl());
    return watched;
  }

  @Override
  public <T extends @Nullable Object> T within(
      Duration longest, Handle handle, Function<Handle, T> queries) {
    deadline.set(System.nanoTime() + longest.toNanos());
    try {
      return queries.apply(handle);
    } finally {
      deadline.remove();
    }
  }

  /** Anything but zero ends the query. */
  @Override
  protected int progress() {
    Long at = deadline.get();
    return at == null || System.nanoTime() - at < 0 ? 0 : 1;
  }
}
