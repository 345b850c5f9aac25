package io.fundtrail.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fundtrail.app.Deployment;
import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import io.fundtrail.model.RawLog;
import io.fundtrail.store.Database;
import io.fundtrail.store.OnBothDatabases;
import io.fundtrail.testnode.TestChain;
import io.fundtrail.testnode.TestNode;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * What heads do not bind, or a node without proofs could hide, is found by the receipts of the
 * block; each lie is told to an index that does not ask for them, too, which believes it.
 */
@TestNode(hardfork = "prague")
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class ReceiptCheckTest {
  private static final Hash ANOTHER = Hash.parse("0x" + "5a".repeat(32));

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
  void storesTheSameAsByHeads(Database database) throws Exception {
    ledger.openRound(ledger.openShareClass("Ordinary"));
    ledger.attestTogether(12);
    ledger.mine(60);
    ledger.attest();
    try (TestIndex index = TestIndex.start(database, ledger, byReceipts().inRangesOf(16, 1_000))) {
      index.awaitHead();
      ledger.attestTogether(3);
      index.awaitHead();
    }
    try (Scratch scratch = Scratch.create();
        TestIndex index = TestIndex.start(scratch.database(), ledger)) {
      index.awaitHead();
      assertThat(StoredRows.digest(database)).isEqualTo(StoredRows.digest(scratch.database()));
    }
  }

  @OnBothDatabases
  void readsTransactionsOfEveryTypeButBlobs(Database database) throws Exception {
    List<Hash> sent = TypedTransactions.mine(ledger);
    TestIndex.Plan plan = byReceipts().with(new TheDollar(ledger.deployment())).believing();
    try (TestIndex index = TestIndex.start(database, ledger, plan)) {
      index.awaitHead();
    }
    assertThat(TestIndex.journal(database))
        .extracting(LogEntry::log)
        .filteredOn(log -> log.address().equals(ledger.dollar()))
        .extracting(RawLog::txHash)
        .containsSubsequence(sent);
  }

  @OnBothDatabases
  void aLogOfAnotherTransactionIsFoundByReceiptsAlone(Database database) throws Exception {
    ledger.attestTogether(2);
    RawLog log = lastOfTheRegistry();
    endpoint.tell(logs -> change(logs, log, given -> given.put("transactionHash", "" + ANOTHER)));

    believedByHeads(log, stored -> assertThat(stored.txHash()).isEqualTo(ANOTHER));
    assertFound(
        database,
        byReceipts().through(endpoint.url()),
        "log 1 is of the transaction %s, not %s".formatted(log.txHash(), ANOTHER));
  }

  @OnBothDatabases
  void aLogOfAnotherPlaceAmongTransactionsIsFoundByReceiptsAlone(Database database)
      throws Exception {
    ledger.attestTogether(2);
    RawLog log = lastOfTheRegistry();
    endpoint.tell(logs -> change(logs, log, given -> given.put("transactionIndex", "0x7")));

    believedByHeads(log, stored -> assertThat(stored.txIndex()).isEqualTo(7));
    assertFound(
        database,
        byReceipts().through(endpoint.url()),
        "log 1 is of transaction 1 of the block, not 7");
  }

  @OnBothDatabases
  void aLogOfAnotherIndexIsFoundByReceiptsAlone(Database database) throws Exception {
    ledger.attestTogether(2);
    RawLog log = lastOfTheRegistry();
    endpoint.tell(logs -> change(logs, log, given -> given.put("logIndex", "0x9")));

    try (Scratch scratch = Scratch.create();
        TestIndex index =
            TestIndex.start(scratch.database(), ledger, byHeads().through(endpoint.url()))) {
      index.awaitHead();
      assertThat(TestIndex.journal(scratch.database()).getLast().log().ref().logIndex())
          .isEqualTo(9);
    }
    assertFound(database, byReceipts().through(endpoint.url()), "log 1 was given as log 9");
  }

  @OnBothDatabases
  void anOmittedLogIsFoundWithoutProofsOfHeads(Database database) throws Exception {
    ledger.attestTogether(2);
    RawLog log = lastOfTheRegistry();
    endpoint.tell(logs -> remove(logs, log));

    try (Scratch scratch = Scratch.create();
        TestIndex index =
            TestIndex.start(
                scratch.database(), ledger, byHeads().through(endpoint.url()).believing())) {
      index.awaitHead();
      assertThat(TestIndex.journal(scratch.database()))
          .extracting(LogEntry::log)
          .doesNotContain(log);
    }
    assertFound(database, byReceipts().through(endpoint.url()).believing(), "log 1 was left out");
  }

  @OnBothDatabases
  void allLogsOfABlockThatAreOmittedAreFoundBehindManyOthers(Database database) throws Exception {
    RawLog log = attested();
    ledger.mine(300);
    ledger.registerCompany("Late");
    endpoint.tell(logs -> remove(logs, log));
    assertFound(
        database, byReceipts().through(endpoint.url()).inRangesOf(16, 1_000), "log 0 was left out");
  }

  @OnBothDatabases
  void anInventedLogIsFoundWithoutProofsOfHeads(Database database) throws Exception {
    RawLog log = attested();
    endpoint.tell(logs -> {
      int at = indexOf(logs, log);
      if (at < 0) {
        return false;
      }
      ObjectNode invented = logs.get(at).deepCopy();
      logs.insert(at + 1, invented.put("logIndex", "0x1"));
      return true;
    });
    assertFound(database, byReceipts().through(endpoint.url()).believing(), "they have no log 1");
  }

  @OnBothDatabases
  void alteredContentIsFoundWithoutProofsOfHeads(Database database) throws Exception {
    RawLog log = attested();
    endpoint.tell(logs -> change(logs, log, given -> given.put("data", "0x" + "01".repeat(32))));
    assertFound(database, byReceipts().through(endpoint.url()).believing(), "log 0 has other data");
  }

  @OnBothDatabases
  void thePastOfAContractThatIsAnnouncedLateIsCompared(Database database) throws Exception {
    RawLog log = attested();
    ledger.mine(60);
    ledger.openShareClass("Announces the registry");
    TestIndex.Plan plan =
        byReceipts()
            .through(endpoint.url())
            .inRangesOf(16, 1_000)
            .with(new LateRegistry(ledger.deployment()));

    endpoint.tell(logs -> remove(logs, log));
    assertFound(database, plan.believing(), "log 0 was left out");

    endpoint.tell(logs -> change(logs, log, given -> given.put("transactionHash", "" + ANOTHER)));
    try (TestIndex index = TestIndex.start(database, ledger, plan)) {
      IndexState.FalseLogs lie = index.awaitState(IndexState.FalseLogs.class);
      assertThat(lie.difference())
          .isEqualTo("log 0 is of the transaction " + log.txHash() + ", not " + ANOTHER);
    }

    endpoint.tell(LyingEndpoint.TRUTH);
    try (TestIndex index = TestIndex.start(database, ledger, plan)) {
      index.awaitHead();
      assertThat(TestIndex.journal(database)).extracting(LogEntry::log).contains(log);
    }
  }

  @OnBothDatabases
  void receiptsThatAreNotTheBlocksAreRefused(Database database) throws Exception {
    RawLog log = attested();
    Hash root = CheckedHeader.of(ledger.reader().head()).header().receiptsRoot();
    endpoint.tamper((method, params, answer) ->
        method.equals("eth_getBlockReceipts")
            && alterFirst(answer.path("result"), log, "cumulativeGasUsed"));
    assertThat(stopped(database))
        .startsWith("the receipts given for " + ledger.reader().head().ref() + " have the root 0x")
        .endsWith(", its header says " + root);
  }

  @OnBothDatabases
  void transactionsThatAreNotTheBlocksAreRefused(Database database) throws Exception {
    RawLog log = attested();
    Hash root = CheckedHeader.of(ledger.reader().head()).header().transactionsRoot();
    endpoint.tamper((method, params, answer) ->
        method.equals("eth_getBlockByNumber")
            && alterFirst(answer.path("result").path("transactions"), log, "r"));
    assertThat(stopped(database))
        .startsWith(
            "the transactions given for " + ledger.reader().head().ref() + " have the root 0x")
        .endsWith(", its header says " + root);
  }

  @OnBothDatabases
  void anEndpointWithoutReceiptsIsToldFromOneThatLies(Database database) throws Exception {
    endpoint.tamper((method, params, answer) -> {
      if (!method.equals("eth_getBlockReceipts")) {
        return false;
      }
      answer.remove("result");
      answer.putObject("error").put("code", -32601).put("message", "Method not found");
      return true;
    });
    try (TestIndex index =
        TestIndex.start(database, ledger, byReceipts().through(endpoint.url()))) {
      assertThat(index.awaitState(IndexState.Waiting.class).reason())
          .matches(
              "the endpoint refuses eth_getBlockReceipts for block \\d+, which"
                  + " \"--verify=receipts\" needs: Method not found; give another endpoint, or"
                  + " verify by heads");
      assertThat(index.indexer().counts().lies()).isZero();
      endpoint.tell(LyingEndpoint.TRUTH);
      index.awaitHead();
    }
  }

  @OnBothDatabases
  void aRefusedBatchOfReceiptsIsAskedInHalves(Database database) throws Exception {
    for (int i = 0; i < 12; i++) {
      ledger.attest();
    }
    AtomicInteger refused = new AtomicInteger();
    AtomicInteger together = new AtomicInteger();
    endpoint.tamperEach(() -> {
      together.set(0);
      return (method, params, answer) -> {
        if (!method.equals("eth_getBlockReceipts") || together.incrementAndGet() < 3) {
          return false;
        }
        refused.incrementAndGet();
        answer.remove("result");
        answer.putObject("error").put("code", -32008).put("message", "response size exceeded");
        return true;
      };
    });
    try (TestIndex index =
        TestIndex.start(database, ledger, byReceipts().through(endpoint.url()))) {
      index.awaitHead();
    }
    assertThat(refused.get()).isPositive();
  }

  /** The registry is announced by the first share class, though it is there from the start. */
  private record LateRegistry(Deployment deployment) implements Discovery {
    @Override
    public List<FollowedContract> roots() {
      return List.of(
          new FollowedContract(
              deployment.directory(), DirectoryDiscovery.DIRECTORY, deployment.startBlock()));
    }

    @Override
    public List<FollowedContract> announcedBy(Collection<LogEntry> entries) {
      boolean announced =
          entries.stream()
              .anyMatch(
                  e -> e.log().topics().getFirst().equals(DirectoryDiscovery.INSTANCE_LISTED));
      return announced
          ? List.of(
              new FollowedContract(
                  deployment.registry(), DirectoryDiscovery.REGISTRY, deployment.startBlock()))
          : List.of();
    }
  }

  private record TheDollar(Deployment deployment) implements Discovery {
    @Override
    public List<FollowedContract> roots() {
      return List.of(
          new FollowedContract(
              ledger.dollar(), DirectoryDiscovery.REGISTRY, deployment.startBlock()));
    }

    @Override
    public List<FollowedContract> announcedBy(Collection<LogEntry> entries) {
      return List.of();
    }
  }

  private static TestIndex.Plan byHeads() {
    return TestIndex.Plan.of(ledger);
  }

  private static TestIndex.Plan byReceipts() {
    return byHeads().verifying(Verification.RECEIPTS);
  }

  private void believedByHeads(RawLog log, Consumer<RawLog> is) throws Exception {
    try (Scratch scratch = Scratch.create();
        TestIndex index =
            TestIndex.start(scratch.database(), ledger, byHeads().through(endpoint.url()))) {
      index.awaitHead();
      assertThat(TestIndex.journal(scratch.database()))
          .extracting(LogEntry::log)
          .filteredOn(stored -> stored.ref().equals(log.ref()))
          .singleElement()
          .satisfies(is);
    }
  }

  /** The lie about the registry is named, counted, and not stored. */
  private void assertFound(Database database, TestIndex.Plan plan, String difference)
      throws Exception {
    try (TestIndex index = TestIndex.start(database, ledger, plan)) {
      IndexState.FalseLogs lie = index.awaitState(IndexState.FalseLogs.class);
      assertThat(lie.contract()).isEqualTo(ledger.deployment().registry());
      assertThat(lie.difference()).isEqualTo(difference);
      assertThat(lie.block())
          .isEqualTo(ledger.reader().header(lie.block().number()).ref())
          .satisfies(block ->
              assertThat(ledger.reader().logs(block.number(), block.number(), registry()))
                  .isNotEmpty());
      assertThat(lie.reason()).contains(lie.contract().toString(), lie.block().toString());
      assertThat(index.indexer().counts().lies()).isOne();
    }
    assertThat(endpoint.told()).isPositive();
    assertThat(TestIndex.journal(database))
        .extracting(entry -> entry.log().address())
        .doesNotContain(ledger.deployment().registry());
  }

  private String stopped(Database database) throws Exception {
    try (TestIndex index =
        TestIndex.start(database, ledger, byReceipts().through(endpoint.url()))) {
      String reason = index.awaitState(IndexState.Stopped.class).reason();
      assertThat(TestIndex.journal(database)).isEmpty();
      return reason;
    }
  }

  /** The only log of a new block. */
  private static RawLog attested() {
    ledger.attest();
    return lastOfTheRegistry();
  }

  private static RawLog lastOfTheRegistry() {
    return ledger.reader().logs(0, ledger.head(), registry()).getLast();
  }

  private static List<Address> registry() {
    return List.of(ledger.deployment().registry());
  }

  private static boolean change(ArrayNode logs, RawLog log, Consumer<ObjectNode> change) {
    int at = indexOf(logs, log);
    if (at >= 0) {
      change.accept((ObjectNode) logs.get(at));
    }
    return at >= 0;
  }

  private static boolean remove(ArrayNode logs, RawLog log) {
    int at = indexOf(logs, log);
    if (at >= 0) {
      logs.remove(at);
    }
    return at >= 0;
  }

  private static int indexOf(ArrayNode logs, RawLog log) {
    for (int i = 0; i < logs.size(); i++) {
      if (Long.decode(logs.get(i).path("blockNumber").asText()) == log.ref().blockNumber()
          && Long.decode(logs.get(i).path("logIndex").asText()) == log.ref().logIndex()) {
        return i;
      }
    }
    return -1;
  }

  /** Changes the last digit of a field of what belongs to a log's block. */
  private static boolean alterFirst(JsonNode list, RawLog log, String field) {
    if (list.path(0) instanceof ObjectNode first
        && Long.decode(first.path("blockNumber").asText()) == log.ref().blockNumber()) {
      String text = first.path(field).asText();
      String other = text.endsWith("1") ? "2" : "1";
      first.put(field, text.substring(0, text.length() - 1) + other);
      return true;
    }
    return false;
  }
}
