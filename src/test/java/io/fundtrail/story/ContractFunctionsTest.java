package io.fundtrail.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fundtrail.api.ApiClient.Reply;
import io.fundtrail.app.DevelopmentAccount;
import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import io.fundtrail.proof.Keccak;
import io.fundtrail.store.Database;
import io.fundtrail.store.DatabaseUrl;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a contract of the ledger can do, any role finds, prepares, signs and sends. */
class ContractFunctionsTest {
  private static final DevelopmentAccount ISSUER = new DevelopmentAccount("functions issuer");

  private static Database database;
  private static ServedLedger ledger;
  private static Address directory;

  @BeforeAll
  static void start(@TempDir Path folder) {
    database = Database.open(new DatabaseUrl.Sqlite(folder.resolve("index.db")));
    ledger = ServedLedger.start(database, folder.resolve("chain"));
    ledger.at("2017-05-08T00:00:00Z");
    directory = ledger.deployment().directory();
  }

  @AfterAll
  static void stop() {
    ledger.close();
    database.close();
  }

  @Test
  void listsWhatEachContractCanDoInItsOwnWords() {
    Address shareClass = ledger.openShareClass(ISSUER, "Listed Inc");
    JsonNode list = ledger.read("/v1/contracts/" + shareClass + "/functions");
    assertThat(list.get("kind").textValue()).isEqualTo("share-class");
    assertThat(list.findValuesAsText("name")).contains("transfer", "approve", "to");
    JsonNode release = function(list, "releaseReservation");
    assertThat(release.get("notice").textValue()).startsWith("Called by a round that ends");
    JsonNode attest =
        function(
            ledger.read("/v1/contracts/" + ledger.deployment().registry() + "/functions"),
            "attest");
    assertThat(attest.at("/arguments/0/components").findValuesAsText("name"))
        .startsWith("identity", "wallet");
  }

  @Test
  void preparesAnActionWithNestedArguments() {
    List<Map<String, Object>> attestations = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      attestations.add(attestation(new DevelopmentAccount("batch " + i)));
    }
    ledger.call(
        DevelopmentAccount.REGISTRAR,
        ledger.deployment().registry(),
        "attestAll",
        attestAllArguments(attestations));
    for (int i = 0; i < 3; i++) {
      Address wallet = new DevelopmentAccount("batch " + i).address();
      JsonNode investor = ledger.read("/v1/investors/" + wallet).get("investor");
      assertThat(investor.get("wallet").textValue()).isEqualTo(wallet.toString());
      assertThat(investor.get("expiresAt").textValue()).isEqualTo("2030-01-01T00:00:00Z");
    }
  }

  @Test
  void saysInWordsWhyAContractWouldRefuse() {
    Reply refused =
        ledger.prepareCall(
            ISSUER, directory, "setFeeRecipient", Map.of("recipient", ISSUER.address()));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().at("/error/name").textValue()).isEqualTo("NotAuthorized");
  }

  /** As the run book has it, with everything asked of the service. */
  @Test
  void replacesAnOperatorsKeyInTwoOfTheAdminsDelays() {
    DevelopmentAccount stolen = new DevelopmentAccount("stolen operator");
    DevelopmentAccount next = new DevelopmentAccount("next operator");
    Address authority = ledger.deployment().authority();
    Map<String, ?> grant = operator(stolen, "executionDelay", "0");
    ledger.call(DevelopmentAccount.ADMIN, authority, "grantRole", grant);
    ledger.at("2017-05-11T00:00:00Z");
    ledger.call(DevelopmentAccount.ADMIN, authority, "grantRole", grant);
    assertThat(refusal(holiday(stolen))).isEqualTo("NotAuthorized");
    ledger.at("2017-05-14T00:00:00Z");
    assertThat(holiday(stolen).status()).isEqualTo(200);

    Map<String, ?> revoke = operator(stolen);
    Map<String, ?> follow = operator(next, "executionDelay", "0");
    ledger.call(DevelopmentAccount.ADMIN, authority, "revokeRole", revoke);
    ledger.call(DevelopmentAccount.ADMIN, authority, "grantRole", follow);
    ledger.at("2017-05-15T23:00:00Z");
    assertThat(
            refusal(ledger.prepareCall(DevelopmentAccount.ADMIN, authority, "revokeRole", revoke)))
        .isEqualTo("AccessManagerNotReady");
    assertThat(holiday(stolen).status()).isEqualTo(200);

    ledger.at("2017-05-16T01:00:00Z");
    ledger.call(DevelopmentAccount.ADMIN, authority, "revokeRole", revoke);
    ledger.call(DevelopmentAccount.ADMIN, authority, "grantRole", follow);
    assertThat(refusal(holiday(stolen))).isEqualTo("NotAuthorized");
    ledger.at("2017-05-18T00:00:00Z");
    assertThat(refusal(holiday(next))).isEqualTo("NotAuthorized");
    ledger.at("2017-05-18T02:00:00Z");
    assertThat(holiday(next).status()).isEqualTo(200);
  }

  private static String refusal(Reply reply) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(422);
    return reply.json().at("/error/name").textValue();
  }

  private static Map<String, ?> operator(DevelopmentAccount account, String... more) {
    Map<String, Object> arguments = new LinkedHashMap<>();
    arguments.put("roleId", "1");
    arguments.put("account", account.address());
    for (int i = 0; i < more.length; i += 2) {
      arguments.put(more[i], more[i + 1]);
    }
    return arguments;
  }

  /** What an operator may do, tried and not sent. */
  private static Reply holiday(DevelopmentAccount account) {
    Address calendar = ledger.deployment().calendar().orElseThrow();
    String christmas = String.valueOf(LocalDate.of(2018, 12, 24).toEpochDay());
    return ledger.prepareCall(
        account,
        calendar,
        "addHoliday",
        Map.of("day", christmas, "reason", Hash.ofUint(BigInteger.ONE)));
  }

  @Test
  void refusesWhatNoFunctionTakes() {
    assertThat(given(Map.of("recipient", "0x12"))).isEqualTo("arguments.recipient");
    assertThat(given(Map.of())).isEqualTo("arguments.recipient");
    assertThat(given(Map.of("recipient", ISSUER.address(), "and", "more")))
        .isEqualTo("arguments.and");
    assertThat(ledger.prepareCall(ISSUER, directory, "steal", Map.of()).status()).isEqualTo(404);
    Map<String, Object> unlisted = Map.of("token", ISSUER.address(), "amount", "1");
    assertThat(
            ledger.prepareCall(ISSUER, directory, "openDistribution", Map.of(), unlisted).status())
        .isEqualTo(400);
    Map<String, Object> recipient = Map.of("recipient", ISSUER.address());
    assertThat(
            ledger.prepareCall(ISSUER, directory, "setFeeRecipient", recipient, unlisted).status())
        .isEqualTo(404);
    assertThat(ledger.prepareCall(ISSUER, ISSUER.address(), "close", Map.of()).status())
        .isEqualTo(404);
    assertThat(ledger.prepareCall(ISSUER, directory, "a%20b", Map.of()).status()).isEqualTo(400);
  }

  private static String given(Map<String, ?> arguments) {
    Reply reply = ledger.prepareCall(ISSUER, directory, "setFeeRecipient", arguments);
    assertThat(reply.status()).as(reply.body()).isEqualTo(400);
    return reply.json().get("parameter").textValue();
  }

  private static JsonNode function(JsonNode list, String name) {
    for (JsonNode function : list.get("functions")) {
      if (function.get("name").textValue().equals(name)) {
        return function;
      }
    }
    throw new AssertionError("no function " + name + " in " + list);
  }

  /** Whatever else an attestation says is zero. */
  private static Map<String, Object> attestation(DevelopmentAccount account) {
    Map<String, Object> attestation = new LinkedHashMap<>();
    JsonNode function =
        function(
            ledger.read("/v1/contracts/" + ledger.deployment().registry() + "/functions"),
            "attestAll");
    for (JsonNode component : function.at("/arguments/0/components")) {
      attestation.put(component.get("name").textValue(), "0");
    }
    Hash identity = Keccak.hash(account.name().getBytes(StandardCharsets.UTF_8));
    attestation.putAll(
        Map.of(
            "identity",
            identity,
            "wallet",
            account.address(),
            "country",
            "840",
            "category",
            "1",
            "expiresAt",
            "2030-01-01T00:00:00Z",
            "dossier",
            identity));
    attestation.replace("persons", "1");
    return attestation;
  }

  private static Map<String, Object> attestAllArguments(List<Map<String, Object>> attestations) {
    return Map.of(
        "attestations",
        attestations,
        "regime",
        "0x" + "00".repeat(32),
        "currency",
        "USD",
        "amounts",
        List.of());
  }
}
