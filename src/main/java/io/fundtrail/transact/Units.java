package io.fundtrail.transact;

import io.fundtrail.api.Money;
import io.fundtrail.model.TokenAmount;

/** What the token's amounts in a call are counted in, such as USD with 6 decimals. */
public record Units(String name, int decimals) {
  public static final Units SHARES = new Units("shares", 0);

  /** The smallest units of a token that is not known; no call of ours moves one. */
  public static final Units SMALLEST = new Units("smallest units", 0);

  String text(TokenAmount amount) {
    return Money.text(amount, decimals) + " " + name;
  }
}
