package io.fundtrail.model;

import java.math.BigInteger;

/** Unsigned decimal text, as JSON carries numbers that may pass 2^53. */
final class Digits {
  /** 2^256-1 has 78 digits. */
  private static final int MAX_DIGITS = 78;

  private Digits() {}

  static BigInteger parse(String kind, String text) {
    if (text.isEmpty() || text.length() > MAX_DIGITS) {
      throw new IllegalArgumentException(
          kind + " must have 1 to " + MAX_DIGITS + " digits, not " + text.length());
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        throw new IllegalArgumentException(kind + " must be decimal digits, not " + text);
      }
    }
    return new BigInteger(text);
  }
}
