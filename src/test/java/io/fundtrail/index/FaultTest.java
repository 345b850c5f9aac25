package io.fundtrail.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.fundtrail.chain.Patience;
import io.fundtrail.chaos.Chaos;
import io.fundtrail.model.Hash;
import io.fundtrail.store.Database;
import io.fundtrail.store.OnBothDatabases;
import io.fundtrail.testnode.Anvil;
import io.fundtrail.testnode.TestChain;
import io.fundtrail.testnode.TestNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever goes wrong between the index and its node, the index ends up with what the chain has,
 * byte for byte; and an index that believes every answer does not, or these faults were none.
 */
@TestNode
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class FaultTest {
  private static final int OF_EACH_KIND = 10;
  private static final int MIXED = 60;
  private static final int LIVE = 60;
  private static final int DEEPEST = 8;
  private static final double RATE = 0.5;
  private static final double CONTROL_RATE = 0.2;

  private static final Patience PATIENCE =
      new Patience(Duration.ofMillis(250), Duration.ofMillis(400), Duration.ofMillis(5), 1L << 20);

  private static LedgerChain ledger;
  private static Anvil otherNode;
  private static LedgerChain otherChain;
  private static List<LogEntry> truth;
  private static Hash digest;

  @BeforeAll
  static void deploy(TestChain chain) throws Exception {
    ledger = LedgerChain.deploy(chain.rpcUrl().toString());
    for (int i = 0; i < 3; i++) {
      ledger.openRound(ledger.openShareClass("Class " + i));
      for (int j = 0; j < 10; j++) {
        ledger.attestTogether(6);
        ledger.attest();
        ledger.mine(1);
      }
    }
    otherNode = Anvil.start();
    otherChain = LedgerChain.deploy(otherNode.rpcUrl().toString());
    otherChain.attestTogether(3);
    otherChain.mine(100);
    try (Scratch scratch = Scratch.create();
        TestIndex index = TestIndex.start(scratch.database(), ledger)) {
      index.awaitHead();
      truth = TestIndex.journal(scratch.database());
      digest = StoredRows.digest(scratch.database());
    }
    assertThat(truth).hasSizeGreaterThan(250);
    Stream.of("faults", "lost", "doubled", "altered", "control_lost")
        .forEach(what -> Chaos.count(what, 0));
  }

  @AfterAll
  static void disconnect() {
    otherChain.close();
    otherNode.close();
    ledger.close();
  }

  @OnBothDatabases
  void storesTheChainWhateverGoesWrong(Database database) throws Exception {
    for (Fault fault : Fault.ofEveryIndex()) {
      goesOnThrough(database, List.of(fault), OF_EACH_KIND * Chaos.times(), Verification.HEADS);
    }
  }

  /** On one database: what is compared with receipts has not come to any yet. */
  @Test
  void storesTheChainWhateverGoesWrongWithReceipts() throws Exception {
    try (Scratch scratch = Scratch.create()) {
      Database database = scratch.database();
      for (Fault fault : Fault.values()) {
        if (fault.ofReceipts()) {
          goesOnThrough(
              database, List.of(fault), 2 * OF_EACH_KIND * Chaos.times(), Verification.RECEIPTS);
        }
      }
      goesOnThrough(
          database, List.of(Fault.values()), MIXED * Chaos.times(), Verification.RECEIPTS);
    }
  }

  @OnBothDatabases
  void storesTheChainWhateverGoesWrongAtOnce(Database database) throws Exception {
    goesOnThrough(database, Fault.ofEveryIndex(), MIXED * Chaos.times(), Verification.HEADS);
  }

  @OnBothDatabases
  void followsTheChainWhateverGoesWrongWhileItGrowsAndIsReplaced(Database database)
      throws Exception {
    Random random = Chaos.random("FaultTest live");
    int faults = LIVE * Chaos.times();
    Faults wrong =
        new Faults(random, Fault.ofEveryIndex(), faults, RATE, ledger, otherChain, PATIENCE);
    String before = ledger.snapshot();
    ledger.mine(DEEPEST);
    try (LyingEndpoint endpoint = new LyingEndpoint(ledger.rpcUrl())) {
      indexToHead(database, plan(endpoint), false);
      endpoint.tamperEach(wrong::next);
      for (int round = 0; !wrong.areOver(); round++) {
        ledger.attestTogether(3);
        if (round % 3 == 0) {
          ledger.openShareClass("Live " + round);
        }
        indexToHead(database, plan(endpoint), false);
        ledger.replaceBlocks(1 + random.nextInt(DEEPEST));
        Chaos.count("reorgs", 1);
      }
      ledger.attest();
      indexToHead(database, plan(endpoint), false);
    }
    count(wrong, faults);
    try (Scratch scratch = Scratch.create();
        TestIndex index = TestIndex.start(scratch.database(), ledger)) {
      index.awaitHead();
      compare(
          database,
          "live",
          TestIndex.journal(scratch.database()),
          StoredRows.digest(scratch.database()));
    }
    ledger.revert(before);
  }

  @Test
  void whoBelievesEveryAnswerStoresSomethingElse() throws Exception {
    for (Fault fault : Fault.values()) {
      if (fault.againstIntegrity()) {
        believes(fault, TestIndex.Plan::believing);
      }
    }
  }

  @Test
  void whoAsksForNoReceiptsStoresSomethingElseThoughHeadsAreRight() throws Exception {
    for (Fault fault : List.of(Fault.ALTERED_TRANSACTION, Fault.ALTERED_INDEX)) {
      believes(fault, plan -> plan);
    }
  }

  /** Indexes from the start until enough went wrong, and compares each time at the chain's head. */
  private static void goesOnThrough(
      Database database, List<Fault> kinds, int faults, Verification verification)
      throws Exception {
    Random random = Chaos.random("FaultTest " + kinds);
    Faults wrong = new Faults(random, kinds, faults, RATE, ledger, otherChain, PATIENCE);
    try (LyingEndpoint endpoint = new LyingEndpoint(ledger.rpcUrl())) {
      endpoint.tamperEach(wrong::next);
      TestIndex.Plan plan = plan(endpoint).verifying(verification);
      do {
        indexToHead(database, plan, true);
        compare(database, kinds.toString(), truth, digest);
      } while (!wrong.areOver());
    }
    count(wrong, faults);
  }

  private static void count(Faults wrong, int due) {
    Map<Fault, Integer> consumed = wrong.consumed();
    consumed.forEach((fault, count) -> Chaos.count("faults." + fault, count));
    int all = consumed.values().stream().mapToInt(Integer::intValue).sum();
    Chaos.count("faults", all);
    assertThat(all).as("faults %s", consumed).isGreaterThanOrEqualTo(due);
  }

  private static TestIndex.Plan plan(LyingEndpoint endpoint) {
    return TestIndex.Plan.of(ledger).through(endpoint.url()).inRangesOf(16, 16).with(PATIENCE);
  }

  /** Starts the index again whenever it stops, as whoever reads its reason does. */
  private static void indexToHead(Database database, TestIndex.Plan plan, boolean fromTheStart)
      throws Exception {
    boolean again = fromTheStart;
    for (int start = 0; start < 200; start++) {
      try (TestIndex index = TestIndex.start(database, ledger, plan)) {
        if (again) {
          index.indexer().rebuild(false);
        }
        if (index.awaitHeadOrStop()) {
          return;
        }
        again = false;
      }
    }
    throw new AssertionError("the index stopped 200 times");
  }

  private static void compare(Database database, String what, List<LogEntry> due, Hash dueDigest) {
    Difference difference = Difference.between(due, TestIndex.journal(database));
    Chaos.count("lost", difference.lost());
    Chaos.count("doubled", difference.doubled());
    Chaos.count("altered", difference.altered());
    assertThat(difference).as("through %s", what).isEqualTo(new Difference(0, 0, 0));
    assertThat(StoredRows.digest(database)).as("through %s", what).isEqualTo(dueDigest);
    Checkpoint at = database.read(Checkpoint::read).orElseThrow();
    assertThat(at.finalHash()).isEqualTo(ledger.reader().header(at.finalNumber()).hash());
  }

  /** Some answers are refused by other checks; sooner or later one of them is taken. */
  private static void believes(Fault fault, UnaryOperator<TestIndex.Plan> credulity)
      throws Exception {
    Random random = Chaos.random("FaultTest control " + fault);
    Faults wrong =
        new Faults(random, List.of(fault), 1_000, CONTROL_RATE, ledger, otherChain, PATIENCE);
    long differs = 0;
    try (LyingEndpoint endpoint = new LyingEndpoint(ledger.rpcUrl())) {
      endpoint.tamperEach(wrong::next);
      for (int attempt = 0; differs == 0 && attempt < 10; attempt++) {
        try (Scratch scratch = Scratch.create()) {
          indexToHead(scratch.database(), credulity.apply(plan(endpoint)), false);
          differs = Difference.between(truth, TestIndex.journal(scratch.database())).all();
        }
      }
    }
    Chaos.count("control_lost", differs);
    Chaos.count("control_lost." + fault, differs);
    assertThat(differs).as("what who believes %s has wrong", fault).isPositive();
  }
}
