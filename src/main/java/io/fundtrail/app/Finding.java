package io.fundtrail.app;

/** One thing that was checked, and how it stands. */
public record Finding(Verdict verdict, String what, String detail) {
  /** Whether it stands in the way. */
  public enum Verdict {
    GOOD,
    /** It works without, but somebody should know. */
    NOTE,
    BAD
  }

  static Finding good(String what, String detail) {
    return new Finding(Verdict.GOOD, what, detail);
  }

  static Finding note(String what, String detail) {
    return new Finding(Verdict.NOTE, what, detail);
  }

  static Finding bad(String what, String detail) {
    return new Finding(Verdict.BAD, what, detail);
  }
}
