package io.fundtrail.cli;

/** Ctrl-C and SIGTERM. */
final class StopSignal {
  private StopSignal() {}

  /** Closes what is open when the process is told to stop; it ends when that is done. */
  static void closes(AutoCloseable open) {
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> close(open)));
  }

  private static void close(AutoCloseable open) {
    try {
      open.close();
    } catch (Exception e) {
      throw new IllegalStateException("not everything was closed in order", e);
    }
  }
}
