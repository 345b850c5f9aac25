package io.fundtrail.index;

import io.fundtrail.model.LogRef;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** In how many logs a journal differs from the true one. */
record Difference(long lost, long doubled, long altered) {
  static Difference between(List<LogEntry> truth, List<LogEntry> stored) {
    Map<LogRef, LogEntry> due = byPlace(truth);
    Map<LogRef, LogEntry> there = byPlace(stored);
    return new Difference(
        due.keySet().stream().filter(place -> !there.containsKey(place)).count(),
        there.keySet().stream().filter(place -> !due.containsKey(place)).count(),
        due.entrySet().stream()
            .filter(entry -> there.containsKey(entry.getKey()))
            .filter(entry -> !entry.getValue().equals(there.get(entry.getKey())))
            .count());
  }

  long all() {
    return lost + doubled + altered;
  }

  private static Map<LogRef, LogEntry> byPlace(List<LogEntry> journal) {
    return journal.stream()
        .collect(Collectors.toMap(entry -> entry.log().ref(), Function.identity()));
  }
}
