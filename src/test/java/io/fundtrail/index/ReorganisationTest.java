package io.fundtrail.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.fundtrail.audit.Bundles;
import io.fundtrail.chain.Finality;
import io.fundtrail.chaos.Chaos;
import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.RawLog;
import io.fundtrail.proof.Claim;
import io.fundtrail.proof.Keccak;
import io.fundtrail.proof.ProofBundle;
import io.fundtrail.proof.PublishedCodes;
import io.fundtrail.proof.TrustAnchor;
import io.fundtrail.proof.Verdict;
import io.fundtrail.proof.Verifier;
import io.fundtrail.store.Database;
import io.fundtrail.store.OnBothDatabases;
import io.fundtrail.testnode.TestChain;
import io.fundtrail.testnode.TestNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

@TestNode
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class ReorganisationTest {
  private static final BigInteger CHAIN = BigInteger.valueOf(31_337);
  private static final PublishedCodes CODES = PublishedCodes.packed();
  private static final int DEEPEST = 64;

  private static LedgerChain ledger;
  private String fresh;

  @BeforeAll
  static void deploy(TestChain chain) {
    ledger = LedgerChain.deploy(chain.rpcUrl().toString());
  }

  @AfterAll
  static void disconnect() {
    ledger.close();
  }

  @BeforeEach
  void remember() {
    fresh = ledger.snapshot();
  }

  @AfterEach
  void restore() {
    ledger.revert(fresh);
  }

  @OnBothDatabases
  void takesBackWhatTheChainTookBack(Database database) throws Exception {
    try (TestIndex index = TestIndex.start(database, ledger)) {
      Address shareClass = ledger.openShareClass("Ordinary");
      ledger.attest();
      index.awaitHead();
      assertThat(database.read(Contracts::all))
          .extracting(FollowedContract::address)
          .contains(shareClass);

      ledger.replaceBlocks(2);
      index.awaitHead();

      assertThat(database.read(Contracts::all))
          .extracting(FollowedContract::address)
          .doesNotContain(shareClass);
      assertThat(index.indexer().status().lastReorganisation()).isPresent();
      assertThat(index.indexer().counts().reorganisations()).isEqualTo(1);
      assertThat(index.indexer().counts().headsChecked()).isPositive();
      assertThat(index.indexer().counts().lies()).isZero();
      assertSameAsFresh(database);
    }
  }

  @OnBothDatabases
  void followsTheBranchThatReplacedItsOwn(Database database) throws Exception {
    try (TestIndex index = TestIndex.start(database, ledger)) {
      String before = ledger.snapshot();
      ledger.registerCompany("On the branch that loses");
      ledger.mine(3);
      index.awaitHead();

      ledger.revert(before);
      ledger.registerCompany("On the branch that wins");
      ledger.attest();
      ledger.mine(5);
      index.awaitHead();

      assertSameAsFresh(database);
    }
  }

  @OnBothDatabases
  void followsReorganisationsOfEveryDepthTo64(Database database) throws Exception {
    TestIndex.Plan plan = TestIndex.Plan.of(ledger).with(new Finality.Depth(1_000));
    ledger.mine(DEEPEST);
    try (TestIndex index = TestIndex.start(database, ledger, plan);
        Scratch scratch = Scratch.create();
        TestIndex other = TestIndex.start(scratch.database(), ledger, plan)) {
      for (int depth = 1; depth <= DEEPEST; depth++) {
        ledger.attestTogether(2);
        if (depth % 8 == 0) {
          ledger.openShareClass("Replaced " + depth);
        }
        index.awaitHead();
        other.awaitHead();

        ledger.replaceBlocks(depth);
        ledger.attest();
        index.awaitHead();
        other.awaitHead();

        Chaos.count("reorgs", 2);
        assertThat(journalled(database)).as("depth %d", depth).isEqualTo(onChain(database));
      }
      assertThat(StoredRows.digest(database)).isEqualTo(StoredRows.digest(scratch.database()));
    }
    assertSameAsFresh(database);
  }

  private static List<RawLog> journalled(Database database) {
    return TestIndex.journal(database).stream().map(LogEntry::log).toList();
  }

  private static List<RawLog> onChain(Database database) {
    List<Address> contracts =
        database.read(Contracts::all).stream().map(FollowedContract::address).toList();
    return ledger.reader().logs(0, ledger.head(), contracts);
  }

  /** Whoever knew a block that the chain dropped is not told otherwise by the hash they know. */
  @OnBothDatabases
  void provesTheHistoryOfTheBranchThatWon(Database database) throws Exception {
    try (TestIndex index = TestIndex.start(database, ledger)) {
      String before = ledger.snapshot();
      ledger.registerCompany("On the branch that loses");
      ledger.mine(3);
      index.awaitHead();
      ProofBundle lost = historyOfDirectory(database);
      assertThat(accepts(lost, lost)).isTrue();

      ledger.revert(before);
      ledger.registerCompany("On the branch that wins");
      ledger.attest();
      ledger.mine(5);
      index.awaitHead();
      ProofBundle won = historyOfDirectory(database);
      assertThat(accepts(won, won)).isTrue();
      assertThat(accepts(lost, won)).isFalse();
      assertThat(accepts(won, lost)).isFalse();
      assertThat(events(won)).isNotEqualTo(events(lost)).hasSameSizeAs(events(lost));
    }
  }

  private static ProofBundle historyOfDirectory(Database database) {
    Address directory = ledger.deployment().directory();
    long head = ledger.head();
    OptionalLong birth = OptionalLong.empty();
    List<Claim.Entry> events =
        database.read(handle -> Bundles.events(handle, directory, birth, head));
    return new Bundles(ledger.reader(), CHAIN, CODES).history(directory, events, birth, head);
  }

  private static List<Claim.Entry> events(ProofBundle bundle) {
    return ((Claim.History) bundle.claim()).events();
  }

  /** Whether somebody who knows the block of the one accepts the other. */
  private static boolean accepts(ProofBundle known, ProofBundle told) {
    TrustAnchor anchor = new TrustAnchor.BlockHashes(CHAIN, Set.of(Keccak.hash(known.header())));
    return Verifier.verify(told, anchor, CODES) instanceof Verdict.Accepted;
  }

  @OnBothDatabases
  void readsThePastOfAContractThatIsAnnouncedLateAndForgetsIt(Database database) throws Exception {
    TestIndex.Plan plan = TestIndex.Plan.of(ledger).with(new LateLimits(ledger.discovery()));
    Address limits = ledger.deployment().limits();
    try (TestIndex index = TestIndex.start(database, ledger, plan)) {
      index.awaitHead();
      assertThat(historyOf(database, limits)).isEmpty();
      List<String> before = StoredRows.ofChain(database);

      String unannounced = ledger.snapshot();
      ledger.openShareClass("Ordinary");
      index.awaitHead();
      assertThat(historyOf(database, limits)).isNotEmpty();
      try (Scratch scratch = Scratch.create();
          TestIndex whole = TestIndex.start(scratch.database(), ledger)) {
        whole.awaitHead();
        assertThat(historyOf(database, limits)).isEqualTo(historyOf(scratch.database(), limits));
        assertThat(counts(database)).isEqualTo(counts(scratch.database()));
      }

      ledger.revert(unannounced);
      ledger.mine(5);
      index.awaitHead();
      assertThat(StoredRows.ofChain(database)).isEqualTo(before);
    }
  }

  /** The limits are followed only once a share class was opened. */
  private record LateLimits(Discovery whole) implements Discovery {
    @Override
    public List<FollowedContract> roots() {
      return whole.roots().stream().filter(root -> !isLimits(root)).toList();
    }

    @Override
    public List<FollowedContract> announcedBy(Collection<LogEntry> entries) {
      List<FollowedContract> announced = new ArrayList<>(whole.announcedBy(entries));
      announced.stream()
          .map(FollowedContract::announcedBlock)
          .findFirst()
          .ifPresent(block ->
              whole.roots().stream()
                  .filter(LateLimits::isLimits)
                  .map(root -> new FollowedContract(root.address(), root.kind(), 0, block))
                  .forEach(announced::add));
      return announced;
    }

    private static boolean isLimits(FollowedContract contract) {
      return contract.kind().equals(DirectoryDiscovery.LIMITS);
    }
  }

  private static List<String> historyOf(Database database, Address contract) {
    return StoredRows.ofChain(database).stream()
        .filter(row -> row.contains("from history_head"))
        .filter(row -> row.contains("[" + contract.toString().substring(2)))
        .toList();
  }

  private static List<String> counts(Database database) {
    return StoredRows.ofChain(database).stream()
        .filter(row -> row.contains("from event_count"))
        .toList();
  }

  @OnBothDatabases
  void stopsWhenWhatWasFinalIsGone(Database database) throws Exception {
    TestIndex.Plan plan = TestIndex.Plan.of(ledger).with(new Finality.Depth(2));
    try (TestIndex index = TestIndex.start(database, ledger, plan)) {
      ledger.attest();
      ledger.mine(6);
      index.awaitHead();

      ledger.replaceBlocks(7);
      IndexState.Stopped stopped = index.awaitState(IndexState.Stopped.class);
      assertThat(stopped.reason()).contains("was final", "rebuild --accept-chain");

      index.indexer().rebuild(false);
      assertThat(index.awaitState(IndexState.Stopped.class).reason()).contains("was final");

      index.indexer().rebuild(true);
      index.awaitHead();
      assertSameAsFresh(database);
    }
  }

  @OnBothDatabases
  void rebuildsItselfWhenTheEmbeddedChainLostBlocks(Database database) throws Exception {
    TestIndex.Plan plan = TestIndex.Plan.of(ledger).onEmbeddedChain();
    try (TestIndex index = TestIndex.start(database, ledger, plan)) {
      ledger.attest();
      ledger.openShareClass("Lost");
      ledger.mine(2);
      index.awaitHead();
      long before = index.indexer().status().throughput().blocks();

      ledger.dropBlocks(3);
      ledger.attest();
      index.awaitHead();

      assertThat(index.indexer().status().throughput().blocks() - before)
          .isGreaterThanOrEqualTo(ledger.head());
      assertSameAsFresh(database);
    }
  }

  @OnBothDatabases
  void takesWhatTheChainItselfCallsFinal(Database database) throws Exception {
    TestIndex.Plan plan = TestIndex.Plan.of(ledger).with(new Finality.Tag());
    ledger.mine(100);
    try (TestIndex index = TestIndex.start(database, ledger, plan)) {
      index.awaitHead();
    }

    Checkpoint checkpoint = database.read(Checkpoint::read).orElseThrow();
    BlockRef finalBlock = ledger.reader().finalHead(new Finality.Tag()).ref();
    assertThat(finalBlock.number()).isBetween(1L, ledger.head() - 1);
    assertThat(checkpoint.finalNumber()).isEqualTo(finalBlock.number());
    assertThat(checkpoint.finalHash()).isEqualTo(finalBlock.hash());
  }

  @OnBothDatabases
  void refusesAnotherChainThanItBeganWith(Database database) throws Exception {
    try (TestIndex index = TestIndex.start(database, ledger)) {
      index.awaitHead();
    }
    database.write(handle ->
        handle.createUpdate("update chain_identity set chain_id = chain_id + 1").execute());

    try (TestIndex index = TestIndex.start(database, ledger)) {
      assertThat(index.awaitState(IndexState.Stopped.class).reason())
          .contains("the database is of", "but the endpoint gives");
    }
  }

  /**
   * Compares with an index of the same chain built at one go; what was seen as final may differ.
   */
  private static void assertSameAsFresh(Database database) throws Exception {
    try (Scratch scratch = Scratch.create();
        TestIndex index = TestIndex.start(scratch.database(), ledger)) {
      index.awaitHead();
      assertThat(StoredRows.ofChain(database)).isEqualTo(StoredRows.ofChain(scratch.database()));
      assertThat(StoredRows.digest(database)).isEqualTo(StoredRows.digest(scratch.database()));
    }
  }
}
