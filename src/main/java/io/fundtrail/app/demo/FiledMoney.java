package io.fundtrail.app.demo;

import io.fundtrail.model.TokenAmount;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * A sum of dollars in a filing, read exactly. The published tables passed through floating point: a
 * sum that is not whole cents is rounded to the cent and noted if it is within a millionth of a
 * dollar of one, and refused otherwise.
 *
 * @param name what the sum is, for messages
 * @param note what was changed in reading it
 */
record FiledMoney(String name, BigDecimal dollars, Optional<String> note) {
  static final int DECIMALS = 6;
  private static final BigDecimal ARTEFACT = new BigDecimal("0.000001");

  /** A sum in dollars and whole cents. */
  static FiledMoney amount(String name, String text) {
    BigDecimal exact = parse(name, text);
    BigDecimal cents = exact.setScale(2, RoundingMode.HALF_EVEN);
    if (exact.compareTo(cents) == 0) {
      return new FiledMoney(name, cents, Optional.empty());
    }
    if (exact.subtract(cents).abs().compareTo(ARTEFACT) >= 0) {
      throw new IllegalArgumentException(name + " " + text + " is not a sum in whole cents");
    }
    String note = "%s %s in the source is read as %s".formatted(name, text, cents);
    return new FiledMoney(name, cents, Optional.of(note));
  }

  /** The price of one share, which may be finer than a cent. */
  static FiledMoney price(String text) {
    BigDecimal exact = parse("price", text).stripTrailingZeros();
    if (exact.scale() > DECIMALS) {
      throw new IllegalArgumentException(
          "price " + text + " is finer than a millionth of a dollar");
    }
    return new FiledMoney("price", exact.setScale(Math.max(2, exact.scale())), Optional.empty());
  }

  /** In millionths of a dollar, the smallest unit of the demo's settlement token. */
  TokenAmount amount() {
    return TokenAmount.of(dollars.movePointRight(DECIMALS).toBigIntegerExact());
  }

  @Override
  public String toString() {
    return dollars.toPlainString();
  }

  private static BigDecimal parse(String name, String text) {
    if (!text.matches("[0-9]{1,15}(\\.[0-9]{1,20})?")) {
      throw new IllegalArgumentException(name + " \"" + text + "\" is not a sum of dollars");
    }
    return new BigDecimal(text);
  }
}
