package io.fundtrail.api;

import java.time.Duration;

/**
 * Where the server listens and what it takes from one client.
 *
 * @param host the address to listen on, such as 127.0.0.1
 * @param port 0 takes a free one
 * @param mostBodyBytes a larger body is refused
 * @param requestsPerSecond that one client may make for long
 * @param requestsAtOnce that one client may have under way
 * @param idleTimeout after which a connection on which nothing moves is closed
 */
public record ApiSettings(
    String host,
    int port,
    int mostBodyBytes,
    int requestsPerSecond,
    int requestsAtOnce,
    Duration idleTimeout) {

  public ApiSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be 0 to 65535, not " + port);
    }
    if (mostBodyBytes < 1 || requestsPerSecond < 1 || requestsAtOnce < 1) {
      throw new IllegalArgumentException("the limits of a client must be 1 or more");
    }
  }

  /** The usual limits. */
  public static ApiSettings of(String host, int port) {
    return new ApiSettings(host, port, 256 * 1024, 200, 64, Duration.ofSeconds(30));
  }
}
