package io.fundtrail.cli;

/** Ctrl-C and SIGTERM. */
final class StopSignal {
  private static volatile boolean given;

  private StopSignal() {}

  /** Whether the process was told to stop; what fails from then on, fails for that. */
  static boolean given() {
    return given;
  }

  /** Closes what is open when the process is told to stop; it ends when that is done. */
  static void closes(AutoCloseable open) {
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> close(open)));
  }

  private static void close(AutoCloseable open) {
    given = true;
    try {
      open.close();
    } catch (Exception e) {
      throw new IllegalStateException("not everything was closed in order", e);
    }
  }
}
