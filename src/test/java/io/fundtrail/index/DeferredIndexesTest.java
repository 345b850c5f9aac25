package io.fundtrail.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.fundtrail.store.Database;
import io.fundtrail.store.DeferredIndexes;
import io.fundtrail.store.OnBothDatabases;
import io.fundtrail.testnode.TestChain;
import io.fundtrail.testnode.TestNode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

/** A backfill does without the indexes that only queries need, and ends with all of them. */
@TestNode
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DeferredIndexesTest {
  private static LedgerChain ledger;

  @BeforeAll
  static void deploy(TestChain chain) {
    ledger = LedgerChain.deploy(chain.rpcUrl().toString());
    ledger.openRound(ledger.openShareClass("Ordinary"));
  }

  @AfterAll
  static void disconnect() {
    ledger.close();
  }

  @OnBothDatabases
  void buildsAfterABackfillWhatItDidWithout(Database database) throws Exception {
    EventCounts.SCHEMA.apply(database);
    List<String> before = database.read(DeferredIndexesTest::all);
    Watched watched = new Watched(Integer.MAX_VALUE);
    TestIndex.Plan plan = TestIndex.Plan.of(ledger).inRangesOf(2, 5).with(watched);
    try (TestIndex index = TestIndex.start(database, ledger, plan)) {
      index.awaitHead();

      assertThat(before).hasSizeGreaterThan(5);
      assertThat(watched.waiting.getFirst()).isPresent();
      assertThat(watched.waiting.getLast()).as("where the head is reached").isEmpty();
      assertThat(database.read(DeferredIndexesTest::all)).isEqualTo(before);
    }
  }

  @OnBothDatabases
  void buildsThemAlsoWhenTheBackfillWasCutShort(Database database) throws Exception {
    EventCounts.SCHEMA.apply(database);
    List<String> before = database.read(DeferredIndexesTest::all);
    TestIndex.Plan cut = TestIndex.Plan.of(ledger).inRangesOf(2, 5).with(new Watched(1));
    try (TestIndex index = TestIndex.start(database, ledger, cut)) {
      index.awaitState(IndexState.Stopped.class);
    }
    assertThat(database.read(DeferredIndexes::next)).isPresent();
    assertThat(database.read(DeferredIndexesTest::all)).isNotEqualTo(before);

    try (TestIndex index = TestIndex.start(database, ledger)) {
      index.awaitHead();
      assertThat(database.read(DeferredIndexesTest::all)).isEqualTo(before);
    }
  }

  private static List<String> all(Handle handle) {
    return handle
        .createQuery(
            isSqlite(handle)
                ? "select sql from sqlite_schema where type = 'index' and sql is not null order by"
                    + " sql"
                : "select indexdef from pg_indexes where schemaname = current_schema() order by"
                    + " indexdef")
        .mapTo(String.class)
        .list();
  }

  private static boolean isSqlite(Handle handle) {
    try {
      return handle.getConnection().getMetaData().getDatabaseProductName().equals("SQLite");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Notes which index waits each time it is given events, and fails after some times. */
  private static final class Watched extends CountingProjection {
    private final List<Optional<String>> waiting = Collections.synchronizedList(new ArrayList<>());
    private final int most;

    Watched(int most) {
      this.most = most;
    }

    @Override
    public void applyAll(Handle handle, List<LogEntry> entries) {
      if (waiting.size() == most) {
        throw new IllegalStateException("enough");
      }
      waiting.add(DeferredIndexes.next(handle));
      super.applyAll(handle, entries);
    }
  }
}
