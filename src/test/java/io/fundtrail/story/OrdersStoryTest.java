package io.fundtrail.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fundtrail.app.DevelopmentAccount;
import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import io.fundtrail.store.Database;
import io.fundtrail.store.OnBothDatabases;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** What authorities order about shares, through a split and through time; all through the API. */
class OrdersStoryTest {
  private static final DevelopmentAccount ISSUER = new DevelopmentAccount("orders issuer");
  private static final DevelopmentAccount X = new DevelopmentAccount("X");
  private static final DevelopmentAccount Y = new DevelopmentAccount("Y");
  private static final DevelopmentAccount X2 = new DevelopmentAccount("X with a new key");
  private static final Hash DOCUMENT = Hash.parse("0x" + "ab".repeat(32));
  private static final String FREEZE = "0";
  private static final String TRANSFER = "1";
  private static final BigInteger MOST = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);

  @OnBothDatabases
  void aSplitMultipliesWhatIsFrozenAndEndsWhatWasAnnounced(
      Database database, @TempDir Path folder) {
    try (ServedLedger ledger = ServedLedger.start(database, folder)) {
      Address shareClass = openClass(ledger);
      String nearlyAll = MOST.subtract(BigInteger.ONE).toString();
      announce(ledger, shareClass, FREEZE, X, Address.ZERO, "40");
      announce(ledger, shareClass, FREEZE, Y, Address.ZERO, nearlyAll);
      ledger.at("2017-05-07T00:00:00Z");
      freeze(ledger, shareClass, X, "40");
      freeze(ledger, shareClass, Y, nearlyAll);
      announce(ledger, shareClass, TRANSFER, X, Y.address(), "10");

      ledger.call(ISSUER, shareClass, "split", Map.of("factor", "3"));

      assertThat(register(ledger, shareClass).findValuesAsText("shares"))
          .containsExactly("300", "150");
      assertThat(register(ledger, shareClass).findValuesAsText("frozen"))
          .containsExactly("120", MOST.toString());
      assertThat(statuses(ledger, shareClass)).containsExactly("executed", "executed", "lapsed");
      freezeAnew(ledger, shareClass);
    }
  }

  private static void freezeAnew(ServedLedger ledger, Address shareClass) {
    announce(ledger, shareClass, FREEZE, X, Address.ZERO, "7");
    ledger.at("2017-05-14T00:00:00Z");
    freeze(ledger, shareClass, X, "7");
    assertThat(register(ledger, shareClass).findValuesAsText("frozen"))
        .containsExactly("7", MOST.toString());
  }

  @OnBothDatabases
  void whatIsNotCarriedOutInTimeLapses(Database database, @TempDir Path folder) {
    try (ServedLedger ledger = ServedLedger.start(database, folder)) {
      Address shareClass = openClass(ledger);
      announce(ledger, shareClass, TRANSFER, X, Y.address(), "10");
      announceRecovery(ledger, X);
      assertThat(statuses(ledger, shareClass)).containsExactly("announced");
      assertThat(recovery(ledger)).isEqualTo("announced");

      ledger.at("2017-05-09T00:00:00Z");
      ledger.attest(Y, "accredited");
      assertThat(statuses(ledger, shareClass)).containsExactly("announced");
      assertThat(recovery(ledger)).isEqualTo("lapsed");
      assertThat(ledger.read("/v1/recoveries?at=2017-05-07T00:00:00Z").findValuesAsText("status"))
          .containsExactly("announced");

      ledger.at("2017-05-24T00:00:00Z");
      announceRecovery(ledger, X);
      Hash identity =
          Hash.parse(
              ledger.read("/v1/investors/" + X.address()).at("/investor/identity").textValue());
      ledger.call(
          DevelopmentAccount.RECOVERY,
          ledger.deployment().recovery(),
          "confirm",
          Map.of("subject", identity, "documentHash", DOCUMENT));
      ledger.at("2017-06-06T00:00:00Z");
      ledger.attest(Y, "accredited");
      assertThat(statuses(ledger, shareClass)).containsExactly("lapsed");
      assertThat(recovery(ledger)).isEqualTo("confirmed");

      ledger.at("2017-07-08T00:00:00Z");
      ledger.attest(Y, "accredited");
      assertThat(recovery(ledger)).isEqualTo("lapsed");
    }
  }

  private static Address openClass(ServedLedger ledger) {
    Address shareClass = ledger.openShareClass(ISSUER, "Orders Inc.");
    ledger.attest(X, "accredited");
    ledger.attest(Y, "accredited");
    issue(ledger, shareClass, X, "100");
    issue(ledger, shareClass, Y, "50");
    return shareClass;
  }

  private static void issue(
      ServedLedger ledger, Address shareClass, DevelopmentAccount to, String shares) {
    ledger.call(
        ISSUER,
        shareClass,
        "issueByCompany",
        Map.of("to", to.address(), "shares", shares, "lockedUntil", "0"));
  }

  private static void announce(
      ServedLedger ledger,
      Address shareClass,
      String kind,
      DevelopmentAccount from,
      Address to,
      String shares) {
    ledger.call(
        DevelopmentAccount.REGISTRAR,
        shareClass,
        "announceOrder",
        Map.of(
            "kind",
            kind,
            "from",
            from.address(),
            "to",
            to,
            "shares",
            shares,
            "documentHash",
            DOCUMENT));
  }

  private static void freeze(
      ServedLedger ledger, Address shareClass, DevelopmentAccount holder, String shares) {
    ledger.call(
        DevelopmentAccount.RECOVERY,
        shareClass,
        "setFrozenTokens",
        Map.of("account", holder.address(), "amount", shares));
  }

  private static void announceRecovery(ServedLedger ledger, DevelopmentAccount person) {
    ledger.call(
        DevelopmentAccount.REGISTRAR,
        ledger.deployment().recovery(),
        "announceWallet",
        Map.of(
            "kind",
            "1",
            "identity",
            ledger.read("/v1/investors/" + person.address()).at("/investor/identity").textValue(),
            "newWallet",
            X2.address(),
            "documentHash",
            DOCUMENT));
  }

  private static JsonNode register(ServedLedger ledger, Address shareClass) {
    return ledger.read("/v1/share-classes/" + shareClass + "/holders").get("holders");
  }

  private static Iterable<String> statuses(ServedLedger ledger, Address shareClass) {
    return ledger
        .read("/v1/share-classes/" + shareClass + "/orders")
        .get("orders")
        .findValuesAsText("status");
  }

  private static String recovery(ServedLedger ledger) {
    return ledger.read("/v1/recoveries").at("/recoveries/0/status").textValue();
  }
}
