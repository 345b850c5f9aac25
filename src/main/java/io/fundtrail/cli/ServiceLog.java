package io.fundtrail.cli;

/** What the service says of its own accord, on standard error; other commands only warn. */
final class ServiceLog {
  private static final String LEVEL = "org.slf4j.simpleLogger.log.io.fundtrail";

  private ServiceLog() {}

  /**
   * Writes it, unless the caller of this program wants another level. Before anything is logged.
   */
  static void write() {
    if (System.getProperty(LEVEL) == null) {
      System.setProperty(LEVEL, "info");
    }
  }
}
