package io.fundtrail.api;

import io.fundtrail.model.TokenAmount;

/**
 * Amounts as the API writes them: exact, in units of the currency, with at least two places where
 * the token has two, without superfluous zeros after those, never in E-notation.
 */
public final class Money {
  private static final int LEAST_PLACES = 2;

  private Money() {}

  public static String text(TokenAmount amount, int decimals) {
    String text = amount.toDecimal(decimals);
    int end = text.length();
    int shortest = end - Math.max(0, decimals - LEAST_PLACES);
    while (end > shortest && text.charAt(end - 1) == '0') {
      end--;
    }
    return text.substring(0, end);
  }
}
