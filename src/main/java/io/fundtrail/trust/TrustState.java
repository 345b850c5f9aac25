package io.fundtrail.trust;

import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Hash;
import io.fundtrail.model.TokenAmount;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What changes in a trust, after a block.
 *
 * @param round whose proceeds it holds; null when it holds none
 * @param end why and when it ended; null while it goes on
 * @param accountsUntil the end of the last statement's period; null before the first
 * @param shortfall whether the token's issuer was seen to have taken money away from it
 */
record TrustState(
    @Nullable Address round,
    @Nullable End end,
    Money money,
    Shares shares,
    @Nullable Instant accountsUntil,
    boolean shortfall) {
  static final TrustState OPENED = new TrustState(null, null, Money.NONE, Shares.NONE, null, false);

  static final String COLUMNS =
      """
      s.round, s.end_reason, s.ended_at, s.money_received, s.money_released, s.platform_fee,
      s.platform_fee_paid, s.trustee_fee_paid, s.money_returned, s.shares_received,
      s.shares_released, s.shares_returned, s.accounts_until, s.shortfall, s.remainder
      """;

  /**
   * Why and when a trust ended.
   *
   * @param remainder what those entitled share, what they were paid already included
   */
  record End(EndReason reason, Instant at, TokenAmount remainder) {
    End receive(TokenAmount amount) {
      return new End(reason, at, remainder.plus(amount));
    }
  }

  /**
   * The settlement token's movements.
   *
   * @param released to the plan's recipients, without the platform's fee on it
   * @param returned to those entitled after the end
   */
  record Money(
      TokenAmount received,
      TokenAmount released,
      TokenAmount platformFee,
      TokenAmount platformFeePaid,
      TokenAmount trusteeFeePaid,
      TokenAmount returned) {
    static final Money NONE =
        new Money(
            TokenAmount.ZERO,
            TokenAmount.ZERO,
            TokenAmount.ZERO,
            TokenAmount.ZERO,
            TokenAmount.ZERO,
            TokenAmount.ZERO);

    Money receive(TokenAmount amount) {
      return new Money(
          received.plus(amount), released, platformFee, platformFeePaid, trusteeFeePaid, returned);
    }

    Money release(TokenAmount amount, TokenAmount fee) {
      return new Money(
          received,
          released.plus(amount),
          platformFee.plus(fee),
          platformFeePaid,
          trusteeFeePaid,
          returned);
    }

    Money payPlatform(TokenAmount amount) {
      return new Money(
          received, released, platformFee, platformFeePaid.plus(amount), trusteeFeePaid, returned);
    }

    Money payTrustee(TokenAmount amount) {
      return new Money(
          received, released, platformFee, platformFeePaid, trusteeFeePaid.plus(amount), returned);
    }

    Money giveBack(TokenAmount amount) {
      return new Money(
          received, released, platformFee, platformFeePaid, trusteeFeePaid, returned.plus(amount));
    }
  }

  /** The share class's movements. */
  record Shares(long received, long released, long returned) {
    static final Shares NONE = new Shares(0, 0, 0);
  }

  TrustState bind(Address to) {
    return new TrustState(to, end, money, shares, accountsUntil, shortfall);
  }

  TrustState receive(TokenAmount amount) {
    return new TrustState(
        round,
        end == null ? null : end.receive(amount),
        money.receive(amount),
        shares,
        accountsUntil,
        shortfall);
  }

  TrustState ended(EndReason reason, Instant at, TokenAmount remainder) {
    return new TrustState(
        round, new End(reason, at, remainder), money, shares, accountsUntil, shortfall);
  }

  TrustState with(Money now) {
    return new TrustState(round, end, now, shares, accountsUntil, shortfall);
  }

  TrustState with(Shares now) {
    return new TrustState(round, end, money, now, accountsUntil, shortfall);
  }

  TrustState accounted(Instant until) {
    return new TrustState(round, end, money, shares, until, shortfall);
  }

  TrustState withShortfall() {
    return new TrustState(round, end, money, shares, accountsUntil, true);
  }

  /** The newest state; every trust has one from its opening on. */
  static TrustState last(Handle handle, Address trust) {
    return handle
        .createQuery(
            "select "
                + COLUMNS
                + """
                from trust_state s
                where s.trust = :trust
                order by s.block_number desc
                limit 1
                """)
        .bind("trust", trust)
        .map((row, context) -> read(row))
        .one();
  }

  void store(Handle handle, Address trust, BlockRef block) {
    handle
        .createUpdate(
            """
            insert into trust_state
              (trust, block_number, round, end_reason, ended_at, money_received, money_released,
               platform_fee, platform_fee_paid, trustee_fee_paid, money_returned, shares_received,
               shares_released, shares_returned, accounts_until, shortfall, remainder)
            values
              (:trust, :block, :round, :endReason, :endedAt, :received, :released, :platformFee,
               :platformFeePaid, :trusteeFeePaid, :returned, :sharesReceived, :sharesReleased,
               :sharesReturned, :accountsUntil, :shortfall, :remainder)
            on conflict (trust, block_number) do update set
              round = :round, end_reason = :endReason, ended_at = :endedAt,
              money_received = :received, money_released = :released,
              platform_fee = :platformFee, platform_fee_paid = :platformFeePaid,
              trustee_fee_paid = :trusteeFeePaid, money_returned = :returned,
              shares_received = :sharesReceived, shares_released = :sharesReleased,
              shares_returned = :sharesReturned, accounts_until = :accountsUntil,
              shortfall = :shortfall, remainder = :remainder
            """)
        .bind("trust", trust)
        .bind("block", block.number())
        .bindByType("round", round, Address.class)
        .bindByType("endReason", end == null ? null : end.reason().name(), String.class)
        .bindByType("endedAt", end == null ? null : end.at(), Instant.class)
        .bind("received", money.received())
        .bind("released", money.released())
        .bind("platformFee", money.platformFee())
        .bind("platformFeePaid", money.platformFeePaid())
        .bind("trusteeFeePaid", money.trusteeFeePaid())
        .bind("returned", money.returned())
        .bind("sharesReceived", shares.received())
        .bind("sharesReleased", shares.released())
        .bind("sharesReturned", shares.returned())
        .bindByType("accountsUntil", accountsUntil, Instant.class)
        .bind("shortfall", shortfall)
        .bindByType("remainder", end == null ? null : end.remainder(), TokenAmount.class)
        .execute();
  }

  static TrustState read(ResultSet row) throws SQLException {
    byte @Nullable [] round = row.getBytes("round");
    @Nullable String reason = row.getString("end_reason");
    return new TrustState(
        round == null ? null : Address.of(round),
        reason == null
            ? null
            : new End(
                EndReason.valueOf(reason),
                Instant.ofEpochSecond(row.getLong("ended_at")),
                amount(row, "remainder")),
        new Money(
            amount(row, "money_received"),
            amount(row, "money_released"),
            amount(row, "platform_fee"),
            amount(row, "platform_fee_paid"),
            amount(row, "trustee_fee_paid"),
            amount(row, "money_returned")),
        new Shares(
            row.getLong("shares_received"),
            row.getLong("shares_released"),
            row.getLong("shares_returned")),
        time(row, "accounts_until"),
        row.getBoolean("shortfall"));
  }

  static TokenAmount amount(ResultSet row, String column) throws SQLException {
    return TokenAmount.of(Hash.of(row.getBytes(column)).toUint());
  }

  /** A time that may be null. */
  static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    long seconds = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochSecond(seconds);
  }

  /** An address that may be null. */
  static @Nullable Address address(ResultSet row, String column) throws SQLException {
    byte @Nullable [] bytes = row.getBytes(column);
    return bytes == null ? null : Address.of(bytes);
  }
}
