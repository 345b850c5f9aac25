package io.fundtrail.round;

import io.fundtrail.model.Hash;
import io.fundtrail.model.ShareCount;
import io.fundtrail.model.TokenAmount;
import io.fundtrail.round.RoundEvent.TermsAmended;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How a round stands after a block; each event makes the next state. */
record RoundState(Stage stage, Escrow escrow, Outcome outcome) {
  /** From its opening on, until something happens. */
  static RoundState opened(Terms terms) {
    return new RoundState(
        new Stage(
            RoundStatus.OPEN,
            false,
            null,
            new Version(1, 1, terms.deadline(), terms.termsHash(), null),
            null),
        new Escrow(0, Sum.NONE, Sum.NONE, Sum.NONE, Sum.NONE),
        new Outcome(Sum.NONE, ShareCount.ZERO, Credit.NONE, Credit.NONE, Credit.NONE));
  }

  /**
   * How far the round has come.
   *
   * @param earlyCloseAt when the issuer announced to close; null when it did not
   */
  record Stage(
      RoundStatus status,
      boolean paused,
      @Nullable Instant closedAt,
      Version version,
      @Nullable Instant earlyCloseAt) {}

  /**
   * The terms as amended last.
   *
   * @param number from 1
   * @param material the version that must be agreed to: that of the last material change
   * @param reconfirmBy when commitments made on terms before the last material change lapse, unless
   *     they are reconfirmed; null when nothing is to be reconfirmed
   */
  record Version(
      int number, int material, Instant deadline, Hash termsHash, @Nullable Instant reconfirmBy) {}

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

  /**
   * What was settled, and who is credited with it.
   *
   * @param outside of the shares sold, those not sold to the issuer and its affiliates
   * @param excess money of shares committed and not allotted, the investors'
   */
  record Outcome(Sum sold, ShareCount outside, Credit proceeds, Credit fee, Credit excess) {}

  RoundState in(RoundStatus status) {
    return with(new Stage(status, stage.paused, stage.closedAt, stage.version, stage.earlyCloseAt));
  }

  RoundState closed(Instant time) {
    return with(
        new Stage(RoundStatus.TALLYING, stage.paused, time, stage.version, stage.earlyCloseAt));
  }

  RoundState paused(boolean paused) {
    return with(new Stage(stage.status, paused, stage.closedAt, stage.version, stage.earlyCloseAt));
  }

  /** An amendment also takes an announced early close back. */
  RoundState amended(TermsAmended event) {
    int material = event.material() ? event.termsVersion() : stage.version.material();
    Instant reconfirmBy = event.material() ? event.reconfirmBy() : stage.version.reconfirmBy();
    return with(
        new Stage(
            stage.status,
            stage.paused,
            stage.closedAt,
            new Version(
                event.termsVersion(), material, event.deadline(), event.termsHash(), reconfirmBy),
            null));
  }

  RoundState earlyClose(@Nullable Instant closeAt) {
    return with(new Stage(stage.status, stage.paused, stage.closedAt, stage.version, closeAt));
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

  /**
   * A commitment was settled.
   *
   * @param allotted what was sold of it
   * @param outside whether the person is not affiliated with the issuer
   */
  RoundState settled(
      Sum commitment, Sum allotted, boolean outside, TokenAmount fee, TokenAmount credit) {
    Sum held = escrow.held.minus(commitment);
    Outcome next =
        new Outcome(
            outcome.sold.plus(allotted),
            outside ? outcome.outside.plus(allotted.shares()) : outcome.outside,
            outcome.proceeds.plus(allotted.amount().minus(fee)),
            outcome.fee.plus(fee),
            outcome.excess.plus(credit));
    return new RoundState(
        stage,
        new Escrow(escrow.persons, escrow.raised, held, escrow.cancelled, escrow.refunded),
        next);
  }

  RoundState proceedsPaid(TokenAmount amount) {
    return with(
        new Outcome(
            outcome.sold,
            outcome.outside,
            outcome.proceeds.pay(amount),
            outcome.fee,
            outcome.excess));
  }

  RoundState feePaid(TokenAmount amount) {
    return with(
        new Outcome(
            outcome.sold,
            outcome.outside,
            outcome.proceeds,
            outcome.fee.pay(amount),
            outcome.excess));
  }

  RoundState creditPaid(TokenAmount amount) {
    return with(
        new Outcome(
            outcome.sold,
            outcome.outside,
            outcome.proceeds,
            outcome.fee,
            outcome.excess.pay(amount)));
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
