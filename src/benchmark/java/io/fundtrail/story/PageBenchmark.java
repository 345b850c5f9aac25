package io.fundtrail.story;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * How long the page takes, in a real browser on the same machine, for somebody who was never here:
 * to the first paint, and until the rounds are there, beside the paint of a page that asks for
 * nothing.
 */
public final class PageBenchmark {
  private static final String PROGRAM = "src/benchmark/web/first-view.js";

  private PageBenchmark() {}

  /** Prints what it measures. */
  static void main(String[] args) throws IOException, InterruptedException {
    measure(Files.createTempDirectory("fundtrail-page"))
        .forEach((name, value) -> System.out.printf("%-30s %,14.1f%n", name, value));
    System.exit(0);
  }

  /** The figures by name. */
  public static Map<String, Double> measure(Path folder) throws IOException, InterruptedException {
    PageScenario.play(PROGRAM, Files.createDirectories(folder));
    Path figures = NodeProgram.HOME.resolve("target/first-view.json");
    return new ObjectMapper().readValue(figures.toFile(), new TypeReference<>() {});
  }
}
