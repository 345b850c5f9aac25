package io.fundtrail.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fundtrail.api.ApiClient.Reply;
import io.fundtrail.app.Bound;
import io.fundtrail.app.DevelopmentAccount;
import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.store.Database;
import io.fundtrail.store.OnBothDatabases;
import java.math.BigInteger;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** What somebody may try to write into the ledger's texts, and into requests. */
class HostileInputTest {
  private static final DevelopmentAccount ISSUER = new DevelopmentAccount("issuer");
  private static final String NAME = "<script>alert(1)</script>'; drop table round; -- 100%_!";

  @OnBothDatabases
  void refusesBadRequestsAndKeepsHostileTextAsText(Database database, @TempDir Path folder) {
    try (ServedLedger ledger = ServedLedger.start(database, folder)) {
      ledger.at("2017-05-08T00:00:00Z");
      namedWithZeroBytes(ledger);
      Address shareClass = ledger.openShareClass(ISSUER, NAME);
      Address round = ledger.openRound(ISSUER, ledger.terms(shareClass));
      assertThat(ledger.read("/v1/rounds").at("/rounds/0/company/name").textValue())
          .isEqualTo(NAME);
      searches(ledger);
      refusesBadParameters(ledger, round);
      refusesBadBodies(ledger, round);
      knowsNobodyAndNothingElse(ledger);
    }
  }

  /** PostgreSQL keeps no NUL in text: a contract must not be able to stop the index by one. */
  private static void namedWithZeroBytes(ServedLedger ledger) {
    Bytes data =
        Bound.data(
            Bound.directory(ledger.deployment().directory())
                .registerCompany(
                    ISSUER.address().toString(), BigInteger.ZERO, "a\0b\ud83d\ude00", "\0"));
    DevelopmentAccount operator = DevelopmentAccount.OPERATOR;
    long nonce = ledger.reader().nonce(operator.address());
    ledger.relay(ledger.sign(operator, nonce, ledger.deployment().directory(), data, 1_000_000));
    ledger.awaitIndex();
    JsonNode event = ledger.read("/v1/events?kind=CompanyRegistered").at("/events/0/arguments");
    assertThat(event.get("name").textValue()).isEqualTo("a\0b\ud83d\ude00");
  }

  private static void searches(ServedLedger ledger) {
    for (String found : List.of("SCRIPT", "%", "_", "!", "'; drop", "-- 100%_!", "020-23358")) {
      assertThat(search(ledger, found)).as(found).hasSize(1);
    }
    for (String missed : List.of("%%", "s%t", "\\", "' or '1'='1", "<b>", "\ud83d\ude00")) {
      assertThat(search(ledger, missed)).as(missed).isEmpty();
    }
  }

  private static JsonNode search(ServedLedger ledger, String text) {
    return ledger
        .read("/v1/rounds?q=" + URLEncoder.encode(text, StandardCharsets.UTF_8))
        .get("rounds");
  }

  private static void refusesBadParameters(ServedLedger ledger, Address round) {
    for (String query :
        List.of(
            "limit=-1",
            "limit=0",
            "limit=201",
            "limit=1e2",
            "limit=1&limit=2",
            "limit=",
            "status=OPEN",
            "status=open'--",
            "company=0",
            "company=-1",
            "company=99999999999999999999",
            "company=9999999999999999999",
            "q=",
            "q=" + "x".repeat(101),
            "q=%00",
            "block=-1",
            "block=0x10",
            "at=yesterday",
            "at=2017-13-01T00:00:00Z",
            "cursor=abc",
            "cursor=%27",
            "verbose=true",
            "Limit=1")) {
      Reply reply = ledger.client().get("/v1/rounds?" + query);
      assertThat(reply.status()).as(query).isEqualTo(400);
      assertThat(reply.json().get("parameter").textValue()).isEqualTo(query.split("=", 2)[0]);
    }
    assertThat(ledger.client().get("/v1/rounds?block=999999").status()).isEqualTo(404);
    assertThat(ledger.client().get("/v1/rounds/" + round + "?at=2999-01-01T00:00:00Z").status())
        .isEqualTo(404);
    for (String path :
        List.of(
            "/v1/rounds/0x",
            "/v1/rounds/" + round.toString().toUpperCase(Locale.ROOT),
            "/v1/rounds/" + round + "00",
            "/v1/rounds/%27",
            "/v1/investors/me",
            "/v1/investors/0x1234",
            "/v1/transactions/0x12",
            "/v1/events?kind=NoSuchEvent",
            "/v1/events?kind=%3Cscript%3E",
            "/v1/events?order=up",
            "/v1/events?from=2017-01-01",
            "/v1/events?person=0x00")) {
      assertThat(ledger.client().get(path).status()).as(path).isEqualTo(400);
    }
  }

  private static void refusesBadBodies(ServedLedger ledger, Address round) {
    Map<String, Object> right = new LinkedHashMap<>();
    right.put("from", ISSUER.address());
    right.put("round", round);
    right.put("shares", "1");
    right.put("termsVersion", 1);
    right.put("consent", false);
    for (Object shares : List.of("-1", "0", "1.5", "1e3", "", "9223372036854775808", 1, true)) {
      Map<String, Object> wrong = new LinkedHashMap<>(right);
      wrong.put("shares", shares);
      Reply reply =
          ledger.client().post("/v1/prepared-transactions/commit", ServedLedger.json(wrong));
      assertThat(reply.status()).as("%s", shares).isEqualTo(400);
      assertThat(reply.json().get("parameter").textValue()).isEqualTo("shares");
    }
    Map<String, Object> terms = ledger.terms(round);
    for (String price : List.of("-1", "1.0000001", "1e6", "0x10", "", "9".repeat(80))) {
      terms.put("price", price);
      assertThat(ledger.prepare(ISSUER, "open-round", terms).status()).as(price).isEqualTo(400);
    }
    terms.put("price", "1.00");
    terms.put("settlementToken", round);
    assertThat(ledger.prepare(ISSUER, "open-round", terms).status()).isEqualTo(404);
    Map<String, Object> company =
        Map.of("controller", ISSUER.address(), "feeBps", 70_000, "name", "x", "registration", "");
    assertThat(ledger.prepare(ISSUER, "register-company", company).status()).isEqualTo(400);
    assertThat(
            ledger
                .client()
                .post("/v1/prepared-transactions/commit", "{\"a\":" + "[".repeat(10_000))
                .status())
        .isEqualTo(400);
    assertThat(
            ledger.client().post("/v1/prepared-transactions/commit", "x".repeat(300_000)).status())
        .isEqualTo(413);
  }

  private static void knowsNobodyAndNothingElse(ServedLedger ledger) {
    assertThat(ledger.client().get("/v1/rounds/" + Address.ZERO).status()).isEqualTo(404);
    assertThat(ledger.client().get("/v1/share-classes/" + Address.ZERO + "/holders").status())
        .isEqualTo(404);
    JsonNode nobody = ledger.read("/v1/investors/" + Address.ZERO).get("investor");
    assertThat(nobody.get("attested").booleanValue()).isFalse();
    assertThat(nobody.get("identity").isNull()).isTrue();
    assertThat(ledger.read("/v1/investors/" + Hash.ZERO + "/commitments").get("commitments"))
        .isEmpty();
    assertThat(ledger.read("/v1/investors/" + Hash.ZERO + "/holdings").get("holdings")).isEmpty();
    assertThat(
            ledger
                .prepare(ISSUER, "close", Map.of("round", ledger.deployment().directory()))
                .status())
        .isEqualTo(404);
  }
}
