package io.fundtrail.store;

import java.time.Duration;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jspecify.annotations.Nullable;

/** Has a database end the queries that take too long. */
interface QueryLimit {
  /** Runs queries, and has the database end what takes so long. */
  <T extends @Nullable Object> T within(
      Duration longest, Handle handle, Function<Handle, T> queries);

  /** By a driver that keeps to JDBC: each query by itself, in whole seconds. */
  static QueryLimit ofDriver() {
    return new QueryLimit() {
      @Override
      public <T extends @Nullable Object> T within(
          Duration longest, Handle handle, Function<Handle, T> queries) {
        int seconds = Math.toIntExact(Math.max(1, longest.toSeconds()));
        handle.configure(SqlStatements.class, statements -> statements.setQueryTimeout(seconds));
        return queries.apply(handle);
      }
    };
  }
}
