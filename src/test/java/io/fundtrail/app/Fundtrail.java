package io.fundtrail.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fundtrail.testnode.JavaProgram;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program in a process of its own, as a person starts it. Ended with its node when closed. */
final class Fundtrail implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Pattern URL = Pattern.compile("(http://127\\.0\\.0\\.1:\\d+)");

  private final Process process;
  private final List<String> said = new ArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();

  private Fundtrail(Process process) {
    this.process = process;
    Thread.ofVirtual().start(this::listen);
  }

  static Fundtrail start(String... args) {
    return start(Map.of(), args);
  }

  /** Starts a command; the environment has no settings but these. */
  static Fundtrail start(Map<String, String> environment, String... args) {
    return start(command(args).redirectErrorStream(true), environment);
  }

  /** Starts a command whose standard error goes to a file; what it says is the rest. */
  static Fundtrail startLoggingTo(Path file, String... args) {
    return start(command(args).redirectError(file.toFile()), Map.of());
  }

  private static ProcessBuilder command(String... args) {
    return JavaProgram.of(List.of(), JavaProgram.FUNDTRAIL, args);
  }

  private static Fundtrail start(ProcessBuilder builder, Map<String, String> environment) {
    builder.environment().keySet().removeIf(name -> name.startsWith("FUNDTRAIL_"));
    builder.environment().putAll(environment);
    try {
      return new Fundtrail(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until a line has this in it, and gives the line. */
  String awaitLine(String part) {
    await("the words \"" + part + "\"", lines -> lines.stream().anyMatch(l -> l.contains(part)));
    return lines().stream().filter(line -> line.contains(part)).findFirst().orElseThrow();
  }

  /** Waits until so many lines have this in them. */
  void awaitLines(int count, String part) {
    await(
        count + " lines with \"" + part + "\"",
        lines -> lines.stream().filter(line -> line.contains(part)).count() >= count);
  }

  /** Waits until the command ends, and gives its exit code. */
  int awaitExit() {
    try {
      if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        fail("it did not end; it said: " + lines());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** All that was said until now, standard error included. */
  List<String> lines() {
    synchronized (said) {
      return List.copyOf(said);
    }
  }

  String text() {
    return String.join("\n", lines());
  }

  /** Where it serves, once it has said so. */
  URI url() {
    Matcher matcher = URL.matcher(awaitLine("http://127.0.0.1:"));
    assertThat(matcher.find()).isTrue();
    return URI.create(matcher.group(1));
  }

  /** What it answers to a GET, which must succeed. */
  JsonNode get(String path) {
    try {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(url().resolve(path)).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      return new ObjectMapper().readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Waits until the index follows the chain and has indexed a block at least. */
  JsonNode awaitFollowing(long block) {
    long until = System.nanoTime() + PATIENCE.toNanos();
    JsonNode status = get("/v1/status");
    while (!status.at("/index/state").asText().equals("following")
        || status.at("/asOf/blockNumber").asLong() < block) {
      assertThat(System.nanoTime()).as(status + text()).isLessThan(until);
      awaitMoreOutput();
      status = get("/v1/status");
    }
    return status;
  }

  /** The node that it started. */
  ProcessHandle node() {
    return process
        .descendants()
        .filter(child -> child.info().command().orElse("").endsWith("/anvil"))
        .findFirst()
        .orElseThrow();
  }

  /** SIGTERM. */
  void stop() {
    process.destroy();
  }

  /** kill -9 of the program and its node. */
  void killEverything() {
    ProcessHandle node = node();
    process.destroyForcibly();
    node.destroyForcibly();
    awaitExit();
    awaitEnd(node);
  }

  static void awaitEnd(ProcessHandle ending) {
    try {
      ending.onExit().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      fail("process " + ending.pid() + " is still alive");
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether somebody listens there. */
  static boolean answers(URI url) throws IOException {
    try (Socket _ = new Socket(url.getHost(), url.getPort())) {
      return true;
    } catch (ConnectException refused) {
      return false;
    }
  }

  @Override
  public void close() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    client.close();
  }

  private void listen() {
    try (BufferedReader reader = process.inputReader()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        synchronized (said) {
          said.add(line);
          said.notifyAll();
        }
      }
    } catch (IOException _) {
      // It is closed while it is read, as whoever waits for the process may.
    } finally {
      synchronized (said) {
        said.notifyAll();
      }
    }
  }

  private void await(String what, Predicate<List<String>> condition) {
    long until = System.nanoTime() + PATIENCE.toNanos();
    synchronized (said) {
      while (!condition.test(said)) {
        long left = (until - System.nanoTime()) / 1_000_000;
        if (left <= 0 || (!process.isAlive() && !condition.test(said))) {
          fail("waited for " + what + "; it said: " + String.join("\n", said));
        }
        awaitMoreOutput();
      }
    }
  }

  /** For a while only: what is waited for may show elsewhere. */
  private void awaitMoreOutput() {
    synchronized (said) {
      try {
        said.wait(100);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }
}
