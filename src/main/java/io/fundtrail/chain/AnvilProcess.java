package io.fundtrail.chain;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running anvil, reachable on a random port of, where the system has them all, a random
 * loopback address: it obeys whoever reaches it, and takes web sockets from any page. Ending it
 * ends the process.
 */
final class AnvilProcess implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AnvilProcess.class);
  private static final Pattern LISTENING = Pattern.compile("Listening on (127\\.[0-9.]+:[0-9]+)");
  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final Duration END_LIMIT = Duration.ofSeconds(5);
  private static final int KEPT_LINES = 20;
  private static final String CACHE_OPTION = "--cache-path";

  private final Process process;
  private final CompletableFuture<String> address;
  private final Deque<String> output;

  private AnvilProcess(Process process) {
    this.process = process;
    this.address = new CompletableFuture<>();
    this.output = new ArrayDeque<>();
  }

  /**
   * Starts anvil and waits until it listens.
   *
   * @param home the folder it keeps old states in, and by which it is known to be ours
   * @throws ChainException if it does not start
   */
  static AnvilProcess start(Path binary, List<String> arguments, Path home) {
    List<String> command = new ArrayList<>(List.of(binary.toString()));
    command.addAll(arguments);
    command.addAll(List.of("--host", loopbackAddress(), "--port", "0", "--no-cors"));
    command.addAll(List.of("--no-request-size-limit", CACHE_OPTION, home.toString()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("HOME", home.toString());
    builder.environment().put("NO_COLOR", "1");
    AnvilProcess anvil;
    try {
      Files.createDirectories(home);
      anvil = new AnvilProcess(builder.directory(home.toFile()).start());
    } catch (IOException e) {
      throw new ChainException("anvil could not be started from " + binary, e);
    }
    // Reading a pipe would keep a carrier of virtual threads for as long as the node lives.
    Thread.ofPlatform().daemon().name("anvil-output").start(anvil::readOutput);
    try {
      anvil.awaitAddress();
    } catch (ChainException e) {
      anvil.close();
      throw e;
    }
    return anvil;
  }

  /**
   * Ends every anvil that still runs with this folder: one whose service was killed. Only to be
   * called by whoever holds the folder's lock.
   */
  static void endStale(Path home) {
    running(home).forEach(AnvilProcess::end);
  }

  /** Every anvil that runs with this folder. */
  static List<ProcessHandle> running(Path home) {
    return ProcessHandle.allProcesses().filter(process -> runsIn(process, home)).toList();
  }

  String url() {
    return "http://" + address.join();
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  CompletableFuture<Process> onExit() {
    return process.onExit();
  }

  /** Ends the process, by force if it does not go by itself. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** Linux answers on all of 127.0.0.0/8; elsewhere there is only the first address. */
  private static String loopbackAddress() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return "127.0.0.1";
    }
    SecureRandom random = new SecureRandom();
    return "127.%d.%d.%d"
        .formatted(random.nextInt(1, 255), random.nextInt(0, 256), random.nextInt(1, 255));
  }

  private static boolean runsIn(ProcessHandle process, Path home) {
    List<String> arguments = List.of(process.info().arguments().orElse(new String[0]));
    int option = arguments.indexOf(CACHE_OPTION);
    return option >= 0
        && arguments.subList(option + 1, arguments.size()).indexOf(home.toString()) == 0
        && process.info().command().filter(AnvilProcess::isAnvil).isPresent();
  }

  private static boolean isAnvil(String command) {
    return Path.of(command).getFileName().toString().startsWith("anvil");
  }

  private static void end(ProcessHandle process) {
    LOG.warn("Ending the node {} that an earlier run left behind", process.pid());
    process.destroyForcibly();
    try {
      process.onExit().get(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new ChainException("the node " + process.pid() + " of an earlier run does not end", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ChainException("interrupted while ending the node " + process.pid(), e);
    }
  }

  private void awaitAddress() {
    try {
      address.get(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new ChainException("anvil did not start; it said: " + said(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ChainException("interrupted while anvil was starting", e);
    }
  }

  /** Reads to the end, so that the process never waits for a full pipe. */
  private void readOutput() {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher listening = LISTENING.matcher(line);
        if (listening.find()) {
          address.complete(listening.group(1));
        }
        remember(line);
      }
      address.completeExceptionally(new IOException("its output ended"));
    } catch (IOException e) {
      address.completeExceptionally(e);
    }
  }

  private synchronized void remember(String line) {
    if (!line.isBlank()) {
      output.addLast(line.strip());
      if (output.size() > KEPT_LINES) {
        output.removeFirst();
      }
    }
  }

  private synchronized String said() {
    return String.join(" / ", output);
  }
}
