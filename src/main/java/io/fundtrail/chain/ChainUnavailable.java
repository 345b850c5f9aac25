package io.fundtrail.chain;

import java.io.InterruptedIOException;
import org.jspecify.annotations.Nullable;

/** The endpoint gave no answer, or not yet; the same question may be answered later. */
public final class ChainUnavailable extends ChainException {
  private static final long serialVersionUID = 1L;

  public ChainUnavailable(String message) {
    super(message);
  }

  public ChainUnavailable(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Whether the endpoint took longer than it may. */
  public boolean isTimeout() {
    return getCause() instanceof InterruptedIOException;
  }
}
