package io.fundtrail.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import io.fundtrail.store.Database;
import io.fundtrail.store.OnBothDatabases;
import io.fundtrail.testnode.TestChain;
import io.fundtrail.testnode.TestNode;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

/** What an index makes of a database that it finds. */
@TestNode
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class OpeningTest {
  private static LedgerChain ledger;

  @BeforeAll
  static void deploy(TestChain chain) {
    ledger = LedgerChain.deploy(chain.rpcUrl().toString());
    ledger.openRound(ledger.openShareClass("Ordinary"));
    ledger.attest();
  }

  @AfterAll
  static void disconnect() {
    ledger.close();
  }

  @OnBothDatabases
  void fillsTheTablesOfAChangedProjectionFromTheJournal(Database database) throws Exception {
    try (TestIndex index =
        TestIndex.start(
            database,
            ledger,
            TestIndex.Plan.of(ledger)
                .with(new EventCounts("event-count/0", Set.of(DirectoryDiscovery.ROUND))))) {
      index.awaitHead();
    }
    assertThat(countedContracts(database)).isEqualTo(1);

    try (TestIndex index = TestIndex.start(database, ledger)) {
      index.awaitHead();
    }

    assertThat(countedContracts(database)).isEqualTo(6);
    assertSameAsFresh(database);
  }

  @OnBothDatabases
  void leavesTheTablesOfAnUnchangedProjectionAlone(Database database) throws Exception {
    try (TestIndex index = TestIndex.start(database, ledger)) {
      index.awaitHead();
    }

    try (TestIndex index =
        TestIndex.start(database, ledger, TestIndex.Plan.of(ledger).with(new NeverCalled()))) {
      index.awaitHead();
    }

    assertSameAsFresh(database);
  }

  @OnBothDatabases
  void stopsWhenAContractWasNotFollowedFromItsBirth(Database database) throws Exception {
    Discovery before = ledger.discovery();
    try (TestIndex index = TestIndex.start(database, ledger)) {
      index.awaitHead();
    }
    Address added = Address.parse("0x00000000000000000000000000000000000000aa");
    Discovery after =
        new Discovery() {
          @Override
          public List<FollowedContract> roots() {
            return Stream.concat(
                    before.roots().stream(),
                    Stream.of(new FollowedContract(added, DirectoryDiscovery.ROUND, 1)))
                .toList();
          }

          @Override
          public List<FollowedContract> announcedBy(Collection<LogEntry> entries) {
            return before.announcedBy(entries);
          }
        };

    try (TestIndex index =
        TestIndex.start(database, ledger, TestIndex.Plan.of(ledger).with(after))) {
      assertThat(index.awaitState(IndexState.Stopped.class).reason())
          .contains("was not built for round " + added)
          .contains("\"rebuild\"");

      index.indexer().rebuild(false);
      index.awaitHead();
    }
    assertThat(database.read(Contracts::all)).extracting(FollowedContract::address).contains(added);
  }

  @OnBothDatabases
  void beginsAgainOnAnotherEmbeddedChain(Database database) throws Exception {
    TestIndex.Plan plan = TestIndex.Plan.of(ledger).onEmbeddedChain();
    try (TestIndex index = TestIndex.start(database, ledger, plan)) {
      index.awaitHead();
    }
    database.write(handle ->
        handle
            .createUpdate("update chain_identity set genesis = :other")
            .bind("other", Hash.ZERO)
            .execute());

    try (TestIndex index = TestIndex.start(database, ledger, plan)) {
      index.awaitHead();
    }

    assertThat(database.read(ChainIdentity::read).orElseThrow().genesis())
        .isEqualTo(ledger.reader().genesisHash());
    assertThat(countedContracts(database)).isEqualTo(6);
  }

  /** In the place of {@link EventCounts}, with the same tables, but refuses every log. */
  private static final class NeverCalled extends CountingProjection {
    @Override
    public void apply(Handle handle, LogEntry entry) {
      throw new IllegalStateException("called for " + entry);
    }
  }

  private static int countedContracts(Database database) {
    return database.read(handle ->
        handle
            .createQuery("select count(distinct contract) from event_count")
            .mapTo(Integer.class)
            .one());
  }

  private static void assertSameAsFresh(Database database) throws Exception {
    try (Scratch scratch = Scratch.create();
        TestIndex index = TestIndex.start(scratch.database(), ledger)) {
      index.awaitHead();
      assertThat(StoredRows.of(database)).isEqualTo(StoredRows.of(scratch.database()));
    }
  }
}
