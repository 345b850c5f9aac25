package io.fundtrail.index;

import io.fundtrail.chain.ChainException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Why an index waits.
 *
 * @param forEverybody for the status, which anybody may read
 * @param forTheLog with all that the database said
 */
record WaitReason(String forEverybody, String forTheLog) {
  private static final String INSUFFICIENT_RESOURCES = "53";

  /** What is said of a failure that may pass. */
  static WaitReason of(RuntimeException failure) {
    String reason = String.valueOf(failure.getMessage());
    String all = reason + said(failure);
    return new WaitReason(isForEverybody(failure) ? all : reason, all);
  }

  /**
   * What the database itself said; a chain's reasons are complete, and its causes may have a URL.
   */
  private static String said(RuntimeException failure) {
    @Nullable Throwable cause = failure instanceof ChainException ? null : failure.getCause();
    String said = "";
    while (cause != null) {
      said = ": " + cause.getMessage();
      cause = cause.getCause();
    }
    return said;
  }

  /**
   * Whether it is SQLite's, or is of PostgreSQL's lack of room (SQLSTATE class 53); others may say
   * where the database is, and who asks it.
   */
  private static boolean isForEverybody(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException said
          && (said.getSQLState() == null
              || said.getSQLState().startsWith(INSUFFICIENT_RESOURCES))) {
        return true;
      }
    }
    return false;
  }
}
