package io.fundtrail.distribution;

import io.fundtrail.api.Money;
import io.fundtrail.api.Words;
import io.fundtrail.distribution.DistributionEvent.WithholdingNoted;
import io.fundtrail.index.LogEntry;
import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.ShareCount;
import io.fundtrail.model.TokenAmount;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * What each holder is due of a distribution whose record date has passed, worked out as the
 * contract does: by what was held before the record date, the company's own shares left out.
 */
public final class Dues {
  private static final BigInteger BPS = BigInteger.valueOf(10_000);

  /** Whose estate passed to whom, through the estates of heirs who died too. */
  private static final String WITH_ESTATES =
      """
      with recursive passed (identity, heir) as (
        select identity, heir from estate where block_number <= :block
        union
        select p.identity, e.heir
        from passed p
        join estate e on e.identity = p.heir and e.block_number <= :block
      ),
      acting (identity, living) as (
        select p.identity, p.heir
        from passed p
        where not exists
          (select 1 from estate e where e.identity = p.heir and e.block_number <= :block)
      )
      """;

  private static final String SELECT =
      """
      select d.contract, d.id, d.kind, d.status, d.amount, d.pool, d.entitled_shares, o.share_class,
        k.name as class_name, y.name as company_name, t.currency, t.decimals, r.at as record_date_at,
        h.holder, h.shares,
        (select b.carried from distribution_books b
         where b.contract = d.contract and b.block_number <= :block
         order by b.block_number desc limit 1) as carried,
        (select s.issued from share_class_state s
         where s.share_class = o.share_class
           and s.block_number <= (select max(b.number) from block b where b.time < r.at)
         order by s.block_number desc limit 1) as issued,
        (select z.shares from holding z
         where z.share_class = o.share_class and z.holder = d.treasury and z.changed_at < r.at
         order by z.block_number desc limit 1) as treasury_held,
        (select p.payee from distribution_payee p
         where p.contract = d.contract and p.holder = h.holder and p.block_number <= :block
         order by p.block_number desc limit 1) as payee,
        (select w.wallet from investor w
         where w.identity = coalesce(a.living, n.identity) and w.block_number <= :block
         order by w.block_number desc limit 1) as acting_wallet,
        (select n.withholding_bps from distribution_withholding n
         join record_date q on q.share_class = o.share_class and q.record_index = n.record_date
         where n.contract = d.contract and n.holder = h.holder and q.at <= r.at
           and n.block_number <= :block
         order by n.block_number desc, n.log_index desc limit 1) as withholding_bps,
        c.payee as paid_to, c.paid, c.withheld, c.claimed_at
      from distribution d
      join distribution_contract o on o.address = d.contract
      join share_class k on k.address = o.share_class
      join company y on y.company_id = o.company_id
       and y.block_number =
         (select max(x.block_number) from company x
          where x.company_id = o.company_id and x.block_number <= :block)
      join settlement_token t on t.address = o.settlement_token
       and t.block_number =
         (select max(x.block_number) from settlement_token x
          where x.address = o.settlement_token and x.block_number <= o.block_number)
      join record_date r
        on r.share_class = o.share_class and r.record_index = d.record_date and r.at <= :time
      join holding h on h.share_class = o.share_class and h.holder <> d.treasury and h.shares > 0
       and h.block_number =
         (select max(x.block_number) from holding x
          where x.share_class = h.share_class and x.holder = h.holder and x.changed_at < r.at)
      left join investor n on n.wallet = h.holder
       and n.block_number =
         (select max(x.block_number) from investor x
          where x.wallet = h.holder and x.block_number <= :block)
      left join acting a on a.identity = n.identity
      left join distribution_claim c
        on c.contract = d.contract and c.id = d.id and c.holder = h.holder
       and c.block_number <= :block
      where d.block_number =
        (select max(x.block_number) from distribution x
         where x.contract = d.contract and x.id = d.id and x.block_number <= :block)
      """;

  private Dues() {}

  /**
   * A holder's part, as the API gives it.
   *
   * @param payee who was paid, or would be now
   * @param withheld of the entitlement, at the rate noted for the record date
   * @param claimedAt null while it is not claimed
   */
  public record Holder(
      Address holder,
      Address payee,
      ShareCount shares,
      String entitlement,
      int withholdingBps,
      String withheld,
      @Nullable String paid,
      @Nullable Instant claimedAt) {}

  /** A part that can be claimed now, with the distribution that it is of. */
  public record Claimable(
      Address contract,
      int id,
      Kind kind,
      String company,
      Address shareClass,
      String shareClassName,
      Instant recordDate,
      String currency,
      Holder due,
      String payable) {}

  /**
   * The holders at the record date, by wallet; none before it.
   *
   * @param after the last holder of the page before
   */
  static List<Holder> holders(
      Handle handle,
      Address contract,
      long id,
      BlockRef block,
      Optional<Address> after,
      int limit) {
    Query query =
        handle
            .createQuery(
                WITH_ESTATES
                    + SELECT
                    + "and d.contract = :contract and d.id = :id and d.status <> 'returned'\n"
                    + (after.isPresent() ? "and h.holder > :after\n" : "")
                    + "order by h.holder limit :limit")
            .bind("contract", contract)
            .bind("id", id)
            .bind("block", block.number())
            .bind("time", block.time())
            .bind("limit", limit);
    after.ifPresent(last -> query.bind("after", last));
    return query.map((row, context) -> holder(row)).list();
  }

  /** What wallets can claim after a block, the distribution declared last first. */
  public static List<Claimable> claimable(
      Handle handle, Collection<Address> wallets, BlockRef block, int limit) {
    return handle
        .createQuery(
            WITH_ESTATES
                + SELECT
                + """
                and h.holder in (<wallets>) and d.status in ('open', 'funded')
                  and c.claimed_at is null
                order by d.declared_block desc, d.declared_index desc, h.holder
                limit :limit
                """)
        .bindList("wallets", List.copyOf(wallets))
        .bind("block", block.number())
        .bind("time", block.time())
        .bind("limit", limit)
        .map((row, context) -> claimable(row))
        .list();
  }

  static void pay(Handle handle, LogEntry entry, Address holder, Address payee) {
    handle
        .createUpdate(
            """
            insert into distribution_payee (contract, holder, block_number, payee)
            values (:contract, :holder, :block, :payee)
            on conflict (contract, holder, block_number) do update set payee = :payee
            """)
        .bind("contract", entry.log().address())
        .bind("holder", holder)
        .bind("block", entry.block().number())
        .bindByType("payee", payee.equals(Address.ZERO) ? null : payee, Address.class)
        .execute();
  }

  static void withhold(Handle handle, LogEntry entry, WithholdingNoted noted) {
    handle
        .createUpdate(
            """
            insert into distribution_withholding
              (contract, holder, block_number, log_index, record_date, withholding_bps)
            values (:contract, :holder, :block, :logIndex, :recordDate, :withholdingBps)
            """)
        .bind("contract", entry.log().address())
        .bind("holder", noted.holder())
        .bind("block", entry.block().number())
        .bind("logIndex", entry.log().ref().logIndex())
        .bind("recordDate", noted.recordDate())
        .bind("withholdingBps", noted.withholdingBps())
        .execute();
  }

  private static Claimable claimable(ResultSet row) throws SQLException {
    Part part = Part.read(row);
    return new Claimable(
        Address.of(row.getBytes("contract")),
        row.getInt("id"),
        Words.read(Kind.class, row.getString("kind")),
        row.getString("company_name"),
        Address.of(row.getBytes("share_class")),
        row.getString("class_name"),
        Instant.ofEpochSecond(row.getLong("record_date_at")),
        row.getString("currency"),
        holder(row),
        Money.text(part.entitlement().minus(part.withheld()), row.getInt("decimals")));
  }

  private static Holder holder(ResultSet row) throws SQLException {
    Part part = Part.read(row);
    int decimals = row.getInt("decimals");
    long claimed = row.getLong("claimed_at");
    boolean isClaimed = !row.wasNull();
    return new Holder(
        Address.of(row.getBytes("holder")),
        payee(row),
        ShareCount.of(row.getLong("shares")),
        Money.text(part.entitlement(), decimals),
        part.rate(),
        Money.text(part.withheld(), decimals),
        isClaimed ? Money.text(Distributions.amount(row, "paid"), decimals) : null,
        isClaimed ? Instant.ofEpochSecond(claimed) : null);
  }

  /** Who was paid; otherwise who acts for a wallet that was given up, its payee, or itself. */
  private static Address payee(ResultSet row) throws SQLException {
    Address holder = Address.of(row.getBytes("holder"));
    byte @Nullable [] paidTo = row.getBytes("paid_to");
    if (paidTo != null) {
      return Address.of(paidTo);
    }
    byte @Nullable [] acting = row.getBytes("acting_wallet");
    if (acting != null && !Address.of(acting).equals(holder)) {
      return Address.of(acting);
    }
    byte @Nullable [] payee = row.getBytes("payee");
    return payee == null ? holder : Address.of(payee);
  }

  /**
   * A holder's part in the smallest unit. Before claims open, the pool and the shares that divide
   * it are what they would be now.
   *
   * @param rate withheld, in hundredths of a percent
   */
  private record Part(TokenAmount entitlement, int rate, TokenAmount withheld) {
    static Part read(ResultSet row) throws SQLException {
      boolean open = Words.read(Status.class, row.getString("status")) == Status.OPEN;
      TokenAmount pool =
          open
              ? Distributions.amount(row, "pool")
              : Distributions.amount(row, "amount").plus(Distributions.carried(row));
      long entitled =
          open
              ? row.getLong("entitled_shares")
              : row.getLong("issued") - row.getLong("treasury_held");
      BigInteger shares = BigInteger.valueOf(row.getLong("shares"));
      BigInteger entitlement = shares.multiply(pool.units()).divide(BigInteger.valueOf(entitled));
      boolean taxed = Words.read(Kind.class, row.getString("kind")) == Kind.DIVIDEND;
      int rate = taxed ? row.getInt("withholding_bps") : 0;
      return new Part(
          TokenAmount.of(entitlement),
          rate,
          TokenAmount.of(entitlement.multiply(BigInteger.valueOf(rate)).divide(BPS)));
    }
  }
}
