package io.fundtrail.app.demo;

import io.fundtrail.app.demo.Step.Action;
import io.fundtrail.model.ShareCount;
import io.fundtrail.model.TokenAmount;
import java.time.Instant;
import java.util.List;

/**
 * WindowMirror Inc, file number 020-23358, told in full: its two reports differ by 50 shares, which
 * are taken to be an investor who cancelled in time. The split over four investors is synthetic;
 * the totals are filed. A close before 21 days and a cancellation within 48 hours are tried and
 * refused.
 */
final class WindowMirror {
  static final String FILE_NUMBER = "020-23358";

  private static final Person FIRST =
      Person.retail("WindowMirror investor 1", TokenAmount.parseDecimal("10000", 6));
  private static final Person SECOND =
      Person.retail("WindowMirror investor 2", TokenAmount.parseDecimal("10000", 6));
  private static final Person THIRD = Person.retail("WindowMirror investor 3", TokenAmount.ZERO);
  private static final Person FOURTH = Person.retail("WindowMirror investor 4", TokenAmount.ZERO);

  private WindowMirror() {}

  static boolean is(Offering offering) {
    return offering.fileNumber().equals(FILE_NUMBER);
  }

  static List<Commitment> commitments(Offering offering) {
    return List.of(
        commitment(offering, "2017-05-10T00:00:00Z", FIRST, 4000),
        commitment(offering, "2017-05-11T00:00:00Z", SECOND, 2500),
        commitment(offering, "2017-06-12T00:00:00Z", THIRD, 731),
        commitment(offering, "2017-07-01T00:00:00Z", FOURTH, 50));
  }

  /** What happens between commitments and the close at the deadline. */
  static List<Step> otherSteps(Offering offering) {
    return List.of(
        Step.refused(
            Instant.parse("2017-05-29T23:59:59Z"),
            Story.ANYONE,
            new Action.Close(offering),
            "TooEarlyToClose"),
        Step.of(
            Instant.parse("2017-07-05T23:59:59Z"),
            FOURTH.account(),
            new Action.Cancel(offering, FOURTH)),
        Step.refused(
            Instant.parse("2017-07-06T00:00:00Z"),
            THIRD.account(),
            new Action.Cancel(offering, THIRD),
            "CancellationClosed"));
  }

  private static Commitment commitment(Offering offering, String time, Person person, long shares) {
    return new Commitment(
        new Pledge(offering, Instant.parse(time), ShareCount.of(shares), false), person);
  }
}
