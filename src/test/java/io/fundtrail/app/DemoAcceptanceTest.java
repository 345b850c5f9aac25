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
          .contains("in force", "Synthetic")
          .doesNotContain("Exception");
      assertWindowMirror(demo);
      assertThat(demo.get("/v1/rounds?limit=200").path("rounds")).hasSize(49 + 1);
      assertThat(demo.get("/v1/rounds?status=settled&limit=200").path("rounds")).hasSize(47 + 1);
      assertThat(demo.get("/v1/status").path("notice").asText()).contains("since 2022");
      assertEndsAtThePresent(demo);
    }
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
