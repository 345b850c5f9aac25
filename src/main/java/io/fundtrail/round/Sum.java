package io.fundtrail.round;

import io.fundtrail.model.ShareCount;
import io.fundtrail.model.TokenAmount;

/** Some commitments: how many, of how many shares, for how much. */
record Sum(int commitments, ShareCount shares, TokenAmount amount) {
  static final Sum NONE = new Sum(0, ShareCount.ZERO, TokenAmount.ZERO);

  Sum plus(Sum other) {
    return new Sum(
        commitments + other.commitments, shares.plus(other.shares), amount.plus(other.amount));
  }

  Sum minus(Sum other) {
    return new Sum(
        commitments - other.commitments, shares.minus(other.shares), amount.minus(other.amount));
  }

  /** The same commitments with the amount that was paid for them. */
  Sum paid(TokenAmount paid) {
    return new Sum(commitments, shares, paid);
  }
}
