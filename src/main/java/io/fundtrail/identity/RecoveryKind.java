package io.fundtrail.identity;

/** Why another wallet is to act; the order is the contract's. */
enum RecoveryKind {
  NONE,
  LOST_KEY,
  INHERITANCE,
  COURT_ORDER,
  CONTROLLER_KEY
}
