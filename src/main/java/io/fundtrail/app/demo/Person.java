package io.fundtrail.app.demo;

import io.fundtrail.app.DevelopmentAccount;
import io.fundtrail.model.Hash;
import io.fundtrail.model.TokenAmount;
import io.fundtrail.proof.Keccak;
import java.nio.charset.StandardCharsets;

/**
 * A synthetic investor, attested by the demo's registrar. No real person is meant.
 *
 * @param attestedLimit what the registrar attests for twelve months, in millionths of a dollar;
 *     zero when nothing
 */
record Person(DevelopmentAccount account, Category category, TokenAmount attestedLimit) {
  /** 17 CFR 227.100(a)(2)(i): what everybody may commit in twelve months. */
  private static final TokenAmount LEAST_LIMIT = TokenAmount.parseDecimal("2500", 6);

  /** The categories of the demo, by their place in the contracts' enumeration. */
  enum Category {
    RETAIL(1),
    ACCREDITED(3);

    private final int code;

    Category(int code) {
      this.code = code;
    }

    int code() {
      return code;
    }
  }

  static Person retail(String name, TokenAmount attestedLimit) {
    return new Person(new DevelopmentAccount(name), Category.RETAIL, attestedLimit);
  }

  static Person accredited(String name) {
    return new Person(new DevelopmentAccount(name), Category.ACCREDITED, TokenAmount.ZERO);
  }

  boolean isExempt() {
    return category == Category.ACCREDITED;
  }

  /** What a person who is not exempt may commit in twelve months. */
  TokenAmount yearlyLimit() {
    return attestedLimit.compareTo(LEAST_LIMIT) > 0 ? attestedLimit : LEAST_LIMIT;
  }

  /** A hash that stands for the person's identification. */
  Hash identity() {
    return hash("identity");
  }

  /** A hash that stands for the evidence that a registrar keeps. */
  Hash dossier() {
    return hash("dossier");
  }

  private Hash hash(String what) {
    String text = "fundtrail synthetic " + what + ": " + account.name();
    return Keccak.hash(text.getBytes(StandardCharsets.UTF_8));
  }
}
