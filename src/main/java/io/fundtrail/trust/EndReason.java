package io.fundtrail.trust;

/** Why a trust ended; the order is the contract's. */
enum EndReason {
  NONE,
  TRUSTEES_DECIDED,
  LONG_STOP,
  TOO_FEW_TRUSTEES,
  PLAN_COMPLETED,
  ROUND_FAILED,
  REVOKED,
  BENEFICIARIES_DECIDED,
  VETOED
}
