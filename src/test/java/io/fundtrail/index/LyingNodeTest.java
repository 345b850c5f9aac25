package io.fundtrail.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fundtrail.model.Address;
import io.fundtrail.store.Database;
import io.fundtrail.store.OnBothDatabases;
import io.fundtrail.testnode.TestChain;
import io.fundtrail.testnode.TestNode;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * A node that leaves out, alters, invents or moves a log is found out, and its lie is not stored.
 */
@TestNode
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LyingNodeTest {
  private static LedgerChain ledger;
  private LyingEndpoint endpoint;
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
    endpoint = new LyingEndpoint(ledger.rpcUrl());
  }

  @AfterEach
  void restore() {
    endpoint.close();
    ledger.revert(fresh);
  }

  @OnBothDatabases
  void anOmittedLogStopsTheIndex(Database database) throws Exception {
    stopsAt(database, ledger.deployment().registry(), logs -> removeIf(logs, this::ofTheRegistry));
  }

  @OnBothDatabases
  void anAlteredValueStopsTheIndex(Database database) throws Exception {
    stopsAt(
        database,
        ledger.deployment().registry(),
        logs ->
            changeFirst(
                logs,
                log -> {
                  String data = log.path("data").asText();
                  String other = data.endsWith("1") ? "2" : "1";
                  log.put("data", data.substring(0, data.length() - 1) + other);
                }));
  }

  @OnBothDatabases
  void anAlteredTopicStopsTheIndex(Database database) throws Exception {
    stopsAt(
        database,
        ledger.deployment().registry(),
        logs ->
            changeFirst(
                logs, log -> ((ArrayNode) log.path("topics")).set(1, "0x" + "11".repeat(32))));
  }

  @OnBothDatabases
  void anInventedLogStopsTheIndex(Database database) throws Exception {
    stopsAt(
        database,
        ledger.deployment().registry(),
        logs -> {
          int last = lastOfTheRegistry(logs);
          ObjectNode invented = logs.get(last).deepCopy();
          int index = Integer.decode(invented.path("logIndex").asText()) + 1;
          logs.insert(last + 1, invented.put("logIndex", "0x" + Integer.toHexString(index)));
          return true;
        });
  }

  @OnBothDatabases
  void aHiddenContractStopsTheIndex(Database database) throws Exception {
    Address hidden = ledger.openShareClass("Hidden");
    stopsAt(
        database,
        ledger.deployment().directory(),
        logs -> removeIf(logs, log -> names(log, hidden)));
  }

  @OnBothDatabases
  void aLogInABlockThatHasNoneStopsTheIndex(Database database) throws Exception {
    ledger.attest();
    ledger.mine(1);
    String empty = "0x" + Long.toHexString(ledger.head());
    String hash = ledger.reader().head().hash().toString();
    endpoint.tell(
        logs -> changeFirst(logs, log -> log.put("blockNumber", empty).put("blockHash", hash)));

    try (TestIndex index =
        TestIndex.start(database, ledger, TestIndex.Plan.of(ledger).through(endpoint.url()))) {
      assertThat(index.awaitState(IndexState.Stopped.class).reason())
          .contains("whose bloom shows that it has none");
    }
    assertThat(TestIndex.journal(database)).isEmpty();
  }

  @OnBothDatabases
  void aLieStoredBeforeItCouldBeProvenIsTakenBack(Database database) throws Exception {
    TestIndex.Plan plan = TestIndex.Plan.of(ledger).through(endpoint.url()).inRangesOf(16, 1_000);
    List<String> verified;
    try (TestIndex index = TestIndex.start(database, ledger, plan)) {
      index.awaitHead();
      verified = StoredRows.ofChain(database);
    }
    ledger.attest();
    ledger.mine(200);
    ledger.registerCompany("Late");
    endpoint.tell(logs -> removeIf(logs, this::ofTheRegistry));

    try (TestIndex index = TestIndex.start(database, ledger, plan)) {
      IndexState.IntegrityFailure failure = index.awaitState(IndexState.IntegrityFailure.class);

      assertThat(failure.contract()).isEqualTo(ledger.deployment().registry());
      assertThat(failure.block().number()).isEqualTo(ledger.head());
      assertThat(StoredRows.ofChain(database)).isEqualTo(verified);
      assertThat(index.indexer().status().throughput().blocks()).isGreaterThan(100);
    }
  }

  @OnBothDatabases
  void whatWasVerifiedBeforeTheLieStays(Database database) throws Exception {
    try (TestIndex index =
        TestIndex.start(database, ledger, TestIndex.Plan.of(ledger).through(endpoint.url()))) {
      index.awaitHead();
      List<String> before = StoredRows.of(database);
      endpoint.tell(logs -> removeIf(logs, this::ofTheRegistry));
      ledger.attest();

      index.indexer().wake();
      index.awaitState(IndexState.IntegrityFailure.class);

      assertThat(StoredRows.of(database)).isEqualTo(before);
    }
    assertThat(endpoint.told()).isPositive();
  }

  @OnBothDatabases
  void aProofThatProvesNothingStopsTheIndex(Database database) throws Exception {
    ledger.attest();
    endpoint.tamper((method, params, answer) -> spoilProof(method, answer));
    try (TestIndex index =
        TestIndex.start(database, ledger, TestIndex.Plan.of(ledger).through(endpoint.url()))) {
      assertThat(index.awaitState(IndexState.Stopped.class).reason()).contains("proves nothing");
    }
    assertThat(TestIndex.journal(database)).isEmpty();
  }

  @OnBothDatabases
  void aProofOvertakenByTheNextBlockIsAskedForAgain(Database database) throws Exception {
    ledger.attest();
    AtomicInteger overtaken = new AtomicInteger();
    endpoint.tamper((method, params, answer) -> {
      if (!method.equals("eth_getProof") || overtaken.incrementAndGet() > 10) {
        return false;
      }
      ledger.mine(1);
      return spoilProof(method, answer);
    });
    try (TestIndex index =
        TestIndex.start(database, ledger, TestIndex.Plan.of(ledger).through(endpoint.url()))) {
      index.awaitState(IndexState.Following.class);
      index.awaitHead();
    }
    assertThat(overtaken.get()).isGreaterThan(10);
  }

  @OnBothDatabases
  void aRebuildGoesOnOnceTheNodeTellsTheTruth(Database database) throws Exception {
    ledger.attest();
    endpoint.tell(logs -> removeIf(logs, this::ofTheRegistry));
    try (TestIndex index =
        TestIndex.start(database, ledger, TestIndex.Plan.of(ledger).through(endpoint.url()))) {
      index.awaitState(IndexState.IntegrityFailure.class);
      endpoint.tell(LyingEndpoint.TRUTH);

      index.indexer().rebuild(false);

      index.awaitHead();
    }
    assertThat(TestIndex.journal(database))
        .anyMatch(entry -> entry.log().address().equals(ledger.deployment().registry()));
  }

  private void stopsAt(Database database, Address contract, LyingEndpoint.Lie lie)
      throws Exception {
    ledger.attest();
    ledger.attest();
    endpoint.tell(lie);

    try (TestIndex index =
        TestIndex.start(database, ledger, TestIndex.Plan.of(ledger).through(endpoint.url()))) {
      IndexState.IntegrityFailure failure = index.awaitState(IndexState.IntegrityFailure.class);

      assertThat(failure.contract()).isEqualTo(contract);
      assertThat(failure.proven())
          .isEqualTo(ledger.historyHead(contract, failure.block().number()))
          .isNotEqualTo(failure.folded());
      assertThat(failure.reason()).contains(contract.toString());
    }
    assertThat(endpoint.told()).isPositive();
    assertThat(TestIndex.journal(database)).isEmpty();
  }

  private boolean ofTheRegistry(ObjectNode log) {
    return log.path("address").asText().equalsIgnoreCase(ledger.deployment().registry().toString());
  }

  private static boolean names(ObjectNode log, Address contract) {
    return log.path("topics").path(1).asText().equals(contract.toWord().toString());
  }

  private int lastOfTheRegistry(ArrayNode logs) {
    int last = -1;
    for (int i = 0; i < logs.size(); i++) {
      if (logs.get(i) instanceof ObjectNode log && ofTheRegistry(log)) {
        last = i;
      }
    }
    return last;
  }

  private boolean changeFirst(ArrayNode logs, Consumer<ObjectNode> change) {
    for (int i = 0; i < logs.size(); i++) {
      if (logs.get(i) instanceof ObjectNode log && ofTheRegistry(log)) {
        change.accept(log);
        return true;
      }
    }
    return false;
  }

  private static boolean spoilProof(String method, ObjectNode answer) {
    if (!method.equals("eth_getProof")) {
      return false;
    }
    ((ArrayNode) answer.at("/result/accountProof")).set(0, "0xc0");
    return true;
  }

  private static boolean removeIf(ArrayNode logs, Predicate<ObjectNode> condition) {
    for (int i = 0; i < logs.size(); i++) {
      if (logs.get(i) instanceof ObjectNode log && condition.test(log)) {
        logs.remove(i);
        return true;
      }
    }
    return false;
  }
}
