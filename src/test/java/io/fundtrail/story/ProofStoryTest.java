package io.fundtrail.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.fundtrail.api.ApiClient.Reply;
import io.fundtrail.app.DevelopmentAccount;
import io.fundtrail.app.SecondProvider;
import io.fundtrail.app.StartRefused;
import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.proof.BlockHeader;
import io.fundtrail.proof.BundleJson;
import io.fundtrail.proof.CannotProve;
import io.fundtrail.proof.Claim;
import io.fundtrail.proof.Claim.CommitmentState;
import io.fundtrail.proof.Claim.RoundStatus;
import io.fundtrail.proof.Keccak;
import io.fundtrail.proof.ProofBundle;
import io.fundtrail.proof.Refusal;
import io.fundtrail.proof.TrustAnchor;
import io.fundtrail.proof.UnreadableBundle;
import io.fundtrail.proof.Verdict;
import io.fundtrail.proof.Verdict.Accepted;
import io.fundtrail.proof.Verdict.Rejected;
import io.fundtrail.proof.Verdict.Trust;
import io.fundtrail.proof.Verifier;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bundles of a real node say what the contracts themselves say, at every block of a ledger in which
 * shares are locked, split, transferred and counted at record dates, and money comes and goes.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProofStoryTest {
  private static final DevelopmentAccount ANYONE = new DevelopmentAccount("anyone");
  private static final int IS_EXCLUDED = 15;
  private static final int CANCELS = 16;
  private static final Hash DOCUMENT = Hash.parse("0x" + "ab".repeat(32));

  private ProvableLedger proven;
  private ServedLedger ledger;
  private Address none = Address.ZERO;
  private Address one = Address.ZERO;
  private Address many = Address.ZERO;
  private Address round = Address.ZERO;
  private Address failed = Address.ZERO;
  private Address shared = Address.ZERO;
  private Address distribution = Address.ZERO;

  @BeforeAll
  void play(@TempDir Path folder) {
    proven = ProvableLedger.start(folder);
    ledger = proven.ledger;
    ledger.at("2017-05-07T00:00:00Z");
    ProvableLedger.holders(17).forEach(holder -> ledger.attest(holder, "accredited"));
    none = proven.openClass("Nobody's Inc");
    one = proven.openClass("Founder's Inc");
    proven.issue(one, ProvableLedger.holder(0), 1_000, "0");
    shares();
    money();
  }

  @AfterAll
  void stop() {
    proven.close();
  }

  private void shares() {
    many = proven.openClass("Everybody's Inc");
    for (int i = 0; i < 17; i++) {
      proven.issue(many, ProvableLedger.holder(i), 100 + i, i % 2 == 0 ? "0" : "1500000000");
    }
    DevelopmentAccount lots = ProvableLedger.holder(1);
    proven.issue(many, lots, 7, "1496300000");
    proven.issue(many, lots, 5, "1600000000");
    proven.issue(many, lots, 3, "1700000000");
    declare("2017-05-20T00:00:00Z");
    declare("2017-08-01T00:00:00Z");
    ledger.at("2017-05-21T00:00:00Z");
    proven.issue(many, ProvableLedger.holder(2), 50, "0");
    ledger.call(ProvableLedger.ISSUER, many, "split", Map.of("factor", "3"));
    proven.issue(many, lots, 11, "1650000000");
    transfer(ProvableLedger.holder(0), ProvableLedger.holder(4), 299);
    transfer(ProvableLedger.holder(4), ProvableLedger.holder(0), 600);
    ledger.call(ProvableLedger.ISSUER, many, "split", Map.of("factor", "2"));
    ledger.at("2017-06-02T00:00:00Z");
    transfer(ProvableLedger.holder(6), ProvableLedger.holder(8), 636);
  }

  private void money() {
    Map<String, Object> terms = ledger.terms(proven.openClass("Round's Inc"));
    terms.put("opensAt", "2017-06-09T00:00:00Z");
    terms.put("minimumShares", "100");
    round = ledger.openRound(ProvableLedger.ISSUER, terms);
    terms.put("shareClass", proven.openClass("Failure's Inc"));
    terms.put("minimumShares", "5000");
    failed = ledger.openRound(ProvableLedger.ISSUER, terms);
    terms.put("shareClass", proven.openClass("Oversubscribed Inc"));
    terms.put("allocation", "pro-rata");
    terms.put("minimumShares", "10");
    terms.put("maximumShares", "100");
    terms.put("oversubscriptionShares", "1000");
    shared = ledger.openRound(ProvableLedger.ISSUER, terms);
    ledger.at("2017-06-10T00:00:00Z");
    for (int i = 0; i < 3; i++) {
      ledger.mint(ProvableLedger.holder(i), "2000.00");
      ledger.send(
          ProvableLedger.holder(i),
          "commit",
          ServedLedger.commitment(round, String.valueOf(60 + i)));
      ledger.send(
          ProvableLedger.holder(i),
          "commit",
          ServedLedger.commitment(failed, String.valueOf(7 + i)));
    }
    for (int i : List.of(0, 1, CANCELS, IS_EXCLUDED)) {
      ledger.mint(ProvableLedger.holder(i), "2000.00");
      ledger.send(
          ProvableLedger.holder(i),
          "commit",
          ServedLedger.commitment(shared, String.valueOf(81 + i)));
    }
    ledger.send(ProvableLedger.holder(CANCELS), "cancel", ServedLedger.wholeCommitment(shared));
    ledger.at("2017-07-08T00:00:00Z");
    for (Address each : List.of(round, failed, shared)) {
      ledger.send(ANYONE, "close", Map.of("round", each));
    }
    ledger.send(ANYONE, "tally", Map.of("round", round, "count", 10));
    ledger.send(ANYONE, "settle", Map.of("round", round, "count", 2));
    ledger.send(ANYONE, "settle", Map.of("round", round, "count", 2));
    ledger.send(ANYONE, "pay-proceeds", Map.of("round", round));
    Hash first = identity(ProvableLedger.holder(0));
    ledger.send(ProvableLedger.holder(0), "refund", Map.of("round", failed, "identity", first));
    oversubscription();
    dividend();
  }

  private void oversubscription() {
    Hash excluded = identity(ProvableLedger.holder(IS_EXCLUDED));
    ledger.call(
        DevelopmentAccount.REGISTRAR,
        ledger.deployment().registry(),
        "revoke",
        Map.of("identity", excluded, "reason", DOCUMENT));
    ledger.send(ANYONE, "tally", Map.of("round", shared, "count", 10));
    ledger.send(ANYONE, "settle", Map.of("round", shared, "count", 10));
    ledger.call(ANYONE, shared, "refund", Map.of("identity", excluded));
    Hash first = identity(ProvableLedger.holder(0));
    ledger.call(ANYONE, shared, "claimCredit", Map.of("identity", first));
  }

  private void dividend() {
    ledger.call(
        ProvableLedger.ISSUER,
        ledger.deployment().directory(),
        "openDistribution",
        Map.of("shareClass", many, "token", ledger.dollar()));
    distribution = ledger.newest("DistributionsOpened");
    ledger.call(
        ProvableLedger.ISSUER,
        distribution,
        "declare",
        Map.of("kind", "0", "recordDate", "2", "amount", "1000000001", "documentHash", DOCUMENT));
    ledger.at("2017-08-02T00:00:00Z");
    ledger.mint(ProvableLedger.ISSUER, "2000");
    ledger.callAndPay(ProvableLedger.ISSUER, distribution, "fund", Map.of("id", "1"), "1000000001");
    ledger.call(ProvableLedger.holder(3), distribution, "claim", Map.of("id", "1"));
  }

  private void declare(String date) {
    ledger.call(ProvableLedger.ISSUER, many, "declareRecordDate", Map.of("date", date));
  }

  private void transfer(DevelopmentAccount from, DevelopmentAccount to, long shares) {
    ledger.call(
        from, many, "transfer", Map.of("to", to.address(), "value", String.valueOf(shares)));
  }

  @Test
  void aHoldingIsWhatTheClassSaysAtEveryBlock() {
    Set<BigInteger> lockedParts = new HashSet<>();
    for (long block = born(many); block <= proven.head(); block++) {
      for (int holder : List.of(0, 1, 2, 6)) {
        Address wallet = ProvableLedger.holder(holder).address();
        Claim.Holding holding =
            accepted(
                proven.bundles.holding(many, wallet, Claim.AT_THE_BLOCK, block),
                Claim.Holding.class);
        assertThat(holding.balance())
            .isEqualTo(proven.number(many, block, "balanceOf(address)", wallet.toWord()));
        assertThat(holding.locked())
            .as("locked at %d", block)
            .isEqualTo(proven.number(many, block, "lockedOf(address)", wallet.toWord()));
        lockedParts.add(holding.locked());
      }
    }
    assertThat(lockedParts).hasSizeGreaterThan(5);
  }

  @Test
  void aHoldingAtARecordDateIsWhatTheClassSays() {
    for (int date : List.of(1, 2)) {
      Set<BigInteger> balances = new HashSet<>();
      for (int i = 0; i < 17; i++) {
        Address wallet = ProvableLedger.holder(i).address();
        Claim.Holding holding =
            accepted(
                proven.bundles.holding(many, wallet, date, proven.head()), Claim.Holding.class);
        assertThat(holding.balance())
            .isEqualTo(
                proven.number(
                    many,
                    proven.head(),
                    "balanceAt(address,uint16)",
                    wallet.toWord(),
                    Hash.ofUint(BigInteger.valueOf(date))));
        assertThat(holding.locked()).isNull();
        balances.add(holding.balance());
      }
      assertThat(balances).hasSizeGreaterThan(10);
    }
  }

  @Test
  void whoHoldsNothingIsProvenToHoldNothing() {
    Address stranger = new DevelopmentAccount("a stranger").address();
    for (Address shareClass : List.of(none, one, many)) {
      Claim.Holding holding =
          accepted(
              proven.bundles.holding(shareClass, stranger, Claim.AT_THE_BLOCK, proven.head()),
              Claim.Holding.class);
      assertThat(holding.balance()).isZero();
      assertThat(holding.locked()).isZero();
    }
  }

  @Test
  void aRegisterIsCompleteAtEveryBlock() {
    for (long block = born(many); block <= proven.head(); block++) {
      Claim.Register register = register(many, Claim.AT_THE_BLOCK, block);
      assertThat(register.supply()).isEqualTo(proven.number(many, block, "totalSupply()"));
      for (Claim.Holder holder : register.holders()) {
        assertThat(holder.shares())
            .isEqualTo(proven.number(many, block, "balanceOf(address)", holder.wallet().toWord()));
      }
    }
    assertThat(register(none, Claim.AT_THE_BLOCK, proven.head()).holders()).isEmpty();
    assertThat(register(one, Claim.AT_THE_BLOCK, proven.head()).holders())
        .containsExactly(
            new Claim.Holder(ProvableLedger.holder(0).address(), BigInteger.valueOf(1_000)));
    assertThat(register(many, Claim.AT_THE_BLOCK, proven.head()).holders()).hasSize(16);
  }

  @Test
  void aRegisterAtARecordDateIsComplete() {
    for (int date : List.of(1, 2)) {
      Claim.Register register = register(many, date, proven.head());
      assertThat(register.supply())
          .isEqualTo(
              proven.number(
                  many, proven.head(), "supplyAt(uint16)", Hash.ofUint(BigInteger.valueOf(date))));
      assertThat(register.holders()).hasSize(date == 1 ? 17 : 16);
    }
  }

  @Test
  void aRecordDateThatIsUnknownOrAheadProvesNothing() {
    Address wallet = ProvableLedger.holder(0).address();
    assertThat(refused(() -> proven.bundles.holding(many, wallet, 3, proven.head())))
        .isEqualTo(Refusal.UNKNOWN_RECORD_DATE);
    long early = firstBlockBefore("2017-08-01T00:00:00Z");
    assertThat(refused(() -> proven.bundles.holding(many, wallet, 2, early)))
        .isEqualTo(Refusal.RECORD_DATE_AHEAD);
    assertThat(refused(() -> proven.bundles.solvency(many, proven.head())))
        .isEqualTo(Refusal.OTHER_CONTRACT);
    assertThat(refused(() -> proven.bundles.holding(wallet, wallet, 0, proven.head())))
        .isIn(Refusal.NO_CONTRACT, Refusal.UNLISTED_CODE);
  }

  @Test
  void theHistoryOfEveryContractIsProven() {
    List<Address> contracts =
        List.of(
            none,
            many,
            round,
            distribution,
            ledger.deployment().directory(),
            ledger.deployment().registry(),
            ledger.deployment().authority(),
            ledger.deployment().limits());
    for (Address contract : contracts) {
      ProofBundle bundle = proven.history(contract, proven.head());
      Claim.History history = accepted(bundle, Claim.History.class);
      assertThat(history.head())
          .isEqualTo(proven.ask(contract, proven.head(), "historyHead()").getFirst());
      assertThat(history.events()).isNotEmpty();
    }
  }

  @Test
  void aHistoryGoesOnFromAnEarlierHead() {
    ProofBundle whole = proven.history(many, proven.head());
    List<Claim.Entry> all = ((Claim.History) whole.claim()).events();
    for (long since : List.of(born(many) - 1, born(many), born(many) + 9, proven.head() - 1)) {
      ProofBundle bundle = proven.history(many, OptionalLong.of(since), proven.head());
      Verdict verdict =
          Verifier.verify(bundle, proven.knowing(since, proven.head()), ProvableLedger.CODES);
      assertThat(verdict).isInstanceOf(Accepted.class);
      assertThat(((Claim.History) bundle.claim()).events())
          .isEqualTo(all.stream().filter(event -> event.block() > since).toList());
      assertThat(Verifier.verify(bundle, proven.knowing(proven.head()), ProvableLedger.CODES))
          .isInstanceOfSatisfying(
              Rejected.class,
              rejected -> assertThat(rejected.reason()).isEqualTo(Refusal.UNTRUSTED_HEADER));
    }
  }

  @Test
  void anEventIsProvenWithItsTransaction() {
    var events = ledger.read("/v1/events?limit=200").get("events");
    List<Claim.Event> seen = new ArrayList<>();
    for (var event : events) {
      Address contract = Address.parse(event.get("contract").textValue());
      Hash transaction = Hash.parse(event.get("transaction").textValue());
      var receipt = ledger.reader().receipt(transaction).orElseThrow();
      var log =
          receipt.logs().stream()
              .filter(each -> each.ref().logIndex() == event.get("logIndex").intValue())
              .findFirst()
              .orElseThrow();
      Claim.Event proof =
          accepted(proven.bundles.event(contract, log.ref(), receipt.txIndex()), Claim.Event.class);
      assertThat(proof.transaction()).isEqualTo(transaction);
      assertThat(proof.topics()).isEqualTo(log.topics());
      assertThat(proof.data()).isEqualTo(log.data());
      seen.add(proof);
    }
    assertThat(seen).hasSizeGreaterThan(100);
  }

  @Test
  void whatIsHeldAndOwedIsWhatTheContractsSayAtEveryBlock() {
    Map<Address, Set<BigInteger>> owed = new LinkedHashMap<>();
    for (Address contract : List.of(round, failed, distribution)) {
      for (long block = born(contract); block <= proven.head(); block++) {
        Claim.Solvency solvency =
            accepted(proven.bundles.solvency(contract, block), Claim.Solvency.class);
        List<Hash> position = proven.ask(contract, block, "conserved()");
        assertThat(solvency.token().toWord()).isEqualTo(position.get(2));
        assertThat(solvency.held()).isEqualTo(position.get(3).toUint());
        assertThat(solvency.owed()).isEqualTo(position.get(4).toUint());
        assertThat(solvency.covered()).isTrue();
        owed.computeIfAbsent(contract, _ -> new HashSet<>()).add(solvency.owed());
      }
    }
    assertThat(owed.get(round)).hasSizeGreaterThan(4);
    assertThat(owed.get(failed)).hasSizeGreaterThan(4);
    assertThat(owed.get(distribution)).hasSize(3);
  }

  @Test
  void aCommitmentIsWhatTheRoundSaysAtEveryBlock() throws IOException, InterruptedException {
    List<List<Object>> forTheBrowser = new ArrayList<>();
    Map<Address, Set<CommitmentState>> states = new LinkedHashMap<>();
    Map<Address, Set<RoundStatus>> statuses = new LinkedHashMap<>();
    Set<Boolean> excess = new HashSet<>();
    for (Address contract : List.of(round, failed, shared)) {
      for (long block = born(contract); block <= proven.head(); block++) {
        for (int holder : List.of(0, 1, 6, CANCELS, IS_EXCLUDED)) {
          Hash identity = identity(ProvableLedger.holder(holder));
          ProofBundle bundle = proven.bundles.commitment(contract, identity, block);
          Claim.Commitment proof = accepted(bundle, Claim.Commitment.class);
          if (contract.equals(shared)) {
            forTheBrowser.add(
                List.of(
                    new String(BundleJson.write(bundle), StandardCharsets.UTF_8),
                    ProvableLedger.CHAIN.toString(),
                    List.of(Keccak.hash(bundle.header()).toString())));
          }
          assertThat(words(proof))
              .as("person %d at block %d", holder, block)
              .isEqualTo(onChain(contract, identity, block));
          assertThat(List.of(RoundStatus.values()).indexOf(proof.round()))
              .isEqualTo(proven.number(contract, block, "status()").intValueExact());
          states.computeIfAbsent(contract, _ -> new HashSet<>()).add(proof.state());
          if (proof.allotted().signum() > 0 && !proof.allotted().equals(proof.shares())) {
            excess.add(proof.excessPaid());
          }
          statuses.computeIfAbsent(contract, _ -> new HashSet<>()).add(proof.round());
        }
      }
    }
    assertThat(states.get(round))
        .containsExactlyInAnyOrder(
            CommitmentState.NONE, CommitmentState.LIVE, CommitmentState.SETTLED);
    assertThat(states.get(failed))
        .containsExactlyInAnyOrder(CommitmentState.NONE, CommitmentState.LIVE);
    assertThat(states.get(shared)).containsExactlyInAnyOrder(CommitmentState.values());
    assertThat(excess).containsExactlyInAnyOrder(true, false);
    assertThat(NodeProgram.browserVerdicts(forTheBrowser))
        .hasSameSizeAs(forTheBrowser)
        .containsOnly("ACCEPTED");
    assertThat(statuses.get(round))
        .contains(RoundStatus.OPEN, RoundStatus.SETTLING, RoundStatus.SETTLED);
    assertThat(statuses.get(failed)).contains(RoundStatus.OPEN, RoundStatus.FAILED);
  }

  /** Wallet, shares, allotted, committedAt, state and creditPaid. */
  private List<BigInteger> words(Claim.Commitment proof) {
    return List.of(
        proof.wallet().toWord().toUint(),
        proof.shares(),
        proof.allotted(),
        BigInteger.valueOf(proof.committedAt()),
        BigInteger.valueOf(List.of(CommitmentState.values()).indexOf(proof.state())),
        proof.excessPaid() ? BigInteger.ONE : BigInteger.ZERO);
  }

  private List<BigInteger> onChain(Address contract, Hash identity, long block) {
    List<Hash> c = proven.ask(contract, block, "commitmentOf(bytes32)", identity);
    return Stream.of(0, 1, 2, 3, 6, 9).map(member -> c.get(member).toUint()).toList();
  }

  private Hash identity(DevelopmentAccount holder) {
    return Hash.parse(
        ledger.read("/v1/investors/" + holder.address()).at("/investor/identity").textValue());
  }

  @Test
  void theServiceGivesOutWhatItIsAskedFor() throws UnreadableBundle {
    Address holder = ProvableLedger.holder(1).address();
    JsonNode event = ledger.read("/v1/events?limit=1&contract=" + many).at("/events/0");
    for (String question :
        List.of(
            "holding?contract=" + many + "&wallet=" + holder,
            "holding?contract=" + many + "&wallet=" + holder + "&recordDate=2",
            "register?contract=" + many,
            "register?contract=" + many + "&at=2017-05-20T12:00:00Z",
            "history?contract=" + round,
            "history?contract=" + many + "&since=" + born(many),
            "event?contract=%s&block=%s&logIndex=%s"
                .formatted(many, event.get("blockNumber"), event.get("logIndex")),
            "solvency?contract=" + round + "&block=" + proven.head(),
            "commitment?contract=" + round + "&person=" + holder,
            "commitment?contract=" + failed + "&person=" + identity(ProvableLedger.holder(0)))) {
      Reply reply = ledger.client().get("/v1/proofs/" + question);
      assertThat(reply.status()).as("%s: %s", question, reply.body()).isEqualTo(200);
      ProofBundle bundle = BundleJson.read(reply.body().getBytes(StandardCharsets.UTF_8));
      assertThat(Verifier.verify(bundle, proven.knowing(blocksOf(bundle)), ProvableLedger.CODES))
          .isInstanceOf(Accepted.class);
      assertThat(ledger.client().getUnless("/v1/proofs/" + question, reply.header("ETag")).status())
          .as(question)
          .isEqualTo(304);
    }
  }

  private long[] blocksOf(ProofBundle bundle) {
    long block = BlockHeader.decode(bundle.header()).number();
    return bundle.claim() instanceof Claim.History history && !history.earlierHeader().isEmpty()
        ? new long[] {block, BlockHeader.decode(history.earlierHeader()).number()}
        : new long[] {block};
  }

  /** The bundle in it, and the way to the money without the service. */
  @Test
  void aCommitmentHasAReceipt() throws IOException, InterruptedException, UnreadableBundle {
    Hash identity = identity(ProvableLedger.holder(0));
    URI asked =
        ledger
            .url()
            .resolve("/v1/receipts/commitment?contract=%s&person=%s".formatted(failed, identity));
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (HttpClient client = HttpClient.newHttpClient();
        ZipInputStream zip =
            new ZipInputStream(
                client
                    .send(HttpRequest.newBuilder(asked).build(), BodyHandlers.ofInputStream())
                    .body())) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    }
    ProofBundle bundle = BundleJson.read(Objects.requireNonNull(files.get("receipt/bundle.json")));
    assertThat(proven.accepted(bundle))
        .isInstanceOfSatisfying(
            Claim.Commitment.class,
            commitment -> assertThat(commitment.identity()).isEqualTo(identity));
    assertThat(
            new String(
                Objects.requireNonNull(files.get("receipt/receipt.html")), StandardCharsets.UTF_8))
        .contains("<h1>Failure&#39;s Inc, round SEC 020-23358</h1>")
        .contains("anyone can call refund(%s)".formatted(identity))
        .contains("on the contract " + failed)
        .doesNotContain("{exit}", "{named}", "{claim}", "{link}");
    assertThat(ledger.client().get("/v1/receipts/commitment?contract=" + round).status())
        .isEqualTo(400);
  }

  @Test
  void aBundleIsNotSentAgainToWhoeverHasIt() throws IOException, InterruptedException {
    URI asked =
        ledger
            .url()
            .resolve("/v1/proofs/solvency?contract=%s&block=%d".formatted(round, proven.head()));
    try (HttpClient client = HttpClient.newHttpClient()) {
      var first = client.send(HttpRequest.newBuilder(asked).build(), BodyHandlers.ofString());
      String tag = first.headers().firstValue("ETag").orElseThrow();
      assertThat(first.headers().firstValue("Cache-Control"))
          .hasValue("public, max-age=31536000, immutable");
      URI latest = ledger.url().resolve("/v1/proofs/solvency?contract=" + round);
      var changing = client.send(HttpRequest.newBuilder(latest).build(), BodyHandlers.ofString());
      assertThat(changing.headers().firstValue("Cache-Control")).hasValue("no-cache");
      var again =
          client.send(
              HttpRequest.newBuilder(asked).header("If-None-Match", tag).build(),
              BodyHandlers.ofString());
      assertThat(again.statusCode()).isEqualTo(304);
      assertThat(again.body()).isEmpty();
      assertThat(again.headers().firstValue("ETag")).hasValue(tag);
      var other =
          client.send(
              HttpRequest.newBuilder(asked).header("If-None-Match", "\"0x00\"").build(),
              BodyHandlers.ofString());
      assertThat(other.statusCode()).isEqualTo(200);
      assertThat(other.body()).isEqualTo(first.body());
    }
  }

  @Test
  void aSecondProviderIsAskedForEveryBlockThatABundleNames() {
    ProofBundle bundle = proven.history(many, OptionalLong.of(born(many)), proven.head());
    TrustAnchor anchor = SecondProvider.ask(ledger.rpcUrl(), bundle);
    assertThat(Verifier.verify(bundle, anchor, ProvableLedger.CODES))
        .isInstanceOfSatisfying(
            Accepted.class,
            accepted -> assertThat(accepted.trust()).isEqualTo(Trust.SECOND_PROVIDER));
    assertThat(((TrustAnchor.SecondProvider) anchor).hashes())
        .containsOnlyKeys(born(many), proven.head());
    assertThat(catchThrowable(() -> SecondProvider.ask("http://127.0.0.1:1", bundle)))
        .isInstanceOf(StartRefused.class);
  }

  /** Of two false classes one hands its rarer acts to other code, the other is no clone of ours. */
  @Test
  void aClassThatRunsOtherCodeOnItsStorageIsRefused() {
    String initCode = ledger.initCode("ShareToken").toString();
    Address acts = Address.ofWord(proven.ask(many, proven.head(), "acts()").getFirst());
    Address orders = Address.ofWord(proven.ask(many, proven.head(), "orders()").getFirst());
    String actsWord = acts.toWord().toString().substring(2);
    int place = initCode.lastIndexOf(actsWord);
    String crooked =
        initCode.substring(0, place)
            + orders.toWord().toString().substring(2)
            + initCode.substring(place + actsWord.length());
    Address honest = cloned(created(initCode));
    Address dishonest = cloned(created(crooked));
    Address wallet = ProvableLedger.holder(0).address();
    proven.accepted(proven.bundles.holding(honest, wallet, 0, proven.head()));
    assertThat(refused(() -> proven.bundles.holding(dishonest, wallet, 0, proven.head())))
        .isEqualTo(Refusal.OTHER_CODE);
    Address foreign = cloned(wallet);
    assertThat(refused(() -> proven.bundles.holding(foreign, wallet, 0, proven.head())))
        .isIn(Refusal.UNLISTED_CODE, Refusal.NO_CONTRACT);
  }

  private Address created(String initCode) {
    return ledger.create(ANYONE, Bytes.parse(initCode));
  }

  /** A clone without terms. */
  private Address cloned(Address implementation) {
    return created(
        "0x61002d3d81600a3d39f3363d3d373d3d3d363d73"
            + implementation.toString().substring(2)
            + "5af43d82803e903d91602b57fd5bf3");
  }

  @Test
  void theServiceSaysWhyItDoesNotProve() {
    for (String question :
        List.of(
            "holding?contract=%s&wallet=%s&recordDate=9".formatted(many, many),
            "solvency?contract=" + many,
            "commitment?contract=%s&person=%s".formatted(many, ProvableLedger.holder(0).address()),
            "register?contract=" + round)) {
      Reply reply = ledger.client().get("/v1/proofs/" + question);
      assertThat(reply.status()).as(question).isEqualTo(422);
      assertThat(reply.json().get("type").textValue()).isEqualTo("/problems/not-provable");
    }
    assertThat(ledger.client().get("/v1/proofs/holding?contract=" + many).json().get("parameter"))
        .hasToString("\"wallet\"");
    Address stranger = ProvableLedger.holder(0).address();
    assertThat(ledger.client().get("/v1/proofs/solvency?contract=" + stranger).status())
        .isEqualTo(404);
    assertThat(
            ledger
                .client()
                .get("/v1/proofs/history?contract=%s&since=%d".formatted(many, proven.head()))
                .status())
        .isEqualTo(400);
  }

  private Claim.Register register(Address shareClass, int recordDate, long block) {
    return accepted(proven.register(shareClass, recordDate, block), Claim.Register.class);
  }

  /** As it comes out of the verifier after a way through JSON. */
  private <T extends Claim> T accepted(ProofBundle bundle, Class<T> kind) {
    ProofBundle read;
    try {
      read = BundleJson.read(BundleJson.write(bundle));
    } catch (UnreadableBundle e) {
      throw new AssertionError(e);
    }
    assertThat(read).isEqualTo(bundle);
    Verdict verdict = proven.verify(read);
    assertThat(verdict).isInstanceOf(Accepted.class);
    Accepted accepted = (Accepted) verdict;
    assertThat(accepted.trust()).isEqualTo(Trust.BLOCK_HASH);
    assertThat(accepted.contract()).isEqualTo(bundle.contract());
    assertThat(accepted.claim()).isEqualTo(bundle.claim());
    return kind.cast(accepted.claim());
  }

  private static Refusal refused(Runnable asked) {
    return catchThrowableOfType(CannotProve.class, asked::run).reason();
  }

  private long born(Address contract) {
    return proven.born(contract);
  }

  private long firstBlockBefore(String time) {
    long block = proven.head();
    while (!ledger.reader().header(block).time().isBefore(Instant.parse(time))) {
      block--;
    }
    return block;
  }
}
