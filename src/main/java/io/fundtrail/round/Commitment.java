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
 * @param fee the platform's part of the amount; null until settled
 */
record Commitment(
    Place place,
    CommitmentState state,
    ShareCount shares,
    TokenAmount amount,
    Instant committedAt,
    Instant changedAt,
    TokenAmount returned,
    @Nullable TokenAmount fee) {

  /**
   * A person's place in a round.
   *
   * @param position from 0
   * @param first the event by which the person came
   */
  record Place(Hash identity, Address wallet, int position, LogRef first) {}

  /** The first commitment of a person. */
  static Commitment first(Committed event, int position, LogRef first, Instant time) {
    return new Commitment(
        new Place(event.identity(), event.wallet(), position, first),
        CommitmentState.LIVE,
        event.commitmentShares(),
        event.amount(),
        time,
        time,
        TokenAmount.ZERO,
        null);
  }

  Sum sum() {
    return new Sum(1, shares, amount);
  }

  boolean isLive() {
    return state == CommitmentState.LIVE;
  }

  /** Shares are added to this commitment, or committed anew after a cancellation. */
  Commitment commit(Committed event, Instant time) {
    return new Commitment(
        new Place(place.identity, event.wallet(), place.position, place.first),
        CommitmentState.LIVE,
        event.commitmentShares(),
        isLive() ? amount.plus(event.amount()) : event.amount(),
        time,
        time,
        returned,
        null);
  }

  /** It becomes something else than settled, and something may be paid back. */
  Commitment become(CommitmentState next, TokenAmount paid, BlockRef block) {
    return new Commitment(
        place, next, shares, amount, committedAt, block.time(), returned.plus(paid), null);
  }

  Commitment settle(TokenAmount taken, BlockRef block) {
    return new Commitment(
        place, CommitmentState.SETTLED, shares, amount, committedAt, block.time(), returned, taken);
  }
}
