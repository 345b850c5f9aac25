package io.fundtrail.round;

/** How shares are allotted when more are asked for than there are; the order is the contract's. */
enum Allocation {
  FIRST_COME,
  PRO_RATA
}
