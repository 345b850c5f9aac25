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
 * @param streams how many streams are held open, and for how long one may keep the service waiting
 */
public record ApiSettings(
    String host,
    int port,
    int mostBodyBytes,
    int requestsPerSecond,
    int requestsAtOnce,
    Duration idleTimeout,
    Streams streams) {

  /**
   * The limits of streams, which stay open.
   *
   * @param ofOneClient that one client may have open
   * @param ofAll that are open together
   * @param heartbeat after which a stream that has nothing to tell says that it is there
   * @param patience with a client that does not take what it is sent; it is disconnected then
   */
  public record Streams(int ofOneClient, int ofAll, Duration heartbeat, Duration patience) {
    public static final Streams USUAL =
        new Streams(32, 4_000, Duration.ofSeconds(15), Duration.ofSeconds(10));

    public Streams {
      if (ofOneClient < 1 || ofAll < 1) {
        throw new IllegalArgumentException("the limits of streams must be 1 or more");
      }
    }
  }

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
    return new ApiSettings(host, port, 256 * 1024, 200, 64, Duration.ofSeconds(30), Streams.USUAL);
  }
}
