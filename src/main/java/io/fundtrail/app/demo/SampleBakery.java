package io.fundtrail.app.demo;

import io.fundtrail.model.ShareCount;
import io.fundtrail.model.TokenAmount;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalInt;

/**
 * Sample Bakery Inc, a company that never was, whose round the demo leaves open, so that whoever
 * comes to it can commit and take back. Its last day is far off: the demo is the same whenever it
 * is played.
 */
final class SampleBakery {
  static final Offering OFFERING =
      new Offering(
          "synthetic, open",
          "Sample Bakery Inc (synthetic)",
          "Common Stock",
          TokenAmount.parseDecimal("2.50", 6),
          ShareCount.of(20_000),
          ShareCount.of(80_000),
          LocalDate.parse("2025-12-01"),
          LocalDate.parse("2030-12-31"),
          ShareCount.of(18_400),
          OptionalInt.of(4),
          List.of());

  private SampleBakery() {}

  /** Not yet enough to reach the target. */
  static List<Commitment> commitments() {
    return List.of(
        commitment("2025-12-02T09:30:00Z", retail(1), 1_200),
        commitment("2025-12-03T14:00:00Z", Person.accredited("Sample Bakery investor 2"), 12_000),
        commitment("2025-12-08T18:45:00Z", retail(3), 3_600),
        commitment("2025-12-15T11:20:00Z", retail(4), 1_600));
  }

  private static Person retail(int number) {
    return Person.retail("Sample Bakery investor " + number, TokenAmount.parseDecimal("10000", 6));
  }

  private static Commitment commitment(String time, Person person, long shares) {
    return new Commitment(
        new Pledge(OFFERING, Instant.parse(time), ShareCount.of(shares), false), person);
  }
}
