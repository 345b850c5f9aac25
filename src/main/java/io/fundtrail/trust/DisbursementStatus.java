package io.fundtrail.trust;

/** How far a disbursement has come; the order is the contract's. */
enum DisbursementStatus {
  NONE,
  PROPOSED,
  APPROVED,
  SUSPENDED,
  REJECTED,
  VETOED,
  EXECUTED
}
