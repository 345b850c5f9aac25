package io.fundtrail.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.fundtrail.app.DevelopmentAccount;
import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import io.fundtrail.proof.BlockHeader;
import io.fundtrail.proof.BundleJson;
import io.fundtrail.proof.Claim;
import io.fundtrail.proof.Keccak;
import io.fundtrail.proof.ProofBundle;
import io.fundtrail.proof.Refusal;
import io.fundtrail.proof.UnreadableBundle;
import io.fundtrail.proof.Verdict;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * An auditor asks what K held on days of the past, some of them before the recovery of K's lost
 * key, and trusts nothing but the hashes of blocks. The contract's view, the proof of the slot and
 * the replay of the proven history agree.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditorStoryTest {
  private static final DevelopmentAccount I1 = new DevelopmentAccount("I1");
  private static final DevelopmentAccount I2 = new DevelopmentAccount("I2");
  private static final DevelopmentAccount I3 = new DevelopmentAccount("I3");
  private static final DevelopmentAccount J = new DevelopmentAccount("J");
  private static final DevelopmentAccount K = new DevelopmentAccount("K");
  private static final DevelopmentAccount K2 = new DevelopmentAccount("K2");
  private static final Hash DOCUMENT = Hash.parse("0x" + "cd".repeat(32));
  private static final Hash TRANSFER =
      Keccak.hash("Transfer(address,address,uint256)".getBytes(StandardCharsets.US_ASCII));

  private ProvableLedger proven;
  private ServedLedger ledger;
  private Address shares = Address.ZERO;

  @BeforeAll
  void play(@TempDir Path folder) {
    proven = ProvableLedger.start(folder);
    ledger = proven.ledger;
    ledger.at("2017-07-12T00:00:00Z");
    for (DevelopmentAccount holder : List.of(I1, I2, I3, J)) {
      ledger.attest(holder, "accredited");
    }
    Hash k = ledger.attest(K, "accredited");
    shares = proven.openClass("WindowMirror Inc");
    proven.issue(shares, I1, 4_000, "0");
    proven.issue(shares, I2, 2_500, "0");
    proven.issue(shares, I3, 731, "0");
    transfer("2018-03-01T10:00:00Z", I1, K, 1_000);
    transfer("2018-08-01T10:00:00Z", I3, J, 731);
    transfer("2019-01-15T10:00:00Z", I2, K, 500);
    ledger.at("2019-01-20T10:00:00Z");
    proven.issue(shares, K, 200, "0");
    recover(k);
  }

  private void recover(Hash k) {
    Address recovery = ledger.deployment().recovery();
    ledger.call(
        DevelopmentAccount.REGISTRAR,
        recovery,
        "announceWallet",
        Map.of("kind", "1", "identity", k, "newWallet", K2.address(), "documentHash", DOCUMENT));
    ledger.call(
        DevelopmentAccount.RECOVERY,
        recovery,
        "confirm",
        Map.of("subject", k, "documentHash", DOCUMENT));
    ledger.at("2019-02-04T10:00:00Z");
    ledger.call(J, recovery, "execute", Map.of("subject", k));
    ledger.call(J, shares, "recover", Map.of("oldWallet", K.address()));
    ledger.at("2019-02-05T10:00:00Z");
    ledger.attest(new DevelopmentAccount("whoever came next"), "accredited");
  }

  private void transfer(String time, DevelopmentAccount from, DevelopmentAccount to, long count) {
    ledger.at(time);
    ledger.call(
        from, shares, "transfer", Map.of("to", to.address(), "value", String.valueOf(count)));
  }

  @AfterAll
  void stop() {
    proven.close();
  }

  @Test
  void whatSomebodyHeldOnADayIsProvenThreeWays() throws UnreadableBundle {
    assertThat(held(K, "2018-02-28")).isZero();
    assertThat(held(K, "2018-12-31")).isEqualTo(1_000);
    assertThat(held(K, "2019-01-19")).isEqualTo(1_500);
    assertThat(held(K, "2019-02-03")).isEqualTo(1_700);
    assertThat(held(K, "2019-02-04")).isZero();
    assertThat(held(K2, "2019-02-03")).isZero();
    assertThat(held(K2, "2019-02-04")).isEqualTo(1_700);
  }

  @Test
  void theRegisterOfADayIsComplete() throws UnreadableBundle {
    assertThat(register("2017-07-12")).isEqualTo(Map.of(I1, 4_000L, I2, 2_500L, I3, 731L));
    assertThat(register("2018-12-31"))
        .isEqualTo(Map.of(I1, 3_000L, I2, 2_500L, J, 731L, K, 1_000L));
    assertThat(register("2019-01-19"))
        .isEqualTo(Map.of(I1, 3_000L, I2, 2_000L, J, 731L, K, 1_500L));
    assertThat(register("2019-02-04"))
        .isEqualTo(Map.of(I1, 3_000L, I2, 2_000L, J, 731L, K2, 1_700L));
  }

  @Test
  void aStatementAlteredByOneShareFailsTheProofAndTheReplay() throws UnreadableBundle {
    ProofBundle truth = ask("holding", "&wallet=" + K.address(), "2018-12-31");
    String altered =
        new String(BundleJson.write(truth), StandardCharsets.UTF_8)
            .replace("\"balance\":\"1000\"", "\"balance\":\"1001\"");
    assertThat(proven.verify(BundleJson.read(altered.getBytes(StandardCharsets.UTF_8))))
        .isInstanceOfSatisfying(
            Verdict.Rejected.class,
            rejected -> assertThat(rejected.reason()).isEqualTo(Refusal.OTHER_CLAIM));

    ProofBundle history = ask("history", "", "2018-12-31");
    String oneMore = Hash.ofUint(BigInteger.valueOf(1_001)).toString().substring(2);
    String one = Hash.ofUint(BigInteger.valueOf(1_000)).toString().substring(2);
    String told = new String(BundleJson.write(history), StandardCharsets.UTF_8);
    assertThat(told).contains(one);
    assertThat(
            proven.verify(
                BundleJson.read(told.replace(one, oneMore).getBytes(StandardCharsets.UTF_8))))
        .isInstanceOfSatisfying(
            Verdict.Rejected.class,
            rejected -> assertThat(rejected.reason()).isEqualTo(Refusal.OTHER_HISTORY));
  }

  /** The balance at the end of a day, once all three ways have given the same. */
  private long held(DevelopmentAccount holder, String day) throws UnreadableBundle {
    ProofBundle bundle = ask("holding", "&wallet=" + holder.address(), day);
    Claim.Holding holding = (Claim.Holding) proven.accepted(bundle);
    long block = BlockHeader.decode(bundle.header()).number();
    assertThat(holding.balance())
        .isEqualTo(proven.number(shares, block, "balanceOf(address)", holder.address().toWord()))
        .isEqualTo(BigInteger.valueOf(replayed(day).getOrDefault(holder.address(), 0L)));
    return holding.balance().longValueExact();
  }

  private Map<Address, Long> replayed(String day) throws UnreadableBundle {
    Claim.History history = (Claim.History) proven.accepted(ask("history", "", day));
    Map<Address, Long> balances = new HashMap<>();
    for (Claim.Entry event : history.events()) {
      if (event.topics().getFirst().equals(TRANSFER)) {
        long count = new BigInteger(1, event.data().bytes()).longValueExact();
        balances.merge(Address.ofWord(event.topics().get(1)), -count, Long::sum);
        balances.merge(Address.ofWord(event.topics().get(2)), count, Long::sum);
      }
    }
    return balances;
  }

  private Map<DevelopmentAccount, Long> register(String day) throws UnreadableBundle {
    Claim.Register register = (Claim.Register) proven.accepted(ask("register", "", day));
    Map<DevelopmentAccount, Long> holders = new HashMap<>();
    List<DevelopmentAccount> all = new ArrayList<>(List.of(I1, I2, I3, J, K, K2));
    for (Claim.Holder holder : register.holders()) {
      DevelopmentAccount account =
          all.stream()
              .filter(each -> each.address().equals(holder.wallet()))
              .findFirst()
              .orElseThrow();
      holders.put(account, holder.shares().longValueExact());
    }
    return holders;
  }

  /** What the service answers of the end of a day. */
  private ProofBundle ask(String kind, String whose, String day) throws UnreadableBundle {
    String question =
        "/v1/proofs/%s?contract=%s%s&at=%sT23:59:59Z".formatted(kind, shares, whose, day);
    return BundleJson.read(ledger.client().get(question).body().getBytes(StandardCharsets.UTF_8));
  }
}
