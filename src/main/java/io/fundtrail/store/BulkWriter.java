package io.fundtrail.store;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Appends many rows to a table in the caller's transaction, the fastest way its database has. */
public sealed interface BulkWriter permits BatchWriter, CopyWriter {
  static BulkWriter of(Handle handle) {
    return switch (Dialect.of(handle)) {
      case SQLITE -> new BatchWriter(handle);
      case POSTGRESQL -> new CopyWriter(handle);
    };
  }

  /**
   * Appends the rows, each with one value per column: a number, boolean, text, byte array, a value
   * of {@code model} that has a column type, an Instant, or null.
   */
  void append(String table, List<String> columns, Iterable<List<@Nullable Object>> rows);
}
