package io.fundtrail.share;

import io.fundtrail.model.Address;
import io.fundtrail.model.ShareCount;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is fixed when a share class opens.
 *
 * @param preference per share in a liquidation; null without one
 * @param convertsInto and at what rate; null for a class that stays
 * @param holderCap most persons among the holders; 0 for no cap
 * @param smallestHolding that a newcomer receives by transfer under a cap
 * @param excludedCountries ISO 3166-1 numeric, three digits
 */
public record ClassTerms(
    String name,
    String symbol,
    long votesPerShare,
    @Nullable Preference preference,
    int seniority,
    @Nullable Conversion convertsInto,
    int holderCap,
    ShareCount smallestHolding,
    List<String> excludedCountries) {

  /** Paid per share before the classes below; an amount with two decimals. */
  public record Preference(String amount, String currency) {}

  /** So many shares of a class for so many of this one. */
  public record Conversion(Address shareClass, long numerator, long denominator) {}

  public ClassTerms {
    excludedCountries = List.copyOf(excludedCountries);
  }
}
