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
