import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Map;

/**
 * Runs the launcher as a person does: it uses the cache of classes that the build made, and goes
 * without one that is missing, of another jar, or damaged, and says nothing about it.
 */
final class CheckLauncher {
  private final Path home;

  private CheckLauncher(Path home) {
    this.home = home;
  }

  /** Argument: the project's folder. */
  static void main(String[] args) throws IOException, InterruptedException {
    new CheckLauncher(Path.of(args[0])).check();
  }

  private void check() throws IOException, InterruptedException {
    Path jar = home.resolve("target/fundtrail.jar");
    Path cache = home.resolve("target/fundtrail.aot");
    Path kept = home.resolve("target/fundtrail.aot.kept");
    FileTime built = Files.getLastModifiedTime(jar);
    expect(true, "with its cache", true);
    Files.move(cache, kept, StandardCopyOption.REPLACE_EXISTING);
    try {
      expect(true, "without a cache", false);
      Files.writeString(cache, "no cache");
      expect(false, "that must use what is no cache", true);
      expect(true, "beside what is no cache", false);
      Files.copy(kept, cache, StandardCopyOption.REPLACE_EXISTING);
      Files.setLastModifiedTime(jar, FileTime.fromMillis(built.toMillis() + 60_000));
      expect(false, "that must use the cache of another jar", true);
      expect(true, "beside the cache of another jar", false);
    } finally {
      Files.setLastModifiedTime(jar, built);
      Files.move(kept, cache, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private void expect(boolean starts, String what, boolean mustUseCache)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(home.resolve("fundtrail").toString(), "--version")
            .redirectErrorStream(true);
    builder.environment().remove("JDK_JAVA_OPTIONS");
    if (mustUseCache) {
      builder.environment().putAll(Map.of("JDK_JAVA_OPTIONS", "-XX:AOTMode=on"));
    }
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes());
    boolean started = process.waitFor() == 0;
    boolean silent = mustUseCache || said.matches("Fundtrail [^\\n]*\\n");
    if (started != starts || !silent) {
      System.err.printf(
          "The launcher %s ended with %d, and said:%n%s", what, process.exitValue(), said);
      System.exit(1);
    }
  }
}
