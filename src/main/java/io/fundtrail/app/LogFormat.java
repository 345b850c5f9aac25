package io.fundtrail.app;

/** How the program logs on standard error. */
public enum LogFormat {
  /** A line for people: time, level, who says it, what. */
  TEXT,

  /** A JSON object a line, with what a line is about in fields of its own. */
  JSON;

  /**
   * Reads the setting: {@code text} or {@code json}.
   *
   * @throws IllegalArgumentException if it is neither
   */
  static LogFormat parse(String text) {
    return switch (text) {
      case "text" -> TEXT;
      case "json" -> JSON;
      default ->
          throw new IllegalArgumentException(
              "the log's format is text or json, not \"" + text + "\"");
    };
  }
}
