package io.fundtrail.share;

import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import io.fundtrail.model.ShareCount;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** How a register differs between two blocks. */
final class RegisterChanges {
  private RegisterChanges() {}

  /**
   * A wallet that holds another number of shares than before.
   *
   * @param identity null when the registry does not know the wallet at the later block
   */
  record Change(Address wallet, @Nullable Hash identity, ShareCount before, ShareCount after) {}

  /**
   * The wallets whose balances differ, in their order.
   *
   * @param from the earlier block; what it left is what was before
   * @param last the last wallet of the page before
   */
  static List<Change> between(
      Handle handle, Address shareClass, long from, long to, Optional<Address> last, int limit) {
    String sql =
        """
        select d.holder, d.shares_before, d.shares_after,
          (select i.identity from investor i
           where i.wallet = d.holder and i.block_number <= :to
           order by i.block_number desc
           limit 1) as identity
        from (
          select w.holder,
            coalesce((select h.shares from holding h
             where h.share_class = :shareClass and h.holder = w.holder and h.block_number <= :from
             order by h.block_number desc
             limit 1), 0) as shares_before,
            coalesce((select h.shares from holding h
             where h.share_class = :shareClass and h.holder = w.holder and h.block_number <= :to
             order by h.block_number desc
             limit 1), 0) as shares_after
          from (
            select distinct c.holder
            from holding c
            where c.share_class = :shareClass and c.block_number > :from and c.block_number <= :to
        """
            + (last.isPresent() ? "and c.holder > :last\n" : "")
            + """
              ) w
            ) d
            where d.shares_before <> d.shares_after
            order by d.holder
            limit :limit
            """;
    Query query =
        handle
            .createQuery(sql)
            .bind("shareClass", shareClass)
            .bind("from", from)
            .bind("to", to)
            .bind("limit", limit);
    last.ifPresent(wallet -> query.bind("last", wallet));
    return query.map(RegisterChanges::read).list();
  }

  private static Change read(ResultSet row, StatementContext context) throws SQLException {
    byte[] identity = row.getBytes("identity");
    return new Change(
        Address.of(row.getBytes("holder")),
        identity == null ? null : Hash.of(identity),
        ShareCount.of(row.getLong("shares_before")),
        ShareCount.of(row.getLong("shares_after")));
  }
}
