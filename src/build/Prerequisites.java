import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says in one line what this machine lacks for a build. The JDK is not checked here: the toolchains
 * plugin has found it, or this would not run.
 */
final class Prerequisites {
  private static final Pattern VERSION = Pattern.compile("v?(\\d+)\\.(\\d+)\\.(\\d+).*");

  private Prerequisites() {}

  /** Arguments: the version of Maven, the platform that the Solidity tools are for. */
  static void main(String[] args) throws InterruptedException {
    maven(args[0]);
    platform(args[1]);
    node();
    npm();
  }

  private static void maven(String found) {
    if (order(found) < order("3.8.7")) {
      missing("Maven 3.8.7 or newer; this is Maven " + found);
    }
  }

  private static void platform(String supported) {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).replace(' ', '-');
    String processor = System.getProperty("os.arch").replace("x86_64", "amd64");
    String found = system + "-" + processor;
    if (!found.equals(supported)) {
      missing("a " + supported + " machine, for which there are forge and anvil; this is " + found);
    }
  }

  private static void node() throws InterruptedException {
    String found = answer("node").orElse("not to be found on the PATH");
    if (!VERSION.matcher(found).matches() || order(found) < order("20.19.0")) {
      missing("Node 20.19 or newer; node is " + found);
    }
  }

  private static void npm() throws InterruptedException {
    if (answer("npm").isEmpty()) {
      missing("npm, which comes with Node; npm is not to be found on the PATH");
    }
  }

  /** What the program says its version is; empty if there is no such program. */
  private static Optional<String> answer(String program) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(program, "--version")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor() == 0 ? Optional.of(said) : Optional.empty();
    } catch (IOException absent) {
      return Optional.empty();
    }
  }

  private static long order(String version) {
    Matcher parts = VERSION.matcher(version);
    if (!parts.matches()) {
      missing("a version like 3.8.7; found " + version);
    }
    return Long.parseLong(parts.group(1)) * 1_000_000
        + Long.parseLong(parts.group(2)) * 1_000
        + Long.parseLong(parts.group(3));
  }

  private static void missing(String what) {
    System.err.println("Fundtrail's build needs " + what + ".");
    System.exit(1);
  }
}
