package io.fundtrail.model;

import java.math.BigInteger;

/** A number of whole shares, 0 to 2^64-1. */
public record ShareCount(BigInteger shares) implements Comparable<ShareCount> {
  public static final ShareCount ZERO = new ShareCount(BigInteger.ZERO);

  public ShareCount {
    if (shares.signum() < 0 || shares.bitLength() > 64) {
      throw new IllegalArgumentException("share count must be 0 to 2^64-1, not " + shares);
    }
  }

  public static ShareCount of(long shares) {
    return new ShareCount(BigInteger.valueOf(shares));
  }

  public static ShareCount of(BigInteger shares) {
    return new ShareCount(shares);
  }

  /** Reads decimal digits only, as in JSON. */
  public static ShareCount parse(String text) {
    return new ShareCount(Digits.parse("share count", text));
  }

  /**
   * The exact sum.
   *
   * @throws ArithmeticException above 2^64-1
   */
  public ShareCount plus(ShareCount other) {
    BigInteger sum = shares.add(other.shares);
    if (sum.bitLength() > 64) {
      throw new ArithmeticException(this + " plus " + other + " shares is more than 2^64-1");
    }
    return new ShareCount(sum);
  }

  /**
   * The exact difference.
   *
   * @throws ArithmeticException below zero
   */
  public ShareCount minus(ShareCount other) {
    if (compareTo(other) < 0) {
      throw new ArithmeticException(this + " minus " + other + " shares is less than 0");
    }
    return new ShareCount(shares.subtract(other.shares));
  }

  /**
   * What so many shares cost at a price per share.
   *
   * @throws ArithmeticException above 2^256-1
   */
  public TokenAmount times(TokenAmount price) {
    BigInteger cost = shares.multiply(price.units());
    if (cost.bitLength() > 256) {
      throw new ArithmeticException(this + " shares at " + price + " cost more than 2^256-1");
    }
    return new TokenAmount(cost);
  }

  public boolean isZero() {
    return shares.signum() == 0;
  }

  @Override
  public int compareTo(ShareCount other) {
    return shares.compareTo(other.shares);
  }

  /** Decimal digits. */
  @Override
  public String toString() {
    return shares.toString();
  }
}
