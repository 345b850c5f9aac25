package io.fundtrail.round;

import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Hash;
import io.fundtrail.model.LogRef;
import io.fundtrail.model.ShareCount;
import io.fundtrail.model.TokenAmount;
import io.fundtrail.round.RoundEvent.Committed;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A person's commitment in a round, after a block; each event makes the next one.
 *
 * @param place the person's, with the wallet that the money came from
 * @param amount the price of the shares
 * @param committedAt when shares were last added
 * @param returned what the person got back from this round so far
 * @param allotted of the shares; null until settled
 * @param fee the platform's part of what the allotted shares cost; null until settled
 * @param agreement what the person agreed to last
 * @param affiliated with the issuer, as the tally found
 * @param creditPaid whether the money of shares committed and not allotted was paid back
 */
record Commitment(
    Place place,
    CommitmentState state,
    ShareCount shares,
    TokenAmount amount,
    Instant committedAt,
    Instant changedAt,
    TokenAmount returned,
    @Nullable ShareCount allotted,
    @Nullable TokenAmount fee,
    Agreement agreement,
    boolean affiliated,
    boolean creditPaid) {

  /**
   * A person's place in a round.
   *
   * @param position from 0
   * @param first the event by which the person came
   */
  record Place(Hash identity, Address wallet, int position, LogRef first) {}

  /**
   * What a person agreed to.
   *
   * @param consent to what the regime warns of, when shares were last added
   * @param category the person's when shares were last added, as the registry counts them
   */
  record Agreement(int termsVersion, boolean consent, int category) {
    static Agreement by(Committed event, int category) {
      return new Agreement(event.termsVersion(), event.consent(), category);
    }

    Agreement to(int version) {
      return new Agreement(version, consent, category);
    }
  }

  /** The first commitment of a person. */
  static Commitment first(Committed event, int category, int position, LogRef first, Instant time) {
    return new Commitment(
        new Place(event.identity(), event.wallet(), position, first),
        CommitmentState.LIVE,
        event.commitmentShares(),
        event.amount(),
        time,
        time,
        TokenAmount.ZERO,
        null,
        null,
        Agreement.by(event, category),
        false,
        false);
  }

  Sum sum() {
    return new Sum(1, shares, amount);
  }

  boolean isLive() {
    return state == CommitmentState.LIVE;
  }

  /** Shares are added to this commitment, or committed anew after a cancellation. */
  Commitment commit(Committed event, int category, Instant time) {
    return new Commitment(
        new Place(place.identity, event.wallet(), place.position, place.first),
        CommitmentState.LIVE,
        event.commitmentShares(),
        isLive() ? amount.plus(event.amount()) : event.amount(),
        time,
        time,
        returned,
        null,
        null,
        Agreement.by(event, category),
        false,
        false);
  }

  /** Some shares were taken back, and are paid; the others stay. */
  Commitment reduce(ShareCount kept, TokenAmount keptAmount, TokenAmount paid, BlockRef block) {
    return new Commitment(
        place,
        state,
        kept,
        keptAmount,
        committedAt,
        block.time(),
        returned.plus(paid),
        allotted,
        fee,
        agreement,
        affiliated,
        creditPaid);
  }

  Commitment reconfirm(int version, BlockRef block) {
    return new Commitment(
        place,
        state,
        shares,
        amount,
        committedAt,
        block.time(),
        returned,
        allotted,
        fee,
        agreement.to(version),
        affiliated,
        creditPaid);
  }

  Commitment moveTo(Address wallet, BlockRef block) {
    return new Commitment(
        new Place(place.identity, wallet, place.position, place.first),
        state,
        shares,
        amount,
        committedAt,
        block.time(),
        returned,
        allotted,
        fee,
        agreement,
        affiliated,
        creditPaid);
  }

  Commitment ofAffiliate(BlockRef block) {
    return new Commitment(
        place,
        state,
        shares,
        amount,
        committedAt,
        block.time(),
        returned,
        allotted,
        fee,
        agreement,
        true,
        creditPaid);
  }

  /** The excess was paid back. */
  Commitment creditPaid(TokenAmount paid, BlockRef block) {
    return new Commitment(
        place,
        state,
        shares,
        amount,
        committedAt,
        block.time(),
        returned.plus(paid),
        allotted,
        fee,
        agreement,
        affiliated,
        true);
  }

  /** It becomes something else than settled, and something may be paid back. */
  Commitment become(CommitmentState next, TokenAmount paid, BlockRef block) {
    return new Commitment(
        place,
        next,
        shares,
        amount,
        committedAt,
        block.time(),
        returned.plus(paid),
        null,
        null,
        agreement,
        affiliated,
        creditPaid);
  }

  Commitment settle(ShareCount given, TokenAmount taken, BlockRef block) {
    return new Commitment(
        place,
        CommitmentState.SETTLED,
        shares,
        amount,
        committedAt,
        block.time(),
        returned,
        given,
        taken,
        agreement,
        affiliated,
        creditPaid);
  }
}
