package io.fundtrail.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.fundtrail.api.ApiClient;
import io.fundtrail.api.ApiClient.Reply;
import io.fundtrail.api.ApiServer;
import io.fundtrail.api.ApiSettings;
import io.fundtrail.app.IndexedMoments;
import io.fundtrail.audit.Bundles;
import io.fundtrail.audit.ProofRoutes;
import io.fundtrail.chain.Finality;
import io.fundtrail.chain.Receipt;
import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import io.fundtrail.model.RawLog;
import io.fundtrail.proof.BundleJson;
import io.fundtrail.proof.Claim;
import io.fundtrail.proof.Keccak;
import io.fundtrail.proof.ProofBundle;
import io.fundtrail.proof.PublishedCodes;
import io.fundtrail.proof.TrustAnchor;
import io.fundtrail.proof.UnreadableBundle;
import io.fundtrail.proof.Verdict;
import io.fundtrail.proof.Verifier;
import io.fundtrail.store.Database;
import io.fundtrail.store.OnBothDatabases;
import io.fundtrail.testnode.TestChain;
import io.fundtrail.testnode.TestNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Proofs from a node that forgets old states and takes transactions of every type. */
@TestNode(
    hardfork = "prague",
    options = {"--prune-history", "12"})
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class NodeProofsTest {
  private static final BigInteger CHAIN = BigInteger.valueOf(31_337);
  private static final PublishedCodes CODES = PublishedCodes.packed();
  private static final int MORE_THAN_IT_KEEPS = 40;

  private static LedgerChain ledger;

  @BeforeAll
  static void deploy(TestChain chain) {
    ledger = LedgerChain.deploy(chain.rpcUrl().toString());
  }

  @AfterAll
  static void disconnect() {
    ledger.close();
  }

  @Test
  void anEventIsProvenWhateverTheTypesOfItsBlocksTransactions() {
    List<Hash> sent = TypedTransactions.mine(ledger);
    Bundles bundles = new Bundles(ledger.reader(), CHAIN, CODES);
    long block = ledger.head();
    assertThat(types(block)).containsExactlyInAnyOrder("0x0", "0x1", "0x2", "0x4");
    for (Hash transaction : sent) {
      Receipt receipt = ledger.reader().receipt(transaction).orElseThrow();
      assertThat(receipt.blockNumber()).isEqualTo(block);
      RawLog log = receipt.logs().getFirst();
      ProofBundle bundle = bundles.event(ledger.dollar(), log.ref(), receipt.txIndex());
      assertThat(verdict(bundle))
          .isInstanceOfSatisfying(
              Verdict.Accepted.class,
              accepted -> {
                Claim.Event event = (Claim.Event) accepted.claim();
                assertThat(event.transaction()).isEqualTo(transaction);
                assertThat(event.topics()).isEqualTo(log.topics());
                assertThat(event.data()).isEqualTo(log.data());
              });
    }
  }

  private static List<String> types(long block) {
    return StreamSupport.stream(
            ledger.blockWithTransactions(block).path("transactions").spliterator(), false)
        .map(transaction -> transaction.path("type").asText())
        .toList();
  }

  @OnBothDatabases
  void whatANodeHasForgottenIsSaidAndWhatStaysProvableToo(Database database) throws Exception {
    Address directory = ledger.deployment().directory();
    try (TestIndex index = TestIndex.start(database, ledger);
        ApiServer server = serve(database);
        ApiClient client = new ApiClient(server.port())) {
      ledger.registerCompany("Long ago");
      long then = ledger.head();
      index.awaitHead();
      String asked = "/v1/proofs/history?contract=" + directory + "&block=" + then;
      Reply before = client.get(asked);
      assertThat(before.status()).as(before.body()).isEqualTo(200);

      for (int i = 0; i < MORE_THAN_IT_KEEPS; i++) {
        ledger.registerCompany("Later " + i);
      }
      index.awaitHead();
      Reply after = client.get(asked);
      assertThat(after.status()).as(after.body()).isEqualTo(422);
      assertThat(after.json().path("type").asText()).isEqualTo("/problems/not-provable");
      assertThat(after.json().path("detail").asText())
          .contains("the state of block " + then, "pruned", "at record dates", "whole history");
      assertThat(client.getUnless(asked, before.header("ETag")).status()).isEqualTo(304);

      Reply now =
          client.getUnless("/v1/proofs/history?contract=" + directory, before.header("ETag"));
      assertThat(now.status()).as(now.body()).isEqualTo(200);
      assertThat(events(now)).hasSize(events(before).size() + MORE_THAN_IT_KEEPS);
    }
  }

  @OnBothDatabases
  void aNodeThatHasAnotherBlockThanTheIndexProvesNothing(Database database) throws Exception {
    Address directory = ledger.deployment().directory();
    try (ApiServer server = serve(database);
        ApiClient client = new ApiClient(server.port())) {
      try (TestIndex index = TestIndex.start(database, ledger)) {
        ledger.registerCompany("Soon gone");
        index.awaitHead();
      }
      String asked = "/v1/proofs/history?contract=" + directory;
      assertThat(client.get(asked).status()).isEqualTo(200);
      ledger.replaceBlocks(1);
      Reply reply = client.get(asked);
      assertThat(reply.json().path("type").asText()).isEqualTo("/problems/chain-unavailable");
      assertThat(reply.status()).isEqualTo(503);
    }
  }

  private static ApiServer serve(Database database) {
    return new ApiServer(
            ApiSettings.of("127.0.0.1", 0),
            List.of(
                new ProofRoutes(
                    database, new IndexedMoments(new Finality.Depth(16)), ledger::reader, CHAIN)),
            () -> 0)
        .start();
  }

  private static List<Claim.Entry> events(Reply reply) throws UnreadableBundle {
    ProofBundle bundle = BundleJson.read(reply.body().getBytes(StandardCharsets.UTF_8));
    assertThat(verdict(bundle)).isInstanceOf(Verdict.Accepted.class);
    return ((Claim.History) bundle.claim()).events();
  }

  private static Verdict verdict(ProofBundle bundle) {
    TrustAnchor anchor = new TrustAnchor.BlockHashes(CHAIN, Set.of(Keccak.hash(bundle.header())));
    return Verifier.verify(bundle, anchor, CODES);
  }
}
