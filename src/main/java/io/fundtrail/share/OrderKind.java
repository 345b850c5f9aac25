package io.fundtrail.share;

/** What an authority orders; the order is the contract's. */
enum OrderKind {
  FREEZE,
  TRANSFER
}
