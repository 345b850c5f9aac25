package io.fundtrail.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the tests of faults are told and what they count, over the whole run of the tests: the
 * system property {@code fundtrail.chaos.seed} repeats one, {@code fundtrail.chaos.times} makes
 * each go on for so much longer, and {@code target/chaos.json} says how often what happened.
 */
public final class Chaos {
  private static final Logger LOG = LoggerFactory.getLogger(Chaos.class);
  private static final long SEED = Long.getLong("fundtrail.chaos.seed", 1);
  private static final int TIMES = Integer.getInteger("fundtrail.chaos.times", 1);
  private static final Path REPORT =
      Path.of(System.getProperty("fundtrail.home", ""), "target", "chaos.json");

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final Map<String, Long> COUNTS = new TreeMap<>();

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
    COUNTS.merge(what, more, Long::sum);
    try {
      JSON.writeValue(REPORT.toFile(), COUNTS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
