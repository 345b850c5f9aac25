package io.fundtrail.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fundtrail.app.DevelopmentAccount;
import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import io.fundtrail.store.Database;
import io.fundtrail.store.OnBothDatabases;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

/** A trust with beneficiaries of its own loses a trustee by order of a court, and ends. */
class TrustStoryTest {
  private static final DevelopmentAccount SETTLOR = new DevelopmentAccount("settlor");
  private static final DevelopmentAccount ANYONE = new DevelopmentAccount("anyone");
  private static final DevelopmentAccount T1 = new DevelopmentAccount("trustee 1");
  private static final DevelopmentAccount T2 = new DevelopmentAccount("trustee 2");
  private static final DevelopmentAccount T3 = new DevelopmentAccount("trustee 3");
  private static final DevelopmentAccount X = new DevelopmentAccount("X");
  private static final DevelopmentAccount Y = new DevelopmentAccount("Y");
  private static final Hash DOCUMENT = Hash.parse("0x" + "ab".repeat(32));

  @OnBothDatabases
  void aTrusteeIsRemovedByOrderAndTheRestIsClaimed(Database database, @TempDir Path folder) {
    try (ServedLedger ledger = ServedLedger.start(database, folder)) {
      ledger.at("2017-05-08T00:00:00Z");
      ledger.openShareClass(SETTLOR, "Family Trust Co.");
      Address trust = open(ledger);
      ledger.mint(SETTLOR, "101");
      ledger.callAndPay(
          SETTLOR,
          trust,
          "fund",
          Map.of("asset", ledger.dollar(), "amount", "100000001"),
          "100000001");
      remove(ledger, trust);
      assertThat(claimable(ledger, X)).isEmpty();
      ledger.call(T1, trust, "terminate", Map.of("supported", true));
      ledger.call(T2, trust, "terminate", Map.of("supported", true));

      assertThat(claimable(ledger, X).findValuesAsText("amount")).containsExactly("75.00");
      assertThat(claimable(ledger, Y).findValuesAsText("amount")).containsExactly("25.00");
      assertThat(claimable(ledger, X).findValuesAsText("beneficiary"))
          .containsExactly(X.address().toWord().toString());
      ledger.call(
          ANYONE,
          trust,
          "claim",
          Map.of("beneficiary", X.address().toWord(), "asset", ledger.dollar()));
      assertThat(ledger.dollarsOf(X.address()).units().longValueExact()).isEqualTo(75_000_000L);
      assertThat(claimable(ledger, X)).isEmpty();
      assertThat(claimable(ledger, Y).findValuesAsText("amount")).containsExactly("25.00");
    }
  }

  @OnBothDatabases
  void theTrustsOfAPartyAreListed(Database database, @TempDir Path folder) {
    try (ServedLedger ledger = ServedLedger.start(database, folder)) {
      ledger.at("2017-05-08T00:00:00Z");
      ledger.openShareClass(SETTLOR, "Family Trust Co.");
      long before = ledger.read("/v1/status").at("/asOf/blockNumber").longValue();
      Address trust = open(ledger);
      remove(ledger, trust);
      for (DevelopmentAccount party : List.of(SETTLOR, T1, T3, X)) {
        assertThat(ofParty(ledger, party, "")).as(party.name()).containsExactly(trust.toString());
        assertThat(ofParty(ledger, party, "&block=" + before)).isEmpty();
      }
      assertThat(ofParty(ledger, ANYONE, "")).isEmpty();
    }
  }

  private static List<String> ofParty(ServedLedger ledger, DevelopmentAccount party, String more) {
    return ledger.read("/v1/trusts?party=" + party.address() + more).findValuesAsText("address");
  }

  /** As the contract counts: an approval counts until it is taken back or its trustee has left. */
  @OnBothDatabases
  void anApprovalThatIsTakenBackOrWhoseTrusteeLeavesNoLongerCounts(
      Database database, @TempDir Path folder) {
    try (ServedLedger ledger = ServedLedger.start(database, folder)) {
      ledger.at("2017-05-08T00:00:00Z");
      ledger.openShareClass(SETTLOR, "Family Trust Co.");
      Address trust = open(ledger);
      ledger.mint(SETTLOR, "100");
      ledger.callAndPay(
          SETTLOR,
          trust,
          "fund",
          Map.of("asset", ledger.dollar(), "amount", "100000000"),
          "100000000");
      ledger.call(T1, trust, "propose", Map.of("tranche", "1", "evidence", DOCUMENT));
      assertDecided(ledger, trust, "proposed", 1, 0, null);
      Map<String, String> it = Map.of("disbursement", "257");
      ledger.call(T3, trust, "approve", it);
      assertDecided(ledger, trust, "approved", 2, 0, "2017-05-22");
      ledger.call(T1, trust, "reject", it);
      assertDecided(ledger, trust, "proposed", 1, 1, null);
      ledger.call(T1, trust, "approve", it);
      assertDecided(ledger, trust, "approved", 2, 0, "2017-05-22");
      long approved = ledger.read("/v1/status").at("/asOf/blockNumber").longValue();
      remove(ledger, trust);
      assertDecided(ledger, trust, "proposed", 1, 0, null);
      assertThat(
              ledger
                  .read("/v1/trusts/" + trust + "?block=" + approved)
                  .at("/disbursements/0/approvals")
                  .intValue())
          .isEqualTo(2);
      ledger.call(T2, trust, "approve", it);
      assertDecided(ledger, trust, "approved", 2, 0, "2017-05-30");
      ledger.rebuild();
      assertDecided(ledger, trust, "approved", 2, 0, "2017-05-30");
    }
  }

  private static void assertDecided(
      ServedLedger ledger,
      Address trust,
      String status,
      int approvals,
      int rejections,
      @Nullable String day) {
    JsonNode now = ledger.read("/v1/trusts/" + trust).at("/disbursements/0");
    assertThat(now.get("status").textValue()).isEqualTo(status);
    assertThat(now.get("approvals").intValue()).isEqualTo(approvals);
    assertThat(now.get("rejections").intValue()).isEqualTo(rejections);
    if (day == null) {
      assertThat(now.get("executableFrom").isNull()).isTrue();
    } else {
      assertThat(now.get("executableFrom").textValue()).startsWith(day);
    }
  }

  private static void remove(ServedLedger ledger, Address trust) {
    ledger.call(
        DevelopmentAccount.REGISTRAR,
        trust,
        "announceRemoval",
        Map.of("trustee", T3.address(), "documentHash", DOCUMENT));
    JsonNode order = ledger.read("/v1/trusts/" + trust).at("/removalOrders/0");
    assertThat(order.get("trustee").textValue()).isEqualTo(T3.address().toString());
    assertThat(order.get("executableFrom").textValue()).startsWith("2017-05-15");
    assertThat(order.get("lapsesAt").textValue()).startsWith("2017-06-14");
    ledger.at("2017-05-16T00:00:00Z");
    ledger.call(
        DevelopmentAccount.RECOVERY, trust, "executeRemoval", Map.of("trustee", T3.address()));
    JsonNode after = ledger.read("/v1/trusts/" + trust);
    assertThat(after.get("removalOrders")).isEmpty();
    assertThat(after.get("trustees").findValuesAsText("leftAs"))
        .containsExactly("null", "null", "removed-by-order");
  }

  private static JsonNode claimable(ServedLedger ledger, DevelopmentAccount person) {
    return ledger.read("/v1/investors/" + person.address() + "/claims").at("/claims/trusts");
  }

  private static Address open(ServedLedger ledger) {
    Map<String, Object> terms = PlainTerms.trust(ledger, SETTLOR, DOCUMENT);
    Map<String, Object> tranche = new LinkedHashMap<>();
    tranche.put("recipient", ANYONE.address());
    tranche.put("inShares", false);
    tranche.put("milestone", true);
    tranche.put("follows", "0");
    tranche.put("shareBps", "5000");
    tranche.put("notBefore", "0");
    tranche.put("amount", "0");
    Map<String, Object> deed = new LinkedHashMap<>();
    deed.put("terms", terms);
    deed.put("trustees", List.of(T1.address(), T2.address(), T3.address()));
    deed.put("successors", List.of());
    deed.put("tranches", List.of(tranche));
    deed.put(
        "beneficiaries",
        List.of(
            Map.of("wallet", X.address(), "units", "3"),
            Map.of("wallet", Y.address(), "units", "1")));
    ledger.call(
        SETTLOR,
        ledger.deployment().directory(),
        "openTrust",
        Map.of("companyId", "1", "deed", deed));
    return ledger.newest("TrustOpened");
  }
}
