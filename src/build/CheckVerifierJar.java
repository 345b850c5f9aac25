import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs the verifier's jar by itself, as a stranger would: it accepts a bundle that the tests left
 * behind, and rejects it under another hash.
 */
final class CheckVerifierJar {
  private CheckVerifierJar() {}

  /** Arguments: the jar, a folder with bundle.json and block-hash. */
  static void main(String[] args) throws IOException, InterruptedException {
    Path bundle = Path.of(args[1], "bundle.json");
    if (!Files.exists(bundle)) {
      System.out.println("No test left a bundle behind, so " + args[0] + " is not tried.");
      return;
    }
    String hash = Files.readString(Path.of(args[1], "block-hash"));
    expect(0, args[0], bundle, hash);
    expect(1, args[0], bundle, "0x" + "0".repeat(hash.length() - 2));
  }

  private static void expect(int status, String jar, Path bundle, String hash)
      throws IOException, InterruptedException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-jar",
            jar,
            bundle.toString(),
            "--chain-id",
            "31337",
            "--block-hash",
            hash);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != status) {
      System.err.println(
          "%s ended with %d, not %d, and said:%n%s"
              .formatted(String.join(" ", command), process.exitValue(), status, said));
      System.exit(1);
    }
  }
}
