package io.fundtrail.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fundtrail.app.DevelopmentAccount;
import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import io.fundtrail.proof.Keccak;
import io.fundtrail.store.Database;
import io.fundtrail.store.OnBothDatabases;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** What somebody can claim, from whom and until when, as the contracts then pay it. */
class ClaimsStoryTest {
  private static final DevelopmentAccount ISSUER = new DevelopmentAccount("claims issuer");
  private static final DevelopmentAccount ANYONE = new DevelopmentAccount("anyone");
  private static final DevelopmentAccount X = new DevelopmentAccount("X");
  private static final DevelopmentAccount Y = new DevelopmentAccount("Y");
  private static final DevelopmentAccount Z = new DevelopmentAccount("Z");
  private static final DevelopmentAccount Z2 = new DevelopmentAccount("Z with a new key");
  private static final Hash DOCUMENT = Hash.parse("0x" + "ab".repeat(32));

  @OnBothDatabases
  void aDividendIsDueWithItsPayeesAndItsWithholding(Database database, @TempDir Path folder) {
    try (ServedLedger ledger = ServedLedger.start(database, folder)) {
      ledger.at("2017-05-08T00:00:00Z");
      Address shareClass = ledger.openShareClass(ISSUER, "Payer Inc.");
      Map.of(X, "100", Y, "50", Z, "50")
          .forEach((person, shares) -> {
            attest(ledger, person, person.equals(X) ? 1500 : 0);
            issue(ledger, shareClass, person, shares);
          });
      Address distribution = declare(ledger, shareClass);
      Address vote = openVote(ledger, shareClass);
      assertThat(claims(ledger, X).get("distributions")).isEmpty();
      assertThat(claims(ledger, X).get("votes")).isEmpty();

      ledger.at("2017-06-02T00:00:00Z");
      ledger.attest(ANYONE, "accredited");
      JsonNode due = claims(ledger, X).at("/distributions/0");
      assertThat(due.get("payable").textValue()).isEqualTo("425.00");
      assertThat(due.at("/due/entitlement").textValue()).isEqualTo("500.00");
      assertThat(due.at("/due/withheld").textValue()).isEqualTo("75.00");
      assertThat(due.at("/due/withholdingBps").intValue()).isEqualTo(1500);
      votes(ledger, vote);
      recover(ledger);
      pay(ledger, distribution);
    }
  }

  @OnBothDatabases
  void moneyComesBackFromRounds(Database database, @TempDir Path folder) {
    try (ServedLedger ledger = ServedLedger.start(database, folder)) {
      ledger.at("2017-05-08T00:00:00Z");
      Address shareClass = ledger.openShareClass(ISSUER, "Rounds Inc.");
      ledger.attest(X, "accredited");
      ledger.attest(Y, "accredited");
      Address failing = ledger.openRound(ISSUER, ledger.terms(shareClass));
      Map<String, Object> terms = ledger.terms(shareClass);
      terms.put("allocation", "pro-rata");
      terms.put("maximumShares", "6000");
      terms.put("oversubscriptionShares", "12000");
      Address shared = ledger.openRound(ISSUER, terms);
      ledger.at("2017-05-10T00:00:00Z");
      commit(ledger, X, failing, "10");
      commit(ledger, X, shared, "6000");
      commit(ledger, Y, shared, "3000");
      assertThat(claims(ledger, X).get("rounds")).isEmpty();

      ledger.at("2017-07-08T00:00:00Z");
      ledger.send(ANYONE, "close", Map.of("round", failing));
      for (String step : List.of("close", "tally", "settle")) {
        Map<String, Object> fields = new LinkedHashMap<>(Map.of("round", shared));
        if (!step.equals("close")) {
          fields.put("count", 10);
        }
        ledger.send(ANYONE, step, fields);
      }
      JsonNode rounds = claims(ledger, X).get("rounds");
      assertThat(rounds.findValuesAsText("reason")).containsExactly("not-allotted", "round-failed");
      assertThat(rounds.findValuesAsText("amount")).containsExactly("4000.00", "20.00");
      assertThat(claims(ledger, Y).get("rounds").findValuesAsText("amount"))
          .containsExactly("2000.00");

      Hash identity = identity(X);
      ledger.call(ANYONE, shared, "claimCredit", Map.of("identity", identity));
      ledger.send(ANYONE, "refund", Map.of("round", failing, "identity", identity));
      assertThat(ledger.dollarsOf(X.address()).units().longValueExact()).isEqualTo(4_020_000_000L);
      assertThat(claims(ledger, X).get("rounds")).isEmpty();
    }
  }

  @OnBothDatabases
  void whoDoesNotAgreeToAmendedTermsIsRefunded(Database database, @TempDir Path folder) {
    try (ServedLedger ledger = ServedLedger.start(database, folder)) {
      ledger.at("2017-05-08T00:00:00Z");
      Address shareClass = ledger.openShareClass(ISSUER, "Amending Inc.");
      ledger.attest(X, "accredited");
      Address round = ledger.openRound(ISSUER, ledger.terms(shareClass));
      ledger.at("2017-05-10T00:00:00Z");
      commit(ledger, X, round, "10");
      ledger.call(
          ISSUER,
          round,
          "amend",
          Map.of(
              "newDeadline", "2017-07-08T00:00:00Z", "newTermsHash", DOCUMENT, "material", true));
      assertThat(claims(ledger, X).get("rounds")).isEmpty();
      ledger.at("2017-06-20T00:00:00Z");
      ledger.attest(Y, "accredited");
      JsonNode refund = claims(ledger, X).at("/rounds/0");
      assertThat(refund.get("reason").textValue()).isEqualTo("not-reconfirmed");
      assertThat(refund.get("amount").textValue()).isEqualTo("20.00");
      ledger.send(ANYONE, "refund", Map.of("round", round, "identity", identity(X)));
      assertThat(claims(ledger, X).get("rounds")).isEmpty();
    }
  }

  @OnBothDatabases
  void nobodyKnownHasNothingAndBadKeysAreRefused(Database database, @TempDir Path folder) {
    try (ServedLedger ledger = ServedLedger.start(database, folder)) {
      assertThat(claims(ledger, X).findValues("amount")).isEmpty();
      assertThat(ledger.read("/v1/investors/" + DOCUMENT + "/claims").at("/claims/more"))
          .isNotNull();
      assertThat(ledger.client().get("/v1/investors/me/claims").status()).isEqualTo(400);
      assertThat(
              ledger.client().get("/v1/investors/" + X.address() + "/claims?block=999999").status())
          .isEqualTo(404);
      assertThat(ledger.client().get("/v1/distributions/" + X.address() + "/1/holders").status())
          .isEqualTo(404);
      assertThat(ledger.client().get("/v1/distributions/" + X.address() + "/0/holders").status())
          .isEqualTo(400);
    }
  }

  /** Funded before its record date, so that the first claim opens the others. */
  private static Address declare(ServedLedger ledger, Address shareClass) {
    ledger.call(
        ISSUER,
        ledger.deployment().directory(),
        "openDistribution",
        Map.of("shareClass", shareClass, "token", ledger.dollar()));
    Address distribution = ledger.newest("DistributionsOpened");
    ledger.call(ISSUER, shareClass, "declareRecordDate", Map.of("date", "2017-06-01T00:00:00Z"));
    ledger.mint(ISSUER, "2000");
    ledger.callAndPay(
        ISSUER,
        distribution,
        "declareAndFund",
        Map.of("kind", "0", "recordDate", "1", "amount", "1000000001", "documentHash", DOCUMENT),
        "1000000001");
    ledger.call(
        ANYONE,
        distribution,
        "noteWithholding",
        Map.of("recordDate", "1", "holders", List.of(X.address(), Y.address())));
    ledger.call(Y, distribution, "setPayee", Map.of("payee", ANYONE.address()));
    return distribution;
  }

  private static Address openVote(ServedLedger ledger, Address shareClass) {
    Map<String, Object> terms =
        PlainTerms.vote(shareClass, DOCUMENT, "2017-06-02T00:00:00Z", "2017-07-02T00:00:00Z");
    ledger.call(
        ISSUER,
        ledger.deployment().directory(),
        "openVote",
        Map.of("companyId", "1", "terms", terms));
    return ledger.newest("VoteOpened");
  }

  private static void votes(ServedLedger ledger, Address vote) {
    JsonNode open = claims(ledger, X).at("/votes/0");
    assertThat(open.get("vote").textValue()).isEqualTo(vote.toString());
    assertThat(open.get("weight").textValue()).isEqualTo("100");
    assertThat(open.get("choice").textValue()).isEqualTo("none");
    assertThat(open.get("closesAt").textValue()).isEqualTo("2017-07-02T00:00:00Z");
    ledger.call(X, vote, "vote", Map.of("choice", "1"));
    assertThat(claims(ledger, X).at("/votes/0/choice").textValue()).isEqualTo("for");
  }

  private static void recover(ServedLedger ledger) {
    Address recovery = ledger.deployment().recovery();
    ledger.call(
        DevelopmentAccount.REGISTRAR,
        recovery,
        "announceWallet",
        Map.of(
            "kind",
            "1",
            "identity",
            identity(Z),
            "newWallet",
            Z2.address(),
            "documentHash",
            DOCUMENT));
    ledger.call(
        DevelopmentAccount.RECOVERY,
        recovery,
        "confirm",
        Map.of("subject", identity(Z), "documentHash", DOCUMENT));
    ledger.at("2017-06-17T00:00:00Z");
    ledger.call(ANYONE, recovery, "execute", Map.of("subject", identity(Z)));
    JsonNode due = claims(ledger, Z2).at("/distributions/0/due");
    assertThat(due.get("holder").textValue()).isEqualTo(Z.address().toString());
    assertThat(due.get("payee").textValue()).isEqualTo(Z2.address().toString());
    assertThat(claims(ledger, Z2).at("/votes/0/elector").textValue())
        .isEqualTo(Z.address().toWord().toString());
  }

  /** The contract pays what was shown, to whom it was shown. */
  private static void pay(ServedLedger ledger, Address distribution) {
    List<DevelopmentAccount> all = List.of(X, Y, Z);
    for (DevelopmentAccount holder : all) {
      JsonNode shown = holder(ledger, distribution, holder);
      assertThat(shown.get("claimedAt").isNull()).isTrue();
      ledger.call(ANYONE, distribution, "claimFor", Map.of("id", "1", "holder", holder.address()));
      JsonNode paid = holder(ledger, distribution, holder);
      assertThat(paid.get("claimedAt").isNull()).isFalse();
      assertThat(paid.get("payee")).isEqualTo(shown.get("payee"));
      assertThat(paid.get("entitlement")).isEqualTo(shown.get("entitlement"));
    }
    JsonNode claimed = ledger.read("/v1/distributions/" + distribution + "/1/claims").get("claims");
    assertThat(claimed.findValuesAsText("paid")).containsExactly("425.00", "250.00", "250.00");
    assertThat(claimed.findValuesAsText("withheld")).containsExactly("75.00", "0.00", "0.00");
    assertThat(claimed.findValuesAsText("payee"))
        .containsExactly(
            X.address().toString(), ANYONE.address().toString(), Z2.address().toString());
    assertThat(
            ledger
                .read("/v1/distributions/" + distribution + "/1")
                .at("/distribution/carried")
                .textValue())
        .isEqualTo("0.000001");
    assertThat(claims(ledger, Z2).get("distributions")).isEmpty();
  }

  private static JsonNode holder(
      ServedLedger ledger, Address distribution, DevelopmentAccount holder) {
    for (JsonNode one :
        ledger.read("/v1/distributions/" + distribution + "/1/holders").get("holders")) {
      if (one.get("holder").textValue().equals(holder.address().toString())) {
        return one;
      }
    }
    throw new AssertionError("not a holder: " + holder);
  }

  private static JsonNode claims(ServedLedger ledger, DevelopmentAccount person) {
    return ledger.read("/v1/investors/" + person.address() + "/claims").get("claims");
  }

  private static Hash identity(DevelopmentAccount person) {
    return Keccak.hash(person.name().getBytes(StandardCharsets.UTF_8));
  }

  private static void attest(ServedLedger ledger, DevelopmentAccount person, int withholdingBps) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("identity", identity(person));
    fields.put("wallet", person.address());
    fields.put("country", "840");
    fields.put("category", "accredited");
    fields.put("expiresAt", "2027-01-01T00:00:00Z");
    fields.put("persons", 1);
    fields.put("withholdingBps", withholdingBps);
    fields.put("dossier", Hash.ZERO);
    fields.put("limits", List.of());
    ledger.send(DevelopmentAccount.REGISTRAR, "attest", fields);
  }

  private static void issue(
      ServedLedger ledger, Address shareClass, DevelopmentAccount to, String shares) {
    ledger.call(
        ISSUER,
        shareClass,
        "issueByCompany",
        Map.of("to", to.address(), "shares", shares, "lockedUntil", "0"));
  }

  private static void commit(
      ServedLedger ledger, DevelopmentAccount investor, Address round, String shares) {
    ledger.mint(investor, String.valueOf(2 * Long.parseLong(shares)));
    ledger.send(investor, "commit", ServedLedger.commitment(round, shares));
  }
}
