package io.fundtrail.index;

/** What an index compares the logs with that an endpoint gives. */
public enum Verification {
  /** The history heads that the chain proves: content and order of every contract's events. */
  HEADS,

  /**
   * The receipts and transactions of every block that may have a log, besides the heads: also which
   * transaction a log is of, and where in its block it stands. Every header is read.
   */
  RECEIPTS;

  /**
   * Reads the setting: {@code heads} or {@code receipts}.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public static Verification parse(String text) {
    return switch (text) {
      case "heads" -> HEADS;
      case "receipts" -> RECEIPTS;
      default ->
          throw new IllegalArgumentException(
              "what to verify by is heads or receipts, not \"" + text + "\"");
    };
  }
}
