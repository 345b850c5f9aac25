package io.fundtrail.api;

/** Answers the requests of one route, or throws a {@link Problem}. */
@FunctionalInterface
public interface Endpoint {
  Answer answer(RequestParams request);
}
