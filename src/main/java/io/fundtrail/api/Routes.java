package io.fundtrail.api;

import java.util.List;

/** What one room answers. Tests compare the sum of all rooms with the description. */
@FunctionalInterface
public interface Routes {
  List<Route> routes();
}
