package io.fundtrail.trust;

/** How a trustee left office; the order is the contract's. */
enum Departure {
  REPLACED,
  REMOVED_BY_BENEFICIARIES,
  REMOVED_BY_ORDER,
  NOT_INDEPENDENT
}
