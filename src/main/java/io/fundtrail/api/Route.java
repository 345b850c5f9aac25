package io.fundtrail.api;

import java.util.Set;

/**
 * A path that is answered, written as the description writes it, with the query parameters that it
 * takes; any other is refused before the endpoint is asked.
 */
public record Route(Method method, String path, Set<String> query, Endpoint endpoint) {
  /** The methods in use. */
  public enum Method {
    GET,
    POST
  }

  public Route {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("a route's path begins with /, unlike " + path);
    }
    query = Set.copyOf(query);
  }

  public static Route get(String path, Endpoint endpoint, String... query) {
    return new Route(Method.GET, path, Set.of(query), endpoint);
  }

  public static Route post(String path, Endpoint endpoint) {
    return new Route(Method.POST, path, Set.of(), endpoint);
  }
}
