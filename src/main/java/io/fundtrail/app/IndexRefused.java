package io.fundtrail.app;

/** The index did not take the chain as it is; the message says how it differs. */
public final class IndexRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  IndexRefused(String message) {
    super(message);
  }
}
