package io.fundtrail.store;

import java.util.Locale;

/** Patterns for {@code like :text escape '!'}, where the column holds text in lower case. */
public final class LikePattern {
  private LikePattern() {}

  /** Of whatever contains a text, whatever its case. */
  public static String containing(String text) {
    return "%" + text.toLowerCase(Locale.ROOT).replaceAll("([!%_])", "!$1") + "%";
  }
}
