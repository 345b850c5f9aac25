package io.fundtrail.chain;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** One running anvil, reachable on a random loopback port. Ending it ends the process. */
final class AnvilProcess implements AutoCloseable {
  private static final Pattern LISTENING = Pattern.compile("Listening on 127\\.0\\.0\\.1:(\\d+)");
  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final Duration END_LIMIT = Duration.ofSeconds(5);
  private static final int KEPT_LINES = 20;

  private final Process process;
  private final CompletableFuture<Integer> port;
  private final Deque<String> output;

  private AnvilProcess(Process process) {
    this.process = process;
    this.port = new CompletableFuture<>();
    this.output = new ArrayDeque<>();
  }

  /**
   * Starts anvil and waits until it listens.
   *
   * @param home the folder it may write in, whatever it caches
   * @throws ChainException if it does not start
   */
  static AnvilProcess start(Path binary, List<String> arguments, Path home) {
    List<String> command = new ArrayList<>(List.of(binary.toString()));
    command.addAll(arguments);
    command.addAll(List.of("--host", "127.0.0.1", "--port", "0", "--no-cors"));
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
    Thread.ofVirtual().name("anvil-output").start(anvil::readOutput);
    try {
      anvil.awaitPort();
    } catch (ChainException e) {
      anvil.close();
      throw e;
    }
    return anvil;
  }

  String url() {
    return "http://127.0.0.1:" + port.join();
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

  private void awaitPort() {
    try {
      port.get(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
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
          port.complete(Integer.valueOf(listening.group(1)));
        }
        remember(line);
      }
      port.completeExceptionally(new IOException("its output ended"));
    } catch (IOException e) {
      port.completeExceptionally(e);
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
