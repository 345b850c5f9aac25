package io.fundtrail.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fundtrail.app.Deployment;
import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Hash;
import io.fundtrail.model.RawLog;
import io.fundtrail.proof.Keccak;
import io.fundtrail.store.Database;
import io.fundtrail.store.DatabaseUrl;
import io.fundtrail.store.OnBothDatabases;
import io.fundtrail.testnode.TestChain;
import io.fundtrail.testnode.TestNode;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

@TestNode
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class IndexerTest {
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
  void storesEveryLogOfEveryContractInTheChainsOrder(Database database) throws Exception {
    Address shareClass = ledger.openShareClass("Ordinary");
    Address round = ledger.openRound(shareClass);
    ledger.attest();

    try (TestIndex index = TestIndex.start(database, ledger)) {
      index.awaitHead();
    }

    List<Address> contracts =
        List.of(
            ledger.deployment().directory(),
            ledger.deployment().authority(),
            ledger.deployment().registry(),
            ledger.deployment().limits(),
            shareClass,
            round);
    List<RawLog> onChain = ledger.reader().logs(0, ledger.head(), contracts);
    assertThat(TestIndex.journal(database)).extracting(LogEntry::log).isEqualTo(onChain);
    assertThat(database.read(Contracts::all))
        .extracting(FollowedContract::address)
        .containsExactlyInAnyOrderElementsOf(contracts);
  }

  @OnBothDatabases
  void keepsTheHeadThatEachContractHasItself(Database database) throws Exception {
    Address shareClass = ledger.openShareClass("Ordinary");
    long before = ledger.head();
    ledger.openRound(shareClass);

    try (TestIndex index = TestIndex.start(database, ledger)) {
      index.awaitHead();
    }

    for (FollowedContract contract : database.read(Contracts::all)) {
      assertThat(storedHead(database, contract.address(), ledger.head()))
          .isEqualTo(ledger.historyHead(contract.address(), ledger.head()));
    }
    assertThat(storedHead(database, shareClass, before))
        .isEqualTo(ledger.historyHead(shareClass, before))
        .isNotEqualTo(storedHead(database, shareClass, ledger.head()));
  }

  @OnBothDatabases
  void followsTheChainBlockByBlock(Database database) throws Exception {
    try (TestIndex index = TestIndex.start(database, ledger)) {
      index.awaitHead();
      Address shareClass = ledger.openShareClass("Ordinary");
      index.awaitHead();
      ledger.openRound(shareClass);
      index.awaitHead();
      ledger.mine(3);
      index.awaitHead();
      ledger.attest();
      index.awaitHead();
      assertThat(index.awaitState(IndexState.Following.class)).isNotNull();
    }

    assertSameAsFresh(database);
  }

  @OnBothDatabases
  void storesTheSameInManySmallRangesAsInOne(Database database) throws Exception {
    Address shareClass = ledger.openShareClass("Ordinary");
    for (int i = 0; i < 5; i++) {
      ledger.openRound(shareClass);
      ledger.mine(7);
    }

    try (TestIndex index =
        TestIndex.start(database, ledger, TestIndex.Plan.of(ledger).inRangesOf(16, 3))) {
      index.awaitHead();
    }

    assertSameAsFresh(database);
  }

  @OnBothDatabases
  void followsContractsThatAnnouncedContractsAnnounceInTheSameRange(Database database)
      throws Exception {
    Address round = ledger.openRound(ledger.openShareClass("Ordinary"));
    Discovery chained = new ChainedDiscovery(ledger.deployment());

    try (TestIndex index =
        TestIndex.start(database, ledger, TestIndex.Plan.of(ledger).with(chained))) {
      index.awaitHead();
    }

    List<Address> reached =
        List.of(ledger.deployment().directory(), ledger.deployment().limits(), round);
    assertThat(TestIndex.journal(database))
        .extracting(LogEntry::log)
        .isEqualTo(ledger.reader().logs(0, ledger.head(), reached));
  }

  @OnBothDatabases
  void keepsBlocksWithoutLogsOnlyAsLongAsTheyMayBeReplaced(Database database) throws Exception {
    try (TestIndex index = TestIndex.start(database, ledger)) {
      index.awaitHead();
      ledger.attest();
      long attested = ledger.head();
      ledger.mine(150);
      index.awaitHead();
      ledger.mine(150);
      index.awaitHead();

      long recent = ledger.head() - IndexWriter.RECENT_BLOCKS + 1;
      List<Long> kept =
          database.read(handle -> Blocks.downFrom(handle, Long.MAX_VALUE, 1_000)).stream()
              .map(BlockRef::number)
              .toList();
      assertThat(kept).contains(attested, recent).doesNotContain(attested + 1, recent - 2);
    }
  }

  @OnBothDatabases
  void stopsBesideAnotherProcessOnTheSameDatabase(Database database) throws Exception {
    try (TestIndex one = TestIndex.start(database, ledger)) {
      one.awaitHead();
      try (TestIndex other = TestIndex.start(database, ledger)) {
        other.awaitHead();
        ledger.attest();

        TestIndex stopped = one.awaitEither(other, IndexState.Stopped.class);

        assertThat(stopped.awaitState(IndexState.Stopped.class).reason())
            .startsWith("another process writes the same database");
        (stopped == one ? other : one).awaitHead();
      }
    }
    assertSameAsFresh(database);
  }

  @OnBothDatabases
  void goesOnWhenTheDatabaseComesBack(Database database, DatabaseUrl url) throws Exception {
    assumeThat(url).isInstanceOf(DatabaseUrl.Postgres.class);
    try (TestIndex index = TestIndex.start(database, ledger)) {
      index.awaitHead();
      try (Database administrator = Database.open(url)) {
        administrator.write(handle ->
            handle
                .createQuery(
                    """
                    select pg_terminate_backend(pid)
                    from pg_stat_activity
                    where datname = current_database() and pid <> pg_backend_pid()
                    """)
                .mapTo(Boolean.class)
                .list());
      }
      ledger.attest();
      index.awaitHead();
    }
    assertSameAsFresh(database);
  }

  /** From the Directory to the limits, and from what the limits admit to the rounds. */
  private record ChainedDiscovery(Deployment deployment) implements Discovery {
    @Override
    public List<FollowedContract> roots() {
      return List.of(new FollowedContract(deployment.directory(), DirectoryDiscovery.DIRECTORY, 1));
    }

    @Override
    public List<FollowedContract> announcedBy(Collection<LogEntry> entries) {
      return entries.stream().flatMap(entry -> announcedBy(entry).stream()).toList();
    }

    private List<FollowedContract> announcedBy(LogEntry entry) {
      List<Hash> topics = entry.log().topics();
      if (topics
          .getFirst()
          .equals(
              topic(
                  "DirectoryOpened((address,address,address,address,address),address,address)"))) {
        return List.of(new FollowedContract(deployment.limits(), DirectoryDiscovery.LIMITS, 1));
      }
      if (topics
          .getFirst()
          .equals(topic("RoundAdmitted(address,address,bytes32,bytes32,bytes3,uint256)"))) {
        return List.of(
            new FollowedContract(
                Address.ofWord(topics.get(2)), DirectoryDiscovery.ROUND, entry.block().number()));
      }
      return List.of();
    }

    private static Hash topic(String signature) {
      return Keccak.hash(signature.getBytes(StandardCharsets.US_ASCII));
    }
  }

  /** Compares with an index of the same chain built at one go. */
  private static void assertSameAsFresh(Database database) throws Exception {
    try (Scratch scratch = Scratch.create();
        TestIndex index = TestIndex.start(scratch.database(), ledger)) {
      index.awaitHead();
      assertThat(StoredRows.of(database)).isEqualTo(StoredRows.of(scratch.database()));
    }
  }

  private static Hash storedHead(Database database, Address contract, long block) {
    return database.read(handle -> Heads.at(handle, contract, block).orElse(Hash.ZERO));
  }
}
