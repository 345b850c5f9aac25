package io.fundtrail.api;

import java.util.Set;

/**
 * A path that is answered, written as the description writes it, with the query parameters that it
 * takes; any other is refused before the route is asked.
 */
public record Route(Method method, String path, Set<String> query, Kind kind) {
  /** The methods in use. */
  public enum Method {
    GET,
    POST
  }

  /** How a route answers. */
  public sealed interface Kind {
    /** At once and in whole. */
    record Answers(Endpoint endpoint) implements Kind {}

    /** With a page, whatever the query, which the page itself reads in the browser. */
    record Shows(Answer page) implements Kind {}

    /** With events, as they happen. */
    record Streams(EventStream.Opening opening) implements Kind {}
  }

  public Route {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("a route's path begins with /, unlike " + path);
    }
    query = Set.copyOf(query);
  }

  public static Route get(String path, Endpoint endpoint, String... query) {
    return new Route(Method.GET, path, Set.of(query), new Kind.Answers(endpoint));
  }

  static Route page(String path, Answer page) {
    return new Route(Method.GET, path, Set.of(), new Kind.Shows(page));
  }

  public static Route post(String path, Endpoint endpoint) {
    return new Route(Method.POST, path, Set.of(), new Kind.Answers(endpoint));
  }

  /** A GET that stays open; it reads the header {@code Last-Event-ID} as well. */
  public static Route stream(String path, EventStream.Opening opening, String... query) {
    return new Route(Method.GET, path, Set.of(query), new Kind.Streams(opening));
  }
}
