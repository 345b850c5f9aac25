package io.fundtrail.store;

import org.jspecify.annotations.Nullable;

/** The database cannot be opened, or its schema is not one this program can use. */
public final class DatabaseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DatabaseException(String message) {
    this(message, null);
  }

  public DatabaseException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
