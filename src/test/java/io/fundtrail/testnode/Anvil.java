package io.fundtrail.testnode;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.web3j.protocol.Web3jService;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.methods.response.VoidResponse;

/**
 * The project's anvil on a free loopback port. It ends when closed and also when this JVM ends,
 * however that happens: a shell between the two waits for the end of its standard input, which the
 * kernel brings about when the JVM is gone.
 */
public final class Anvil implements Node {
  private static final String TIED_TO_ITS_STANDARD_INPUT =
      "\"$@\" & node=$!; cat >/dev/null; kill $node; wait $node";
  private static final String A_MILLION_ETHER = "0xd3c21bcecceda1000000";
  private static final Pattern LISTENING = Pattern.compile("Listening on 127\\.0\\.0\\.1:(\\d+)");

  private final Process shell;
  private final URI rpcUrl;

  private Anvil(Process shell, URI rpcUrl) {
    this.shell = shell;
    this.rpcUrl = rpcUrl;
  }

  /** Starts a node at Cancun and waits until it listens. */
  public static Anvil start() {
    return start("cancun");
  }

  static Anvil start(String hardfork, String... options) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("/bin/sh", "-c", TIED_TO_ITS_STANDARD_INPUT, "sh"));
    command.add(binary().toString());
    command.addAll(List.of("--host", "127.0.0.1", "--port", "0", "--no-cors"));
    command.addAll(List.of("--hardfork", hardfork, "--order", "fifo"));
    command.addAll(List.of(options));
    try {
      Process shell = new ProcessBuilder(command).redirectErrorStream(true).start();
      BufferedReader output = shell.inputReader();
      URI rpcUrl = listening(output);
      // Left unread, the pipe would fill and hold up the node.
      Thread.ofPlatform().daemon().start(() -> output.lines().forEach(_ -> {}));
      return new Anvil(shell, rpcUrl);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Path binary() {
    Path home = Path.of(System.getProperty("fundtrail.home", ""));
    Path foundry = home.resolve("contracts/node_modules/@foundry-rs");
    Path binary = foundry.resolve("anvil-linux-amd64/bin/anvil").toAbsolutePath();
    if (!Files.isExecutable(binary)) {
      throw new IllegalStateException(
          "No anvil at " + binary + "; mvn -Pquick initialize in the project installs it");
    }
    return binary;
  }

  private static URI listening(BufferedReader output) throws IOException {
    StringBuilder said = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher listening = LISTENING.matcher(line);
      if (listening.find()) {
        return URI.create("http://127.0.0.1:" + listening.group(1));
      }
      said.append(line).append('\n');
    }
    throw new IllegalStateException("anvil ended before it listened; it said: " + said);
  }

  @Override
  public URI rpcUrl() {
    return rpcUrl;
  }

  /** Gives the account a million ether. */
  void fund(String account) {
    Web3jService service = startService();
    try {
      VoidResponse response =
          new Request<>(
                  "anvil_setBalance",
                  List.of(account, A_MILLION_ETHER),
                  service,
                  VoidResponse.class)
              .send();
      if (response.hasError()) {
        throw new IllegalStateException(
            "anvil does not fund " + account + ": " + response.getError().getMessage());
      }
      service.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Ends the node and waits until it has ended. */
  @Override
  public void close() {
    try {
      shell.outputWriter().close();
      shell.waitFor();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      shell.descendants().forEach(ProcessHandle::destroyForcibly);
      Thread.currentThread().interrupt();
    }
  }
}
