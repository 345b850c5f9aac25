package io.fundtrail.round;

/** Where a commitment stands. */
public enum CommitmentState {
  LIVE,
  EXCLUDED,
  CANCELLED,
  SETTLED,
  REFUNDED
}
