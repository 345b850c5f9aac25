package io.fundtrail.store;

import java.time.Duration;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jspecify.annotations.Nullable;

/** Has a database end the queries that take too long. */
interface QueryLimit {
  /** Runs queries, each of which the database ends after so long. */
  <T extends @Nullable Object> T within(
      Duration longest, Handle handle, Function<Handle, T> queries);

  /** What a driver does that keeps to JDBC, in whole seconds. */
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
