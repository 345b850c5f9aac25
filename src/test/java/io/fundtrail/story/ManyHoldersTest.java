package io.fundtrail.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.fundtrail.app.Bound;
import io.fundtrail.app.DevelopmentAccount;
import io.fundtrail.bindings.InvestorRegistry;
import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.proof.BundleJson;
import io.fundtrail.proof.Claim;
import io.fundtrail.proof.ProofBundle;
import io.fundtrail.proof.Refusal;
import io.fundtrail.proof.TrustAnchor;
import io.fundtrail.proof.Verdict;
import io.fundtrail.proof.Verifier;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A class with 5,000 holders, on a real node. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManyHoldersTest {
  private static final int HOLDERS = Integer.getInteger("fundtrail.test.holders", 5_000);
  private static final int MUTATIONS = Integer.getInteger("fundtrail.test.mutations", 10_000);
  private static final long SEED = Long.getLong("fundtrail.test.seed", 20_170_712L);
  private static final int AT_ONCE = 50;
  private static final int EXPIRY = 1_800_000_000;

  private ProvableLedger proven;
  private Address shares = Address.ZERO;

  @BeforeAll
  void play(@TempDir Path folder) {
    proven = ProvableLedger.start(folder);
    proven.ledger.at("2017-07-12T00:00:00Z");
    shares = proven.openClass("Everybody's Inc");
    attest();
    issue();
  }

  @AfterAll
  void stop() {
    proven.close();
  }

  private static Address holder(int number) {
    return Address.parse("0x" + "%040x".formatted(BigInteger.valueOf(1_000_003L * (number + 1))));
  }

  private static long sharesOf(int number) {
    return 1L + number % 100;
  }

  private void attest() {
    Address registry = proven.ledger.deployment().registry();
    List<Bytes> calls = new ArrayList<>();
    for (int first = 0; first < HOLDERS; first += AT_ONCE) {
      List<InvestorRegistry.Attestation> attestations = new ArrayList<>();
      for (int i = first; i < Math.min(HOLDERS, first + AT_ONCE); i++) {
        attestations.add(
            new InvestorRegistry.Attestation(
                holder(i).toWord().bytes(),
                holder(i).toString(),
                BigInteger.valueOf(840),
                BigInteger.TWO,
                BigInteger.valueOf(EXPIRY),
                BigInteger.ONE,
                BigInteger.ZERO,
                new byte[32]));
      }
      calls.add(
          Bound.data(
              Bound.registry(registry)
                  .attestAll(attestations, new byte[32], new byte[3], List.of())));
    }
    proven.ledger.sendAll(DevelopmentAccount.REGISTRAR, registry, calls, 6_000_000, 5);
  }

  private void issue() {
    List<Bytes> calls = new ArrayList<>();
    for (int i = 0; i < HOLDERS; i++) {
      calls.add(
          Bound.data(
              Bound.shareClass(shares)
                  .issueByCompany(
                      holder(i).toString(), BigInteger.valueOf(sharesOf(i)), BigInteger.ZERO)));
    }
    proven.ledger.sendAll(ProvableLedger.ISSUER, shares, calls, 300_000, 100);
  }

  @Test
  void theRegisterIsCompleteAndEachNodeInItOnce() {
    ProofBundle bundle = proven.register(shares, Claim.AT_THE_BLOCK, proven.head());
    Claim.Register register = (Claim.Register) proven.accepted(bundle);
    assertThat(register.holders()).hasSize(HOLDERS);
    assertThat(register.supply())
        .isEqualTo(
            BigInteger.valueOf(
                IntStream.range(0, HOLDERS).mapToLong(ManyHoldersTest::sharesOf).sum()));
    assertThat(bundle.nodes()).doesNotHaveDuplicates().hasSizeLessThan(2 * HOLDERS);
    assertThat(BundleJson.write(bundle).length).isLessThan(BundleJson.MOST_BYTES);

    List<Claim.Holder> without = new ArrayList<>(register.holders());
    Claim.Holder left = without.remove(HOLDERS / 2);
    assertThat(reason(proven.verify(claiming(bundle, register, without))))
        .isEqualTo(Refusal.INCOMPLETE_REGISTER);
    List<Claim.Holder> moved = new ArrayList<>(register.holders());
    moved.set(HOLDERS / 2, new Claim.Holder(left.wallet(), left.shares().add(BigInteger.ONE)));
    assertThat(reason(proven.verify(claiming(bundle, register, moved))))
        .isEqualTo(Refusal.OTHER_CLAIM);
  }

  @Test
  void noSeededChangeOfAHoldingIsAccepted() {
    System.out.println("seed of the changes: " + SEED);
    Random random = new Random(SEED);
    ProofBundle truth = proven.bundles.holding(shares, holder(HOLDERS / 3), 0, proven.head());
    TrustAnchor anchor = proven.knowing(proven.head());
    assertThat(Verifier.verify(truth, anchor, ProvableLedger.CODES))
        .isInstanceOf(Verdict.Accepted.class);
    for (int i = 0; i < MUTATIONS; i++) {
      List<Bytes> nodes = new ArrayList<>(truth.nodes());
      int at = random.nextInt(nodes.size());
      byte[] node = nodes.get(at).bytes();
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        node[random.nextInt(node.length)] ^= (byte) (1 + random.nextInt(255));
      }
      nodes.set(at, Bytes.of(node));
      if (nodes.equals(truth.nodes())) {
        continue;
      }
      ProofBundle told =
          new ProofBundle(
              truth.format(),
              truth.chainId(),
              truth.contract(),
              truth.header(),
              truth.cloneCode(),
              truth.codes(),
              nodes,
              truth.claim());
      assertThat(reason(Verifier.verify(told, anchor, ProvableLedger.CODES)))
          .as("change %d of seed %d", i, SEED)
          .isEqualTo(Refusal.MISSING_NODE);
    }
  }

  private static Refusal reason(Verdict verdict) {
    assertThat(verdict).isInstanceOf(Verdict.Rejected.class);
    return ((Verdict.Rejected) verdict).reason();
  }

  private static ProofBundle claiming(
      ProofBundle b, Claim.Register register, List<Claim.Holder> holders) {
    return new ProofBundle(
        b.format(),
        b.chainId(),
        b.contract(),
        b.header(),
        b.cloneCode(),
        b.codes(),
        b.nodes(),
        new Claim.Register(register.recordDate(), register.time(), register.supply(), holders));
  }
}
