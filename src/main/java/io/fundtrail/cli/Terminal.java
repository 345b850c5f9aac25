package io.fundtrail.cli;

import java.io.Console;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a command sees of the world around it.
 *
 * @param userHome the user's home directory
 * @param programHome where the program was built
 * @param interactive whether a person watches the output, so that a line may be drawn over
 */
record Terminal(
    PrintWriter out,
    PrintWriter err,
    Map<String, String> environment,
    Path userHome,
    Path programHome,
    boolean interactive) {

  static Terminal ofProcess() {
    return new Terminal(
        writer(System.out),
        writer(System.err),
        System.getenv(),
        Path.of(System.getProperty("user.home")),
        Path.of(System.getProperty("fundtrail.home", "")).toAbsolutePath(),
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent());
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, stream.charset()), true);
  }
}
