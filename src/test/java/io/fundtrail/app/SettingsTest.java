package io.fundtrail.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fundtrail.app.AppConfig.ChainSource;
import io.fundtrail.chain.Finality;
import io.fundtrail.index.Verification;
import io.fundtrail.store.DatabaseUrl;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  @TempDir Path home;

  @Test
  void servesAnEmbeddedChainFromTheHomeDirectoryByDefault() {
    AppConfig config = config(Map.of(), Map.of());

    assertThat(config.data().path()).isEqualTo(home.resolve(".fundtrail"));
    assertThat(config.port()).isEqualTo(7070);
    assertThat(config.bind().getHostAddress()).isEqualTo("127.0.0.1");
    assertThat(config.isEmbedded()).isTrue();
    assertThat(config.database())
        .isEqualTo(new DatabaseUrl.Sqlite(home.resolve(".fundtrail/index.db")));
  }

  @Test
  void takesAFlagBeforeTheEnvironmentAndTheEnvironmentBeforeTheFile() throws IOException {
    write("port=7001\nbind=0.0.0.0\ndatabase-url=jdbc:sqlite:/a\n");
    Map<String, String> environment =
        Map.of("FUNDTRAIL_PORT", "7002", "FUNDTRAIL_BIND", "127.0.0.2");

    AppConfig config = config(Map.of(Setting.PORT, "7003"), environment);

    assertThat(config.port()).isEqualTo(7003);
    assertThat(config.bind().getHostAddress()).isEqualTo("127.0.0.2");
    assertThat(config.database()).isEqualTo(new DatabaseUrl.Sqlite(Path.of("/a")));
  }

  @Test
  void readsTheFileThatIsNamed() throws IOException {
    Path file = Files.writeString(home.resolve("other.properties"), "port = 7004");

    assertThat(config(Map.of(Setting.CONFIG, file.toString()), Map.of()).port()).isEqualTo(7004);
    assertThatThrownBy(() -> config(Map.of(Setting.CONFIG, "/nowhere"), Map.of()))
        .hasMessage("--config: there is no file /nowhere");
  }

  @Test
  void followsAnotherNodeWhenItsUrlIsGiven() {
    AppConfig config =
        config(
            Map.of(Setting.RPC_URL, "https://node.example/key", Setting.FINALITY, "depth:12"),
            Map.of());

    assertThat(config.chain())
        .isInstanceOfSatisfying(
            ChainSource.External.class,
            external -> {
              assertThat(external.finality()).isEqualTo(new Finality.Depth(12));
              assertThat(external.toString()).doesNotContain("key");
            });
  }

  @Test
  void isToldOfBlocksByTheWebSocketOfANodeElsewhere() {
    Map<Setting, String> flags =
        Map.of(Setting.RPC_URL, "https://node.example", Setting.WS_URL, "wss://node.example/key");
    assertThat(config(flags, Map.of()).chain())
        .isInstanceOfSatisfying(
            ChainSource.External.class,
            external -> {
              assertThat(external.wsUrl()).contains(URI.create("wss://node.example/key"));
              assertThat(external.toString()).doesNotContain("key");
            });
    assertThatThrownBy(() -> config(Map.of(Setting.WS_URL, "ws://node.example"), Map.of()))
        .hasMessage("--ws-url is for a node elsewhere; give --rpc-url too, or remove it");
    assertThatThrownBy(() ->
            config(
                Map.of(Setting.RPC_URL, "https://node.example"),
                Map.of("FUNDTRAIL_WS_URL", "https://node.example/key")))
        .hasMessage(
            "FUNDTRAIL_WS_URL: the node's WebSocket must be ws://host:port or wss://host, as"
                + " ws://127.0.0.1:8546");
  }

  @Test
  void verifiesByHeadsUnlessReceiptsAreAskedFor() {
    assertThat(config(Map.of(), Map.of()).verification()).isEqualTo(Verification.HEADS);
    assertThat(config(Map.of(Setting.VERIFY, "receipts"), Map.of()).verification())
        .isEqualTo(Verification.RECEIPTS);
    assertThatThrownBy(() -> config(Map.of(), Map.of("FUNDTRAIL_VERIFY", "all")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("FUNDTRAIL_VERIFY: what to verify by is heads or receipts, not \"all\"");
  }

  @Test
  void namesAnUnknownSettingItsOriginAndWhatMayHaveBeenMeant() throws IOException {
    assertThatThrownBy(() -> config(Map.of(), Map.of("FUNDTRAIL_PROT", "1")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "the environment has FUNDTRAIL_PROT, which is not a setting; did you mean"
                + " FUNDTRAIL_PORT?");
    Path file = write("prot=1\n");
    assertThatThrownBy(() -> config(Map.of(), Map.of()))
        .hasMessage(file + " has prot, which is not a setting; did you mean port?");
    write("colour=1\n");
    assertThatThrownBy(() -> config(Map.of(), Map.of()))
        .hasMessageStartingWith(file + " has colour, which is not a setting; there are port, bind");
  }

  @Test
  void namesAWrongValueItsOriginAndWhatWouldBeRight() throws IOException {
    assertThatThrownBy(() -> config(Map.of(Setting.PORT, "70700"), Map.of()))
        .hasMessage("--port: port must be 0 to 65535, not \"70700\"");
    assertThatThrownBy(() -> config(Map.of(), Map.of("FUNDTRAIL_DATABASE_URL", "mysql:x")))
        .hasMessageStartingWith("FUNDTRAIL_DATABASE_URL: database URL must start with jdbc:");
    Path file = write("rpc-url=localhost:8545\n");
    assertThatThrownBy(() -> config(Map.of(), Map.of()))
        .hasMessage(
            "rpc-url in "
                + file
                + ": the node's URL must be http://host:port or https://host, as"
                + " http://127.0.0.1:8545");
  }

  @Test
  void neverRepeatsANodesUrlWhichMayCarryAKey() {
    assertThatThrownBy(() -> config(Map.of(Setting.RPC_URL, "https://n/secret key"), Map.of()))
        .isInstanceOf(ConfigurationException.class)
        .message()
        .doesNotContain("secret");
  }

  @Test
  void refusesSettingsThatDoNotGoTogether() {
    assertThatThrownBy(() -> config(Map.of(Setting.FINALITY, "tag"), Map.of()))
        .hasMessage("--finality is for a node elsewhere; give --rpc-url too, or remove it");
    assertThatThrownBy(() ->
            config(Map.of(Setting.ANVIL, "/a"), Map.of("FUNDTRAIL_RPC_URL", "http://localhost")))
        .hasMessage("FUNDTRAIL_RPC_URL is set, so no node of our own is started; remove --anvil");
  }

  @Test
  void readsAKeyFromNoFileOfSettings() throws IOException {
    Path file = write("key=0x01\n");

    assertThatThrownBy(() -> config(Map.of(), Map.of()))
        .hasMessage(file + " has key, which is not read from there; give FUNDTRAIL_KEY");
  }

  @Test
  void saysWhatIsMissing() {
    Settings settings = Settings.resolve(Map.of(), Map.of(), home);

    assertThatThrownBy(() -> settings.require(Setting.ADMIN, text -> text))
        .hasMessage(
            "missing: admin (who may change roles, after the delay); give --admin or"
                + " FUNDTRAIL_ADMIN");
  }

  @Test
  void refusesOneAndTheSameAsBothPartiesOfARecovery() {
    String one = "0x" + "1".repeat(40);
    String other = "0x" + "2".repeat(40);
    Map<Setting, String> flags =
        Map.of(
            Setting.ADMIN, one,
            Setting.OPERATOR, one,
            Setting.REGISTRAR, other,
            Setting.GUARDIAN, one,
            Setting.RECOVERY, other,
            Setting.FEE_RECIPIENT, one);
    Settings settings = Settings.resolve(flags, Map.of(), home);

    assertThatThrownBy(() -> Roles.of(settings))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "--recovery: whoever confirms recoveries must be neither the operator nor the"
                + " registrar, unlike "
                + other);
  }

  private AppConfig config(Map<Setting, String> flags, Map<String, String> environment) {
    return AppConfig.of(Settings.resolve(flags, environment, home), home);
  }

  private Path write(String text) throws IOException {
    Path file = home.resolve(".fundtrail/fundtrail.properties");
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
