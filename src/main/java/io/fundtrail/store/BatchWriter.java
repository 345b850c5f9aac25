package io.fundtrail.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Appends by batches of one prepared statement. */
final class BatchWriter implements BulkWriter {
  private static final int BATCH = 5_000;

  private final Handle handle;

  BatchWriter(Handle handle) {
    this.handle = handle;
  }

  @Override
  public void append(String table, List<String> columns, Iterable<List<@Nullable Object>> rows) {
    String sql =
        "insert into %s (%s) values (%s)"
            .formatted(
                table,
                String.join(", ", columns),
                String.join(", ", Collections.nCopies(columns.size(), "?")));
    try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
      int waiting = 0;
      for (List<@Nullable Object> row : rows) {
        bind(statement, row);
        statement.addBatch();
        if (++waiting == BATCH) {
          statement.executeBatch();
          waiting = 0;
        }
      }
      statement.executeBatch();
    } catch (SQLException e) {
      throw new DatabaseException("rows could not be appended to " + table, e);
    }
  }

  private static void bind(PreparedStatement statement, List<@Nullable Object> row)
      throws SQLException {
    for (int i = 0; i < row.size(); i++) {
      Object value = row.get(i);
      statement.setObject(i + 1, value == null ? null : ColumnTypes.toColumn(value));
    }
  }
}
