package io.fundtrail.identity;

import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import io.fundtrail.model.TokenAmount;
import java.time.Instant;

/** What InvestorRegistry and InvestmentLimits tell of persons. Amounts are in millionths. */
public sealed interface IdentityEvent {
  record InvestorAttested(
      Hash identity,
      Address wallet,
      int country,
      Category category,
      Instant expiresAt,
      int persons,
      int withholdingBps,
      Hash dossier)
      implements IdentityEvent {}

  record YearlyLimitAttested(Hash identity, Hash regime, String currency, TokenAmount amount)
      implements IdentityEvent {}

  record InvestorRevoked(Hash identity) implements IdentityEvent {}

  /** Another wallet acts for the person from now on. */
  record WalletSucceeded(Hash identity, Address newWallet) implements IdentityEvent {}

  /** The person's estate passed to an heir, who acts under an identity of their own. */
  record EstatePassed(Hash identity, Hash heir) implements IdentityEvent {}

  /** The person is affiliated with an issuer, or no longer. */
  record AffiliateAttested(Hash identity, Hash issuer, boolean affiliate)
      implements IdentityEvent {}

  /**
   * Somebody asked that another wallet act for a person or a company.
   *
   * @param subject the identity, or a company's key
   * @param newWallet zero when the estate passes to an heir
   * @param heir zero but for an inheritance
   * @param directory that keeps the company; zero for a person
   * @param companyId the company's number there; zero for a person
   */
  record RecoveryAnnounced(
      Hash subject,
      Address oldWallet,
      RecoveryKind kind,
      Address newWallet,
      Hash heir,
      Hash documentHash,
      Address directory,
      long companyId)
      implements IdentityEvent {}

  record RecoveryConfirmed(Hash subject) implements IdentityEvent {}

  record RecoveryObjected(Hash subject) implements IdentityEvent {}

  record RecoveryWithdrawn(Hash subject) implements IdentityEvent {}

  record RecoveryExecuted(Hash subject) implements IdentityEvent {}

  record LimitConsumed(
      Hash identity, Hash regime, Address round, String currency, TokenAmount amount)
      implements IdentityEvent {}

  /**
   * What was counted on a day counts no longer.
   *
   * @param day since 1970-01-01, UTC
   */
  record LimitReleased(
      Hash identity, Hash regime, Address round, String currency, long day, TokenAmount amount)
      implements IdentityEvent {}
}
