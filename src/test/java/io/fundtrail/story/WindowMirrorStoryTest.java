package io.fundtrail.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fundtrail.app.DevelopmentAccount;
import io.fundtrail.model.Address;
import io.fundtrail.model.TokenAmount;
import io.fundtrail.store.Database;
import io.fundtrail.store.OnBothDatabases;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** Scenario S01: a round succeeds and one investor cancels in time (SEC file 020-23358). */
class WindowMirrorStoryTest {
  private static final DevelopmentAccount ISSUER = new DevelopmentAccount("issuer");
  private static final DevelopmentAccount I1 = new DevelopmentAccount("I1");
  private static final DevelopmentAccount I2 = new DevelopmentAccount("I2");
  private static final DevelopmentAccount I3 = new DevelopmentAccount("I3");
  private static final DevelopmentAccount I4 = new DevelopmentAccount("I4");

  @OnBothDatabases
  void aRoundSucceedsAndEveryAnswerSaysSo(Database database, @TempDir Path folder) {
    try (ServedLedger ledger = ServedLedger.start(database, folder)) {
      Address round = opened(ledger);
      committedAndClosed(ledger, round);
      settled(ledger, round);
      answersSayWhatHappened(ledger, round);
      thePastCanBeAskedAbout(ledger, round);
    }
  }

  private static Address opened(ServedLedger ledger) {
    ledger.at("2017-05-08T00:00:00Z");
    Map<String, Object> terms = ledger.terms(ledger.openShareClass(ISSUER, "WindowMirror Inc"));
    terms.put("deadline", "2017-05-29T00:00:00Z");
    assertThat(ledger.refusal(ISSUER, "open-round", terms).get("detail").textValue())
        .isEqualTo(
            "A round that opens at 2017-05-09 00:00:00Z must stay open for 21 days"
                + " (17 CFR 227.303(a)(2)), so its deadline can be 2017-05-30 00:00:00Z at the"
                + " earliest, not 2017-05-29 00:00:00Z.");
    terms.put("deadline", "2017-07-08T00:00:00Z");
    Address round = ledger.openRound(ISSUER, terms);
    for (DevelopmentAccount investor : List.of(I1, I2, I3, I4)) {
      ledger.attest(investor, "retail");
      ledger.mint(investor, "10000.00");
    }
    return round;
  }

  private static void committedAndClosed(ServedLedger ledger, Address round) {
    JsonNode early = ledger.refusal(I1, "commit", ServedLedger.commitment(round, "4000"));
    assertThat(early.at("/error/name").textValue()).isEqualTo("NotOpenYet");
    assertThat(early.get("transaction").intValue()).as("the approval is no problem").isOne();
    ledger.at("2017-05-10T00:00:00Z");
    ledger.send(I1, "commit", ServedLedger.commitment(round, "4000"));
    ledger.at("2017-05-11T00:00:00Z");
    ledger.send(I2, "commit", ServedLedger.commitment(round, "2500"));
    ledger.at("2017-05-29T23:59:59Z");
    assertThat(ledger.refusal(I1, "close", Map.of("round", round)).get("detail").textValue())
        .isEqualTo(
            "The round can be closed from 2017-07-08 00:00:00Z;"
                + " the next block would be of 2017-05-29 23:59:59Z.");
    ledger.at("2017-06-12T00:00:00Z");
    ledger.send(I3, "commit", ServedLedger.commitment(round, "731"));
    ledger.at("2017-07-01T00:00:00Z");
    ledger.send(I4, "commit", ServedLedger.commitment(round, "50"));
    assertThat(ledger.read("/v1/rounds/" + round).at("/round/raised/amount").textValue())
        .isEqualTo("14562.00");
    ledger.at("2017-07-05T23:59:59Z");
    ledger.send(I4, "cancel", ServedLedger.wholeCommitment(round));
    assertThat(ledger.dollarsOf(I4.address())).isEqualTo(TokenAmount.parseDecimal("10000", 6));
    assertThat(ledger.prepare(I4, "cancel", ServedLedger.wholeCommitment(round)).status())
        .isEqualTo(422);
    ledger.at("2017-07-06T00:00:00Z");
    assertThat(
            ledger
                .refusal(I3, "cancel", ServedLedger.wholeCommitment(round))
                .get("detail")
                .textValue())
        .isEqualTo(
            "A commitment can be cancelled until 2017-07-06 00:00:00Z;"
                + " the next block would be of 2017-07-06 00:00:00Z.");
    ledger.at("2017-07-08T00:00:00Z");
    ledger.send(I1, "close", Map.of("round", round));
  }

  private static void settled(ServedLedger ledger, Address round) {
    ledger.at("2017-07-12T00:00:00Z");
    DevelopmentAccount anyone = new DevelopmentAccount("anyone");
    ledger.send(anyone, "tally", Map.of("round", round, "count", 100));
    ledger.send(anyone, "settle", Map.of("round", round, "count", 2));
    assertThat(ledger.read("/v1/rounds/" + round).at("/round/status").textValue())
        .isEqualTo("settling");
    ledger.send(anyone, "settle", Map.of("round", round, "count", 100));
    ledger.send(anyone, "pay-proceeds", Map.of("round", round));
    ledger.send(anyone, "pay-fee", Map.of("round", round));
    assertThat(ledger.refusal(anyone, "pay-fee", Map.of("round", round)).get("detail").textValue())
        .isEqualTo("There is nothing to be paid out.");
  }

  private static void answersSayWhatHappened(ServedLedger ledger, Address address) {
    JsonNode round = ledger.read("/v1/rounds?q=windowmirror").at("/rounds/0");
    assertThat(round.get("address").textValue()).isEqualTo(address.toString());
    assertThat(round.get("status").textValue()).isEqualTo("settled");
    assertThat(round.get("sharesSold").textValue()).isEqualTo("7231");
    assertThat(round.at("/proceeds/paid").textValue()).isEqualTo("13594.28");
    assertThat(round.at("/fee/paid").textValue()).isEqualTo("867.72");
    assertThat(round.at("/cancelled/amount").textValue()).isEqualTo("100.00");
    assertThat(round.at("/shareClass/holders").intValue()).isEqualTo(3);
    assertThat(round.at("/escrow/amount").textValue()).isEqualTo("0.00");
    assertThat(round.at("/raised/amount").textValue()).isEqualTo("14462.00");
    assertThat(ledger.dollarsOf(address)).isEqualTo(TokenAmount.ZERO);
    assertThat(ledger.dollarsOf(ISSUER.address()))
        .isEqualTo(TokenAmount.parseDecimal("13594.28", 6));

    JsonNode register =
        ledger.read(
            "/v1/share-classes/" + round.at("/shareClass/address").textValue() + "/holders");
    assertThat(register.get("holders").findValuesAsText("shares"))
        .containsExactly("4000", "2500", "731");
    assertThat(register.get("holders").findValuesAsText("wallet"))
        .containsExactly(I1.address().toString(), I2.address().toString(), I3.address().toString());

    JsonNode commitments = ledger.read("/v1/rounds/" + address + "/commitments");
    assertThat(commitments.get("commitments").findValuesAsText("state"))
        .containsExactly("settled", "settled", "settled", "cancelled");
    assertThat(commitments.at("/commitments/3/returned").textValue()).isEqualTo("100.00");

    JsonNode holdings = ledger.read("/v1/investors/" + I2.address() + "/holdings");
    assertThat(holdings.at("/holdings/0/shares").textValue()).isEqualTo("2500");
    JsonNode mine = ledger.read("/v1/investors/" + I4.address() + "/commitments");
    assertThat(mine.at("/commitments/0/round/filing").textValue()).isEqualTo("SEC 020-23358");
    JsonNode investor = ledger.read("/v1/investors/" + I2.address()).get("investor");
    assertThat(investor.at("/limits/0/used").textValue()).isEqualTo("5000.00");
    assertThat(
            ledger.read("/v1/investors/" + I4.address()).at("/investor/limits/0/used").textValue())
        .isEqualTo("0.00");
  }

  private static void thePastCanBeAskedAbout(ServedLedger ledger, Address address) {
    JsonNode before = ledger.read("/v1/rounds/" + address + "?at=2017-07-02T00:00:00Z");
    assertThat(before.at("/round/raised/shares").textValue()).isEqualTo("7281");
    assertThat(before.at("/round/status").textValue()).isEqualTo("open");
    String shareClass = before.at("/round/shareClass/address").textValue();
    assertThat(
            ledger
                .read("/v1/share-classes/" + shareClass + "/holders?at=2017-07-08T12:00:00Z")
                .get("holders"))
        .isEmpty();

    JsonNode events = ledger.read("/v1/events?limit=200&person=" + I4.address());
    assertThat(events.get("events").findValuesAsText("name"))
        .containsExactly(
            "InvestorAttested",
            "YearlyLimitAttested",
            "LimitConsumed",
            "Committed",
            "LimitReleased",
            "CommitmentCancelled");
    JsonNode opening =
        ledger.read("/v1/events?kind=RoundOpened&contract=" + address).at("/events/0/arguments");
    assertThat(opening.at("/terms/filing").textValue()).isEqualTo("SEC 020-23358");
    assertThat(opening.at("/terms/price").textValue()).isEqualTo("2000000");
    assertThat(opening.at("/origin/companyId").textValue()).isEqualTo("1");
    assertThat(
            ledger
                .read("/v1/events?from=2017-07-12T00:00:00Z&to=2017-07-13T00:00:00Z&limit=200")
                .get("events")
                .findValuesAsText("name"))
        .contains("RoundTallied", "RoundSettled", "ProceedsPaid", "FeePaid")
        .doesNotContain("RoundClosed");
  }
}
