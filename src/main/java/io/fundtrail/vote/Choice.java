package io.fundtrail.vote;

/** What a ballot says; the order is the contract's. */
enum Choice {
  NONE,
  FOR,
  AGAINST,
  ABSTAIN
}
