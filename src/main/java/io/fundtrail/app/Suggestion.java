package io.fundtrail.app;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What somebody may have meant who wrote a name that there is not. */
public final class Suggestion {
  private Suggestion() {}

  /** The end of a message: the nearest of the known names if it is near, else all of them. */
  public static String of(String unknown, List<String> known) {
    String nearest =
        known.stream().min(Comparator.comparingInt(name -> distance(unknown, name))).orElseThrow();
    int tolerated = Math.max(2, unknown.length() / 4);
    return known.stream()
        .filter(name -> name.startsWith(unknown))
        .findFirst()
        .or(() -> Optional.of(nearest).filter(name -> distance(unknown, name) <= tolerated))
        .map(meant -> "; did you mean " + meant + "?")
        .orElseGet(() -> "; there are " + String.join(", ", known));
  }

  /** Levenshtein: how many letters must be added, dropped or changed. */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(changed, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
