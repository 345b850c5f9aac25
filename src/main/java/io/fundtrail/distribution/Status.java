package io.fundtrail.distribution;

/** How far a distribution has come. */
enum Status {
  DECLARED,
  FUNDED,
  OPEN,
  RETURNED
}
