package io.fundtrail.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fundtrail.testnode.JavaProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChaosTest {
  private static final int EACH = 200;

  @TempDir private Path folder;

  @Test
  void programsThatCountAtTheSameTimeLoseNothing() throws Exception {
    Instant started = Instant.now().minusSeconds(10);
    Path report = folder.resolve("chaos.json");
    List<Process> programs = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      programs.add(
          JavaProgram.of(Counting.class, report.toString(), started.toString())
              .inheritIO()
              .start());
    }
    for (Process program : programs) {
      assertThat(program.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(program.exitValue()).isZero();
    }
    assertThat(read(report)).isEqualTo(Map.of("kills", 3L * EACH));
  }

  @Test
  void whatAnEarlierRunCountedIsLeftOut() throws IOException {
    Path report = folder.resolve("chaos.json");
    Instant started = Instant.now().minusSeconds(10);
    Chaos.count(report, started, "kills", 5);
    Files.setLastModifiedTime(report, FileTime.from(started.minusSeconds(1)));
    Chaos.count(report, started, "faults", 0);
    Chaos.count(report, started, "faults", 2);
    assertThat(read(report)).isEqualTo(Map.of("faults", 2L));
  }

  private static Map<String, Long> read(Path report) throws IOException {
    return new ObjectMapper().readValue(report.toFile(), new TypeReference<>() {});
  }

  /** Counts, as one of several programs. */
  static final class Counting {
    static void main(String[] args) {
      for (int i = 0; i < EACH; i++) {
        Chaos.count(Path.of(args[0]), Instant.parse(args[1]), "kills", 1);
      }
    }
  }
}
