package io.fundtrail.model;

import java.time.Instant;

/** One block: its number, hash and timestamp (whole seconds, UTC). */
public record BlockRef(long number, Hash hash, Instant time) {
  public BlockRef {
    if (number < 0) {
      throw new IllegalArgumentException("block number must be 0 or more, not " + number);
    }
    if (time.getNano() != 0 || time.getEpochSecond() < 0) {
      throw new IllegalArgumentException(
          "block time must be whole seconds since 1970, not " + time);
    }
  }

  @Override
  public String toString() {
    return "block " + number + " (" + hash + ")";
  }
}
