package io.fundtrail.chain;

import org.jspecify.annotations.Nullable;

/**
 * The chain could not be read or written. The message never holds the endpoint's address, which may
 * carry a key.
 */
public class ChainException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ChainException(String message) {
    super(message);
  }

  public ChainException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
