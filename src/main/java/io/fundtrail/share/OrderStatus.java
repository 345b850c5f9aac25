package io.fundtrail.share;

/** What became of an order. */
enum OrderStatus {
  ANNOUNCED,
  WITHDRAWN,
  EXECUTED
}
