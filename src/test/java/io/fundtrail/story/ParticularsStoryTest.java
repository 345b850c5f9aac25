package io.fundtrail.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fundtrail.app.Bound;
import io.fundtrail.app.DevelopmentAccount;
import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import io.fundtrail.store.Database;
import io.fundtrail.store.OnBothDatabases;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** What a reader wants to know besides the figures: under which law, until when, by which paper. */
class ParticularsStoryTest {
  private static final DevelopmentAccount ISSUER = new DevelopmentAccount("particular issuer");
  private static final DevelopmentAccount X = new DevelopmentAccount("X");
  private static final DevelopmentAccount Y = new DevelopmentAccount("Y");
  private static final Hash DOCUMENT = Hash.parse("0x" + "ab".repeat(32));

  @OnBothDatabases
  void saysUntilWhenACommitmentCanBeCancelled(Database database, @TempDir Path folder) {
    try (ServedLedger ledger = ServedLedger.start(database, folder)) {
      Address shareClass = ledger.openShareClass(ISSUER, "Particular GmbH");
      Address american = ledger.openRound(ISSUER, ledger.terms(shareClass));
      Address european = openEuropean(ledger, shareClass);
      ledger.attest(X, "retail");
      ledger.attest(Y, "sophisticated");
      ledger.at("2017-05-10T00:00:00Z");
      ledger.mint(X, "100");
      ledger.send(X, "commit", ServedLedger.commitment(american, "10"));
      commitEuros(ledger, X, european, true);
      commitEuros(ledger, Y, european, false);

      assertThat(regime(ledger, american)).isEqualTo("US-REG-CF");
      assertThat(regime(ledger, european)).isEqualTo("EU-ECSPR");
      assertAgrees(ledger, american);
      assertAgrees(ledger, european);
      assertThat(commitments(ledger, american).get(0).get("cancellableUntil").textValue())
          .isEqualTo("2017-07-06T00:00:00Z");
      assertThat(commitments(ledger, european).findValuesAsText("consent"))
          .containsExactly("true", "false");
    }
  }

  @OnBothDatabases
  void plainRulesLetEverybodyCancelUntilTheDeadline(Database database, @TempDir Path folder) {
    try (ServedLedger ledger = ServedLedger.start(database, folder)) {
      Address common = ledger.openShareClass(ISSUER, "Plain Inc.");
      Address capped = openCapped(ledger);
      ledger.attest(X, "accredited");
      ledger.attest(Y, "qualified");
      Address open = openUnder(ledger, common, "OpenOffering");
      Address accredited = openUnder(ledger, common, "RegulationD506c");
      Address chinese = openUnder(ledger, capped, "ChinaPrivateOffering");
      ledger.at("2017-05-10T00:00:00Z");
      ledger.mint(X, "100");
      ledger.mint(Y, "100");
      ledger.send(X, "commit", ServedLedger.commitment(open, "10"));
      ledger.send(X, "commit", ServedLedger.commitment(accredited, "10"));
      ledger.send(Y, "commit", ServedLedger.commitment(chinese, "10"));

      Map.of(open, "OPEN", accredited, "US-REG-D-506C", chinese, "CN-PRIVATE")
          .forEach((round, regime) -> {
            assertThat(regime(ledger, round)).isEqualTo(regime);
            assertAgrees(ledger, round);
            assertThat(commitments(ledger, round).get(0).get("cancellableUntil").textValue())
                .isEqualTo("2017-07-08T00:00:00Z");
          });
    }
  }

  @OnBothDatabases
  void amendedTermsLetThoseWhoHaveNotAgreedCancelLonger(Database database, @TempDir Path folder) {
    try (ServedLedger ledger = ServedLedger.start(database, folder)) {
      Address shareClass = ledger.openShareClass(ISSUER, "Amending Inc.");
      ledger.attest(X, "accredited");
      ledger.attest(Y, "accredited");
      Address round = ledger.openRound(ISSUER, ledger.terms(shareClass));
      ledger.at("2017-05-10T00:00:00Z");
      for (DevelopmentAccount investor : List.of(X, Y)) {
        ledger.mint(investor, "100");
        ledger.send(investor, "commit", ServedLedger.commitment(round, "10"));
      }
      amend(ledger, round, true);
      ledger.call(Y, round, "reconfirm", Map.of("termsVersion", "2"));
      assertAgrees(ledger, round);
      assertThat(commitments(ledger, round).findValuesAsText("cancellableUntil"))
          .containsExactly("2017-07-08T00:00:00Z", "2017-07-06T00:00:00Z");
      assertThat(ofPerson(ledger, X)).isEqualTo("2017-07-08T00:00:00Z");
      assertThat(ofPerson(ledger, Y)).isEqualTo("2017-07-06T00:00:00Z");

      ledger.at("2017-07-07T00:00:00Z");
      amend(ledger, round, true);
      assertAgrees(ledger, round);
      assertThat(ofPerson(ledger, X)).isEqualTo(ofPerson(ledger, Y)).isGreaterThan("2017-07-13");
    }
  }

  private static void amend(ServedLedger ledger, Address round, boolean material) {
    ledger.call(
        ISSUER,
        round,
        "amend",
        Map.of(
            "newDeadline", "2017-07-08T00:00:00Z", "newTermsHash", DOCUMENT, "material", material));
  }

  private static String ofPerson(ServedLedger ledger, DevelopmentAccount person) {
    return ledger
        .read("/v1/investors/" + person.address() + "/commitments")
        .at("/commitments/0/commitment/cancellableUntil")
        .textValue();
  }

  private static Address openUnder(ServedLedger ledger, Address shareClass, String rules) {
    Map<String, Object> terms = new LinkedHashMap<>(ledger.terms(shareClass));
    terms.put("rules", ledger.rules(rules));
    return ledger.openRound(ISSUER, terms);
  }

  /** A private offering in China is to a class that caps its holders. */
  private static Address openCapped(ServedLedger ledger) {
    Map<String, Object> terms = PlainTerms.shareClass();
    terms.put("holderCap", "200");
    ledger.call(ISSUER, ledger.deployment().directory(), "openShareClass", Map.of("terms", terms));
    return ledger.newest("ShareClassOpened");
  }

  @OnBothDatabases
  void showsTheDocumentsOfAShareClass(Database database, @TempDir Path folder) {
    try (ServedLedger ledger = ServedLedger.start(database, folder)) {
      Address shareClass = ledger.openShareClass(ISSUER, "Papers Inc.");
      Hash name = Hash.parse("0x6172746963 6c6573".replace(" ", "") + "00".repeat(24));
      ledger.call(
          ISSUER,
          shareClass,
          "setDocument",
          Map.of("name", name, "uri", "https://example.org/a", "documentHash", DOCUMENT));
      JsonNode document = documents(ledger, shareClass).get(0);
      assertThat(document.get("name").textValue()).isEqualTo("articles");
      assertThat(document.get("uri").textValue()).isEqualTo("https://example.org/a");
      assertThat(document.get("hash").textValue()).isEqualTo(DOCUMENT.toString());

      ledger.call(ISSUER, shareClass, "removeDocument", Map.of("name", name));
      assertThat(documents(ledger, shareClass)).isEmpty();
    }
  }

  private static Address openEuropean(ServedLedger ledger, Address shareClass) {
    Address euro = ledger.create(DevelopmentAccount.DEPLOYER, ledger.initCode("DemoDollar"));
    ledger.call(
        DevelopmentAccount.OPERATOR,
        ledger.deployment().directory(),
        "listSettlementToken",
        Map.of("token", euro, "currency", "EUR"));
    Map<String, Object> terms = new LinkedHashMap<>(ledger.terms(shareClass));
    terms.put("settlementToken", euro);
    terms.put("rules", ledger.rules("EuropeanCrowdfunding"));
    return ledger.openRound(ISSUER, terms);
  }

  private static void commitEuros(
      ServedLedger ledger, DevelopmentAccount investor, Address round, boolean consent) {
    Address euro =
        Address.parse(
            ledger.read("/v1/rounds/" + round).at("/round/settlementToken/address").textValue());
    BigInteger units = BigInteger.valueOf(20_000_000);
    ledger.sendElsewhere(
        investor,
        Optional.of(euro),
        Bound.data(Bound.demoDollar(euro).mint(investor.address().toString(), units)));
    Map<String, Object> fields = new LinkedHashMap<>(ServedLedger.commitment(round, "10"));
    fields.put("consent", consent);
    ledger.send(investor, "commit", fields);
  }

  /** With what the contract answers for each commitment. */
  private static void assertAgrees(ServedLedger ledger, Address round) {
    for (JsonNode commitment : commitments(ledger, round)) {
      Hash identity = Hash.parse(commitment.get("identity").textValue());
      Object until =
          ledger
              .ask(round, Bound.round(round).cancellableUntil(identity.bytes()))
              .getFirst()
              .getValue();
      assertThat(Instant.parse(commitment.get("cancellableUntil").textValue()))
          .isEqualTo(Instant.ofEpochSecond(((BigInteger) until).longValueExact()));
    }
  }

  private static JsonNode commitments(ServedLedger ledger, Address round) {
    return ledger.read("/v1/rounds/" + round + "/commitments").get("commitments");
  }

  private static String regime(ServedLedger ledger, Address round) {
    return ledger.read("/v1/rounds/" + round).at("/round/regime").textValue();
  }

  private static JsonNode documents(ServedLedger ledger, Address shareClass) {
    return ledger.read("/v1/share-classes/" + shareClass).get("documents");
  }
}
