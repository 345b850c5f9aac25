package io.fundtrail.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fundtrail.model.Address;
import io.fundtrail.store.Database;
import io.fundtrail.store.OnBothDatabases;
import io.fundtrail.testnode.Anvil;
import io.fundtrail.testnode.TestChain;
import io.fundtrail.testnode.TestNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A node that lags, forgets or refuses is waited for; only what stays wrong stops the index. */
@TestNode
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class UnreliableNodeTest {
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
  void logsThatComeLateAreWaitedFor(Database database) throws Exception {
    AtomicInteger late = new AtomicInteger(2);
    ledger.attest();
    endpoint.tell(logs -> {
      if (logs.isEmpty() || late.getAndDecrement() <= 0) {
        return false;
      }
      logs.removeAll();
      return true;
    });

    try (TestIndex index = start(database)) {
      index.awaitHead();
    }

    assertThat(endpoint.told()).isEqualTo(2);
    assertThat(TestIndex.journal(database)).isNotEmpty();
  }

  @OnBothDatabases
  void aNodeThatProvesNothingIsFollowedButNotBelieved(Database database) throws Exception {
    endpoint.tamper((method, params, answer) -> {
      if (!method.equals("eth_getProof")) {
        return false;
      }
      answer.remove("result");
      answer.putObject("error").put("code", -32000).put("message", "missing trie node");
      return true;
    });

    try (TestIndex index = start(database)) {
      long head = ledger.head();
      assertThat(index.indexer().awaitBlock(head, TestIndex.LIMIT)).isTrue();
      index.awaitState(IndexState.Following.class);
      assertThat(checkpoint(database).verifiedThrough()).isZero();
      assertThat(TestIndex.journal(database)).isNotEmpty();

      endpoint.tell(LyingEndpoint.TRUTH);
      ledger.mine(1);
      index.awaitHead();

      assertThat(checkpoint(database).verifiedThrough()).isEqualTo(head + 1);
    }
  }

  @OnBothDatabases
  void aShorterChainIsWaitedForWhileItAgrees(Database database) throws Exception {
    try (TestIndex index = start(database)) {
      ledger.attest();
      ledger.mine(20);
      index.awaitHead();
      Checkpoint before = checkpoint(database);
      long lagging = before.finalNumber() - 1;
      endpoint.tamper(
          (method, params, answer) -> answerLatestWith(lagging, method, params, answer));

      IndexState.Waiting waiting = index.awaitState(IndexState.Waiting.class);
      assertThat(waiting.reason())
          .contains("the endpoint's chain ends at block " + lagging)
          .contains("before block " + before.number());
      assertThat(checkpoint(database)).isEqualTo(before);

      endpoint.tell(LyingEndpoint.TRUTH);
      ledger.mine(1);
      index.awaitHead();
    }
  }

  @OnBothDatabases
  void blocksThatStayAwayAreTakenBack(Database database) throws Exception {
    try (TestIndex index = start(database)) {
      Address shareClass = ledger.openShareClass("Ordinary");
      ledger.mine(2);
      index.awaitHead();

      ledger.dropBlocks(3);
      index.awaitHead();

      assertThat(database.read(Contracts::all))
          .extracting(FollowedContract::address)
          .doesNotContain(shareClass);
    }
  }

  /** As happens where several nodes answer at one address, and one is of another network. */
  @Test
  void anyAnswerMayBeOfAnotherChain() throws Exception {
    ledger.attest();
    ledger.mine(20);
    try (Anvil otherNode = Anvil.start();
        LedgerChain other = LedgerChain.at(otherNode.rpcUrl().toString())) {
      other.mine(30);
      int stray = 0;
      boolean answered;
      do {
        stray++;
        answered = indexesThoughOneAnswerIsOf(other, stray);
      } while (answered);
      assertThat(stray).isGreaterThan(10);
    }
  }

  /** Whether there was a question of that number. */
  private boolean indexesThoughOneAnswerIsOf(LedgerChain other, int stray) throws Exception {
    AtomicInteger asked = new AtomicInteger();
    endpoint.tamper((method, params, answer) -> {
      if (asked.incrementAndGet() != stray) {
        return false;
      }
      answer.set("result", other.reader().rawCall(method, list(params)));
      return true;
    });
    try (Scratch scratch = Scratch.create();
        TestIndex index = start(scratch.database())) {
      index.awaitHead();

      Checkpoint at = checkpoint(scratch.database());
      assertThat(at.finalHash())
          .as("final, with stray answer %d", stray)
          .isEqualTo(ledger.reader().header(at.finalNumber()).hash());
      assertThat(scratch.database().read(ChainIdentity::read).orElseThrow().genesis())
          .as("genesis, with stray answer %d", stray)
          .isEqualTo(ledger.reader().genesisHash());
    }
    return asked.get() >= stray;
  }

  private static List<JsonNode> list(JsonNode array) {
    List<JsonNode> list = new ArrayList<>();
    array.forEach(list::add);
    return list;
  }

  @OnBothDatabases
  void aHeaderThatDoesNotHashToItsBlockStopsTheIndex(Database database) throws Exception {
    long block = ledger.head();
    endpoint.tamper((method, params, answer) -> {
      if (!method.equals("eth_getBlockByNumber")
          || !(answer.path("result") instanceof ObjectNode header)
          || Long.decode(header.path("number").asText()) != block) {
        return false;
      }
      header.put("timestamp", "0x1");
      return true;
    });

    try (TestIndex index = start(database)) {
      assertThat(index.awaitState(IndexState.Stopped.class).reason())
          .startsWith("the header given for block " + block)
          .contains("hashes to 0x");
    }
    assertThat(checkpoint(database).number()).isLessThan(block);
  }

  @OnBothDatabases
  void anEndpointThatIsAwayIsTriedAgain(Database database) throws Exception {
    int port = endpoint.port();
    endpoint.close();
    try (TestIndex index = start(database)) {
      assertThat(index.awaitState(IndexState.Waiting.class).reason()).contains("no answer");

      endpoint = LyingEndpoint.at(port, ledger.rpcUrl());
      index.awaitHead();
    }
  }

  private TestIndex start(Database database) {
    return TestIndex.start(database, ledger, TestIndex.Plan.of(ledger).through(endpoint.url()));
  }

  private static Checkpoint checkpoint(Database database) {
    return database.read(Checkpoint::read).orElseThrow();
  }

  private static boolean answerLatestWith(
      long number, String method, JsonNode params, ObjectNode answer) {
    if (!method.equals("eth_getBlockByNumber") || !params.path(0).asText().equals("latest")) {
      return false;
    }
    answer.set("result", ledger.block(number));
    return true;
  }
}
