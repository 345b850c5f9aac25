package io.fundtrail.testnode;

import io.fundtrail.store.Folders;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A program of this project in a JVM of its own, started as the launcher starts it, from the class
 * path of the tests. The tests start hundreds: so the libraries' classes come from an archive (JEP
 * 310), a quarter of what there is to compute until a service serves. The first test that starts a
 * program makes it; who comes meanwhile does without.
 */
public final class JavaProgram {
  /** The service and its commands. */
  public static final String FUNDTRAIL = "io.fundtrail.cli.Main";

  private static final Path HOME = Path.of(System.getProperty("fundtrail.home", ""));

  /** For these libraries and this JVM; any other would do without classes of its own as well. */
  private static final Path ARCHIVE =
      HOME.resolve(
          "target/test-libraries-%08x.jsa"
              .formatted((classPath(true) + Runtime.version()).hashCode()));

  private static final String READY = "Ready";

  private JavaProgram() {}

  /** Starts a program, with options for its JVM. */
  public static ProcessBuilder of(List<String> options, String main, String... args) {
    if (!Files.exists(ARCHIVE)) {
      archive();
    }
    List<String> all = new ArrayList<>(options);
    if (Files.exists(ARCHIVE)) {
      all.add("-XX:SharedArchiveFile=" + ARCHIVE);
    }
    return java(all, classPath(true) + File.pathSeparator + classPath(false), main, args);
  }

  /** Starts a program. */
  public static ProcessBuilder of(Class<?> main, String... args) {
    return of(List.of(), main.getName(), args);
  }

  private static ProcessBuilder java(
      List<String> options, String classPath, String main, String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("@" + HOME.resolve("src/main/jvm.options"));
    command.add("-Dfundtrail.home=" + HOME);
    command.add("-Dlogback.configurationFile=logback.xml");
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, main));
    command.addAll(List.of(args));
    return new ProcessBuilder(command);
  }

  /** The libraries or the folders; no folder may come before a class that is archived. */
  private static String classPath(boolean libraries) {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> libraries == entry.endsWith(".jar"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static synchronized void archive() {
    Path lock = ARCHIVE.resolveSibling(ARCHIVE.getFileName() + ".lock");
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock mine = channel.tryLock()) {
      if (mine == null || Files.exists(ARCHIVE)) {
        return;
      }
      Path folder = Files.createTempDirectory("fundtrail-libraries");
      try {
        Path loaded = folder.resolve("loaded");
        serve(loaded, folder);
        Path made = folder.resolve("archive");
        dump(loaded, made);
        Files.move(made, ARCHIVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Folders.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Lists the classes that a start loads. */
  private static void serve(Path loaded, Path folder) throws IOException, InterruptedException {
    ProcessBuilder builder =
        java(
            List.of("-XX:DumpLoadedClassList=" + loaded),
            System.getProperty("java.class.path"),
            FUNDTRAIL,
            "serve",
            "--data",
            folder.resolve("data").toString(),
            "--port",
            "0");
    builder.environment().keySet().removeIf(name -> name.startsWith("FUNDTRAIL_"));
    Process service = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (BufferedReader lines = service.inputReader()) {
      if (lines.lines().noneMatch(line -> line.startsWith(READY))) {
        throw new IllegalStateException("the service did not start");
      }
      service.toHandle().destroy();
      lines.lines().forEach(_ -> {});
    } finally {
      if (!service.waitFor(1, TimeUnit.MINUTES)) {
        service.destroyForcibly();
      }
    }
  }

  private static void dump(Path loaded, Path made) throws IOException, InterruptedException {
    Process dump =
        java(
                List.of(
                    "-Xshare:dump",
                    "-XX:SharedClassListFile=" + loaded,
                    "-XX:SharedArchiveFile=" + made),
                classPath(true),
                FUNDTRAIL)
            .redirectErrorStream(true)
            .start();
    String said = new String(dump.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (dump.waitFor() != 0) {
      throw new IllegalStateException("the JVM archives no classes: " + said);
    }
  }
}
