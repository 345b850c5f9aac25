import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Runs {@code npm ci} in the current directory, unless what is installed came from the same lock
 * file.
 */
final class NpmInstall {
  private NpmInstall() {}

  static void main(String[] args) throws Exception {
    Path marker = Path.of("node_modules", ".installed-from");
    String wanted = fingerprint(Path.of("package.json"), Path.of("package-lock.json"));
    if (Files.exists(marker) && Files.readString(marker).equals(wanted)) {
      return;
    }
    // npm deletes node_modules, and the marker with it, before it installs anything.
    int status =
        new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
            .inheritIO()
            .start()
            .waitFor();
    if (status != 0) {
      System.err.println(
          "npm ci failed with status " + status + " in " + Path.of("").toAbsolutePath());
      System.exit(1);
    }
    Files.writeString(marker, wanted);
  }

  private static String fingerprint(Path... files) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (Path file : files) {
      digest.update(Files.readAllBytes(file));
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
