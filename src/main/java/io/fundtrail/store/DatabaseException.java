package io.fundtrail.store;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteException;

/** The database cannot be opened, or its schema is not one this program can use. */
public final class DatabaseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** SQLite's primary result codes BUSY, IOERR, FULL and CANTOPEN, the low byte of each code. */
  private static final Set<Integer> SQLITE_OUTAGES = Set.of(5, 10, 13, 14);

  public DatabaseException(String message) {
    this(message, null);
  }

  public DatabaseException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /**
   * Whether a failure means that the database is away, starting, stopping or out of room, so that
   * the same work may succeed later (SQLSTATE classes 08, 53, 57 and 58, and SQLite's own codes).
   */
  public static boolean isOutage(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLTransientConnectionException) {
        return true;
      }
      if (cause instanceof SQLiteException sqlite
          && SQLITE_OUTAGES.contains(sqlite.getResultCode().code & 0xff)) {
        return true;
      }
      if (cause instanceof SQLException sql
          && sql.getSQLState() != null
          && sql.getSQLState().matches("(08|53|57|58).*")) {
        return true;
      }
    }
    return false;
  }
}
