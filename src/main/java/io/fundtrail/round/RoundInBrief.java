package io.fundtrail.round;

import io.fundtrail.model.Address;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** A round where another thing is told about, as the API gives it. */
public record RoundInBrief(
    Address address,
    String company,
    String filing,
    Address shareClass,
    RoundStatus status,
    String price,
    String currency,
    Instant opensAt,
    Instant deadline) {
  /** The round of an address, if it was open after the block. */
  public static Optional<RoundInBrief> find(Handle handle, Address address, long block) {
    return Rounds.find(handle, address, block).map(Round::inBrief);
  }
}
