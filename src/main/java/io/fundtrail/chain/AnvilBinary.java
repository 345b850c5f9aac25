package io.fundtrail.chain;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Finds the anvil that npm installed beside the contracts. */
public final class AnvilBinary {
  private AnvilBinary() {}

  /**
   * The anvil of this platform under the project's folder.
   *
   * @throws ChainException if it is not there, with what to do
   */
  public static Path under(Path home) {
    String platform = platform();
    Path binary =
        home.resolve(
            "contracts/node_modules/@foundry-rs/anvil-" + platform + "/bin/anvil" + suffix());
    return checked(binary);
  }

  /**
   * The given file.
   *
   * @throws ChainException if it cannot be run
   */
  public static Path checked(Path binary) {
    if (!Files.isExecutable(binary)) {
      throw new ChainException(
          "there is no anvil to run at "
              + binary
              + ": run \"npm ci --ignore-scripts\" in contracts/, or name another file");
    }
    return binary.toAbsolutePath();
  }

  private static String platform() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch");
    String npmOs = os.contains("mac") ? "darwin" : os.contains("win") ? "win32" : "linux";
    return npmOs + "-" + (arch.equals("aarch64") ? "arm64" : "amd64");
  }

  private static String suffix() {
    return System.getProperty("os.name").startsWith("Windows") ? ".exe" : "";
  }
}
