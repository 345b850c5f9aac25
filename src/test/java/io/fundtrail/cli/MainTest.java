package io.fundtrail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  @TempDir Path home;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void saysWhatThereIsWhenNothingIsAsked() {
    assertThat(run(Map.of())).isEqualTo(ExitCode.WRONG_USE);
    assertThat(err.toString())
        .contains("demo", "serve", "deploy", "status", "doctor", "rebuild", "prove", "verify");
  }

  @ParameterizedTest
  @ValueSource(strings = {"demo", "serve", "deploy", "status", "doctor", "rebuild", "prove"})
  void explainsEveryCommandWithItsExitCodes(String command) {
    assertThat(run(Map.of(), command, "--help")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("Usage: fundtrail " + command, "Exit codes:", "--data");
  }

  @Test
  void saysItsVersion() {
    assertThat(run(Map.of(), "--version")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).startsWith("Fundtrail ");
  }

  @Test
  void suggestsTheOptionOrCommandThatWasMeant() {
    assertThat(run(Map.of(), "serve", "--prot", "1")).isEqualTo(ExitCode.WRONG_USE);
    assertThat(run(Map.of(), "dmeo")).isEqualTo(ExitCode.WRONG_USE);
    assertThat(err.toString().lines())
        .containsExactly(
            "fundtrail serve: there is no --prot; did you mean --port?",
            "fundtrail: there is no dmeo; did you mean demo?");
  }

  @Test
  void refusesAWrongSettingWithItsOriginAndWithoutAStackTrace() {
    assertThat(run(Map.of("FUNDTRAIL_PORT", "seven"), "serve")).isEqualTo(ExitCode.WRONG_USE);
    assertThat(err.toString())
        .isEqualTo("fundtrail: FUNDTRAIL_PORT: port must be 0 to 65535, not \"seven\"\n");
  }

  @Test
  void refusesAKeyOnTheCommandLine() {
    assertThat(run(Map.of(), "deploy", "--key", "0x01")).isEqualTo(ExitCode.WRONG_USE);
    assertThat(err.toString()).contains("there is no --key; did you mean --key-file?");
  }

  @Test
  void saysWhichSettingOfADeploymentIsMissing() {
    assertThat(run(Map.of(), "deploy", "--rpc-url", "http://localhost:1"))
        .isEqualTo(ExitCode.WRONG_USE);
    assertThat(err.toString()).contains("missing: admin").contains("--admin or FUNDTRAIL_ADMIN");
  }

  @Test
  void refusesAPortInUseBeforeAnythingIsStarted() throws IOException {
    Path data = home.resolve("data");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());

      int exit = run(Map.of(), "serve", "--data", data.toString(), "--port", port);

      assertThat(exit).isEqualTo(ExitCode.CANNOT_START);
      assertThat(err.toString())
          .contains("port " + port + " of 127.0.0.1 cannot be listened on")
          .contains("give another with --port");
    }
    assertThat(data).doesNotExist();
  }

  @Test
  void refusesToResetWhatIsNoDemo() throws IOException {
    Path thesis = Files.writeString(home.resolve("thesis.txt"), "years of work");

    int exit = run(Map.of(), "demo", "--reset", "--port", "0", "--data", home.toString());

    assertThat(exit).isEqualTo(ExitCode.CANNOT_START);
    assertThat(err.toString()).contains("is not a Fundtrail data directory");
    assertThat(thesis).exists();
  }

  @Test
  void playsTheDemoOnNoChainOfOthers() {
    int exit = run(Map.of("FUNDTRAIL_RPC_URL", "http://localhost:1"), "demo");

    assertThat(exit).isEqualTo(ExitCode.WRONG_USE);
    assertThat(err.toString()).contains("the demo runs on a chain of its own");
  }

  @Test
  void saysThatNoServiceAnswers() {
    assertThat(run(Map.of(), "status", "--port", "1")).isEqualTo(ExitCode.CANNOT_START);
    assertThat(err.toString()).contains("no service answers on http://127.0.0.1:1");
  }

  @Test
  void findsNothingWrongWithAMachineThatCanRunIt() {
    int exit = run(Map.of(), "doctor", "--data", home.resolve("new").toString(), "--port", "0");

    assertThat(out.toString())
        .contains("ok    Java", "ok    anvil", "ok    database", "Nothing stands in the way.");
    assertThat(exit).isEqualTo(ExitCode.OK);
    assertThat(home.resolve("new")).doesNotExist();
  }

  @Test
  void findsWhatStandsInTheWay() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int exit =
          run(
              Map.of(),
              "doctor",
              "--data",
              home.resolve("new").toString(),
              "--port",
              Integer.toString(taken.getLocalPort()),
              "--anvil",
              home.resolve("no-anvil").toString());

      assertThat(exit).isEqualTo(ExitCode.FAILED);
      assertThat(out.toString())
          .contains("BAD   anvil", "BAD   port", "2 things stand in the way.");
    }
  }

  @Test
  void tellsWhereAFailureCameFromWhenAsked() {
    run(Map.of(), "status", "--port", "1", "--stacktrace");

    assertThat(err.toString()).contains("StatusCommand");
  }

  private int run(Map<String, String> environment, String... args) {
    Path program = Path.of(System.getProperty("fundtrail.home", "")).toAbsolutePath();
    Terminal terminal =
        new Terminal(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            environment,
            home.resolve("user"),
            program,
            false);
    return Main.run(terminal, args);
  }
}
