package io.fundtrail.round;

import io.fundtrail.model.Address;
import java.time.Instant;

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
    Instant deadline) {}
