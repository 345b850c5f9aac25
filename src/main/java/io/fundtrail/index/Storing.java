package io.fundtrail.index;

import io.fundtrail.store.Uninterrupted;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** The storing of one range, which goes on while the next one is read. For one thread. */
final class Storing {
  private @Nullable FutureTask<@Nullable Void> underWay;

  /** Begins to store a range, once the one before is stored. */
  void begin(Runnable store) {
    finish();
    underWay = new FutureTask<>(store, null);
    Thread.ofVirtual().name("index-store").start(underWay);
  }

  /** Waits until all is stored, and throws on what kept it from being stored. */
  void finish() {
    FutureTask<@Nullable Void> waited = underWay;
    underWay = null;
    if (waited != null) {
      Uninterrupted.join(waited);
    }
  }
}
