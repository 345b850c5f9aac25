package io.fundtrail.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fundtrail.api.ApiServer;
import io.fundtrail.api.ApiSettings;
import io.fundtrail.api.DescribedAnswers;
import io.fundtrail.api.StreamClient;
import io.fundtrail.api.StreamClient.Sent;
import io.fundtrail.app.IndexedMoments;
import io.fundtrail.audit.EventRoutes;
import io.fundtrail.chain.Finality;
import io.fundtrail.model.BlockRef;
import io.fundtrail.store.Database;
import io.fundtrail.store.OnBothDatabases;
import io.fundtrail.testnode.TestChain;
import io.fundtrail.testnode.TestNode;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** Who follows a stream over a reorganisation is told what is void, and the rest once. */
@TestNode
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class StreamReorganisationTest {
  private static final DescribedAnswers DESCRIPTION = new DescribedAnswers();

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
  void tellsTheForkAndGoesOnBehindIt(Database database) throws Exception {
    try (TestIndex index = TestIndex.start(database, ledger);
        ApiServer server = serve(database, index)) {
      index.awaitHead();
      BlockRef fork = ledger.reader().head().ref();
      String before = ledger.snapshot();
      try (StreamClient live = open(server, "", null);
          StreamClient blind = open(server, "?kind=RoundOpened", null)) {
        ledger.registerCompany("On the branch that loses");
        ledger.registerCompany("Later on the branch that loses");
        index.awaitHead();
        Sent first = live.next();
        Sent second = live.next();
        assertThat(second.data()).contains("Later on the branch that loses");

        ledger.revert(before);
        ledger.registerCompany("On the branch that wins");
        ledger.mine(3);
        index.awaitHead();

        Sent reorg = live.next();
        assertThat(reorg.name()).isEqualTo("reorg");
        assertFork(reorg, fork);
        assertThat(live.next().data()).contains("On the branch that wins");
        assertThat(live.hasMore()).isFalse();
        assertFork(blind.next(), fork);

        for (Sent seen : List.of(first, second)) {
          comesAgain(server, seen, fork);
        }
        try (StreamClient again = open(server, "", reorg.id())) {
          assertThat(again.next().data()).contains("On the branch that wins");
        }
      }
    }
  }

  private static void comesAgain(ApiServer server, Sent seen, BlockRef fork) {
    try (StreamClient again = open(server, "", seen.id())) {
      Sent reorg = again.next();
      assertFork(reorg, fork);
      assertThat(seen.id()).startsWith(reorg.json().at("/replaced/hash").textValue() + ":");
      assertThat(reorg.json().at("/replaced/number").longValue())
          .isEqualTo(seen.json().get("blockNumber").longValue());
      assertThat(again.next().data()).contains("On the branch that wins");
    }
  }

  /** The branch that the fork was on was left as well, further down. */
  @OnBothDatabases
  void tellsTheLowestForkOfSeveral(Database database) throws Exception {
    try (TestIndex index = TestIndex.start(database, ledger);
        ApiServer server = serve(database, index)) {
      index.awaitHead();
      BlockRef low = ledger.reader().head().ref();
      String lowest = ledger.snapshot();
      ledger.registerCompany("Above the lowest fork");
      String higher = ledger.snapshot();
      ledger.registerCompany("Highest");
      index.awaitHead();
      String id;
      try (StreamClient stream = open(server, "?fromBlock=" + ledger.head(), null)) {
        id = stream.next().id();
      }
      ledger.revert(higher);
      ledger.mine(3);
      index.awaitHead();
      ledger.revert(lowest);
      ledger.mine(7);
      index.awaitHead();
      try (StreamClient again = open(server, "", id)) {
        assertFork(again.next(), low);
      }
    }
  }

  @OnBothDatabases
  void saysNothingOfABlockThatCameBack(Database database) throws Exception {
    try (TestIndex index = TestIndex.start(database, ledger);
        ApiServer server = serve(database, index)) {
      ledger.registerCompany("Lost and found");
      index.awaitHead();
      BlockRef head = ledger.reader().head().ref();
      String id;
      try (StreamClient stream = open(server, "?fromBlock=" + head.number(), null)) {
        id = stream.next().id();
      }
      database.write(handle ->
          ReplacedBlocks.record(handle, new BlockRef(head.number() - 1, head.hash(), head.time())));
      try (StreamClient again = open(server, "", id)) {
        ledger.registerCompany("Next");
        index.awaitHead();
        assertThat(again.next().data()).contains("Next");
      }
    }
  }

  @OnBothDatabases
  void beginsAnewBehindABlockThatLeftTheChainLongAgo(Database database) throws Exception {
    try (TestIndex index = TestIndex.start(database, ledger);
        ApiServer server = serve(database, index)) {
      index.awaitHead();
      ledger.mine(3);
      String before = ledger.snapshot();
      ledger.registerCompany("On the branch that loses");
      index.awaitHead();
      String id;
      try (StreamClient stream = open(server, "?fromBlock=" + ledger.head(), null)) {
        id = stream.next().id();
      }
      ledger.revert(before);
      ledger.mine(2);
      index.awaitHead();
      try (StreamClient again = open(server, "", id)) {
        assertThat(again.next().name()).isEqualTo("reorg");
      }
      for (int i = 0; i < 5; i++) {
        ledger.mine(IndexWriter.RECENT_BLOCKS);
        index.awaitHead();
      }
      try (StreamClient again = open(server, "", id)) {
        Sent reset = again.next();
        assertThat(reset.name()).isEqualTo("reset");
        assertThat(reset.json().at("/asOf/blockNumber").longValue()).isEqualTo(ledger.head());
        ledger.registerCompany("Behind the reset");
        index.awaitHead();
        assertThat(again.next().data()).contains("Behind the reset");
      }
    }
  }

  private static void assertFork(Sent reorg, BlockRef fork) {
    JsonNode told = reorg.json();
    assertThat(reorg.name()).as(reorg.data()).isEqualTo("reorg");
    DESCRIPTION.checkJson(
        "a reorganisation", DESCRIPTION.root().at("/components/schemas/StreamReorg"), reorg.data());
    assertThat(told.at("/fork/number").longValue()).isEqualTo(fork.number());
    assertThat(told.at("/fork/hash").textValue()).isEqualTo(fork.hash().toString());
    assertThat(told.at("/fork/time").textValue()).isEqualTo(fork.time().toString());
  }

  private static ApiServer serve(Database database, TestIndex index) {
    IndexedMoments moments = new IndexedMoments(new Finality.Depth(16));
    return new ApiServer(
            ApiSettings.of("127.0.0.1", 0),
            List.of(new EventRoutes(database, moments, index.indexer().commits())),
            index.indexer().commits()::count)
        .start();
  }

  private static StreamClient open(ApiServer server, String query, @Nullable String after) {
    URI url = URI.create("http://127.0.0.1:" + server.port() + "/v1/events/stream" + query);
    return StreamClient.open(url, after);
  }
}
