package io.fundtrail.story;

import static io.fundtrail.story.Lie.claiming;
import static io.fundtrail.story.Lie.header;
import static io.fundtrail.story.Lie.more;
import static io.fundtrail.story.Lie.register;
import static io.fundtrail.story.Lie.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import io.fundtrail.chaos.Chaos;
import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.model.RawLog;
import io.fundtrail.proof.BundleJson;
import io.fundtrail.proof.Claim;
import io.fundtrail.proof.Claim.CommitmentState;
import io.fundtrail.proof.Keccak;
import io.fundtrail.proof.ProofBundle;
import io.fundtrail.proof.PublishedCodes;
import io.fundtrail.proof.Refusal;
import io.fundtrail.proof.TrustAnchor;
import io.fundtrail.proof.UnreadableBundle;
import io.fundtrail.proof.Verdict;
import io.fundtrail.proof.Verifier;
import io.fundtrail.story.Lie.Change;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * No bundle of a real node survives a change: every byte of every part is changed once, and the
 * lies that a clever author would try are told. What each kind of change is refused for is fixed
 * beforehand, with the kinds in {@link Lie}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProofTamperingTest {
  private static final Path TAMPERED = NodeProgram.HOME.resolve("target/tampered");
  private static final Path CODES_OF_TAMPERED =
      NodeProgram.HOME.resolve("src/test/resources/io/fundtrail/proof/bundles/codes.json.gz");

  private ProvableLedger proven;
  private final Map<String, ProofBundle> bundles = new LinkedHashMap<>();

  @BeforeAll
  void play(@TempDir Path folder) {
    proven = ProvableLedger.start(folder);
    proven.ledger.at("2017-05-07T00:00:00Z");
    ProvableLedger.holders(17).forEach(holder -> proven.ledger.attest(holder, "accredited"));
    Address none = proven.openClass("Nobody's Inc");
    Address one = proven.openClass("Founder's Inc");
    proven.issue(one, ProvableLedger.holder(0), 1_000, "1600000000");
    Address many = proven.openClass("Everybody's Inc");
    for (int i = 0; i < 17; i++) {
      proven.issue(many, ProvableLedger.holder(i), 100 + i, "0");
    }
    Map<String, Object> terms = proven.ledger.terms(one);
    terms.put("minimumShares", "100");
    terms.put("opensAt", "2017-06-09T00:00:00Z");
    Address round = proven.ledger.openRound(ProvableLedger.ISSUER, terms);
    proven.ledger.at("2017-06-10T00:00:00Z");
    proven.ledger.mint(ProvableLedger.holder(0), "2000.00");
    proven.ledger.send(ProvableLedger.holder(0), "commit", ServedLedger.commitment(round, "60"));
    long head = proven.head();
    Address holder = ProvableLedger.holder(0).address();
    Address stranger = ProvableLedger.ISSUER.address();
    bundles.put("holding", proven.bundles.holding(one, holder, 0, head));
    bundles.put("a holding of many", proven.bundles.holding(many, holder, 0, head));
    bundles.put("no holding", proven.bundles.holding(many, stranger, 0, head));
    for (Address shareClass : List.of(none, one, many)) {
      bundles.put("register of " + shareClass, proven.register(shareClass, 0, head));
    }
    bundles.put("history", proven.history(one, head));
    bundles.put("solvency", proven.bundles.solvency(round, head));
    bundles.put("commitment", proven.bundles.commitment(round, identity(holder), head));
    bundles.put(
        "no commitment", proven.bundles.commitment(round, Keccak.hash(new byte[] {1}), head));
    RawLog log = proven.ledger.reader().logs(0, head, List.of(many)).getLast();
    bundles.put("event", proven.bundles.event(many, log.ref(), log.txIndex()));
  }

  private Hash identity(Address wallet) {
    JsonNode investor = proven.ledger.read("/v1/investors/" + wallet).get("investor");
    return Hash.parse(investor.get("identity").textValue());
  }

  @AfterAll
  void stop() {
    proven.close();
  }

  @Test
  void everyBundleIsAcceptedAsItIs() {
    bundles.forEach((name, bundle) ->
        assertThat(verify(bundle, bundle)).as(name).isInstanceOf(Verdict.Accepted.class));
  }

  @Test
  void everyBundleFitsTheSchemaOfBundles() throws IOException {
    Path file =
        Path.of(System.getProperty("fundtrail.home", ""), "src/docs/proof-bundle.schema.json");
    Schema schema =
        SchemaRegistry.withDialect(Dialects.getDraft202012())
            .getSchema(new ObjectMapper().readTree(file.toFile()));
    for (ProofBundle bundle : bundles.values()) {
      JsonNode json = new ObjectMapper().readTree(BundleJson.write(bundle));
      assertThat(schema.validate(json)).isEmpty();
      ((ObjectNode) json.get("claim")).put("more", 1);
      assertThat(schema.validate(json)).isNotEmpty();
    }
  }

  @Test
  void noChangedByteIsAccepted() {
    Map<Change, Integer> told = new TreeMap<>();
    bundles.forEach(
        (name, bundle) -> Lie.about(bundle).forEach(lie -> refused(name, bundle, lie, told)));
    assertThat(told)
        .containsKeys(
            Change.HEADER,
            Change.CONTRACT,
            Change.CLONE_CODE,
            Change.IMMUTABLE,
            Change.NODE,
            Change.WALLET,
            Change.ANSWER,
            Change.EVENT,
            Change.REGISTER,
            Change.NODES_SWAPPED);
    assertThat(told.get(Change.NODE)).isGreaterThan(10_000);
  }

  /**
   * The two share no line of code. Of each kind the first change is asked about, and of all others
   * every fourth.
   */
  @Test
  void theBrowsersVerifierGivesTheSameVerdict() throws IOException, InterruptedException {
    List<List<Object>> questions = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    bundles.forEach((_, truth) -> {
      List<Object> hashes = List.of(Keccak.hash(truth.header()).toString());
      Stream.concat(Stream.of(truth), sample(Lie.about(truth)).map(Lie::bundle))
          .forEach(bundle -> {
            String text = new String(BundleJson.write(bundle), StandardCharsets.UTF_8);
            questions.add(List.of(text, ProvableLedger.CHAIN.toString(), hashes));
            expected.add(
                switch (verify(truth, bundle)) {
                  case Verdict.Accepted _ -> "ACCEPTED";
                  case Verdict.Rejected(Refusal reason, String _) -> reason.name();
                });
          });
    });
    List<String> answers = NodeProgram.browserVerdicts(questions);
    assertThat(answers).hasSize(expected.size()).hasSizeGreaterThan(5_000).contains("ACCEPTED");
    for (int i = 0; i < expected.size(); i++) {
      assertThat(answers.get(i)).as("%s", questions.get(i)).isEqualTo(expected.get(i));
    }
  }

  /**
   * What was changed by hand for the browser's verifier, and the reason that was fixed for each.
   */
  @Test
  void theBundlesThatTheBrowsersVerifierRejectsAreRejectedForTheSameReason()
      throws IOException, UnreadableBundle {
    JsonNode index = new ObjectMapper().readTree(TAMPERED.resolve("index.json").toFile());
    PublishedCodes codes;
    try (InputStream packed = new GZIPInputStream(Files.newInputStream(CODES_OF_TAMPERED))) {
      codes = PublishedCodes.read(packed);
    }
    assertThat(index).hasSizeGreaterThan(150);
    for (JsonNode entry : index) {
      ProofBundle bundle =
          BundleJson.read(Files.readAllBytes(TAMPERED.resolve(entry.get("file").textValue())));
      Set<Hash> known = new HashSet<>();
      entry.get("blockHashes").forEach(hash -> known.add(Hash.parse(hash.textValue())));
      TrustAnchor anchor =
          new TrustAnchor.BlockHashes(new BigInteger(entry.get("chainId").textValue()), known);
      assertThat(reason(Verifier.verify(bundle, anchor, codes)).name())
          .as(entry.get("name").textValue())
          .isEqualTo(entry.get("reason").textValue());
    }
  }

  /** If the verifier accepted everything, or nothing were changed, the test above would fail. */
  @Test
  void aVerifierThatAcceptsWouldBeNoticed() {
    ProofBundle bundle = bundle("holding");
    Lie unchanged = new Lie(Change.NODE, bundle);
    assertThatThrownBy(() -> refused("holding", bundle, unchanged, new TreeMap<>()))
        .isInstanceOf(AssertionError.class);
    Lie lie = Lie.about(bundle).getFirst();
    assertThatThrownBy(() ->
            refused("holding", bundle, lie, new TreeMap<>(), (whole, _) -> verify(whole, whole)))
        .isInstanceOf(AssertionError.class);
    Lie misnamed = new Lie(Change.CHAIN, lie.bundle());
    assertThatThrownBy(() -> refused("holding", bundle, misnamed, new TreeMap<>()))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void aHistoryWithALieInItIsRefused() {
    ProofBundle bundle = bundle("history");
    Claim.History history = (Claim.History) bundle.claim();
    List<Claim.Entry> events = history.events();
    assertThat(events).hasSizeGreaterThan(2);
    List<List<Claim.Entry>> lies = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      Claim.Entry event = events.get(i);
      List<Claim.Entry> dropped = new ArrayList<>(events);
      dropped.remove(i);
      lies.add(dropped);
      List<Claim.Entry> doubled = new ArrayList<>(events);
      doubled.add(i, event);
      lies.add(doubled);
      if (i > 0) {
        List<Claim.Entry> swapped = new ArrayList<>(events);
        Collections.swap(swapped, i - 1, i);
        lies.add(swapped);
      }
      lies.add(
          with(
              events,
              i,
              new Claim.Entry(event.block(), event.time() + 1, event.topics(), event.data())));
      lies.add(
          with(
              events,
              i,
              new Claim.Entry(event.block() + 1, event.time(), event.topics(), event.data())));
      List<Hash> topics = event.topics();
      if (topics.size() > 1) {
        byte[] data = new byte[Hash.SIZE + event.data().size()];
        System.arraycopy(topics.getLast().bytes(), 0, data, 0, Hash.SIZE);
        System.arraycopy(event.data().bytes(), 0, data, Hash.SIZE, event.data().size());
        lies.add(
            with(
                events,
                i,
                new Claim.Entry(
                    event.block(),
                    event.time(),
                    topics.subList(0, topics.size() - 1),
                    Bytes.of(data))));
      }
    }
    for (List<Claim.Entry> lie : lies) {
      Claim told =
          new Claim.History(history.earlierHeader(), history.earlierHead(), history.head(), lie);
      assertThat(verify(bundle, claiming(bundle, told)))
          .isInstanceOfSatisfying(
              Verdict.Rejected.class,
              rejected -> assertThat(rejected.reason()).isEqualTo(Refusal.OTHER_HISTORY));
    }
    assertThat(lies).hasSizeGreaterThan(3 * events.size());
  }

  @Test
  void aBundleOfAnotherContractOrAnOlderBlockIsRefused() {
    ProofBundle one = bundle("holding");
    ProofBundle many = bundle("a holding of many");
    ProofBundle mixed =
        new ProofBundle(
            ProofBundle.FORMAT,
            one.chainId(),
            one.contract(),
            one.header(),
            many.cloneCode(),
            many.codes(),
            many.nodes(),
            many.claim());
    assertThat(reason(verify(one, mixed))).isIn(Refusal.MISSING_NODE, Refusal.OTHER_CODE);
    ProofBundle older = header(one, proven.header(proven.head() - 3));
    assertThat(reason(verify(one, older))).isEqualTo(Refusal.UNTRUSTED_HEADER);
    TrustAnchor both = proven.knowing(proven.head(), proven.head() - 3);
    assertThat(reason(Verifier.verify(older, both, ProvableLedger.CODES)))
        .isEqualTo(Refusal.MISSING_NODE);
  }

  @Test
  void aRegisterWithALieInItIsRefused() {
    ProofBundle bundle =
        bundles.values().stream()
            .filter(each -> each.claim() instanceof Claim.Register)
            .toList()
            .getLast();
    Claim.Register register = (Claim.Register) bundle.claim();
    List<Claim.Holder> holders = register.holders();
    assertThat(holders).hasSize(17);
    for (int i = 0; i < holders.size(); i++) {
      List<Claim.Holder> without = new ArrayList<>(holders);
      without.remove(i);
      assertThat(reason(verify(bundle, register(bundle, without))))
          .isEqualTo(Refusal.INCOMPLETE_REGISTER);
      List<Claim.Holder> twice = new ArrayList<>(holders);
      twice.set(i, holders.get(i == 0 ? 1 : i - 1));
      assertThat(reason(verify(bundle, register(bundle, twice)))).isIn(Refusal.DUPLICATE_MATERIAL);
      List<Claim.Holder> moved = new ArrayList<>(holders);
      int other = (i + 1) % holders.size();
      moved.set(i, more(holders.get(i), 1));
      moved.set(other, more(holders.get(other), -1));
      assertThat(reason(verify(bundle, register(bundle, moved)))).isEqualTo(Refusal.OTHER_CLAIM);
    }
  }

  @Test
  void whatIsNoBundleIsUnreadableAndNothingElse() {
    byte[] json = BundleJson.write(bundle("holding"));
    String text = new String(json, StandardCharsets.UTF_8);
    for (String bad :
        List.of(
            "",
            "null",
            "[]",
            "{}",
            text + " 1",
            text.replaceFirst("\"chainId\":\"31337\"", "\"chainId\":31337"),
            text.replaceFirst("\"chainId\":\"31337\"", "\"chainId\":\"031337\""),
            text.replaceFirst("\"chainId\":\"31337\",", ""),
            text.replaceFirst("\"chainId\":\"31337\"", "\"chainId\":null"),
            text.replaceFirst("\"chainId\"", "\"chain\":1,\"chainId\""),
            text.replaceFirst(
                "\"chainId\":\"31337\"", "\"chainId\":\"31337\",\"chainId\":\"31337\""),
            text.replaceFirst("fundtrail-proof/1", "fundtrail-proof/2"),
            text.replaceFirst("\"kind\":\"holding\"", "\"kind\":\"other\""),
            text.replaceFirst("\"kind\":\"holding\",", ""),
            text.replaceFirst("\"nodes\":\\[", "\"nodes\":[null,"),
            text.replaceFirst("\"recordDate\":0", "\"recordDate\":-1"),
            text.replaceFirst("\"recordDate\":0", "\"recordDate\":0.0"),
            text.replaceFirst("\"recordDate\":0,", ""),
            text.replaceFirst("\"header\":\"0xf", "\"header\":\"0xF"),
            "[".repeat(100_000))) {
      assertThat(bad).isNotEqualTo(text);
      assertThat(catchThrowable(() -> BundleJson.read(bad.getBytes(StandardCharsets.UTF_8))))
          .as(bad)
          .isInstanceOf(UnreadableBundle.class);
    }
    assertThat(catchThrowable(() -> BundleJson.read(new byte[BundleJson.MOST_BYTES + 1])))
        .isInstanceOf(UnreadableBundle.class)
        .hasMessageContaining("more than");
    for (int i = 0; i < json.length; i++) {
      byte[] changed = json.clone();
      changed[i] ^= 1;
      try {
        ProofBundle read = BundleJson.read(changed);
        assertThat(verify(bundle("holding"), read)).isInstanceOf(Verdict.Rejected.class);
      } catch (UnreadableBundle _) {
        // The one exception that reading throws.
      }
    }
  }

  private void refused(String name, ProofBundle truth, Lie lie, Map<Change, Integer> told) {
    refused(name, truth, lie, told, this::verify);
  }

  private void refused(
      String name,
      ProofBundle truth,
      Lie lie,
      Map<Change, Integer> told,
      BiFunction<ProofBundle, ProofBundle, Verdict> verifier) {
    told.merge(lie.change(), 1, Integer::sum);
    if (isTrueOfAnother(lie.bundle())) {
      return;
    }
    assertThat(verifier.apply(truth, lie.bundle()))
        .as("%s of %s", lie.change(), name)
        .isInstanceOfSatisfying(
            Verdict.Rejected.class,
            rejected -> assertThat(rejected.reason()).isIn(lie.change().reasons));
  }

  /**
   * The nodes by which one wallet provably holds nothing, or one person committed nothing, may
   * prove it of another one, of which it is then true as well.
   */
  private boolean isTrueOfAnother(ProofBundle told) {
    if (told.claim() instanceof Claim.Commitment commitment) {
      return commitment.state() == CommitmentState.NONE
          && verify(told, told) instanceof Verdict.Accepted;
    }
    return told.claim() instanceof Claim.Holding holding
        && !holding.wallet().equals(ProvableLedger.ISSUER.address())
        && holding.balance().signum() == 0
        && BigInteger.ZERO.equals(holding.locked())
        && proven
                .number(
                    told.contract(), proven.head(), "balanceOf(address)", holding.wallet().toWord())
                .signum()
            == 0
        && verify(told, told) instanceof Verdict.Accepted;
  }

  /** By someone who trusts the block of the true bundle. */
  private Verdict verify(ProofBundle truth, ProofBundle told) {
    return Verifier.verify(
        told,
        new TrustAnchor.BlockHashes(ProvableLedger.CHAIN, Set.of(Keccak.hash(truth.header()))),
        ProvableLedger.CODES);
  }

  private static Refusal reason(Verdict verdict) {
    assertThat(verdict).isInstanceOf(Verdict.Rejected.class);
    return ((Verdict.Rejected) verdict).reason();
  }

  private ProofBundle bundle(String name) {
    ProofBundle found = bundles.get(name);
    if (found == null) {
      throw new AssertionError(name);
    }
    return found;
  }

  private static Stream<Lie> sample(List<Lie> lies) {
    Set<Change> seen = EnumSet.noneOf(Change.class);
    int step = Chaos.times() > 1 ? 1 : 4;
    return IntStream.range(0, lies.size())
        .filter(i -> i % step == 0 || seen.add(lies.get(i).change()))
        .mapToObj(lies::get);
  }
}
