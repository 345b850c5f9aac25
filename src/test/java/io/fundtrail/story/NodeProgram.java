package io.fundtrail.story;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program for Node that is asked once: JSON or lines on its standard input, an answer back. */
final class NodeProgram {
  static final Path HOME = Path.of(System.getProperty("fundtrail.home", ""));
  private static final String PUBLISHED_CODES = "target/classes/io/fundtrail/proof/codes.json";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MINUTES = 15;

  private NodeProgram() {}

  /** What the program answers to one JSON value. */
  static JsonNode ask(String program, Object question) throws IOException, InterruptedException {
    return JSON.readTree(run(List.of(program), JSON.writeValueAsBytes(question)));
  }

  /**
   * What the browser's verifier says of bundles: {@code ACCEPTED}, or why not.
   *
   * @param questions each a bundle's text, the chain's number, and the hashes that are known
   */
  static List<String> browserVerdicts(List<List<Object>> questions)
      throws IOException, InterruptedException {
    StringBuilder lines = new StringBuilder();
    for (List<Object> question : questions) {
      lines.append(JSON.writeValueAsString(question)).append('\n');
    }
    return run(
            List.of("src/main/web/verify/test/judge.js", PUBLISHED_CODES),
            lines.toString().getBytes(StandardCharsets.UTF_8))
        .lines()
        .toList();
  }

  private static String run(List<String> command, byte[] input)
      throws IOException, InterruptedException {
    Path asked = Files.createTempFile("asked", ".json");
    Path answered = Files.createTempFile("answered", ".json");
    try {
      Files.write(asked, input);
      Process process =
          new ProcessBuilder(Stream.concat(Stream.of("node"), command.stream()).toList())
              .directory(HOME.toAbsolutePath().toFile())
              .redirectInput(asked.toFile())
              .redirectOutput(answered.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError(command + " does not end");
      }
      if (process.exitValue() != 0) {
        throw new AssertionError(command + " ended with " + process.exitValue());
      }
      return Files.readString(answered);
    } finally {
      Files.delete(asked);
      Files.delete(answered);
    }
  }
}
