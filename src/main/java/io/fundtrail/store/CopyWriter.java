package io.fundtrail.store;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Appends by PostgreSQL's COPY in its text format. */
final class CopyWriter implements BulkWriter {
  private static final int CHUNK = 64 * 1024;
  private static final HexFormat HEX = HexFormat.of();

  private final Handle handle;

  CopyWriter(Handle handle) {
    this.handle = handle;
  }

  @Override
  public void append(String table, List<String> columns, Iterable<List<@Nullable Object>> rows) {
    String sql = "copy %s (%s) from stdin".formatted(table, String.join(", ", columns));
    try {
      CopyIn copy = handle.getConnection().unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
      try {
        send(copy, rows);
        copy.endCopy();
      } finally {
        if (copy.isActive()) {
          copy.cancelCopy();
        }
      }
    } catch (SQLException e) {
      throw new DatabaseException("rows could not be appended to " + table, e);
    }
  }

  private static void send(CopyIn copy, Iterable<List<@Nullable Object>> rows) throws SQLException {
    StringBuilder text = new StringBuilder();
    for (List<@Nullable Object> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        text.append(i == 0 ? "" : "\t");
        append(text, row.get(i));
      }
      text.append('\n');
      if (text.length() >= CHUNK) {
        flush(copy, text);
      }
    }
    flush(copy, text);
  }

  private static void flush(CopyIn copy, StringBuilder text) throws SQLException {
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    copy.writeToCopy(bytes, 0, bytes.length);
    text.setLength(0);
  }

  private static void append(StringBuilder text, @Nullable Object value) {
    switch (value == null ? null : ColumnTypes.toColumn(value)) {
      case null -> text.append("\\N");
      case byte[] bytes -> text.append("\\\\x").append(HEX.formatHex(bytes));
      case String string -> escape(text, string);
      case Object other -> text.append(other);
    }
  }

  private static void escape(StringBuilder text, String string) {
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      switch (c) {
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> text.append(c);
      }
    }
  }
}
