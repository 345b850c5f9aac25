package io.fundtrail.testnode;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A node with another EVM than anvil's, from npm, on a free loopback port. */
public final class Hardhat implements AutoCloseable {
  private static final Pattern LISTENING =
      Pattern.compile("server at (http://127\\.0\\.0\\.1:\\d+)");

  private final Process process;
  private final URI rpcUrl;

  private Hardhat(Process process, URI rpcUrl) {
    this.process = process;
    this.rpcUrl = rpcUrl;
  }

  /** Starts the node and waits until it listens. */
  public static Hardhat start() {
    Path folder = Path.of(System.getProperty("fundtrail.home", ""), "src/test/hardhat");
    ProcessBuilder command =
        new ProcessBuilder(
                "node",
                "node_modules/hardhat/internal/cli/bootstrap.js",
                "node",
                "--hostname",
                "127.0.0.1",
                "--port",
                "0")
            .directory(folder.toFile())
            .redirectErrorStream(true);
    command.environment().put("HARDHAT_DISABLE_TELEMETRY_PROMPT", "true");
    try {
      Process process = command.start();
      BufferedReader output = process.inputReader();
      StringBuilder said = new StringBuilder();
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        Matcher listening = LISTENING.matcher(line);
        if (listening.find()) {
          // Left unread, the pipe would fill and hold up the node.
          Thread.ofPlatform().daemon().start(() -> output.lines().forEach(_ -> {}));
          return new Hardhat(process, URI.create(listening.group(1)));
        }
        said.append(line).append('\n');
      }
      throw new IllegalStateException("the node ended before it listened; it said: " + said);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public URI rpcUrl() {
    return rpcUrl;
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
