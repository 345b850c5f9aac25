package io.fundtrail.identity;

/** How far a recovery has come. */
enum RecoveryStatus {
  ANNOUNCED,
  CONFIRMED,
  EXECUTED,
  OBJECTED,
  WITHDRAWN,
  /** Nobody went on with it in time. No event says so, so that it is never stored. */
  LAPSED
}
