package io.fundtrail.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fundtrail.api.Money;
import io.fundtrail.app.Bound;
import io.fundtrail.app.DevelopmentAccount;
import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import io.fundtrail.model.TokenAmount;
import io.fundtrail.store.Database;
import io.fundtrail.store.OnBothDatabases;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** Rounds that do not end as hoped, what the guardian and the registrar do, and resale. */
class OutcomesStoryTest {
  private static final DevelopmentAccount ISSUER = new DevelopmentAccount("issuer");
  private static final DevelopmentAccount ANYONE = new DevelopmentAccount("anyone");

  @OnBothDatabases
  void everyCommitmentIsRefundedWhenTheTargetIsMissed(Database database, @TempDir Path folder) {
    try (ServedLedger ledger = ServedLedger.start(database, folder)) {
      ledger.at("2017-05-08T00:00:00Z");
      Address round = opened(ledger, "5000", "50000");
      List<DevelopmentAccount> investors = investors(ledger, 5, "retail");
      ledger.at("2017-05-09T00:00:00Z");
      for (int i = 0; i < 5; i++) {
        commit(ledger, investors.get(i), round, String.valueOf(10 + i));
      }
      commit(ledger, investors.get(0), round, "7");
      assertThat(round(ledger, round).at("/raised/commitments").intValue()).isEqualTo(5);
      pages(ledger, round);
      ledger.at("2017-07-08T00:00:00Z");
      ledger.send(ANYONE, "close", Map.of("round", round));
      assertThat(round(ledger, round).get("status").textValue()).isEqualTo("failed");
      for (DevelopmentAccount investor : investors) {
        ledger.send(
            ANYONE, "refund", Map.of("round", round, "identity", identity(ledger, investor)));
      }
      JsonNode after = round(ledger, round);
      assertThat(after.at("/raised/amount").textValue()).as("what was raised").isEqualTo("134.00");
      assertThat(after.at("/refunded/amount").textValue()).isEqualTo("134.00");
      assertThat(after.at("/refunded/commitments").intValue()).isEqualTo(5);
      assertThat(after.at("/escrow/shares").textValue()).isEqualTo("0");
      assertThat(ledger.dollarsOf(investors.get(0).address()))
          .isEqualTo(TokenAmount.parseDecimal("1000", 6));
      assertThat(ledger.read("/v1/rounds?status=failed").get("rounds")).hasSize(1);
      assertThat(ledger.read("/v1/rounds?status=settled").get("rounds")).isEmpty();
    }
  }

  /** Three pages show every commitment once, although more come in between. */
  private static void pages(ServedLedger ledger, Address round) {
    String list = "/v1/rounds/" + round + "/commitments?limit=2";
    JsonNode first = ledger.read(list);
    DevelopmentAccount late = investors(ledger, 6, "retail").get(5);
    commit(ledger, late, round, "1");
    JsonNode second = ledger.read(list + "&cursor=" + first.get("next").textValue());
    JsonNode third = ledger.read(list + "&cursor=" + second.get("next").textValue());
    List<String> shares = new ArrayList<>();
    for (JsonNode page : List.of(first, second, third)) {
      shares.addAll(page.get("commitments").findValuesAsText("shares"));
    }
    assertThat(shares).containsExactly("17", "11", "12", "13", "14");
    assertThat(third.get("next").isNull()).isTrue();
    ledger.send(late, "cancel", ServedLedger.wholeCommitment(round));
  }

  @OnBothDatabases
  void whoLosesEligibilityIsLeftOutAndWhoHoldsIsBound(Database database, @TempDir Path folder) {
    try (ServedLedger ledger = ServedLedger.start(database, folder)) {
      ledger.at("2017-05-08T00:00:00Z");
      Address round = opened(ledger, "10", "100");
      List<DevelopmentAccount> investors = investors(ledger, 3, "retail");
      ledger.at("2017-05-09T00:00:00Z");
      refusals(ledger, round, investors.get(0));
      for (DevelopmentAccount investor : investors) {
        commit(ledger, investor, round, "20");
      }
      sameAsTheContracts(ledger, round, investors);
      guardianPauses(ledger, round, investors.get(0));
      DevelopmentAccount revoked = investors.get(1);
      ledger.send(
          DevelopmentAccount.REGISTRAR,
          "revoke",
          Map.of("identity", identity(ledger, revoked), "reason", Hash.ZERO));
      JsonNode standing = ledger.read("/v1/investors/" + revoked.address()).get("investor");
      assertThat(standing.get("revoked").booleanValue()).isTrue();
      assertThat(standing.get("eligible").booleanValue()).isFalse();
      ledger.at("2017-07-08T00:00:00Z");
      ledger.send(ANYONE, "close", Map.of("round", round));
      ledger.send(ANYONE, "tally", Map.of("round", round, "count", 10));
      ledger.send(ANYONE, "settle", Map.of("round", round, "count", 10));
      assertThat(
              ledger
                  .read("/v1/rounds/" + round + "/commitments?state=excluded")
                  .at("/commitments/0/wallet")
                  .textValue())
          .isEqualTo(revoked.address().toString());
      ledger.send(ANYONE, "refund", Map.of("round", round, "identity", identity(ledger, revoked)));
      JsonNode settled = round(ledger, round);
      assertThat(settled.get("sharesSold").textValue()).isEqualTo("40");
      assertThat(settled.at("/refunded/shares").textValue()).isEqualTo("20");
      sameAsTheContracts(ledger, round, investors);
      resale(ledger, round, investors);
    }
  }

  private static void refusals(ServedLedger ledger, Address round, DevelopmentAccount investor) {
    assertThat(
            ledger
                .refusal(investor, "commit", ServedLedger.commitment(round, "101"))
                .get("detail")
                .textValue())
        .isEqualTo("101 shares were asked for; only 100 are left in the round.");
    DevelopmentAccount poor = new DevelopmentAccount("poor");
    ledger.attest(poor, "retail");
    assertThat(
            ledger
                .refusal(poor, "commit", ServedLedger.commitment(round, "20"))
                .get("detail")
                .textValue())
        .contains("has 0.00 USD; 40.00 USD are needed");
    DevelopmentAccount unknown = new DevelopmentAccount("unknown");
    assertThat(
            ledger
                .refusal(unknown, "commit", ServedLedger.commitment(round, "20"))
                .at("/error/name")
                .textValue())
        .isEqualTo("NotEligible");
    assertThat(
            ledger
                .refusal(investor, "pause-commits", Map.of("round", round, "paused", true))
                .at("/error/name")
                .textValue())
        .isEqualTo("NotAuthorized");
  }

  private static void guardianPauses(
      ServedLedger ledger, Address round, DevelopmentAccount investor) {
    DevelopmentAccount guardian = DevelopmentAccount.GUARDIAN;
    ledger.send(guardian, "pause-commits", Map.of("round", round, "paused", true));
    assertThat(round(ledger, round).get("commitsPaused").booleanValue()).isTrue();
    assertThat(
            ledger
                .refusal(investor, "commit", ServedLedger.commitment(round, "1"))
                .get("detail")
                .textValue())
        .isEqualTo("New commitments are paused. Cancelling and refunds go on.");
    ledger.send(guardian, "pause-commits", Map.of("round", round, "paused", false));
  }

  private static void resale(
      ServedLedger ledger, Address round, List<DevelopmentAccount> investors) {
    Address shareClass = Address.parse(round(ledger, round).at("/shareClass/address").textValue());
    DevelopmentAccount seller = investors.get(0);
    DevelopmentAccount accredited = new DevelopmentAccount("accredited");
    ledger.attest(accredited, "accredited");
    assertThat(
            ledger
                .refusal(
                    seller,
                    "transfer-shares",
                    Map.of(
                        "shareClass", shareClass, "to", investors.get(2).address(), "shares", "5"))
                .get("detail")
                .textValue())
        .contains("the shares are still locked");
    ledger.send(
        seller,
        "transfer-shares",
        Map.of("shareClass", shareClass, "to", accredited.address(), "shares", "20"));
    JsonNode register = ledger.read("/v1/share-classes/" + shareClass + "/holders?limit=1");
    assertThat(register.at("/shareClass/holders").intValue()).isEqualTo(2);
    JsonNode next =
        ledger.read(
            "/v1/share-classes/"
                + shareClass
                + "/holders?limit=1&cursor="
                + register.get("next").textValue());
    assertThat(
            List.of(
                register.at("/holders/0/wallet").textValue(),
                next.at("/holders/0/wallet").textValue()))
        .containsExactlyInAnyOrder(
            accredited.address().toString(), investors.get(2).address().toString());
    assertThat(ledger.read("/v1/investors/" + seller.address() + "/holdings").get("holdings"))
        .isEmpty();
    BigInteger held =
        (BigInteger)
            ledger
                .ask(
                    shareClass,
                    Bound.shareClass(shareClass).balanceOf(accredited.address().toString()))
                .getFirst()
                .getValue();
    assertThat(held).isEqualTo(20);
  }

  /** What the index says of limits and escrow is what the contracts say. */
  private static void sameAsTheContracts(
      ServedLedger ledger, Address round, List<DevelopmentAccount> investors) {
    Address limits = ledger.deployment().limits();
    byte[] regime = Arrays.copyOf("US-REG-CF".getBytes(StandardCharsets.US_ASCII), Hash.SIZE);
    byte[] currency = "USD".getBytes(StandardCharsets.US_ASCII);
    for (DevelopmentAccount investor : investors) {
      byte[] identity = identity(ledger, investor).bytes();
      BigInteger used =
          (BigInteger)
              ledger
                  .ask(limits, Bound.limits(limits).used(identity, regime, currency))
                  .getFirst()
                  .getValue();
      assertThat(
              ledger
                  .read("/v1/investors/" + investor.address())
                  .at("/investor/limits/0/used")
                  .textValue())
          .isEqualTo(Money.text(TokenAmount.of(used), 6));
    }
    assertThat(round(ledger, round).at("/escrow/amount").textValue())
        .isEqualTo(Money.text(escrowed(ledger, round), 6));
  }

  private static TokenAmount escrowed(ServedLedger ledger, Address round) {
    JsonNode view = round(ledger, round);
    TokenAmount credited =
        TokenAmount.parseDecimal(view.at("/proceeds/credited").textValue(), 6)
            .plus(TokenAmount.parseDecimal(view.at("/fee/credited").textValue(), 6));
    return ledger.dollarsOf(round).minus(credited);
  }

  private static Address opened(ServedLedger ledger, String minimum, String maximum) {
    Map<String, Object> terms = ledger.terms(ledger.openShareClass(ISSUER, "Issuer AG"));
    terms.put("minimumShares", minimum);
    terms.put("maximumShares", maximum);
    return ledger.openRound(ISSUER, terms);
  }

  /** The first so many investors; those who are not attested yet are, and get 1,000 USD. */
  private static List<DevelopmentAccount> investors(
      ServedLedger ledger, int count, String category) {
    List<DevelopmentAccount> investors = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      DevelopmentAccount investor = new DevelopmentAccount("investor " + i);
      JsonNode known = ledger.read("/v1/investors/" + investor.address());
      if (!known.at("/investor/attested").booleanValue()) {
        ledger.attest(investor, category);
        ledger.mint(investor, "1000.00");
      }
      investors.add(investor);
    }
    return investors;
  }

  private static void commit(
      ServedLedger ledger, DevelopmentAccount investor, Address round, String shares) {
    ledger.send(investor, "commit", ServedLedger.commitment(round, shares));
  }

  private static Hash identity(ServedLedger ledger, DevelopmentAccount investor) {
    return Hash.parse(
        ledger.read("/v1/investors/" + investor.address()).at("/investor/identity").textValue());
  }

  private static JsonNode round(ServedLedger ledger, Address round) {
    return ledger.read("/v1/rounds/" + round).get("round");
  }
}
