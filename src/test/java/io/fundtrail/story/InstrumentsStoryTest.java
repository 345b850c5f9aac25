package io.fundtrail.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fundtrail.app.DevelopmentAccount;
import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import io.fundtrail.proof.Claim;
import io.fundtrail.store.Database;
import io.fundtrail.store.OnBothDatabases;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/**
 * A company with two classes, a round into a milestone trust, trustees who disagree (S07), a
 * dividend by what was held at a record date (S09), a vote, and a lost key; all through the API.
 */
class InstrumentsStoryTest {
  private static final DevelopmentAccount ISSUER = new DevelopmentAccount("instruments issuer");
  private static final DevelopmentAccount ANYONE = new DevelopmentAccount("anyone");
  private static final DevelopmentAccount T1 = new DevelopmentAccount("trustee 1");
  private static final DevelopmentAccount T2 = new DevelopmentAccount("trustee 2");
  private static final DevelopmentAccount T3 = new DevelopmentAccount("trustee 3");
  private static final DevelopmentAccount X = new DevelopmentAccount("X");
  private static final DevelopmentAccount Y = new DevelopmentAccount("Y");
  private static final DevelopmentAccount Z = new DevelopmentAccount("Z");
  private static final DevelopmentAccount Z2 = new DevelopmentAccount("Z with a new key");
  private static final Hash DOCUMENT = Hash.parse("0x" + "ab".repeat(32));

  @OnBothDatabases
  void everyInstrumentIsIndexed(Database database, @TempDir Path folder) {
    try (ServedLedger ledger = ServedLedger.start(database, folder)) {
      ledger.at("2017-05-08T00:00:00Z");
      Address common = ledger.openShareClass(ISSUER, "Vernafund CF LLC");
      for (DevelopmentAccount person : List.of(T1, T2, T3, X, Y, Z)) {
        ledger.attest(person, "accredited");
      }
      ledger.call(
          ISSUER,
          common,
          "issueByCompany",
          Map.of("to", X.address(), "shares", "10", "lockedUntil", "0"));
      openOffering(ledger);
      Address shareClass = ledger.newest("ShareClassOpened");
      Address trust = ledger.newest("TrustOpened");
      Address round = ledger.newest("RoundOpened");
      assertThat(ledger.read("/v1/share-classes?company=1").get("shareClasses")).hasSize(2);
      milestones(ledger, trust, round);
      dividend(ledger, shareClass);
      vote(ledger, shareClass);
      lostKey(ledger, shareClass);
      inheritance(ledger, shareClass);
      everyBlockIsProvable(new ProvableLedger(database, ledger), shareClass, trust, round);
    }
  }

  private static void milestones(ServedLedger ledger, Address trust, Address round) {
    ledger.at("2017-05-10T00:00:00Z");
    commit(ledger, X, round, "50000");
    commit(ledger, Y, round, "30000");
    commit(ledger, Z, round, "20000");
    standsStill(ledger, "close", "2017-07-08T23:00:00Z", "2017-07-09T01:00:00Z");
    ledger.send(ANYONE, "close", Map.of("round", round));
    standsStill(ledger, "tally", "2017-07-10T00:00:00Z", "2017-07-10T02:00:00Z");
    ledger.send(ANYONE, "tally", Map.of("round", round, "count", 10));
    standsStill(ledger, "settle", "2017-07-11T01:00:00Z", "2017-07-11T03:00:00Z");
    ledger.send(ANYONE, "settle", Map.of("round", round, "count", 10));
    assertThat(standingStill(ledger)).containsOnly(0L);
    ledger.send(ANYONE, "pay-proceeds", Map.of("round", round));
    JsonNode settled = ledger.read("/v1/rounds/" + round).get("round");
    assertThat(settled.get("status").textValue()).isEqualTo("settled");
    assertThat(settled.get("trust").textValue()).isEqualTo(trust.toString());
    assertThat(settled.get("outsideShares").textValue()).isEqualTo("100000");
    assertThat(trust(ledger, trust).at("/trust/money/received").textValue()).isEqualTo("100000.00");

    ledger.at("2017-08-01T00:00:00Z");
    ledger.call(T1, trust, "propose", Map.of("tranche", "1", "evidence", DOCUMENT));
    String first = disbursement(ledger, trust, 0).get("disbursement").textValue();
    if (disbursement(ledger, trust, 0).get("approvals").intValue() == 0) {
      ledger.call(T1, trust, "approve", Map.of("disbursement", first));
    }
    ledger.call(T2, trust, "approve", Map.of("disbursement", first));
    assertThat(disbursement(ledger, trust, 0).get("status").textValue()).isEqualTo("approved");
    standsStill(ledger, "execute", "2017-08-15T23:00:00Z", "2017-08-16T01:00:00Z");
    ledger.at("2017-09-01T00:00:00Z");
    ledger.call(ANYONE, trust, "execute", Map.of("disbursement", first));
    assertThat(standingStill(ledger)).containsOnly(0L);
    JsonNode paid = disbursement(ledger, trust, 0);
    assertThat(paid.get("status").textValue()).isEqualTo("executed");
    assertThat(paid.get("paid").textValue()).isEqualTo("37600.00");
    assertThat(paid.get("fee").textValue()).isEqualTo("2400.00");
    ledger.call(ANYONE, trust, "payFee", Map.of());

    ledger.call(
        DevelopmentAccount.REGISTRAR,
        trust,
        "announceRemoval",
        Map.of("trustee", T3.address(), "documentHash", DOCUMENT));
    assertThat(trust(ledger, trust).get("removalOrders").findValuesAsText("trustee"))
        .containsExactly(T3.address().toString());
    ledger.call(T1, trust, "propose", Map.of("tranche", "2", "evidence", DOCUMENT));
    String second = disbursement(ledger, trust, 1).get("disbursement").textValue();
    ledger.call(T2, trust, "reject", Map.of("disbursement", second));
    ledger.call(T3, trust, "reject", Map.of("disbursement", second));
    assertThat(disbursement(ledger, trust, 1).get("status").textValue()).isEqualTo("rejected");
    ledger.call(T2, trust, "terminate", Map.of("supported", true));
    ledger.call(T3, trust, "terminate", Map.of("supported", true));
    assertThat(trust(ledger, trust).at("/trust/endReason").textValue())
        .isEqualTo("trustees-decided");
    JsonNode left = ledger.read("/v1/investors/" + Y.address() + "/claims").at("/claims/trusts");
    assertThat(left.findValuesAsText("amount")).containsExactly("18000.00");
    assertThat(left.findValuesAsText("beneficiary"))
        .containsExactly(identity(ledger, Y).toString());
    for (DevelopmentAccount investor : List.of(X, Y, Z)) {
      ledger.call(
          ANYONE,
          trust,
          "claim",
          Map.of("beneficiary", identity(ledger, investor), "asset", ledger.dollar()));
    }
    assertThat(ledger.read("/v1/investors/" + Y.address() + "/claims").at("/claims/trusts"))
        .isEmpty();
    JsonNode ended = trust(ledger, trust).get("trust");
    assertThat(ended.at("/money/returned").textValue()).isEqualTo("60000.00");
    assertThat(ended.at("/money/platformFeePaid").textValue()).isEqualTo("2400.00");
    assertThat(ended.get("shortfall").booleanValue()).isFalse();
    assertThat(
            ledger
                .read("/v1/trusts/" + trust + "/payments")
                .get("payments")
                .findValuesAsText("amount"))
        .containsExactly("30000.00", "18000.00", "12000.00");
    assertThat(trust(ledger, trust).get("trustees")).hasSize(3);
  }

  /** What Prometheus is told shows a step that is due for a day, and not an hour before. */
  private static void standsStill(
      ServedLedger ledger, String step, String tooEarly, String aDayLate) {
    ledger.at(tooEarly);
    assertThat(standingStill(ledger)).as("before %s is late", step).containsOnly(0L);
    ledger.at(aDayLate);
    List<String> steps = List.of("close", "tally", "settle", "execute");
    assertThat(standingStill(ledger))
        .as("%s is late", step)
        .isEqualTo(steps.stream().map(each -> each.equals(step) ? 1L : 0L).toList());
  }

  private static List<Long> standingStill(ServedLedger ledger) {
    String metrics = ledger.client().get("/metrics").body();
    return Stream.of("close", "tally", "settle", "execute")
        .map(step -> "fundtrail_stuck_settlements{step=\"" + step + "\"} ")
        .map(sample ->
            metrics
                .lines()
                .filter(line -> line.startsWith(sample))
                .map(line -> (long) Double.parseDouble(line.substring(sample.length())))
                .findFirst()
                .orElseThrow(() -> new AssertionError(sample + " is not in " + metrics)))
        .toList();
  }

  private static void dividend(ServedLedger ledger, Address shareClass) {
    ledger.call(
        ISSUER,
        ledger.deployment().directory(),
        "openDistribution",
        Map.of("shareClass", shareClass, "token", ledger.dollar()));
    Address distribution = ledger.newest("DistributionsOpened");
    ledger.call(ISSUER, shareClass, "declareRecordDate", Map.of("date", "2017-10-01T00:00:00Z"));
    assertThat(
            ledger
                .read("/v1/share-classes/" + shareClass + "/record-dates")
                .at("/recordDates/0/at")
                .textValue())
        .isEqualTo("2017-10-01T00:00:00Z");
    ledger.call(
        ISSUER,
        distribution,
        "declare",
        Map.of("kind", "0", "recordDate", "1", "amount", "1000000001", "documentHash", DOCUMENT));
    ledger.at("2017-10-02T00:00:00Z");
    ledger.mint(ISSUER, "2000");
    ledger.callAndPay(ISSUER, distribution, "fund", Map.of("id", "1"), "1000000001");
    for (DevelopmentAccount holder : List.of(X, Y, Z)) {
      ledger.call(holder, distribution, "claim", Map.of("id", "1"));
    }
    JsonNode paid = ledger.read("/v1/distributions/" + distribution + "/1").get("distribution");
    assertThat(paid.get("status").textValue()).isEqualTo("open");
    assertThat(paid.get("paid").textValue()).isEqualTo("1000.00");
    assertThat(paid.get("unclaimed").textValue()).isEqualTo("0.00");
    assertThat(paid.get("claims").intValue()).isEqualTo(3);
    assertThat(
            ledger
                .read("/v1/distributions/" + distribution + "/1/claims")
                .get("claims")
                .findValuesAsText("paid"))
        .containsExactly("500.00", "300.00", "200.00");
    assertThat(ledger.read("/v1/distributions?shareClass=" + shareClass).get("distributions"))
        .hasSize(1);
  }

  private static void vote(ServedLedger ledger, Address shareClass) {
    Map<String, Object> terms =
        PlainTerms.vote(shareClass, DOCUMENT, "2017-10-03T00:00:00Z", "2017-11-03T00:00:00Z");
    ledger.call(
        ISSUER,
        ledger.deployment().directory(),
        "openVote",
        Map.of("companyId", "1", "terms", terms));
    Address vote = ledger.newest("VoteOpened");
    ledger.at("2017-10-04T00:00:00Z");
    ledger.call(X, vote, "vote", Map.of("choice", "2"));
    ledger.call(X, vote, "vote", Map.of("choice", "1"));
    ledger.call(Y, vote, "vote", Map.of("choice", "2"));
    JsonNode open = ledger.read("/v1/votes/" + vote).get("vote");
    assertThat(open.get("outcome").textValue()).isEqualTo("pending");
    assertThat(open.get("inFavour").textValue()).isEqualTo("50000");
    assertThat(open.get("against").textValue()).isEqualTo("30000");
    assertThat(open.get("totalVotes").textValue()).isEqualTo("100000");
    assertThat(ledger.read("/v1/votes/" + vote + "/ballots").get("ballots")).hasSize(2);
    ledger.at("2017-11-03T00:00:00Z");
    ledger.send(
        DevelopmentAccount.OPERATOR,
        "register-company",
        Map.of(
            "controller", X.address(), "feeBps", 0, "name", "A later one", "registration", "US"));
    assertThat(ledger.read("/v1/votes?company=1").at("/votes/0/outcome").textValue())
        .isEqualTo("passed");
  }

  private static void lostKey(ServedLedger ledger, Address shareClass) {
    Address recovery = ledger.deployment().recovery();
    Hash identity = identity(ledger, Z);
    ledger.call(
        DevelopmentAccount.REGISTRAR,
        recovery,
        "announceWallet",
        Map.of(
            "kind",
            "1",
            "identity",
            identity,
            "newWallet",
            Z2.address(),
            "documentHash",
            DOCUMENT));
    assertThat(ledger.read("/v1/recoveries").at("/recoveries/0/status").textValue())
        .isEqualTo("announced");
    ledger.call(
        DevelopmentAccount.RECOVERY,
        recovery,
        "confirm",
        Map.of("subject", identity, "documentHash", DOCUMENT));
    ledger.at("2017-11-20T00:00:00Z");
    ledger.call(ANYONE, recovery, "execute", Map.of("subject", identity));
    ledger.call(ANYONE, shareClass, "recover", Map.of("oldWallet", Z.address()));
    assertThat(ledger.read("/v1/recoveries").at("/recoveries/0/status").textValue())
        .isEqualTo("executed");
    assertThat(ledger.read("/v1/investors/" + identity).at("/investor/wallet").textValue())
        .isEqualTo(Z2.address().toString());
    JsonNode holders = ledger.read("/v1/share-classes/" + shareClass + "/holders").get("holders");
    assertThat(holders.findValuesAsText("wallet"))
        .containsExactly(X.address().toString(), Y.address().toString(), Z2.address().toString());
    assertThat(holders.findValuesAsText("locked")).containsExactly("50000", "30000", "20000");
    ledger.call(ISSUER, shareClass, "split", Map.of("factor", "2"));
    JsonNode split = ledger.read("/v1/share-classes/" + shareClass + "/holders");
    assertThat(split.at("/shareClass/issued").textValue()).isEqualTo("200000");
    assertThat(split.get("holders").findValuesAsText("shares"))
        .containsExactly("100000", "60000", "40000");
  }

  private static void inheritance(ServedLedger ledger, Address shareClass) {
    Address recovery = ledger.deployment().recovery();
    Hash dead = identity(ledger, Y);
    ledger.call(
        DevelopmentAccount.REGISTRAR,
        recovery,
        "announceHeir",
        Map.of(
            "kind", "2", "identity", dead, "heir", identity(ledger, X), "documentHash", DOCUMENT));
    ledger.call(
        DevelopmentAccount.RECOVERY,
        recovery,
        "confirm",
        Map.of("subject", dead, "documentHash", DOCUMENT));
    ledger.at("2017-12-10T00:00:00Z");
    ledger.call(ANYONE, recovery, "execute", Map.of("subject", dead));
    ledger.call(ANYONE, shareClass, "recover", Map.of("oldWallet", Y.address()));
    JsonNode estate = ledger.read("/v1/investors/" + dead).get("investor");
    assertThat(estate.get("eligible").booleanValue()).isFalse();
    assertThat(estate.get("revoked").booleanValue()).isTrue();
    JsonNode heir = ledger.read("/v1/investors/" + X.address()).get("investor");
    assertThat(heir.get("identity").textValue()).isEqualTo(identity(ledger, X).toString());
    assertThat(heir.get("eligible").booleanValue()).isTrue();
    JsonNode holders = ledger.read("/v1/share-classes/" + shareClass + "/holders").get("holders");
    assertThat(holders.findValuesAsText("wallet"))
        .containsExactly(X.address().toString(), Z2.address().toString());
    assertThat(holders.findValuesAsText("shares")).containsExactly("160000", "40000");
    assertThat(holders.findValuesAsText("locked")).containsExactly("160000", "40000");
  }

  /** Through releases, fees and the end of the trust, a split, a recovery and an inheritance. */
  private static void everyBlockIsProvable(
      ProvableLedger proven, Address shareClass, Address trust, Address round) {
    Set<BigInteger> owed = new HashSet<>();
    for (long block = proven.born(trust); block <= proven.head(); block++) {
      for (Address contract : List.of(trust, round)) {
        Claim.Solvency solvency =
            (Claim.Solvency) proven.accepted(proven.bundles.solvency(contract, block));
        List<Hash> position = proven.ask(contract, block, "conserved()");
        assertThat(List.of(solvency.held(), solvency.owed()))
            .as("%s at block %d", contract, block)
            .containsExactly(position.get(3).toUint(), position.get(4).toUint());
        owed.add(solvency.owed());
      }
      long at = block;
      Claim.Register register =
          (Claim.Register) proven.accepted(proven.register(shareClass, 0, at));
      for (Claim.Holder holder : register.holders()) {
        assertThat(holder.shares())
            .isEqualTo(
                proven.number(shareClass, block, "balanceOf(address)", holder.wallet().toWord()));
      }
    }
    assertThat(owed).hasSize(8);
    for (Address contract : List.of(shareClass, trust, round)) {
      proven.accepted(proven.history(contract, proven.head()));
    }
  }

  private static void openOffering(ServedLedger ledger) {
    Map<String, Object> shareClass = PlainTerms.shareClass();
    shareClass.put("liquidationPreference", "100");
    shareClass.put("preferenceCurrency", "USD");
    shareClass.put("seniority", "1");
    shareClass.put("name", "Vernafund Preferred");
    shareClass.put("symbol", "VFP");
    Map<String, Object> round = new LinkedHashMap<>();
    round.put("shareClass", Address.ZERO);
    round.put("settlementToken", ledger.dollar());
    round.put("rules", ledger.rules());
    round.put("trust", Address.ZERO);
    round.put("allocation", "0");
    round.put("price", "1000000");
    round.put("minimumShares", "100000");
    round.put("maximumShares", "1000000");
    round.put("minimumTicket", "1");
    round.put("oversubscriptionShares", "0");
    round.put("opensAt", "2017-05-09T00:00:00Z");
    round.put("deadline", "2017-07-08T00:00:00Z");
    round.put("feeBps", "600");
    round.put("termsHash", DOCUMENT);
    round.put("filing", "SEC 020-28442");
    Map<String, Object> terms = PlainTerms.trust(ledger, ISSUER, DOCUMENT);
    ledger.call(
        ISSUER,
        ledger.deployment().directory(),
        "openOffering",
        Map.of(
            "classTerms", shareClass,
            "roundTerms", round,
            "deed",
                Map.of(
                    "terms", terms,
                    "trustees", List.of(T1.address(), T2.address(), T3.address()),
                    "successors", List.of(),
                    "tranches", List.of(tranche(4000, 0), tranche(3500, 1), tranche(2500, 2)),
                    "beneficiaries", List.of())));
  }

  private static Map<String, Object> tranche(int shareBps, int follows) {
    return Map.of(
        "recipient",
        Address.ZERO,
        "inShares",
        false,
        "milestone",
        true,
        "follows",
        String.valueOf(follows),
        "shareBps",
        String.valueOf(shareBps),
        "notBefore",
        "0",
        "amount",
        "0");
  }

  private static void commit(
      ServedLedger ledger, DevelopmentAccount investor, Address round, String shares) {
    ledger.mint(investor, shares);
    ledger.send(investor, "commit", ServedLedger.commitment(round, shares));
  }

  private static JsonNode trust(ServedLedger ledger, Address trust) {
    return ledger.read("/v1/trusts/" + trust);
  }

  private static JsonNode disbursement(ServedLedger ledger, Address trust, int index) {
    return trust(ledger, trust).get("disbursements").get(index);
  }

  private static Hash identity(ServedLedger ledger, DevelopmentAccount person) {
    return Hash.parse(
        ledger.read("/v1/investors/" + person.address()).at("/investor/identity").textValue());
  }
}
