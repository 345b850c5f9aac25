package io.fundtrail.app.demo;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the demo did, read back from the service.
 *
 * @param offerings that were played
 * @param rounds those that were opened, in the order of filing
 * @param sampleOrchards the synthetic company, which is not among the offerings
 * @param refused what the contracts refused, as they should
 * @param transactions of the whole demo, those of an earlier, interrupted run included
 * @param mined transactions of this run
 * @param took from the command to the answer of the service
 */
public record DemoReport(
    OfferingTable table,
    List<Offering> offerings,
    List<RoundOutcome> rounds,
    SampleOrchardsOutcome sampleOrchards,
    List<RefusedAttempt> refused,
    int blocks,
    int transactions,
    int mined,
    Duration took,
    URI service) {
  public DemoReport {
    offerings = List.copyOf(offerings);
    rounds = List.copyOf(rounds);
    refused = List.copyOf(refused);
  }

  /** WindowMirror's round, where it is among them. */
  public Optional<RoundOutcome> windowMirror() {
    return rounds.stream().filter(outcome -> WindowMirror.is(outcome.offering())).findFirst();
  }

  /** Offerings whose round the rules refused to open. */
  public List<Offering> notOpened() {
    return offerings.stream().filter(offering -> !Story.opens(offering)).toList();
  }
}
