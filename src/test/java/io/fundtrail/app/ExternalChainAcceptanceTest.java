package io.fundtrail.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fundtrail.chain.ChainReader;
import io.fundtrail.chain.EmbeddedNode;
import io.fundtrail.chain.Receipt;
import io.fundtrail.chain.RemoteNode;
import io.fundtrail.model.Address;
import io.fundtrail.testnode.Relay;
import io.fundtrail.testnode.TestChain;
import io.fundtrail.testnode.TestNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node and a database that others run. */
@TestNode
class ExternalChainAcceptanceTest {
  private static final int STOPPED_BY_US = 143;

  /** Blocks that a node of a busy machine makes within the patience of a question. */
  private static final int AT_ONCE = 500;

  private final String rpcUrl;
  private final String databaseUrl;
  private final String key;
  private final Signer operator;
  private final EmbeddedPostgres postgres;

  @TempDir Path data;
  @TempDir Path otherData;
  @TempDir Path standbyData;
  @TempDir Path otherChain;

  ExternalChainAcceptanceTest(TestChain chain) throws IOException {
    rpcUrl = chain.rpcUrl().toString();
    key = "%064x".formatted(chain.account().getEcKeyPair().getPrivateKey());
    postgres = EmbeddedPostgres.builder().start();
    databaseUrl = postgres.getJdbcUrl("postgres", "postgres");
    try (ChainReader reader = ChainReader.of(rpcUrl)) {
      operator = new Signer(chain.account(), reader.chainId());
    }
  }

  @AfterEach
  void stopDatabase() throws IOException {
    postgres.close();
  }

  @Test
  void deploysFollowsAndStopsAtAnotherChainUntilItIsAccepted() {
    deploy();
    Address directory =
        DeploymentRecord.read(new DataDirectory(data)).orElseThrow().deployment().directory();
    long registered = registerCompany(directory);
    try (Fundtrail serve = serve(data, rpcUrl)) {
      assertFollows(serve, directory, registered);
      assertAnotherTakesOver(serve, directory, registered);
    }
    assertFoundFromTheDirectoryAlone(directory, registered);
    try (EmbeddedNode replacement = replacement()) {
      assertStopsUntilAccepted(replacement);
    }
  }

  @Test
  void saysHowFarItIsWhileItCatchesUpAndIsThenToldOfBlocks() {
    deploy();
    Address directory =
        DeploymentRecord.read(new DataDirectory(data)).orElseThrow().deployment().directory();
    mine(6_000);
    try (Relay slow = new Relay(URI.create(rpcUrl), Duration.ofMillis(150));
        Fundtrail serve =
            serve(
                data,
                slow.rpcUrl().toString(),
                "--finality",
                "depth:10",
                "--ws-url",
                rpcUrl.replace("http", "ws"),
                "--verify",
                "heads")) {
      serve.awaitLine("Ready");
      JsonNode index = serve.get("/v1/status").path("index");
      while (index.path("progress").isNull()) {
        assertThat(index.path("state").asText()).isEqualTo("catching-up");
        index = serve.get("/v1/status").path("index");
      }
      assertThat(index.at("/progress/blocksPerSecond").isIntegralNumber()).isTrue();
      assertThat(index.at("/progress/eventsPerSecond").isIntegralNumber()).isTrue();
      serve.awaitLine("Indexing blocks: ");
      assertThat(serve.awaitLine("Indexed to block"))
          .matches(
              ".*Indexed to block \\d+ of \\d+; \\d+ events/s, \\d+ blocks/s, (\\d+|\\?) s left");
      JsonNode following = serve.awaitFollowing(6_000).path("index");
      assertThat(following.path("progress").isNull()).isTrue();
      serve.awaitLine("The endpoint tells of new blocks");
      assertThat(serve.get("/v1/status").at("/index/lastReorganisation").isNull()).isTrue();
      String before = ask("evm_snapshot").textValue();
      long registered = registerCompany(directory);
      assertFollows(serve, directory, registered);
      ask("evm_revert", TextNode.valueOf(before));
      mine(2);
      JsonNode last = serve.awaitFollowing(registered + 1).path("index").path("lastReorganisation");
      assertThat(last.at("/abandoned/number").asLong()).isEqualTo(registered);
      assertThat(last.at("/kept/number").asLong()).isEqualTo(registered - 1);
      assertThat(serve.get("/v1/events?kind=CompanyRegistered").path("events")).isEmpty();
    }
  }

  private JsonNode ask(String method, JsonNode... values) {
    try (ChainReader chain = ChainReader.of(rpcUrl)) {
      return chain.rawCall(method, List.of(values));
    }
  }

  private void mine(int blocks) {
    for (int mined = 0; mined < blocks; mined += AT_ONCE) {
      int more = Math.min(AT_ONCE, blocks - mined);
      ask("hardhat_mine", TextNode.valueOf("0x" + Integer.toHexString(more)));
    }
  }

  private void deploy() {
    String roles = Roles.development().admin().toString();
    try (Fundtrail deploy =
        Fundtrail.start(
            Map.of("FUNDTRAIL_KEY", key, "FUNDTRAIL_OPERATOR", operator.address().toString()),
            "deploy",
            "--rpc-url",
            rpcUrl,
            "--data",
            data.toString(),
            "--admin",
            roles,
            "--registrar",
            roles,
            "--guardian",
            roles,
            "--recovery",
            DevelopmentAccount.RECOVERY.address().toString(),
            "--fee-recipient",
            roles)) {
      assertThat(deploy.awaitExit()).isEqualTo(0);
      assertThat(deploy.text())
          .contains("LedgerAuthority created at", "Directory created at", "Next:", "--directory 0x")
          .doesNotContain(key);
    }
  }

  private long registerCompany(Address directory) {
    try (ChainReader chain = ChainReader.of(rpcUrl)) {
      Receipt receipt =
          new Deployer(chain, new RemoteNode(chain, InstantSource.system()), line -> {})
              .send(
                  operator,
                  Optional.of(directory),
                  Bound.data(
                      Bound.directory(directory)
                          .registerCompany(
                              operator.address().toString(),
                              BigInteger.valueOf(500),
                              "Aster, Inc.",
                              "Delaware 1234")),
                  "register a company");
      return receipt.blockNumber();
    }
  }

  private static void assertFollows(Fundtrail serve, Address directory, long block) {
    serve.awaitLine("Ready");
    JsonNode status = serve.awaitFollowing(block);
    assertThat(status.at("/chain/node").asText()).isEqualTo("external");
    assertThat(status.at("/contracts/directory").asText()).isEqualTo(directory.toString());
    assertThat(status.at("/asOf/verifiedThrough").asLong()).isGreaterThanOrEqualTo(block);
    assertThat(serve.get("/v1/events?kind=CompanyRegistered").path("events")).hasSize(1);
  }

  /** On the same database, with a folder of its own. */
  private void assertAnotherTakesOver(Fundtrail first, Address directory, long registered) {
    try (Fundtrail second = serve(standbyData, rpcUrl, "--directory", directory.toString())) {
      second.awaitLine("Ready");
      second.awaitLine("this one serves, and stands by");
      assertThat(second.get("/v1/status").at("/index/state").asText()).isEqualTo("standby");
      assertThat(second.get("/health/ready").path("status").asText()).isEqualTo("ready");
      assertThat(second.get("/v1/events?kind=CompanyRegistered").path("events")).hasSize(1);
      first.stop();
      assertThat(first.awaitExit()).isEqualTo(STOPPED_BY_US);
      assertFollows(second, directory, registered);
    }
  }

  /** With an empty folder and SQLite, and the block of the deployment found on the chain. */
  private void assertFoundFromTheDirectoryAlone(Address directory, long registered) {
    try (Fundtrail serve =
        Fundtrail.start(
            "serve",
            "--data",
            otherData.toString(),
            "--port",
            "0",
            "--rpc-url",
            rpcUrl,
            "--finality",
            "immediate",
            "--directory",
            directory.toString())) {
      assertFollows(serve, directory, registered);
    }
  }

  private void assertStopsUntilAccepted(EmbeddedNode replacement) {
    String url = replacement.rpcUrl();
    try (Fundtrail serve = serve(otherData, url, "--directory", embeddedDirectory())) {
      serve.awaitLine("The index stops");
      JsonNode index = serve.get("/v1/status").path("index");
      assertThat(index.path("state").asText()).isEqualTo("stopped");
      assertThat(index.path("detail").asText()).contains("rebuild --accept-chain");
      assertThat(serve.get("/v1/events?kind=CompanyRegistered").path("events")).hasSize(1);
    }
    try (Fundtrail refused = rebuild(url)) {
      assertThat(refused.awaitExit()).isEqualTo(4);
      assertThat(refused.text()).contains("the database is of chain", "rebuild --accept-chain");
    }
    try (Fundtrail accepted = rebuild(url, "--accept-chain")) {
      assertThat(accepted.awaitExit()).isEqualTo(0);
      assertThat(accepted.text()).contains("Rebuilt: indexed to block 1");
    }
    try (Fundtrail serve = serve(otherData, url, "--directory", embeddedDirectory())) {
      serve.awaitLine("Ready");
      serve.awaitFollowing(1);
      assertThat(serve.get("/v1/events?kind=CompanyRegistered").path("events")).isEmpty();
    }
  }

  /** Another chain, with another ledger. */
  private EmbeddedNode replacement() {
    AppConfig config =
        AppConfig.of(
            Settings.resolve(Map.of(), Map.of(), data),
            Path.of(System.getProperty("fundtrail.home", "")).toAbsolutePath());
    EmbeddedNode node =
        EmbeddedNode.open(
            new EmbeddedNode.Settings(
                otherChain,
                ((AppConfig.ChainSource.Embedded) config.chain()).binary(),
                EmbeddedNode.DEFAULT_CHAIN_ID,
                Instant.parse("2020-01-01T00:00:00Z")),
            InstantSource.system());
    node.replay((done, total) -> {});
    node.mine(
        Instant.parse("2020-01-02T00:00:00Z"),
        embedded().transactions().stream().map(PlannedTransaction::raw).toList());
    return node;
  }

  private static EmbeddedDeployment embedded() {
    long chainId = EmbeddedNode.DEFAULT_CHAIN_ID;
    return EmbeddedDeployment.of(chainId, new TransactionPlanner(chainId));
  }

  private static String embeddedDirectory() {
    return embedded().plan().deployment().directory().toString();
  }

  private Fundtrail rebuild(String url, String... more) {
    return run("rebuild", otherData, url, more, "--directory", embeddedDirectory());
  }

  private Fundtrail serve(Path folder, String url, String... more) {
    return run("serve", folder, url, more, "--port", "0");
  }

  private Fundtrail run(
      String command, Path folder, String url, String[] more, String option, String value) {
    List<String> args =
        new ArrayList<>(
            List.of(
                command,
                "--data",
                folder.toString(),
                "--rpc-url",
                url,
                "--database-url",
                databaseUrl,
                option,
                value));
    args.addAll(List.of(more));
    if (!args.contains("--finality")) {
      args.addAll(List.of("--finality", "immediate"));
    }
    return Fundtrail.start(args.toArray(String[]::new));
  }
}
