package io.fundtrail.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fundtrail.api.ApiClient.Reply;
import io.fundtrail.app.DevelopmentAccount;
import io.fundtrail.model.Hash;
import io.fundtrail.store.Database;
import io.fundtrail.store.OnBothDatabases;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** How far a recovery has come, and until when each may still do something about it. */
class RecoveryStoryTest {
  private static final DevelopmentAccount X = new DevelopmentAccount("X");
  private static final DevelopmentAccount X2 = new DevelopmentAccount("X with a new key");
  private static final DevelopmentAccount ANYONE = new DevelopmentAccount("anyone");
  private static final Hash DOCUMENT = Hash.parse("0x" + "ab".repeat(32));

  @OnBothDatabases
  void aRecoveryIsFollowedByItsSubject(Database database, @TempDir Path folder) {
    try (ServedLedger ledger = ServedLedger.start(database, folder)) {
      Hash identity = ledger.attest(X, "accredited");
      String path = "/v1/recoveries/" + identity;
      assertThat(ledger.client().get(path).status()).isEqualTo(404);
      Reply wrong = ledger.client().get("/v1/recoveries/" + X.address());
      assertThat(wrong.status()).isEqualTo(400);
      assertThat(wrong.json().get("parameter").textValue()).isEqualTo("subject");

      ledger.at("2017-05-02T00:00:00Z");
      announce(ledger, identity);
      assertThat(times(ledger, path))
          .containsExactly("announced", "2017-05-02", "-", "-", "2017-05-09", "-");

      ledger.at("2017-05-03T00:00:00Z");
      ledger.call(X, ledger.deployment().recovery(), "object", Map.of("subject", identity));
      assertThat(times(ledger, path))
          .containsExactly("objected", "2017-05-02", "-", "-", "-", "2017-05-03");

      ledger.at("2017-05-17T00:00:00Z");
      announce(ledger, identity);
      ledger.at("2017-05-18T00:00:00Z");
      confirm(ledger, identity);
      assertThat(times(ledger, path))
          .containsExactly(
              "confirmed", "2017-05-17", "2017-05-18", "2017-06-01", "2017-07-01", "-");

      ledger.at("2017-06-01T00:00:00Z");
      ledger.call(ANYONE, ledger.deployment().recovery(), "execute", Map.of("subject", identity));
      assertThat(times(ledger, path))
          .containsExactly("executed", "2017-05-17", "2017-05-18", "2017-06-01", "-", "2017-06-01");
      assertThat(times(ledger, path + "?at=2017-05-16T00:00:00Z"))
          .containsExactly("objected", "2017-05-02", "-", "-", "-", "2017-05-03");
    }
  }

  @OnBothDatabases
  void whatNobodyGoesOnWithEndedWhenItLapsed(Database database, @TempDir Path folder) {
    try (ServedLedger ledger = ServedLedger.start(database, folder)) {
      Hash identity = ledger.attest(X, "accredited");
      String path = "/v1/recoveries/" + identity;
      ledger.at("2017-05-02T00:00:00Z");
      announce(ledger, identity);
      ledger.at("2017-05-09T00:00:00Z");
      ledger.attest(ANYONE, "accredited");
      assertThat(times(ledger, path))
          .containsExactly("lapsed", "2017-05-02", "-", "-", "2017-05-09", "2017-05-09");

      ledger.at("2017-05-23T00:00:00Z");
      announce(ledger, identity);
      confirm(ledger, identity);
      ledger.at("2017-07-06T00:01:00Z");
      ledger.attest(ANYONE, "accredited");
      assertThat(times(ledger, path))
          .containsExactly(
              "lapsed", "2017-05-23", "2017-05-23", "2017-06-06", "2017-07-06", "2017-07-06");
    }
  }

  private static void announce(ServedLedger ledger, Hash identity) {
    ledger.call(
        DevelopmentAccount.REGISTRAR,
        ledger.deployment().recovery(),
        "announceWallet",
        Map.of(
            "kind",
            "1",
            "identity",
            identity,
            "newWallet",
            X2.address(),
            "documentHash",
            DOCUMENT));
  }

  private static void confirm(ServedLedger ledger, Hash identity) {
    ledger.call(
        DevelopmentAccount.RECOVERY,
        ledger.deployment().recovery(),
        "confirm",
        Map.of("subject", identity, "documentHash", DOCUMENT));
  }

  /** The status, and the days on which it was announced, confirmed, can be executed, and so on. */
  private static List<String> times(ServedLedger ledger, String path) {
    JsonNode recovery = ledger.read(path).get("recovery");
    List<String> times = new ArrayList<>(List.of(recovery.get("status").textValue()));
    for (String name :
        List.of("announcedAt", "confirmedAt", "executableFrom", "lapsesAt", "endedAt")) {
      JsonNode time = recovery.get(name);
      times.add(time.isNull() ? "-" : time.textValue().substring(0, "2017-05-02".length()));
    }
    return times;
  }
}
