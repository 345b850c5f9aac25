package io.fundtrail.store;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Waits to the end even when interrupted: what was begun is either committed or rolled back. */
public final class Uninterrupted {
  private Uninterrupted() {}

  /** The result of a task, or what it threw; an interrupt is kept for afterwards. */
  public static <T extends @Nullable Object> T join(Future<T> future) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw asUnchecked(e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException asUnchecked(ExecutionException e) {
    return switch (e.getCause()) {
      case RuntimeException unchecked -> unchecked;
      case Error error -> throw error;
      case null, default -> new IllegalStateException(e);
    };
  }
}
