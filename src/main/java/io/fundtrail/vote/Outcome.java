package io.fundtrail.vote;

/** What a vote decided. */
enum Outcome {
  PENDING,
  PASSED,
  FAILED
}
