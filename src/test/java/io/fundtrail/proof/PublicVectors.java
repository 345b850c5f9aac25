package io.fundtrail.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The public test vectors, which lie beside the project in {@code ../shared/data/vectors} (or where
 * the system property {@code fundtrail.shared.data} says). A test that needs them is skipped where
 * they are absent.
 */
final class PublicVectors {
  private static final ObjectMapper JSON = new ObjectMapper();

  private PublicVectors() {}

  static Path file(String name) {
    Path home = Path.of(System.getProperty("fundtrail.home", ""));
    String data = System.getProperty("fundtrail.shared.data", "../shared/data");
    Path file = home.resolve(data).resolve("vectors").resolve(name).normalize();
    Assumptions.assumeTrue(
        Files.exists(file),
        "the public vectors are not here: " + file + " (set -Dfundtrail.shared.data)");
    return file;
  }

  static JsonNode json(String name) throws IOException {
    return JSON.readTree(file(name).toFile());
  }

  static List<Path> files(String folder, String suffix) throws IOException {
    try (Stream<Path> files = Files.walk(file(folder))) {
      return files.filter(path -> path.toString().endsWith(suffix)).sorted().toList();
    }
  }

  /** The result of the call recorded in an execution-apis file. */
  static JsonNode recordedResult(Path file) throws IOException {
    String answer =
        Files.readAllLines(file).stream()
            .filter(line -> line.startsWith("<< "))
            .findFirst()
            .orElseThrow();
    return JSON.readTree(answer.substring(3)).path("result");
  }
}
