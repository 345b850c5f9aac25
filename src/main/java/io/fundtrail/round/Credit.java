package io.fundtrail.round;

import io.fundtrail.model.TokenAmount;

/** What settlement credited to somebody, and what of it was paid. */
record Credit(TokenAmount credited, TokenAmount paid) {
  static final Credit NONE = new Credit(TokenAmount.ZERO, TokenAmount.ZERO);

  Credit plus(TokenAmount more) {
    return new Credit(credited.plus(more), paid);
  }

  Credit pay(TokenAmount amount) {
    return new Credit(credited, paid.plus(amount));
  }
}
