package io.fundtrail.round;

/** Where a round stands. */
public enum RoundStatus {
  OPEN,
  TALLYING,
  SETTLING,
  SETTLED,
  FAILED,
  CANCELLED
}
