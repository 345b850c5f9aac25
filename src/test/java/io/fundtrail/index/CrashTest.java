package io.fundtrail.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.fundtrail.store.Database;
import io.fundtrail.store.OnBothDatabases;
import io.fundtrail.testnode.TestChain;
import io.fundtrail.testnode.TestNode;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

/** A range that ends half-way leaves nothing behind, and the next start goes on from before it. */
@TestNode
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class CrashTest {
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
  void losesAndDoublesNothingWhereverItEnds(Database database) throws Exception {
    int logs;
    try (Scratch scratch = Scratch.create();
        TestIndex whole = TestIndex.start(scratch.database(), ledger)) {
      whole.awaitHead();
      logs = TestIndex.journal(scratch.database()).size();

      for (int good = 0; good < logs; good += 7) {
        TestIndex.Plan plan = TestIndex.Plan.of(ledger).with(new FailingAfter(good));
        try (TestIndex index = TestIndex.start(database, ledger, plan)) {
          assertThat(index.awaitState(IndexState.Stopped.class).reason()).contains("enough");
        }
        assertThat(TestIndex.journal(database)).isEmpty();
      }
      try (TestIndex index = TestIndex.start(database, ledger)) {
        index.awaitHead();
      }
      assertThat(StoredRows.of(database)).isEqualTo(StoredRows.of(scratch.database()));
    }
    assertThat(logs).isGreaterThan(20);
  }

  /** Counts events, and fails in the middle of a transaction. */
  private static final class FailingAfter extends CountingProjection {
    private int left;

    FailingAfter(int left) {
      this.left = left;
    }

    @Override
    public void apply(Handle handle, LogEntry entry) {
      if (left-- == 0) {
        throw new IllegalStateException("enough");
      }
      super.apply(handle, entry);
    }
  }
}
