package io.fundtrail.distribution;

/** Why money is distributed; the order is the contract's. */
enum Kind {
  DIVIDEND,
  LIQUIDATION_PAYOUT,
  RETURNED_PROCEEDS
}
