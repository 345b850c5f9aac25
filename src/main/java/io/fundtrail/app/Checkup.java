package io.fundtrail.app;

import io.fundtrail.app.AppConfig.ChainSource;
import io.fundtrail.chain.BlockLogSummary;
import io.fundtrail.chain.ChainException;
import io.fundtrail.chain.ChainReader;
import io.fundtrail.model.BlockRef;
import io.fundtrail.store.Database;
import io.fundtrail.store.DatabaseException;
import io.fundtrail.store.DatabaseUrl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks at everything that the service needs of the machine, without changing anything. */
public final class Checkup {
  private static final int JAVA = 25;
  private static final int NODE = 20;
  private static final long GIB = 1L << 30;
  private static final long LEAST_SPACE = GIB / 4;
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);
  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.\\d+(\\.\\d+)?");

  private final AppConfig config;

  public Checkup(AppConfig config) {
    this.config = config;
  }

  /** Everything, in an order in which it can be mended. */
  public List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    findings.add(java());
    findings.add(buildTool("Node", NODE, "node", "--version"));
    findings.add(buildTool("npm", 1, "npm", "--version"));
    findings.add(buildTool("Maven", 3, "mvn", "--version"));
    switch (config.chain()) {
      case ChainSource.Embedded embedded -> {
        findings.add(anvil(embedded));
        findings.add(dataDirectory());
        findings.add(blockLog());
      }
      case ChainSource.External external -> {
        findings.add(dataDirectory());
        findings.add(endpoint(external));
      }
    }
    findings.add(space());
    findings.add(database());
    findings.add(port());
    return findings;
  }

  private static Finding java() {
    String found = "%s in %s".formatted(Runtime.version(), System.getProperty("java.home"));
    return Runtime.version().feature() >= JAVA
        ? Finding.good("Java", found)
        : Finding.bad("Java", "%s; %d or newer is needed".formatted(found, JAVA));
  }

  private static Finding buildTool(String name, int least, String... command) {
    Optional<String> answer = run(command);
    if (answer.isEmpty()) {
      return Finding.note(name, "not found; %d or newer is needed to build".formatted(least));
    }
    Matcher version = VERSION.matcher(answer.get());
    if (!version.find()) {
      return Finding.note(name, "answered \"%s\", which is no version".formatted(answer.get()));
    }
    return Integer.parseInt(version.group(1)) >= least
        ? Finding.good(name, version.group())
        : Finding.note(
            name, "%s; %d or newer is needed to build".formatted(version.group(), least));
  }

  private static Finding anvil(ChainSource.Embedded embedded) {
    Path binary;
    try {
      binary = embedded.binary();
    } catch (ChainException e) {
      return Finding.bad("anvil", String.valueOf(e.getMessage()));
    }
    return run(binary.toString(), "--version")
        .map(said -> Finding.good("anvil", "%s in %s".formatted(firstLine(said), binary)))
        .orElseGet(() -> Finding.bad("anvil", binary + " does not run"));
  }

  private Finding dataDirectory() {
    String what = "data directory";
    Path path = config.data().path();
    try {
      if (!Files.exists(path)) {
        return existingParent(path)
            .filter(Files::isWritable)
            .map(_ -> Finding.good(what, path + ", which will be created"))
            .orElseGet(() -> Finding.bad(what, path + " cannot be created here"));
      }
      if (!Files.isDirectory(path) || !Files.isWritable(path)) {
        return Finding.bad(what, path + " is not a folder that can be written");
      }
      return config
          .data()
          .holder()
          .map(pid -> Finding.note(what, "%s, in use by process %s".formatted(path, pid)))
          .orElseGet(() -> Finding.good(what, path + ", writable and free"));
    } catch (StartRefused e) {
      return Finding.bad(what, String.valueOf(e.getMessage()));
    }
  }

  private Finding blockLog() {
    String what = "block log";
    Path folder = config.data().chain();
    try {
      return BlockLogSummary.read(folder)
          .map(log ->
              Finding.good(
                  what,
                  "%d blocks to %s, written with %s"
                      .formatted(log.blocks(), log.lastTime(), log.anvilVersion())))
          .orElseGet(() -> Finding.good(what, "none yet"));
    } catch (ChainException e) {
      return Finding.bad(what, String.valueOf(e.getMessage()));
    }
  }

  private Finding space() {
    String what = "disk space";
    try {
      FileStore store =
          Files.getFileStore(existingParent(config.data().path()).orElse(Path.of("/")));
      long free = store.getUsableSpace();
      String found = "%.1f GiB free".formatted(free / (double) GIB);
      return free >= LEAST_SPACE
          ? Finding.good(what, found)
          : Finding.bad(what, found + "; %d MiB are needed".formatted(LEAST_SPACE >> 20));
    } catch (IOException e) {
      return Finding.bad(what, "unknown: " + e);
    }
  }

  private Finding database() {
    String what = "database";
    if (config.database() instanceof DatabaseUrl.Sqlite sqlite && !Files.exists(sqlite.file())) {
      return Finding.good(what, config.database() + ", which will be created");
    }
    try (Database database = Database.open(config.database())) {
      database.read(handle -> handle.createQuery("select 1").mapTo(Integer.class).one());
      return Finding.good(what, config.database() + " answers");
    } catch (DatabaseException e) {
      return Finding.bad(what, "%s: %s".formatted(config.database(), e.getMessage()));
    }
  }

  private Finding port() {
    String what = "port %d".formatted(config.port());
    try {
      ListeningPort.requireFree(config.bind(), config.port());
      return Finding.good(what, "free");
    } catch (StartRefused e) {
      String detail = String.valueOf(e.getMessage());
      return config.data().holder().isPresent()
          ? Finding.note(what, detail)
          : Finding.bad(what, detail);
    }
  }

  private static Finding endpoint(ChainSource.External external) {
    String what = "node";
    try (ChainReader chain = ChainReader.of(external.rpcUrl().toString(), ANSWER_LIMIT)) {
      BlockRef head = chain.head().ref();
      return Finding.good(
          what,
          "%s, chain %d, at block %d of %s"
              .formatted(external.rpcUrl().getHost(), chain.chainId(), head.number(), head.time()));
    } catch (ChainException e) {
      return Finding.bad(what, "%s: %s".formatted(external.rpcUrl().getHost(), e.getMessage()));
    }
  }

  private static Optional<Path> existingParent(Path path) {
    for (Path parent = path; parent != null; parent = parent.getParent()) {
      if (Files.exists(parent)) {
        return Optional.of(parent);
      }
    }
    return Optional.empty();
  }

  /** What a program says; empty if it is not there or fails. */
  private static Optional<String> run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      byte[] output = process.getInputStream().readAllBytes();
      if (!process.waitFor(ANSWER_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        return Optional.empty();
      }
      return process.exitValue() == 0
          ? Optional.of(new String(output, StandardCharsets.UTF_8).strip())
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
