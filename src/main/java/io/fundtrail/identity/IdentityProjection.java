package io.fundtrail.identity;

import io.fundtrail.identity.IdentityEvent.AffiliateAttested;
import io.fundtrail.identity.IdentityEvent.EstatePassed;
import io.fundtrail.identity.IdentityEvent.InvestorAttested;
import io.fundtrail.identity.IdentityEvent.InvestorRevoked;
import io.fundtrail.identity.IdentityEvent.LimitConsumed;
import io.fundtrail.identity.IdentityEvent.LimitReleased;
import io.fundtrail.identity.IdentityEvent.RecoveryAnnounced;
import io.fundtrail.identity.IdentityEvent.RecoveryConfirmed;
import io.fundtrail.identity.IdentityEvent.RecoveryExecuted;
import io.fundtrail.identity.IdentityEvent.RecoveryObjected;
import io.fundtrail.identity.IdentityEvent.RecoveryWithdrawn;
import io.fundtrail.identity.IdentityEvent.WalletSucceeded;
import io.fundtrail.identity.IdentityEvent.YearlyLimitAttested;
import io.fundtrail.index.ContractKind;
import io.fundtrail.index.LogEntry;
import io.fundtrail.index.Projection;
import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Hash;
import io.fundtrail.model.TokenAmount;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Keeps the tables of persons: attestations, yearly limits, and what was counted against them. */
public final class IdentityProjection implements Projection {
  public static final ContractKind REGISTRY = new ContractKind("registry");
  public static final ContractKind LIMITS = new ContractKind("limits");
  public static final ContractKind RECOVERY = new ContractKind("recovery");

  @Override
  public String version() {
    return "identity/3";
  }

  @Override
  public Set<ContractKind> kinds() {
    return Set.of(REGISTRY, LIMITS, RECOVERY);
  }

  @Override
  public List<String> historyTables() {
    return List.of("investor", "affiliate", "yearly_limit", "limit_usage", "recovery", "estate");
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
      case WalletSucceeded(Hash identity, Address newWallet) ->
          succeed(handle, block, identity, newWallet);
      case EstatePassed(Hash identity, Hash heir) -> {
        revoke(handle, block, identity);
        pass(handle, block, identity, heir);
      }
      case AffiliateAttested affiliate -> setAffiliate(handle, block, affiliate);
      case RecoveryAnnounced announced -> Recoveries.announce(handle, block, announced);
      case RecoveryConfirmed(Hash subject) ->
          Recoveries.become(handle, block, subject, RecoveryStatus.CONFIRMED);
      case RecoveryObjected(Hash subject) ->
          Recoveries.become(handle, block, subject, RecoveryStatus.OBJECTED);
      case RecoveryWithdrawn(Hash subject) ->
          Recoveries.become(handle, block, subject, RecoveryStatus.WITHDRAWN);
      case RecoveryExecuted(Hash subject) ->
          Recoveries.become(handle, block, subject, RecoveryStatus.EXECUTED);
      case LimitConsumed consumed -> consume(handle, block, consumed);
      case LimitReleased released -> release(handle, block, released);
    }
  }

  private static void attest(Handle handle, BlockRef block, InvestorAttested attested) {
    handle
        .createUpdate(
            """
            insert into investor
              (identity, block_number, wallet, country, category, expires_at, persons,
               withholding_bps, dossier, revoked)
            values
              (:identity, :block, :wallet, :country, :category, :expiresAt, :persons,
               :withholdingBps, :dossier, false)
            on conflict (identity, block_number) do update set
              wallet = :wallet, country = :country, category = :category,
              expires_at = :expiresAt, persons = :persons, withholding_bps = :withholdingBps,
              dossier = :dossier, revoked = false
            """)
        .bind("identity", attested.identity())
        .bind("block", block.number())
        .bind("wallet", attested.wallet())
        .bind("country", attested.country())
        .bind("category", attested.category().number())
        .bind("expiresAt", attested.expiresAt())
        .bind("persons", attested.persons())
        .bind("withholdingBps", attested.withholdingBps())
        .bind("dossier", attested.dossier())
        .execute();
  }

  private static void revoke(Handle handle, BlockRef block, Hash identity) {
    int rows =
        handle
            .createUpdate(
                """
                insert into investor
                  (identity, block_number, wallet, country, category, expires_at, persons,
                   withholding_bps, dossier, revoked)
                select identity, :block, wallet, country, category, :time, persons,
                  withholding_bps, dossier, true
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

  private static void pass(Handle handle, BlockRef block, Hash identity, Hash heir) {
    handle
        .createUpdate(
            """
            insert into estate (identity, block_number, heir)
            values (:identity, :block, :heir)
            """)
        .bind("identity", identity)
        .bind("block", block.number())
        .bind("heir", heir)
        .execute();
  }

  private static void succeed(Handle handle, BlockRef block, Hash identity, Address newWallet) {
    handle
        .createUpdate(
            """
            insert into investor
              (identity, block_number, wallet, country, category, expires_at, persons,
               withholding_bps, dossier, revoked)
            select identity, :block, :wallet, country, category, expires_at, persons,
              withholding_bps, dossier, revoked
            from investor
            where identity = :identity
              and block_number =
                (select max(block_number) from investor where identity = :identity)
            on conflict (identity, block_number) do update set wallet = :wallet
            """)
        .bind("identity", identity)
        .bind("block", block.number())
        .bind("wallet", newWallet)
        .execute();
  }

  private static void setAffiliate(Handle handle, BlockRef block, AffiliateAttested affiliate) {
    handle
        .createUpdate(
            """
            insert into affiliate (identity, issuer, block_number, affiliated)
            values (:identity, :issuer, :block, :affiliated)
            on conflict (identity, issuer, block_number) do update set affiliated = :affiliated
            """)
        .bind("identity", affiliate.identity())
        .bind("issuer", affiliate.issuer())
        .bind("block", block.number())
        .bind("affiliated", affiliate.affiliate())
        .execute();
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

  private static void consume(Handle handle, BlockRef block, LimitConsumed event) {
    long today = block.time().getEpochSecond() / Duration.ofDays(1).toSeconds();
    Counted counted = new Counted(event.identity(), event.regime(), event.currency(), today);
    counted.store(handle, block, counted.amount(handle).plus(event.amount()));
  }

  private static void release(Handle handle, BlockRef block, LimitReleased event) {
    Counted counted = new Counted(event.identity(), event.regime(), event.currency(), event.day());
    counted.store(handle, block, counted.amount(handle).minus(event.amount()));
  }

  /** What was counted against a person's limit on a day. */
  private record Counted(Hash identity, Hash regime, String currency, long day) {
    TokenAmount amount(Handle handle) {
      return handle
          .createQuery(
              """
              select amount
              from limit_usage
              where identity = :identity and regime = :regime and currency = :currency
                and day = :day
              order by block_number desc
              limit 1
              """)
          .bind("identity", identity)
          .bind("regime", regime)
          .bind("currency", currency)
          .bind("day", day)
          .mapTo(TokenAmount.class)
          .findOne()
          .orElse(TokenAmount.ZERO);
    }

    void store(Handle handle, BlockRef block, TokenAmount amount) {
      handle
          .createUpdate(
              """
              insert into limit_usage
                (identity, regime, currency, day, block_number, counted_until, amount)
              values (:identity, :regime, :currency, :day, :block, :countedUntil, :amount)
              on conflict (identity, regime, currency, day, block_number) do update set
                amount = :amount
              """)
          .bind("identity", identity)
          .bind("regime", regime)
          .bind("currency", currency)
          .bind("day", day)
          .bind("block", block.number())
          .bind("countedUntil", CountedYear.firstDayAfter(LocalDate.ofEpochDay(day)))
          .bind("amount", amount)
          .execute();
    }
  }
}
