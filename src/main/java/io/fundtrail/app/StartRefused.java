package io.fundtrail.app;

import org.jspecify.annotations.Nullable;

/**
 * Something outside the program stands in the way of starting, such as a port in use; the message
 * says what and how to go on.
 */
public final class StartRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StartRefused(String message) {
    super(message);
  }

  public StartRefused(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
