package io.fundtrail.model;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * An amount of a settlement token in its smallest unit, 0 to 2^256-1. How many decimals a unit has
 * is the token's matter and given where text is read or written. Exact: nothing here rounds.
 */
public record TokenAmount(BigInteger units) implements Comparable<TokenAmount> {
  public static final TokenAmount ZERO = new TokenAmount(BigInteger.ZERO);

  public TokenAmount {
    if (units.signum() < 0 || units.bitLength() > 256) {
      throw new IllegalArgumentException("token amount must be 0 to 2^256-1, not " + units);
    }
  }

  public static TokenAmount of(long units) {
    return new TokenAmount(BigInteger.valueOf(units));
  }

  public static TokenAmount of(BigInteger units) {
    return new TokenAmount(units);
  }

  /** Reads smallest units: decimal digits only, as in JSON. */
  public static TokenAmount parseUnits(String text) {
    return new TokenAmount(Digits.parse("token amount", text));
  }

  /**
   * Reads a plain decimal such as {@code 13594.28} for a token of so many decimals.
   *
   * @throws IllegalArgumentException if it has a finer part than the token's smallest unit, an
   *     exponent, a sign or anything else than digits and one point
   */
  public static TokenAmount parseDecimal(String text, int decimals) {
    checkDecimals(decimals);
    if (!text.matches("[0-9]{1,100}(\\.[0-9]{1,100})?")) {
      throw new IllegalArgumentException("token amount must be a plain decimal, not " + text);
    }
    BigDecimal units = new BigDecimal(text).movePointRight(decimals).stripTrailingZeros();
    if (units.scale() > 0) {
      throw new IllegalArgumentException(
          "token amount " + text + " is finer than the token's " + decimals + " decimals");
    }
    return new TokenAmount(units.toBigIntegerExact());
  }

  /**
   * The exact sum.
   *
   * @throws ArithmeticException above 2^256-1
   */
  public TokenAmount plus(TokenAmount other) {
    BigInteger sum = units.add(other.units);
    if (sum.bitLength() > 256) {
      throw new ArithmeticException(this + " plus " + other + " is more than 2^256-1");
    }
    return new TokenAmount(sum);
  }

  /**
   * The exact difference.
   *
   * @throws ArithmeticException below zero
   */
  public TokenAmount minus(TokenAmount other) {
    if (compareTo(other) < 0) {
      throw new ArithmeticException(this + " minus " + other + " is less than 0");
    }
    return new TokenAmount(units.subtract(other.units));
  }

  public boolean isZero() {
    return units.signum() == 0;
  }

  /** The amount with exactly {@code decimals} places, never in E-notation. */
  public String toDecimal(int decimals) {
    checkDecimals(decimals);
    return new BigDecimal(units, decimals).toPlainString();
  }

  @Override
  public int compareTo(TokenAmount other) {
    return units.compareTo(other.units);
  }

  /** The smallest units in decimal digits. */
  @Override
  public String toString() {
    return units.toString();
  }

  private static void checkDecimals(int decimals) {
    if (decimals < 0 || decimals > 255) {
      throw new IllegalArgumentException("a token has 0 to 255 decimals, not " + decimals);
    }
  }
}
