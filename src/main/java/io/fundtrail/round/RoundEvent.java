package io.fundtrail.round;

import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import io.fundtrail.model.ShareCount;
import io.fundtrail.model.TokenAmount;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

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
   * @param termsVersion that the person agreed to
   * @param consent to what the regime warns of, given in so many words
   */
  record Committed(
      Hash identity,
      Address wallet,
      ShareCount shares,
      TokenAmount amount,
      ShareCount commitmentShares,
      int termsVersion,
      boolean consent)
      implements RoundEvent {}

  /**
   * Shares were taken back.
   *
   * @param amount what was paid back
   * @param kept shares that remain committed
   */
  record CommitmentCancelled(Hash identity, ShareCount shares, TokenAmount amount, ShareCount kept)
      implements RoundEvent {}

  record CommitmentReconfirmed(Hash identity, int termsVersion) implements RoundEvent {}

  /** It follows its person to another wallet. */
  record CommitmentMoved(Hash identity, Address to) implements RoundEvent {}

  /** It was not reconfirmed in time, so it is left out. */
  record CommitmentLapsed(Hash identity) implements RoundEvent {}

  /** The tally found the person affiliated with the issuer, or the issuer itself. */
  record AffiliateTallied(Hash identity) implements RoundEvent {}

  record TermsAmended(
      int termsVersion,
      Instant deadline,
      Hash termsHash,
      boolean material,
      @Nullable Instant reconfirmBy)
      implements RoundEvent {}

  record EarlyCloseAnnounced(Instant closeAt) implements RoundEvent {}

  record EarlyCloseLapsed() implements RoundEvent {}

  record CommitsPaused(boolean paused) implements RoundEvent {}

  record RoundCancelled() implements RoundEvent {}

  record RoundClosed() implements RoundEvent {}

  record CommitmentExcluded(Hash identity) implements RoundEvent {}

  record RoundTallied() implements RoundEvent {}

  record RoundFailed() implements RoundEvent {}

  /**
   * Shares were issued.
   *
   * @param allotted of the shares committed
   * @param amount their price
   * @param credit the price of the others, owed to the person
   */
  record CommitmentSettled(
      Hash identity, ShareCount allotted, TokenAmount amount, TokenAmount fee, TokenAmount credit)
      implements RoundEvent {}

  /** The credit of a person was paid. */
  record CreditPaid(Hash identity, TokenAmount amount) implements RoundEvent {}

  record RoundSettled() implements RoundEvent {}

  /** The amount is what was paid back. */
  record CommitmentRefunded(Hash identity, TokenAmount amount) implements RoundEvent {}

  record ProceedsPaid(TokenAmount amount) implements RoundEvent {}

  record FeePaid(TokenAmount amount) implements RoundEvent {}
}
