import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes the cache with which the JVM starts the service sooner (JEP 483, JEP 515): the classes that
 * a start and the first answers load, linked. It is good for this jar, as old as it is then, and
 * for this JDK alone; with others the JVM does without.
 */
final class ArchiveClasses {
  private static final Pattern SERVING = Pattern.compile("Serving on (http://\\S+)");
  private static final List<String> READ = List.of("/v1/rounds", "/v1/status", "/metrics", "/");

  private ArchiveClasses() {}

  /** Arguments: the project's folder, the jar, the cache, when the build began. */
  static void main(String[] args) throws IOException, InterruptedException {
    Path jar = Path.of(args[1]);
    Path cache = Path.of(args[2]);
    // As old as the moment the build began: what changed meanwhile, the launcher builds next time.
    Files.setLastModifiedTime(jar, FileTime.from(Instant.parse(args[3])));
    Files.deleteIfExists(cache);
    Path folder = Files.createTempDirectory("fundtrail-archive");
    try {
      train(Path.of(args[0]), jar, cache, folder);
    } finally {
      delete(folder);
    }
    if (!Files.exists(cache)) {
      throw new IllegalStateException("the JVM made no " + cache);
    }
  }

  private static void train(Path home, Path jar, Path cache, Path folder)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(
        List.of(
            "-XX:AOTCacheOutput=" + cache,
            "-Xlog:aot*=error:stderr",
            "@" + home.resolve("src/main/jvm.options"),
            "-Dfundtrail.home=" + home,
            "-jar",
            jar.toString(),
            "serve",
            "--data",
            folder.resolve("data").toString(),
            "--port",
            "0"));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
    builder.environment().keySet().removeIf(name -> name.startsWith("FUNDTRAIL_"));
    Process service = builder.start();
    boolean read = false;
    try (BufferedReader lines = service.inputReader()) {
      URI url = null;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher serving = SERVING.matcher(line);
        if (serving.find()) {
          url = URI.create(serving.group(1));
        }
        if (line.startsWith("Ready") && url != null) {
          read(url);
          read = true;
          service.toHandle().destroy();
        }
      }
    }
    if (!service.waitFor(5, TimeUnit.MINUTES) || !read) {
      service.destroyForcibly();
      System.err.print(Files.readString(folder.resolve("log")));
      throw new IllegalStateException("the service did not start, or did not end");
    }
  }

  private static void read(URI url) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (String path : READ) {
        int status =
            client
                .send(HttpRequest.newBuilder(url.resolve(path)).build(), BodyHandlers.discarding())
                .statusCode();
        if (status >= 500) {
          throw new IllegalStateException(path + " was answered with " + status);
        }
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
