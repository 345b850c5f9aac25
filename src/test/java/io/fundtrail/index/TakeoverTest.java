package io.fundtrail.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fundtrail.chaos.HeldProgram;
import io.fundtrail.chaos.Place;
import io.fundtrail.store.Database;
import io.fundtrail.store.DatabaseUrl;
import io.fundtrail.store.OnBothDatabases;
import io.fundtrail.testnode.TestChain;
import io.fundtrail.testnode.TestNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

/** Of two programs on one PostgreSQL database one indexes; the other follows when that one ends. */
@TestNode
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class TakeoverTest {
  private static final Duration SOON = Duration.ofSeconds(5);
  private static LedgerChain ledger;

  @BeforeAll
  static void deploy(TestChain chain) {
    ledger = LedgerChain.deploy(chain.rpcUrl().toString());
  }

  @AfterAll
  static void disconnect() {
    ledger.close();
  }

  @OnBothDatabases
  void standsByUntilTheOtherIsClosed(DatabaseUrl url) throws Exception {
    assumeThat(url).isInstanceOf(DatabaseUrl.Postgres.class);
    try (Database second = Database.open(url)) {
      TestIndex standby;
      try (Database first = Database.open(url);
          TestIndex leading = TestIndex.start(first, ledger)) {
        leading.awaitHead();
        standby = TestIndex.start(second, ledger);
        standby.awaitState(IndexState.Standby.class);
        ledger.attest();
        leading.awaitHead();
        standby.awaitHead();
        assertThat(standby.indexer().status().state()).isEqualTo(new IndexState.Standby());
        assertThat(standby.indexer().status().throughput().blocks()).isZero();
      }
      try (standby) {
        assertTakesOver(standby, second);
      }
    }
  }

  @OnBothDatabases
  void takesOverFromOneThatIsKilledInTheMiddleOfATransaction(DatabaseUrl url) throws Exception {
    assumeThat(url).isInstanceOf(DatabaseUrl.Postgres.class);
    try (HeldProgram leading =
            HeldProgram.start(
                IndexLife.class, ((DatabaseUrl.Postgres) url).jdbcUrl(), ledger.rpcUrl());
        Database second = Database.open(url)) {
      leading.tell(IndexLife.Task.FOLLOW.name());
      assertThat(leading.nextLine()).isEqualTo("at the head");
      try (TestIndex standby = TestIndex.start(second, ledger)) {
        standby.awaitState(IndexState.Standby.class);
        leading.stopAt(Place.entering("io.fundtrail.index.Blocks", "forget"));
        ledger.attest();
        assertThat(leading.awaitStop(30)).isTrue();

        leading.kill();

        assertTakesOver(standby, second);
      }
    }
  }

  /** As when the server ends one session, or a proxy loses it. */
  @OnBothDatabases
  void standsByAfterItHasLostTheLead(DatabaseUrl url) throws Exception {
    assumeThat(url).isInstanceOf(DatabaseUrl.Postgres.class);
    try (Database first = Database.open(url);
        Database second = Database.open(url);
        TestIndex one = TestIndex.start(first, ledger)) {
      one.awaitHead();
      try (TestIndex other = TestIndex.start(second, ledger)) {
        other.awaitState(IndexState.Standby.class);
        second.write(handle ->
            handle
                .createQuery(
                    """
                    select pg_terminate_backend(pid)
                    from pg_locks
                    where locktype = 'advisory' and granted
                    """)
                .mapTo(Boolean.class)
                .list());
        ledger.attest();

        assertThat(leader(one, other)).isNotNull();
        one.awaitHead();
        other.awaitHead();
        assertSameAsFresh(second);
      }
    }
  }

  @OnBothDatabases
  void migrateTogether(DatabaseUrl url) throws Exception {
    assumeThat(url).isInstanceOf(DatabaseUrl.Postgres.class);
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> programs =
          IntStream.range(0, 4)
              .<Future<?>>mapToObj(i ->
                  executor.submit(() -> {
                    try (Database database = Database.open(url)) {
                      EventCounts.SCHEMA.apply(database);
                    }
                  }))
              .toList();
      for (Future<?> program : programs) {
        program.get();
      }
    }
  }

  private static void assertTakesOver(TestIndex standby, Database database) throws Exception {
    long since = System.nanoTime();
    ledger.attest();
    standby.awaitState(IndexState.Following.class);
    standby.awaitHead();
    assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(SOON);
    assertSameAsFresh(database);
  }

  /** The one of the two that follows, once the other stands by. */
  private static TestIndex leader(TestIndex one, TestIndex other) throws InterruptedException {
    TestIndex leader = one.awaitEither(other, IndexState.Following.class);
    (leader == one ? other : one).awaitState(IndexState.Standby.class);
    return leader;
  }

  private static void assertSameAsFresh(Database database) throws Exception {
    try (Scratch scratch = Scratch.create();
        TestIndex index = TestIndex.start(scratch.database(), ledger)) {
      index.awaitHead();
      assertThat(StoredRows.digest(database)).isEqualTo(StoredRows.digest(scratch.database()));
    }
  }
}
