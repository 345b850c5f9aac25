package io.fundtrail.identity;

import io.fundtrail.identity.IdentityEvent.InvestorAttested;
import io.fundtrail.identity.IdentityEvent.InvestorRevoked;
import io.fundtrail.identity.IdentityEvent.LimitConsumed;
import io.fundtrail.identity.IdentityEvent.LimitReleased;
import io.fundtrail.identity.IdentityEvent.YearlyLimitAttested;
import io.fundtrail.index.ContractKind;
import io.fundtrail.index.LogEntry;
import io.fundtrail.index.Projection;
import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Hash;
import io.fundtrail.model.TokenAmount;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Keeps the tables of persons: attestations, yearly limits, and what was counted against them. */
public final class IdentityProjection implements Projection {
  public static final ContractKind REGISTRY = new ContractKind("registry");
  public static final ContractKind LIMITS = new ContractKind("limits");

  @Override
  public String version() {
    return "identity/1";
  }

  @Override
  public Set<ContractKind> kinds() {
    return Set.of(REGISTRY, LIMITS);
  }

  @Override
  public List<String> historyTables() {
    return List.of("investor", "yearly_limit", "limit_usage");
  }

  @Override
  public void apply(Handle handle, LogEntry entry) {
    IdentityEventReader.read(entry.log()).ifPresent(event -> apply(handle, entry.block(), event));
  }

  private static void apply(Handle handle, BlockRef block, IdentityEvent event) {
    switch (event) {
      case InvestorAttested attested -> attest(handle, block, attested);
      case InvestorRevoked revoked -> revoke(handle, block, revoked.identity());
      case YearlyLimitAttested limit -> setLimit(handle, block, limit);
      case LimitConsumed consumed -> consume(handle, block, consumed);
      case LimitReleased released -> release(handle, block, released);
    }
  }

  private static void attest(Handle handle, BlockRef block, InvestorAttested attested) {
    handle
        .createUpdate(
            """
            insert into investor
              (identity, block_number, wallet, country, category, expires_at, dossier, revoked)
            values
              (:identity, :block, :wallet, :country, :category, :expiresAt, :dossier, false)
            on conflict (identity, block_number) do update set
              wallet = :wallet, country = :country, category = :category,
              expires_at = :expiresAt, dossier = :dossier, revoked = false
            """)
        .bind("identity", attested.identity())
        .bind("block", block.number())
        .bind("wallet", attested.wallet())
        .bind("country", attested.country())
        .bind("category", attested.category().number())
        .bind("expiresAt", attested.expiresAt())
        .bind("dossier", attested.dossier())
        .execute();
  }

  private static void revoke(Handle handle, BlockRef block, Hash identity) {
    int rows =
        handle
            .createUpdate(
                """
                insert into investor
                  (identity, block_number, wallet, country, category, expires_at, dossier, revoked)
                select identity, :block, wallet, country, category, :time, dossier, true
                from investor
                where identity = :identity
                  and block_number =
                    (select max(block_number) from investor where identity = :identity)
                on conflict (identity, block_number) do update set
                  expires_at = :time, revoked = true
                """)
            .bind("identity", identity)
            .bind("block", block.number())
            .bind("time", block.time())
            .execute();
    if (rows != 1) {
      throw new IllegalStateException(
          "block " + block.number() + " revokes " + identity + ", who was never attested");
    }
  }

  private static void setLimit(Handle handle, BlockRef block, YearlyLimitAttested limit) {
    handle
        .createUpdate(
            """
            insert into yearly_limit (identity, regime, currency, block_number, amount)
            values (:identity, :regime, :currency, :block, :amount)
            on conflict (identity, regime, currency, block_number) do update set amount = :amount
            """)
        .bind("identity", limit.identity())
        .bind("regime", limit.regime())
        .bind("currency", limit.currency())
        .bind("block", block.number())
        .bind("amount", limit.amount())
        .execute();
  }

  /** What a round has counted against a person's limit, since a day. */
  private record Usage(
      Hash identity,
      Hash regime,
      String currency,
      Address round,
      long countedUntil,
      TokenAmount amount) {}

  private static void consume(Handle handle, BlockRef block, LimitConsumed event) {
    long countedUntil = CountedYear.firstDayAfter(block.time());
    Usage before =
        usage(handle, event.identity(), event.regime(), event.currency(), event.round())
            .filter(usage -> !usage.amount().isZero())
            .orElse(none(event, countedUntil));
    if (before.countedUntil() != countedUntil) {
      throw new IllegalStateException(
          "round %s counts %s on two days at once, to be dropped on days %d and %d"
              .formatted(event.round(), event.identity(), before.countedUntil(), countedUntil));
    }
    store(handle, block, before, before.amount().plus(event.amount()));
  }

  /** As the contract: it gives back what is counted, at most. */
  private static void release(Handle handle, BlockRef block, LimitReleased event) {
    usage(handle, event.identity(), event.regime(), event.currency(), event.round())
        .ifPresent(usage -> {
          boolean all = event.amount().compareTo(usage.amount()) >= 0;
          TokenAmount left = all ? TokenAmount.ZERO : usage.amount().minus(event.amount());
          store(handle, block, usage, left);
        });
  }

  private static Usage none(LimitConsumed event, long countedUntil) {
    return new Usage(
        event.identity(),
        event.regime(),
        event.currency(),
        event.round(),
        countedUntil,
        TokenAmount.ZERO);
  }

  private static Optional<Usage> usage(
      Handle handle, Hash identity, Hash regime, String currency, Address round) {
    return handle
        .createQuery(
            """
            select counted_until, amount
            from limit_usage
            where identity = :identity and regime = :regime and currency = :currency
              and round = :round
            order by block_number desc
            limit 1
            """)
        .bind("identity", identity)
        .bind("regime", regime)
        .bind("currency", currency)
        .bind("round", round)
        .map((row, context) ->
            new Usage(
                identity,
                regime,
                currency,
                round,
                row.getLong("counted_until"),
                TokenAmount.of(Hash.of(row.getBytes("amount")).toUint())))
        .findOne();
  }

  private static void store(Handle handle, BlockRef block, Usage usage, TokenAmount amount) {
    handle
        .createUpdate(
            """
            insert into limit_usage
              (identity, regime, currency, round, block_number, counted_until, amount)
            values
              (:identity, :regime, :currency, :round, :block, :countedUntil, :amount)
            on conflict (identity, regime, currency, round, block_number) do update set
              counted_until = :countedUntil, amount = :amount
            """)
        .bind("identity", usage.identity())
        .bind("regime", usage.regime())
        .bind("currency", usage.currency())
        .bind("round", usage.round())
        .bind("block", block.number())
        .bind("countedUntil", usage.countedUntil())
        .bind("amount", amount)
        .execute();
  }
}
