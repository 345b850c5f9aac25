package io.fundtrail.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The program's answers to what it cannot use; what it accepts, the command's test shows. */
class VerifierMainTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void saysHowItIsUsedWhereItCannotBe() {
    String hash = "0x" + "ab".repeat(32);
    for (List<String> args :
        List.of(
            List.<String>of(),
            List.of("-"),
            List.of("-", "--block-hash", hash),
            List.of("-", "--chain-id", "1", "--block-hash", hash),
            List.of("-", "--chain-id"),
            List.of("-", "--unheard-of"),
            List.of("-", "/nowhere", "--chain-id", "1", "--block-hash", hash),
            List.of("/nowhere", "--chain-id", "1", "--block-hash", hash))) {
      out.reset();
      err.reset();
      assertThat(run("{}", args)).as("%s", args).isEqualTo(VerifierMain.UNUSABLE);
      assertThat(err.toString(StandardCharsets.UTF_8)).contains("usage: java -jar");
      assertThat(out.size()).isZero();
    }
  }

  private int run(String input, List<String> args) {
    return VerifierMain.run(
        args.toArray(String[]::new),
        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }
}
