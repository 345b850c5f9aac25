package io.fundtrail.store;

import java.sql.SQLException;
import java.time.Duration;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** A query took longer than it may, and was ended; it changed nothing. */
public final class QueryGivenUp extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** PostgreSQL's {@code query_canceled} (Appendix A). */
  private static final String CANCELED = "57014";

  private final Duration longest;

  QueryGivenUp(Duration longest, RuntimeException cause) {
    super("a query took longer than %d ms and was given up".formatted(longest.toMillis()), cause);
    this.longest = longest;
  }

  /** How long it might take. */
  public Duration longest() {
    return longest;
  }

  /** Whether a failure says that a query was ended before it was done. */
  static boolean isMeantBy(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLiteException sqlite
          && sqlite.getResultCode() == SQLiteErrorCode.SQLITE_INTERRUPT) {
        return true;
      }
      if (cause instanceof SQLException sql && CANCELED.equals(sql.getSQLState())) {
        return true;
      }
    }
    return false;
  }
}
