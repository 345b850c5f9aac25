package io.fundtrail.chain;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** A clock on which a second passes each time it is read, so that no sender ever waits. */
final class SteppingClock implements InstantSource {
  private final AtomicLong second;

  SteppingClock(Instant start) {
    second = new AtomicLong(start.getEpochSecond());
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochSecond(second.getAndIncrement());
  }
}
