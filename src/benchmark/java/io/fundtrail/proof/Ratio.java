package io.fundtrail.proof;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A figure beside another of the same run, which is what it cannot surpass, or what another program
 * makes of the same. Both had the same machine, so that their ratio says something where neither
 * does.
 *
 * @param least below which the build fails; far below what is measured, so that nothing else that
 *     the machine does can bring it there
 */
record Ratio(String figure, String beside, double least) {
  /** All that fail a build. */
  static final List<Ratio> ALL =
      List.of(
          new Ratio("proof.storage.per_s", "proof.storage.peer_per_s", 5),
          new Ratio("proof.storage.per_s", "proof.storage.tuweni_per_s", 2),
          new Ratio("index.dense.events_per_s", "index.dense.floor_events_per_s", 0.15),
          new Ratio("index.sparse.events_per_s", "index.sparse.floor_events_per_s", 0.12),
          new Ratio(
              "index.postgresql.dense.events_per_s",
              "index.postgresql.dense.store_events_per_s",
              0.04),
          new Ratio("api.balance.rps", "api.floor.rps", 0.2),
          new Ratio("api.events.rps", "api.floor.rps", 0.02),
          new Ratio("api.past.rps", "api.floor.rps", 0.003));

  double of(Map<String, Double> figures) {
    return read(figures, figure) / read(figures, beside);
  }

  boolean isKept(Map<String, Double> figures) {
    return of(figures) >= least;
  }

  String told(Map<String, Double> figures) {
    return "%-36s %,12.1f  = %9.4f of %-42s %,12.1f%s"
        .formatted(
            figure,
            read(figures, figure),
            of(figures),
            beside,
            read(figures, beside),
            isKept(figures) ? "" : ", which is less than " + least);
  }

  private static double read(Map<String, Double> figures, String name) {
    return Objects.requireNonNull(figures.get(name), name);
  }
}
