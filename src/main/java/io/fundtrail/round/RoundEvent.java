package io.fundtrail.round;

import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import io.fundtrail.model.ShareCount;
import io.fundtrail.model.TokenAmount;

/** What a round tells of itself, and the Directory of what rounds are held in and under. */
sealed interface RoundEvent {
  record SettlementTokenListed(Address token, String currency, int decimals)
      implements RoundEvent {}

  record SettlementTokenDelisted(Address token) implements RoundEvent {}

  record RulesAllowed(Address rules, boolean allowed) implements RoundEvent {}

  record RoundOpened(Terms terms) implements RoundEvent {}

  /**
   * Shares were added to a person's commitment.
   *
   * @param shares added now
   * @param amount their price
   * @param commitmentShares all that are committed now
   */
  record Committed(
      Hash identity,
      Address wallet,
      ShareCount shares,
      TokenAmount amount,
      ShareCount commitmentShares)
      implements RoundEvent {}

  /** The amount is what was paid back. */
  record CommitmentCancelled(Hash identity, TokenAmount amount) implements RoundEvent {}

  record CommitsPaused(boolean paused) implements RoundEvent {}

  record RoundCancelled() implements RoundEvent {}

  record RoundClosed() implements RoundEvent {}

  record CommitmentExcluded(Hash identity) implements RoundEvent {}

  record RoundTallied() implements RoundEvent {}

  record RoundFailed() implements RoundEvent {}

  record CommitmentSettled(Hash identity, TokenAmount amount, TokenAmount fee)
      implements RoundEvent {}

  record RoundSettled() implements RoundEvent {}

  /** The amount is what was paid back. */
  record CommitmentRefunded(Hash identity, TokenAmount amount) implements RoundEvent {}

  record ProceedsPaid(TokenAmount amount) implements RoundEvent {}

  record FeePaid(TokenAmount amount) implements RoundEvent {}
}
