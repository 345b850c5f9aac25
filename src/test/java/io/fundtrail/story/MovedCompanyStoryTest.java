package io.fundtrail.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fundtrail.api.ApiClient.Reply;
import io.fundtrail.app.Bound;
import io.fundtrail.app.DevelopmentAccount;
import io.fundtrail.bindings.Directory;
import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.store.Database;
import io.fundtrail.store.OnBothDatabases;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** A company goes to a newer Directory, opens a round there, and changes its controller there. */
class MovedCompanyStoryTest {
  private static final DevelopmentAccount ISSUER = new DevelopmentAccount("moving issuer");
  private static final DevelopmentAccount NEXT = new DevelopmentAccount("next controller");
  private static final DevelopmentAccount X = new DevelopmentAccount("X");
  private static final DevelopmentAccount ANYONE = new DevelopmentAccount("anyone");
  private static final byte[] USD = "USD".getBytes(StandardCharsets.US_ASCII);

  /** What is kept of the business, in an order that does not depend on when it was stored. */
  private static final List<String> TABLES =
      List.of(
          "company",
          "adopted_instance",
          "share_class",
          "share_class_state",
          "holding",
          "lot",
          "settlement_token",
          "token_listing",
          "allowed_rules",
          "round",
          "round_state",
          "commitment",
          "recovery",
          "followed_contract",
          "history_head",
          "journal");

  @OnBothDatabases
  void aCompanyIsFollowedToTheDirectoryThatItMovesTo(Database database, @TempDir Path folder) {
    try (ServedLedger ledger = ServedLedger.start(database, folder)) {
      Address common = ledger.openShareClass(ISSUER, "Mover Inc.");
      ledger.attest(X, "accredited");
      Address older = ledger.deployment().directory();
      Address newer = admit(ledger, older);
      assertThat(followed(database)).doesNotContain(newer);

      ledger.call(ISSUER, older, "moveCompany", Map.of("companyId", "1", "directory", newer));

      assertThat(followed(database)).contains(newer);
      assertThat(ledger.read("/v1/contracts/" + newer + "/functions").get("kind").textValue())
          .isEqualTo("directory");
      Address preferred = openClass(ledger);
      assertThat(ledger.read("/v1/share-classes?company=1").get("shareClasses"))
          .extracting(shareClass -> shareClass.get("address").textValue())
          .containsExactly(preferred.toString(), common.toString());
      ledger.call(ANYONE, newer, "adopt", Map.of("companyId", "2", "instance", common));
      Address round = ledger.openRound(ISSUER, ledger.terms(common));
      assertThat(reserved(ledger, common)).isEqualTo("50000");
      settle(ledger, round);
      assertThat(reserved(ledger, common)).isEqualTo("0");
      assertThat(ledger.read("/v1/rounds?company=1").at("/rounds/0/status").textValue())
          .isEqualTo("settled");

      handOver(ledger, newer);
      JsonNode company = ledger.read("/v1/companies/1");
      assertThat(company.at("/company/directory").textValue()).isEqualTo(newer.toString());
      assertThat(company.at("/company/number").textValue()).isEqualTo("2");
      assertThat(company.at("/contracts/shareClasses"))
          .extracting(JsonNode::textValue)
          .containsExactly(common.toString(), preferred.toString());
      assertThat(company.at("/contracts/rounds").get(0).textValue()).isEqualTo(round.toString());
      assertThat(ledger.read("/v1/companies").get("companies")).hasSize(1);
      assertThat(ledger.read("/v1/share-classes/" + common).findValuesAsText("controller"))
          .containsExactly(NEXT.address().toString());
      assertThat(ledger.read("/v1/rounds/" + round).at("/round/company/controller").textValue())
          .isEqualTo(NEXT.address().toString());

      announceLostKey(ledger, newer);
      List<String> followedAlong = rows(database);
      ledger.rebuild();
      assertThat(rows(database)).isEqualTo(followedAlong);
    }
  }

  /** The admin admits a Directory of the same templates, which has a company of its own by then. */
  private static Address admit(ServedLedger ledger, Address older) {
    Address newer = ledger.create(DevelopmentAccount.DEPLOYER, ledger.initCode("Directory"));
    List<Operation> operations =
        List.of(
            new Operation(older, "allowDirectory", Map.of("directory", newer, "allowed", true)),
            new Operation(
                ledger.deployment().limits(),
                "allowDirectory",
                Map.of("directory", newer, "allowed", true)));
    operations.forEach(operation -> administer(ledger, operation, "schedule"));
    Reply early =
        ledger.prepareCall(
            DevelopmentAccount.ADMIN,
            older,
            "allowDirectory",
            Map.of("directory", newer, "allowed", true));
    assertThat(early.json().at("/error/name").textValue()).isEqualTo("AccessManagerNotReady");
    Directory theirs = Bound.directory(newer);
    List<Bytes> unknown =
        List.of(
            Bound.data(theirs.allowDirectory(older.toString(), true)),
            Bound.data(theirs.listSettlementToken(ledger.dollar().toString(), USD)),
            Bound.data(
                theirs.registerCompany(
                    X.address().toString(), BigInteger.ZERO, "Stranger", "Ohio")));
    for (Bytes data : unknown) {
      authority(ledger, "schedule", Map.of("target", newer, "data", data, "when", "0"));
    }
    ledger.at("2017-05-04T00:00:00Z");
    operations.forEach(operation -> administer(ledger, operation, "execute"));
    for (Bytes data : unknown) {
      authority(ledger, "execute", Map.of("target", newer, "data", data));
    }
    return newer;
  }

  private record Operation(Address target, String function, Map<String, ?> arguments) {}

  /** The admin asks for the call itself, and gets the step that its delay lets come first. */
  private static void administer(ServedLedger ledger, Operation operation, String step) {
    Reply prepared =
        ledger.prepareCall(
            DevelopmentAccount.ADMIN,
            operation.target(),
            operation.function(),
            operation.arguments());
    assertThat(prepared.json().at("/transactions/0/function").textValue())
        .as(prepared.body())
        .startsWith(step + "(");
    ledger.call(
        DevelopmentAccount.ADMIN, operation.target(), operation.function(), operation.arguments());
  }

  /** Calls of a contract that the ledger does not know yet. */
  private static void authority(ServedLedger ledger, String function, Map<String, ?> arguments) {
    ledger.call(DevelopmentAccount.ADMIN, ledger.deployment().authority(), function, arguments);
  }

  private static Address openClass(ServedLedger ledger) {
    ledger.send(
        ISSUER,
        "open-share-class",
        Map.of("companyId", "1", "authorised", "100", "name", "Preferred", "symbol", "PRE"));
    return ledger.newest("ShareClassOpened");
  }

  private static void settle(ServedLedger ledger, Address round) {
    ledger.at("2017-05-10T00:00:00Z");
    ledger.mint(X, "12000");
    ledger.send(X, "commit", ServedLedger.commitment(round, "6000"));
    ledger.at("2017-07-08T00:00:00Z");
    ledger.send(ANYONE, "close", Map.of("round", round));
    ledger.send(ANYONE, "tally", Map.of("round", round, "count", 10));
    ledger.send(ANYONE, "settle", Map.of("round", round, "count", 10));
  }

  private static void handOver(ServedLedger ledger, Address newer) {
    ledger.call(
        ISSUER, newer, "proposeController", Map.of("companyId", "2", "candidate", NEXT.address()));
    assertThat(ledger.read("/v1/companies?q=mover").findValuesAsText("proposedController"))
        .containsExactly(NEXT.address().toString());
    ledger.call(NEXT, newer, "acceptController", Map.of("companyId", "2"));
  }

  /** The Directory that keeps the company has another number for it than the ledger. */
  private static void announceLostKey(ServedLedger ledger, Address newer) {
    Map<String, Object> announcement = new LinkedHashMap<>();
    announcement.put("directory", newer);
    announcement.put("companyId", "2");
    announcement.put("newController", ANYONE.address());
    announcement.put("documentHash", "0x" + "ab".repeat(32));
    ledger.call(
        DevelopmentAccount.REGISTRAR,
        ledger.deployment().recovery(),
        "announceController",
        announcement);
    JsonNode recovery = ledger.read("/v1/recoveries").at("/recoveries/0");
    assertThat(recovery.get("companyId").textValue()).isEqualTo("1");
    assertThat(recovery.get("oldWallet").textValue()).isEqualTo(NEXT.address().toString());
    assertThat(
            ledger
                .read("/v1/recoveries/" + recovery.get("subject").textValue())
                .at("/recovery/companyId")
                .textValue())
        .isEqualTo("1");
  }

  private static String reserved(ServedLedger ledger, Address shareClass) {
    JsonNode answer = ledger.read("/v1/share-classes/" + shareClass);
    return answer.at("/shareClass/reserved").textValue();
  }

  private static List<Address> followed(Database database) {
    return database.read(handle ->
        handle.createQuery("select address from followed_contract").mapTo(Address.class).list());
  }

  private static List<String> rows(Database database) {
    return database.read(handle -> {
      List<String> rows = new ArrayList<>();
      for (String table : TABLES) {
        handle
            .createQuery("select * from <table>")
            .define("table", table)
            .map((row, context) -> {
              StringBuilder text = new StringBuilder(table);
              for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                Object value = row.getObject(i);
                text.append(' ')
                    .append(
                        value instanceof byte[] bytes
                            ? HexFormat.of().formatHex(bytes)
                            : String.valueOf(value));
              }
              return text.toString();
            })
            .list()
            .stream()
            .sorted()
            .forEach(rows::add);
      }
      return rows;
    });
  }
}
