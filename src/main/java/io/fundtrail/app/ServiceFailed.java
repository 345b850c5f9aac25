package io.fundtrail.app;

/** A running service could not go on; the message says why and what to do. */
public final class ServiceFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ServiceFailed(String message) {
    super(message);
  }
}
