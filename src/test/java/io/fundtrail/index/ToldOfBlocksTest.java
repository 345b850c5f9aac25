package io.fundtrail.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.fundtrail.store.Database;
import io.fundtrail.store.OnBothDatabases;
import io.fundtrail.testnode.Relay;
import io.fundtrail.testnode.TestChain;
import io.fundtrail.testnode.TestNode;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

/**
 * An index that is told of new blocks looks by itself every ten minutes only; so whatever it has
 * within seconds it was told of, or it knows that it is not.
 */
@TestNode
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class ToldOfBlocksTest {
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
  void hasEachBlockThatItIsToldOf(Database database) throws Exception {
    try (Relay relay = new Relay(URI.create(ledger.rpcUrl()));
        TestIndex index = start(database, relay)) {
      index.awaitTold(true);
      index.awaitHead();
      for (int i = 0; i < 5; i++) {
        ledger.attest();
        index.awaitHead();
        index.awaitState(IndexState.Following.class);
      }
      ledger.replaceBlocks(2);
      ledger.mine(1);
      index.awaitHead();
      assertThat(index.indexer().status().lastReorganisation()).isPresent();
    }
  }

  @OnBothDatabases
  void looksForBlocksWhileNobodyTellsOfThem(Database database) throws Exception {
    try (Relay relay = new Relay(URI.create(ledger.rpcUrl()));
        TestIndex index = start(database, relay)) {
      index.awaitTold(true);
      index.awaitHead();
      index.awaitState(IndexState.Following.class);

      relay.cut(true);
      index.awaitTold(false);
      ledger.attest();
      index.awaitHead();

      relay.cut(false);
      index.awaitTold(true);
      ledger.attest();
      index.awaitHead();
    }
  }

  private static TestIndex start(Database database, Relay relay) {
    return TestIndex.start(
        database, ledger, TestIndex.Plan.of(ledger).toldAt(relay.webSocketUrl()));
  }
}
