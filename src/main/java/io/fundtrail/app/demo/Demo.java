package io.fundtrail.app.demo;

import io.fundtrail.app.Application;
import io.fundtrail.app.ReplayProgress;
import io.fundtrail.chain.ChainReader;
import io.fundtrail.chain.EmbeddedNode;
import io.fundtrail.transact.Refusals;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Plays the offerings of a table and a synthetic company on the embedded chain of a service, and
 * reads back the result.
 */
public final class Demo {
  private static final Duration BEFORE_THE_STORY = Duration.ofDays(1);

  private final OfferingTable table;
  private final List<Offering> offerings;
  private final Story story;

  private Demo(OfferingTable table, List<Offering> offerings) {
    this.table = table;
    this.offerings = offerings;
    this.story = Story.of(offerings);
  }

  /** All of the table's offerings. */
  public static Demo of(OfferingTable table) {
    return new Demo(table, table.offerings());
  }

  /** The table's first offerings and WindowMirror's, for who is in a hurry. */
  public static Demo ofSome(OfferingTable table, int count) {
    List<Offering> some = new ArrayList<>();
    for (Offering offering : table.offerings()) {
      if (some.size() < count || WindowMirror.is(offering)) {
        some.add(offering);
      }
    }
    return new Demo(table, some);
  }

  /** When the chain must begin. */
  public Instant genesisTime() {
    return story.begins().minus(BEFORE_THE_STORY);
  }

  /**
   * Plays what is not on the chain yet, in the years of the offerings, and ends at the present.
   *
   * @param application serving, with its chain not yet started
   * @param started when the command was given
   * @throws DemoStopped if it cannot go on
   */
  public DemoReport play(
      Application application, Instant started, ReplayProgress replay, DemoListener listener) {
    EmbeddedNode node = application.replayedNode(replay);
    Script script = Script.of(story, node.chainId());
    try (ChainReader chain = ChainReader.of(node.rpcUrl())) {
      Performance performance = new Performance(node, chain, script, new Refusals(), listener);
      int played = performance.blocksPlayed();
      int deployed = Math.max(played, 1);
      performance.play(played, deployed);
      application.follow();
      performance.play(deployed, script.blocks().size());
      List<RefusedAttempt> refused = performance.refusedAttempts();
      Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
      if (node.head().time().isBefore(now)) {
        node.mine(now, List.of());
      }
      application.awaitIndexed(node.head().number());
      try (Answers answers = new Answers(application.url())) {
        return new DemoReport(
            table,
            offerings,
            outcomes(answers),
            answers.sampleOrchards(script.instances()),
            refused,
            script.blocks().size(),
            script.size(),
            script.blocks().subList(played, script.blocks().size()).stream()
                .mapToInt(block -> block.transactions().size())
                .sum(),
            Duration.between(started, Instant.now()),
            application.url());
      }
    }
  }

  private List<RoundOutcome> outcomes(Answers answers) {
    return offerings.stream().filter(Story::opens).map(answers::round).toList();
  }
}
