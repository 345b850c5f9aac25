package io.fundtrail.share;

import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Hash;
import io.fundtrail.model.ShareCount;
import io.fundtrail.share.ShareClasses.Company;
import io.fundtrail.share.ShareClasses.InBrief;
import io.fundtrail.share.ShareClasses.ShareClass;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Who held what after a block. */
public final class Register {
  private static final String AFTER_BLOCK =
      """
      h.shares > 0
        and h.block_number =
          (select max(x.block_number) from holding x
           where x.share_class = h.share_class and x.holder = h.holder
             and x.block_number <= :block)
      """;

  private Register() {}

  /**
   * A line of the register; the identity is null when the registry does not know the wallet.
   *
   * @param locked of the shares, those that may not be resold yet
   * @param frozen by order; may be more than the shares (ERC-7943)
   */
  public record Holder(
      Address wallet,
      @Nullable Hash identity,
      ShareCount shares,
      ShareCount locked,
      BigInteger frozen) {

    /** A place in the register's order. */
    static Holder at(Address wallet, ShareCount shares) {
      return new Holder(wallet, null, shares, ShareCount.ZERO, BigInteger.ZERO);
    }
  }

  /** A wallet's shares of one class. */
  public record Holding(
      InBrief shareClass, Company company, Address wallet, ShareCount shares, Instant since) {}

  /**
   * The holders of a class, the largest first, equal ones by wallet.
   *
   * @param after the last holder of the page before
   */
  static List<Holder> holders(
      Handle handle, Address shareClass, BlockRef block, Optional<Holder> after, int limit) {
    String sql =
        """
        select h.holder, h.shares,
          (select i.identity from investor i
           where i.wallet = h.holder and i.block_number <= :block
           order by i.block_number desc
           limit 1) as identity,
          (select f.shares from frozen_shares f
           where f.share_class = h.share_class and f.holder = h.holder and f.block_number <= :block
           order by f.block_number desc
           limit 1) as frozen,
        """
            + Lots.LOCKED
            + """
            as locked
            from (
              select x.share_class, x.holder, x.shares
              from (
                select holder, max(block_number) as block_number
                from holding
                where share_class = :shareClass and block_number <= :block
                group by holder
              ) last
              join holding x
                on x.share_class = :shareClass
                  and x.holder = last.holder
                  and x.block_number = last.block_number
              where x.shares > 0
            """
            + (after.isPresent()
                ? "and (x.shares < :shares or (x.shares = :shares and x.holder > :holder))\n"
                : "")
            + """
              order by x.shares desc, x.holder
              limit :limit
            ) h
            order by h.shares desc, h.holder
            """;
    Query query =
        handle
            .createQuery(sql)
            .bind("shareClass", shareClass)
            .bind("block", block.number())
            .bind("time", block.time())
            .bind("limit", limit);
    after.ifPresent(last -> query.bind("shares", last.shares()).bind("holder", last.wallet()));
    return query.map(Register::readHolder).list();
  }

  /**
   * What a wallet holds, by the address of the share class.
   *
   * @param after the class of the last holding of the page before
   */
  public static List<Holding> holdings(
      Handle handle, Address wallet, long block, Optional<Address> after, int limit) {
    String sql =
        "select h.holder, h.shares, h.changed_at, "
            + ShareClasses.COLUMNS
            + ShareClasses.FROM_CLASS
            + "join holding h on h.share_class = k.address\n"
            + "where h.holder = :wallet and "
            + AFTER_BLOCK
            + (after.isPresent() ? "and h.share_class > :after\n" : "")
            + "order by h.share_class limit :limit";
    Query query =
        handle.createQuery(sql).bind("wallet", wallet).bind("block", block).bind("limit", limit);
    after.ifPresent(last -> query.bind("after", last));
    return query.map(Register::readHolding).list();
  }

  private static Holder readHolder(ResultSet row, StatementContext context) throws SQLException {
    byte[] identity = row.getBytes("identity");
    byte[] frozen = row.getBytes("frozen");
    return new Holder(
        Address.of(row.getBytes("holder")),
        identity == null ? null : Hash.of(identity),
        ShareCount.of(row.getLong("shares")),
        ShareCount.of(row.getLong("locked")),
        frozen == null ? BigInteger.ZERO : Hash.of(frozen).toUint());
  }

  private static Holding readHolding(ResultSet row, StatementContext context) throws SQLException {
    ShareClass shareClass = ShareClasses.read(row, context);
    return new Holding(
        shareClass.inBrief(),
        shareClass.company(),
        Address.of(row.getBytes("holder")),
        ShareCount.of(row.getLong("shares")),
        Instant.ofEpochSecond(row.getLong("changed_at")));
  }
}
