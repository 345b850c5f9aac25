package io.fundtrail.chaos;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the tests of faults are told and what they count, over the whole run of the tests, however
 * many JVMs share it: the system property {@code fundtrail.chaos.seed} repeats one, {@code
 * fundtrail.chaos.times} makes each go on for so much longer, and {@code target/chaos.json} says
 * how often what happened since {@code fundtrail.test.started}.
 */
public final class Chaos {
  private static final Logger LOG = LoggerFactory.getLogger(Chaos.class);
  private static final long SEED = Long.getLong("fundtrail.chaos.seed", 1);
  private static final int TIMES = Integer.getInteger("fundtrail.chaos.times", 1);
  private static final Path REPORT =
      Path.of(System.getProperty("fundtrail.home", ""), "target", "chaos.json");

  /** A report from before is of another run. */
  private static final Instant STARTED =
      Optional.ofNullable(System.getProperty("fundtrail.test.started"))
          .map(Instant::parse)
          .or(() -> ProcessHandle.current().info().startInstant())
          .orElseThrow();

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final TypeReference<Map<String, Long>> COUNTS = new TypeReference<>() {};

  private Chaos() {}

  /** How much longer than in the build. */
  public static int times() {
    return TIMES;
  }

  /** Chance for one test, which is told with its seed so that it can be had again. */
  public static Random random(String test) {
    LOG.info("{} has the seed {}", test, SEED);
    return new Random(SEED * 31 + test.hashCode());
  }

  /** Adds to a count; zero makes it known. */
  public static synchronized void count(String what, long more) {
    count(REPORT, STARTED, what, more);
  }

  /** Adds to a count of a report, which begins anew if it was last written before the run. */
  static void count(Path report, Instant started, String what, long more) {
    try (FileChannel file =
            FileChannel.open(
                report,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        FileLock _ = file.lock()) {
      Map<String, Long> counts = new TreeMap<>();
      if (!Files.getLastModifiedTime(report).toInstant().isBefore(started) && file.size() > 0) {
        ByteBuffer read = ByteBuffer.allocate((int) file.size());
        while (read.hasRemaining() && file.read(read) >= 0) {
          // Until the file's end.
        }
        counts.putAll(JSON.readValue(read.array(), COUNTS));
      }
      counts.merge(what, more, Long::sum);
      ByteBuffer written = ByteBuffer.wrap(JSON.writeValueAsBytes(counts));
      file.truncate(0);
      while (written.hasRemaining()) {
        file.write(written, written.position());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
