package io.fundtrail.chain;

import java.time.Duration;

/**
 * How long an endpoint is waited for, and how much it may answer: one that trickles, or never ends,
 * must not hold up its reader for ever.
 *
 * @param nextPart longest wait for the next part of an answer
 * @param wholeAnswer longest wait for all of it
 * @param firstPause before a question is asked again; doubled each time
 * @param answerBytes most bytes of one answer
 */
public record Patience(
    Duration nextPart, Duration wholeAnswer, Duration firstPause, long answerBytes) {
  private static final int PARTS = 5;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

  /** More than a block's logs can be, so that halving a range always helps. */
  private static final long ANSWER_BYTES = 128L << 20;

  public Patience {
    if (nextPart.compareTo(wholeAnswer) > 0) {
      throw new IllegalArgumentException(
          "a part of an answer may take %s, and all of it only %s"
              .formatted(nextPart, wholeAnswer));
    }
  }

  /** For an endpoint that is waited for so long before the next part of an answer. */
  public static Patience of(Duration nextPart) {
    return new Patience(nextPart, nextPart.multipliedBy(PARTS), FIRST_PAUSE, ANSWER_BYTES);
  }
}
