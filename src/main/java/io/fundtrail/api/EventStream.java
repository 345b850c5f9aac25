package io.fundtrail.api;

import java.time.Duration;

/**
 * Events for one client, in order, without end. Asked by one thread, and only when the client has
 * taken what came before: so nothing waits in memory for a client that is slow.
 */
public interface EventStream {
  /** Opens the stream that a request asks for, or throws a {@link Problem}. */
  @FunctionalInterface
  interface Opening {
    EventStream open(RequestParams request);
  }

  /**
   * What follows, as {@link ServerSentEvents} writes it; empty when nothing did in so long a time.
   *
   * @param patience how long to wait at most
   */
  String next(Duration patience) throws InterruptedException;
}
