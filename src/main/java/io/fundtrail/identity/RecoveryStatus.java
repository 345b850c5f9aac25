package io.fundtrail.identity;

/** How far a recovery has come; one that lapses tells nothing, so it stays as it was. */
enum RecoveryStatus {
  ANNOUNCED,
  CONFIRMED,
  EXECUTED,
  OBJECTED,
  WITHDRAWN
}
