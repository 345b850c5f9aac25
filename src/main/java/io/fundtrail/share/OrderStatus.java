package io.fundtrail.share;

/** What became of an order. */
enum OrderStatus {
  ANNOUNCED,
  WITHDRAWN,
  EXECUTED,
  /** Its time is over, or a split has made its number of shares another. */
  LAPSED
}
