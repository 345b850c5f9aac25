package io.fundtrail.index;

import java.util.Optional;

/**
 * How fast an index comes nearer to the chain's head, over the last half minute.
 *
 * @param secondsLeft until it is there at this rate; empty while it does not move, or the head is
 *     not known
 */
public record CatchUp(double eventsPerSecond, double blocksPerSecond, Optional<Long> secondsLeft) {}
