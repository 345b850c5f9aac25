package io.fundtrail.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fundtrail.chain.ChainReader;
import io.fundtrail.chain.EmbeddedNode;
import io.fundtrail.model.Address;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.web3j.protocol.core.RemoteFunctionCall;

class DemoAcceptanceTest {
  @TempDir Path data;

  @Test
  void playsEveryOfferingToItsFiledEnd() {
    try (Fundtrail demo = demo()) {
      demo.awaitLine("Serving until Ctrl-C.");

      assertThat(demo.lines())
          .anyMatch(line -> line.matches("offerings +67 .*75 progress reports.*"))
          .anyMatch(line -> line.matches(" +opened +49"))
          .anyMatch(line -> line.matches(" +sold as filed +46 .*"))
          .anyMatch(line -> line.matches(" +sold otherwise +1 +xCraft Enterprises, Inc\\."))
          .anyMatch(line -> line.matches(" +failed +2 .* all refunded"))
          .anyMatch(line -> line.matches(" +refused by the rules +1 +VIROMENT EQUITY LLC"))
          .anyMatch(line -> line.matches(" +set aside +17 .*"));
      assertThat(demo.text())
          .contains("TooEarlyToClose", "CancellationClosed", "RoundFull", "PublicPeriodTooShort")
          .contains("ChallengePeriodRuns", "WrongDisbursementStatus", "MayNotVoteFor")
          .contains("TransferRefused: 1000 shares", "the shares are still locked")
          .contains("in force", "Synthetic")
          .doesNotContain("Exception");
      assertWindowMirror(demo);
      assertThat(demo.get("/v1/rounds?limit=200").path("rounds")).hasSize(49 + 2);
      assertThat(demo.get("/v1/rounds?status=settled&limit=200").path("rounds")).hasSize(47 + 1);
      assertThat(demo.get("/v1/rounds?status=open").path("rounds"))
          .singleElement()
          .satisfies(
              round -> assertThat(round.at("/raised/amount").asText()).isEqualTo("46000.00"));
      assertThat(demo.get("/v1/status").path("notice").asText()).contains("since 2022");
      assertEndsAtThePresent(demo);
    }
  }

  @Test
  void playsEveryInstrumentInASyntheticCompany() {
    SampleOrchards company;
    List<Balance> answered;
    try (Fundtrail demo = demo("--offerings", "1")) {
      demo.awaitLine("Serving until Ctrl-C.");
      company = SampleOrchards.of(demo);
      assertTrust(demo, company);
      assertDividend(demo, company);
      assertVoteWithTheNewKey(demo, company);
      assertPrinted(demo);
      answered = balances(demo);
      demo.stop();
      demo.awaitExit();
    }
    assertOnChain(answered);
    assertOnChain(company);
  }

  @Test
  void survivesBeingKilledInTheMiddleWithBalancesThatTheChainConfirms() {
    try (Fundtrail demo = demo("--offerings", "12")) {
      demo.awaitLines(7, "Transactions:");
      demo.killEverything();
    }
    List<Balance> answered;
    try (Fundtrail serve = Fundtrail.start("serve", "--data", data.toString(), "--port", "0")) {
      serve.awaitLine("Ready");
      serve.awaitFollowing(2);
      answered = balances(serve);
      serve.stop();
      serve.awaitExit();
    }
    assertThat(answered).hasSizeGreaterThan(20);
    assertThat(answered).allMatch(Balance::isPositive);
    assertOnChain(answered);
    try (Fundtrail demo = demo("--offerings", "12")) {
      demo.awaitLine("in this run");
      assertWindowMirror(demo);
    }
  }

  @Test
  void saysHowToGoOnAfterSomethingElseWasDoneOnItsChain() {
    try (Fundtrail demo = demo("--offerings", "1")) {
      demo.awaitLine("Transactions:");
      demo.killEverything();
    }
    mineABlockNow();
    try (Fundtrail demo = demo("--offerings", "1")) {
      assertThat(demo.awaitExit()).isEqualTo(1);
      assertThat(demo.text()).contains("\"demo --reset\" starts over");
    }
    try (Fundtrail demo = demo("--offerings", "1", "--reset")) {
      demo.awaitLine("Serving until Ctrl-C.");
      assertWindowMirror(demo);
    }
  }

  private Fundtrail demo(String... more) {
    List<String> args = new ArrayList<>(List.of("demo", "--data", data.toString(), "--port", "0"));
    args.addAll(List.of(more));
    return Fundtrail.start(args.toArray(String[]::new));
  }

  private static void assertWindowMirror(Fundtrail fundtrail) {
    JsonNode round = fundtrail.get("/v1/rounds?q=windowmirror").at("/rounds/0");
    assertThat(round.path("sharesSold").asText()).isEqualTo("7231");
    assertThat(round.at("/proceeds/paid").asText()).isEqualTo("13594.28");
    assertThat(round.at("/fee/paid").asText()).isEqualTo("867.72");
    assertThat(round.at("/cancelled/amount").asText()).isEqualTo("100.00");
    assertThat(round.at("/escrow/amount").asText()).isEqualTo("0.00");
    assertThat(round.at("/shareClass/holders").asInt()).isEqualTo(3);
  }

  /** The synthetic company, by its round. */
  private record SampleOrchards(
      JsonNode round, Address trust, JsonNode distribution, JsonNode vote, JsonNode recovery) {
    static SampleOrchards of(Fundtrail demo) {
      JsonNode round = demo.get("/v1/rounds?q=orchards").at("/rounds/0");
      return new SampleOrchards(
          round,
          address(round, "/trust"),
          demo.get("/v1/distributions").at("/distributions/0"),
          demo.get("/v1/votes").at("/votes/0"),
          demo.get("/v1/recoveries").at("/recoveries/0"));
    }

    Address shareClass() {
      return address(round, "/shareClass/address");
    }

    Address money() {
      return address(round, "/settlementToken/address");
    }

    Address controller() {
      return address(round, "/company/controller");
    }
  }

  /** The figures of scenario S07. */
  private static void assertTrust(Fundtrail demo, SampleOrchards company) {
    assertThat(company.round().at("/company/name").asText()).endsWith("(synthetic)");
    assertThat(company.round().at("/proceeds/paid").asText()).isEqualTo("133297.00");
    assertThat(company.round().at("/fee/credited").asText()).isEqualTo("0.00");
    JsonNode answer = demo.get("/v1/trusts/" + company.trust());
    assertThat(answer.at("/trust/money/received").asText()).isEqualTo("133297.00");
    assertThat(answer.at("/trust/money/released").asText()).isEqualTo("50119.672");
    assertThat(answer.at("/trust/money/platformFeePaid").asText()).isEqualTo("3199.128");
    assertThat(answer.at("/trust/money/returned").asText()).isEqualTo("79978.20");
    assertThat(answer.at("/trust/endReason").asText()).isEqualTo("trustees-decided");
    assertThat(answer.at("/disbursements").findValuesAsText("status"))
        .containsExactly("executed", "rejected");
    assertThat(
            demo.get("/v1/trusts/" + company.trust() + "/payments")
                .at("/payments")
                .findValuesAsText("amount"))
        .containsExactly("39989.10", "23993.46", "15995.64");
  }

  /** The shape of scenario S09: what is sold after the record date does not move it. */
  private static void assertDividend(Fundtrail demo, SampleOrchards company) {
    assertThat(company.distribution().at("/recordDate/at").asText())
        .isEqualTo("2018-12-31T00:00:00Z");
    assertThat(company.distribution().at("/pool").asText()).isEqualTo("1000.00");
    assertThat(company.distribution().at("/paid").asText()).isEqualTo("999.999998");
    assertThat(company.distribution().at("/unclaimed").asText()).isEqualTo("0.00");
    JsonNode claims =
        demo.get("/v1/distributions/" + address(company.distribution(), "/contract") + "/1/claims")
            .at("/claims");
    assertThat(claims.findValuesAsText("paid"))
        .containsExactly("499.249795", "300.00", "199.4516", "0.548399", "0.750204");
    assertThat(claims.path(4).path("holder")).isEqualTo(company.recovery().path("oldWallet"));
    assertThat(claims.path(4).path("payee")).isEqualTo(company.recovery().path("newWallet"));
  }

  private static void assertVoteWithTheNewKey(Fundtrail demo, SampleOrchards company) {
    assertThat(company.recovery().path("status").asText()).isEqualTo("executed");
    assertThat(company.vote().path("outcome").asText()).isEqualTo("passed");
    assertThat(company.vote().path("inFavour").asText()).isEqualTo("666485");
    assertThat(company.vote().path("against").asText()).isEqualTo("399891");
    assertThat(company.vote().path("abstained").asText()).isEqualTo("265863");
    JsonNode holders =
        demo.get("/v1/share-classes/" + company.shareClass() + "/holders").path("holders");
    assertThat(holders.findValuesAsText("shares"))
        .containsExactly("665485", "399391", "265863", "1500", "731");
    assertThat(holders.path(3).path("wallet")).isEqualTo(company.recovery().path("newWallet"));
  }

  private static void assertPrinted(Fundtrail demo) {
    assertThat(demo.text())
        .containsSubsequence(
            "Sample Orchards Inc (synthetic)",
            "5,000,000",
            "1,332,970",
            "133,297.00 ",
            "50,119.672 ",
            "3,199.128 ",
            "79,978.20 ",
            "999.999998 ",
            "0.000002 ",
            "1,500",
            "passed",
            "666,485",
            "399,891",
            "265,863",
            "/v1/trusts/",
            "/v1/distributions/",
            "/v1/votes/");
  }

  private static void assertEndsAtThePresent(Fundtrail demo) {
    Instant head = Instant.parse(demo.get("/v1/status").at("/chain/head/time").asText());
    assertThat(head).isAfter(Instant.now().minusSeconds(600));
  }

  /** What the API says that somebody has: shares of a class, or a round's escrow in its token. */
  private record Balance(Address token, Address holder, BigInteger units) {
    boolean isPositive() {
      return units.signum() > 0;
    }
  }

  private static List<Balance> balances(Fundtrail serve) {
    List<Balance> balances = new ArrayList<>();
    for (JsonNode round : serve.get("/v1/rounds?limit=200").path("rounds")) {
      BigDecimal escrow = new BigDecimal(round.at("/escrow/amount").asText());
      if (escrow.signum() > 0) {
        int decimals = round.at("/settlementToken/decimals").asInt();
        balances.add(
            new Balance(
                address(round, "/settlementToken/address"),
                address(round, "/address"),
                escrow.movePointRight(decimals).toBigIntegerExact()));
      }
      Address shareClass = address(round, "/shareClass/address");
      for (JsonNode holder :
          serve.get("/v1/share-classes/" + shareClass + "/holders?limit=200").path("holders")) {
        balances.add(
            new Balance(
                shareClass,
                address(holder, "/wallet"),
                new BigInteger(holder.path("shares").asText())));
      }
    }
    return balances;
  }

  /** Builds the chain again without the service, and asks the contracts. */
  private void assertOnChain(List<Balance> answered) {
    try (EmbeddedNode node = node();
        ChainReader chain = ChainReader.of(node.rpcUrl())) {
      node.replay((done, total) -> {});
      Map<Address, BigInteger> sums = new HashMap<>();
      Set<Address> shareClasses = new HashSet<>();
      for (Balance balance : answered) {
        BigInteger onChain =
            number(
                chain,
                balance.token(),
                Bound.shareClass(balance.token()).balanceOf(balance.holder().toString()));
        assertThat(onChain).isEqualTo(balance.units());
        sums.merge(balance.token(), balance.units(), BigInteger::add);
        if (number(chain, balance.token(), Bound.shareClass(balance.token()).decimals())
            .equals(BigInteger.ZERO)) {
          shareClasses.add(balance.token());
        }
      }
      assertThat(shareClasses).isNotEmpty();
      for (Address shareClass : shareClasses) {
        assertThat(number(chain, shareClass, Bound.shareClass(shareClass).totalSupply()))
            .isEqualTo(sums.get(shareClass));
      }
    }
  }

  /** What the contracts themselves say of the synthetic company, and the token of its money. */
  private void assertOnChain(SampleOrchards company) {
    Address distribution = address(company.distribution(), "/contract");
    Address vote = address(company.vote(), "/address");
    try (EmbeddedNode node = node();
        ChainReader chain = ChainReader.of(node.rpcUrl())) {
      node.replay((done, total) -> {});
      assertThat(dollars(chain, company, company.trust())).isZero();
      assertThat(dollars(chain, company, company.controller())).isEqualTo(49_119_672_000L);
      assertThat(dollars(chain, company, distribution)).isEqualTo(2);
      assertThat(number(chain, distribution, Bound.distribution(distribution).carried()))
          .isEqualTo(2);
      assertThat(number(chain, vote, Bound.vote(vote).outcome())).isEqualTo(1);
      String oldWallet = address(company.recovery(), "/oldWallet").toString();
      assertThat(
              number(
                  chain,
                  company.shareClass(),
                  Bound.shareClass(company.shareClass()).balanceOf(oldWallet)))
          .isZero();
    }
  }

  private static BigInteger dollars(ChainReader chain, SampleOrchards company, Address holder) {
    return number(
        chain, company.money(), Bound.demoDollar(company.money()).balanceOf(holder.toString()));
  }

  private void mineABlockNow() {
    try (EmbeddedNode node = node()) {
      node.replay((done, total) -> {});
      node.mine(node.nextBlockTime(), List.of());
    }
  }

  private EmbeddedNode node() {
    AppConfig config =
        AppConfig.of(
            Settings.resolve(Map.of(), Map.of(), data),
            Path.of(System.getProperty("fundtrail.home", "")).toAbsolutePath());
    Path anvil = ((AppConfig.ChainSource.Embedded) config.chain()).binary();
    return EmbeddedNode.open(
        new EmbeddedNode.Settings(
            new DataDirectory(data).chain(), anvil, EmbeddedNode.DEFAULT_CHAIN_ID, Instant.EPOCH),
        InstantSource.system());
  }

  private static BigInteger number(
      ChainReader chain, Address contract, RemoteFunctionCall<?> view) {
    return (BigInteger) Bound.read(chain, contract, view).getFirst().getValue();
  }

  private static Address address(JsonNode json, String path) {
    return Address.parse(json.at(path).asText());
  }
}
