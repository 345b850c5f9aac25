package io.fundtrail.round;

import io.fundtrail.model.TokenAmount;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How a round stands after a block; each event makes the next state. */
record RoundState(Stage stage, Escrow escrow, Outcome outcome) {
  static final RoundState OPENED =
      new RoundState(
          new Stage(RoundStatus.OPEN, false, null),
          new Escrow(0, Sum.NONE, Sum.NONE, Sum.NONE, Sum.NONE),
          new Outcome(Sum.NONE, Credit.NONE, Credit.NONE));

  /** How far the round has come. */
  record Stage(RoundStatus status, boolean paused, @Nullable Instant closedAt) {}

  /**
   * Its investors' money.
   *
   * @param persons who ever committed, and so the next place in the order
   * @param raised what is committed; from closing on, what was at closing
   * @param held what the round holds for its investors
   * @param cancelled what they took back, with what they were paid
   * @param refunded what was refunded, with what was paid
   */
  record Escrow(int persons, Sum raised, Sum held, Sum cancelled, Sum refunded) {}

  /** What was settled, and who is credited with it. */
  record Outcome(Sum sold, Credit proceeds, Credit fee) {}

  RoundState in(RoundStatus status) {
    return with(new Stage(status, stage.paused, stage.closedAt));
  }

  RoundState closed(Instant time) {
    return with(new Stage(RoundStatus.TALLYING, stage.paused, time));
  }

  RoundState paused(boolean paused) {
    return with(new Stage(stage.status, paused, stage.closedAt));
  }

  /** Shares were committed, by somebody new or not. */
  RoundState committed(boolean newPerson, Sum added) {
    Sum held = escrow.held.plus(added);
    int persons = escrow.persons + (newPerson ? 1 : 0);
    return with(new Escrow(persons, held, held, escrow.cancelled, escrow.refunded));
  }

  /** A commitment was taken back; {@code paid} may be less than it was, on a shortfall. */
  RoundState cancelled(Sum commitment, TokenAmount paid) {
    Sum held = escrow.held.minus(commitment);
    Sum back = escrow.cancelled.plus(commitment.paid(paid));
    return with(new Escrow(escrow.persons, held, held, back, escrow.refunded));
  }

  /** A commitment was refunded; {@code paid} may be less than it was, on a shortfall. */
  RoundState refunded(Sum commitment, TokenAmount paid) {
    Sum held = escrow.held.minus(commitment);
    Sum back = escrow.refunded.plus(commitment.paid(paid));
    return with(new Escrow(escrow.persons, escrow.raised, held, escrow.cancelled, back));
  }

  RoundState settled(Sum commitment, TokenAmount fee) {
    Sum held = escrow.held.minus(commitment);
    Outcome next =
        new Outcome(
            outcome.sold.plus(commitment),
            outcome.proceeds.plus(commitment.amount().minus(fee)),
            outcome.fee.plus(fee));
    return new RoundState(
        stage,
        new Escrow(escrow.persons, escrow.raised, held, escrow.cancelled, escrow.refunded),
        next);
  }

  RoundState proceedsPaid(TokenAmount amount) {
    return with(new Outcome(outcome.sold, outcome.proceeds.pay(amount), outcome.fee));
  }

  RoundState feePaid(TokenAmount amount) {
    return with(new Outcome(outcome.sold, outcome.proceeds, outcome.fee.pay(amount)));
  }

  private RoundState with(Stage next) {
    return new RoundState(next, escrow, outcome);
  }

  private RoundState with(Escrow next) {
    return new RoundState(stage, next, outcome);
  }

  private RoundState with(Outcome next) {
    return new RoundState(stage, escrow, next);
  }
}
