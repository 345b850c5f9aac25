package io.fundtrail.app.demo;

/** The demo cannot go on; the message says why and how to start over. */
public final class DemoStopped extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DemoStopped(String message) {
    super(message);
  }
}
