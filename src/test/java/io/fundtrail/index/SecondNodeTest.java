package io.fundtrail.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import io.fundtrail.store.Database;
import io.fundtrail.store.OnBothDatabases;
import io.fundtrail.testnode.Hardhat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * The ledger on an EVM that is not anvil's. This one has no eth_getProof, so its answers are
 * indexed and said to be unverified; that they are right is shown by the heads that the contracts
 * name.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SecondNodeTest {
  private static Hardhat node;
  private static LedgerChain ledger;
  private String fresh;

  @BeforeAll
  static void deploy() {
    node = Hardhat.start();
    ledger = LedgerChain.deploy(node.rpcUrl().toString());
  }

  @AfterAll
  static void stop() {
    ledger.close();
    node.close();
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
  void indexesEveryLogAndSaysThatNothingIsVerified(Database database) throws Exception {
    Address shareClass = ledger.openShareClass("Ordinary");
    Address round = ledger.openRound(shareClass);
    ledger.attestTogether(10);
    ledger.mine(3);

    try (TestIndex index = TestIndex.start(database, ledger)) {
      awaitHead(index);
      ledger.attest();
      awaitHead(index);
    }

    assertHoldsTheChain(database);
    assertThat(database.read(Contracts::all))
        .extracting(FollowedContract::address)
        .contains(shareClass, round);
    Checkpoint at = database.read(Checkpoint::read).orElseThrow();
    assertThat(at.verifiedThrough()).isZero();
  }

  @OnBothDatabases
  void followsTheBranchThatReplacedItsOwn(Database database) throws Exception {
    try (TestIndex index = TestIndex.start(database, ledger)) {
      String before = ledger.snapshot();
      ledger.openShareClass("On the branch that loses");
      ledger.attestTogether(3);
      awaitHead(index);

      ledger.revert(before);
      Address shareClass = ledger.openShareClass("On the branch that wins");
      ledger.attestTogether(2);
      ledger.mine(2);
      awaitHead(index);

      assertThat(index.indexer().status().lastReorganisation()).isPresent();
      assertHoldsTheChain(database);
      assertThat(database.read(Contracts::all))
          .extracting(FollowedContract::address)
          .contains(shareClass);
    }
  }

  private static void awaitHead(TestIndex index) throws InterruptedException {
    Hash head = ledger.reader().head().hash();
    boolean reached =
        index
            .indexer()
            .await(
                status ->
                    status.checkpoint().filter(at -> at.block().hash().equals(head)).isPresent(),
                TestIndex.LIMIT);
    assertThat(reached).as("reaches %s, is %s", head, index.indexer().status()).isTrue();
  }

  /** All logs of the followed contracts, and the heads to which the contracts themselves folded. */
  private static void assertHoldsTheChain(Database database) {
    List<FollowedContract> contracts = database.read(Contracts::all);
    assertThat(TestIndex.journal(database))
        .extracting(LogEntry::log)
        .isNotEmpty()
        .isEqualTo(
            ledger
                .reader()
                .logs(
                    0, ledger.head(), contracts.stream().map(FollowedContract::address).toList()));
    for (FollowedContract contract : contracts) {
      Address address = contract.address();
      Hash stored =
          database.read(handle -> Heads.at(handle, address, ledger.head()).orElse(Hash.ZERO));
      assertThat(stored)
          .as("head of %s", contract)
          .isEqualTo(ledger.historyHead(address, ledger.head()));
    }
  }
}
