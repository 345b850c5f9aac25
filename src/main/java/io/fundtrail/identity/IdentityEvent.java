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
      Hash dossier)
      implements IdentityEvent {}

  record YearlyLimitAttested(Hash identity, Hash regime, String currency, TokenAmount amount)
      implements IdentityEvent {}

  record InvestorRevoked(Hash identity) implements IdentityEvent {}

  record LimitConsumed(
      Hash identity, Hash regime, Address round, String currency, TokenAmount amount)
      implements IdentityEvent {}

  record LimitReleased(
      Hash identity, Hash regime, Address round, String currency, TokenAmount amount)
      implements IdentityEvent {}
}
