package io.fundtrail.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.fundtrail.store.Database;
import io.fundtrail.store.OnBothDatabases;
import io.fundtrail.testnode.TestChain;
import io.fundtrail.testnode.TestNode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

/** A range is stored while the next is read, and told of when it is committed. */
@TestNode
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class BackfillTest {
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
  void readsTheNextRangeWhileOneIsStoredAndTellsOfItWhenItIsCommitted(Database database)
      throws Exception {
    CountDownLatch readOn = new CountDownLatch(1);
    Held held = new Held();
    try (LyingEndpoint endpoint = new LyingEndpoint(ledger.rpcUrl())) {
      endpoint.tamper((method, params, answer) -> {
        if (method.equals("eth_getLogs") && held.begun.getCount() == 0) {
          readOn.countDown();
        }
        return false;
      });
      TestIndex.Plan plan =
          TestIndex.Plan.of(ledger).through(endpoint.url()).inRangesOf(2, 5).with(held);
      try (TestIndex index = TestIndex.start(database, ledger, plan)) {
        assertThat(readOn.await(30, TimeUnit.SECONDS)).as("the next range is read").isTrue();
        Optional<Long> told = index.indexer().status().checkpoint().map(Checkpoint::number);
        Optional<Long> committed = database.read(Checkpoint::read).map(Checkpoint::number);
        assertThat(told).as("while the first range is stored").isEqualTo(committed);

        held.release.countDown();
        index.awaitHead();
      }
    }
  }

  /** Counts events, but holds the first transaction until it may go on. */
  private static final class Held extends CountingProjection {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    @Override
    public void applyAll(Handle handle, List<LogEntry> entries) {
      begun.countDown();
      try {
        assertThat(release.await(30, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      super.applyAll(handle, entries);
    }
  }
}
