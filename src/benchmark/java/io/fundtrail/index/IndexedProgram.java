package io.fundtrail.index;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * What a program did that ran {@link IndexedChain} by itself.
 *
 * @param megabytes the most memory that it had
 * @param slowing the rate of an index in its fourth fifth to that in its second; 0 of anything else
 */
record IndexedProgram(double seconds, double megabytes, double slowing) {
  private static final double KIB_PER_MB = 1024;

  /** Runs it to its end; what is only stored was read before, and held in memory. */
  static IndexedProgram run(String part, SyntheticNode node, String database, int perBlock)
      throws IOException, InterruptedException {
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Path.of(System.getProperty("fundtrail.home", ""), "src/main/jvm.options"),
                "-XX:+UseSerialGC",
                "-Xmx" + (part.equals("store") ? "2g" : "128m"),
                "-cp",
                System.getProperty("java.class.path"),
                IndexedChain.class.getName(),
                part,
                node.url(),
                database,
                String.valueOf(perBlock))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (program.waitFor() != 0) {
      throw new IllegalStateException("the benchmark's program failed: " + said);
    }
    String[] words = said.strip().split("\\s+", -1);
    return new IndexedProgram(
        Double.parseDouble(words[0]),
        Double.parseDouble(words[1]) / KIB_PER_MB,
        words.length < 4 ? 0 : Double.parseDouble(words[2]) / Double.parseDouble(words[3]));
  }
}
