package io.fundtrail.app.demo;

import io.fundtrail.model.ShareCount;
import io.fundtrail.model.TokenAmount;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalInt;

/**
 * An offering of shares as it was filed, with what its last progress report says was sold.
 *
 * @param price of one share, in millionths of a dollar
 * @param minimum fewest shares that reach the filed target
 * @param maximum most shares within the filed maximum
 * @param sold as reported
 * @param investors as reported, where the report says it
 * @param notes where filing and round differ, each a sentence
 */
public record Offering(
    String fileNumber,
    String issuer,
    String security,
    TokenAmount price,
    ShareCount minimum,
    ShareCount maximum,
    LocalDate filed,
    LocalDate lastDay,
    ShareCount sold,
    OptionalInt investors,
    List<String> notes)
    implements Filing {

  public Offering {
    if (price.isZero()) {
      throw new IllegalArgumentException(fileNumber + " has no price");
    }
    if (!lastDay.isAfter(filed.minusDays(1))) {
      throw new IllegalArgumentException(
          "%s ends on %s, before it was filed on %s".formatted(fileNumber, lastDay, filed));
    }
    notes = List.copyOf(notes);
  }

  /** An offering opens with the first second of the day it was filed. */
  public Instant opensAt() {
    return filed.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** A filed deadline means until the end of that day. */
  public Instant deadline() {
    return lastDay.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** What was sold according to the report, and within the maximum. */
  public ShareCount sellable() {
    return sold.compareTo(maximum) > 0 ? maximum : sold;
  }

  /** What was sold according to the report past the maximum. */
  public ShareCount excess() {
    return sold.minus(sellable());
  }

  public boolean missesItsTarget() {
    return sold.compareTo(minimum) < 0;
  }

  static ShareCount wholeShares(TokenAmount amount, TokenAmount price) {
    return ShareCount.of(amount.units().divide(price.units()));
  }

  static ShareCount sharesReaching(TokenAmount amount, TokenAmount price) {
    BigInteger[] parts = amount.units().divideAndRemainder(price.units());
    return ShareCount.of(parts[1].signum() == 0 ? parts[0] : parts[0].add(BigInteger.ONE));
  }
}
