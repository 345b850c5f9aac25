package io.fundtrail.share;

import io.fundtrail.model.Address;
import io.fundtrail.model.ShareCount;
import io.fundtrail.share.ShareClasses.Company;
import io.fundtrail.share.ShareClasses.InBrief;
import io.fundtrail.share.ShareClasses.ShareClass;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;

/** How the holdings of some wallets changed over time. */
public final class HoldingHistory {
  private HoldingHistory() {}

  /** What a wallet held of a class after a block, and before it. */
  public record Step(
      long blockNumber,
      Instant time,
      InBrief shareClass,
      Company company,
      Address wallet,
      ShareCount before,
      ShareCount after) {}

  /** A place in the order of steps: by block, then by share class and wallet. */
  public record Place(long blockNumber, Address shareClass, Address wallet) {}

  /**
   * The steps up to a block, the earliest first.
   *
   * @param wallets at least one
   * @param after the last step of the page before
   */
  public static List<Step> of(
      Handle handle,
      List<Address> wallets,
      Optional<Address> shareClass,
      long block,
      Optional<Place> after,
      int limit) {
    String sql =
        "select h.holder, h.block_number as changed_in, h.shares, h.changed_at,\n"
            + """
            coalesce((select p.shares from holding p
             where p.share_class = h.share_class and p.holder = h.holder
               and p.block_number < h.block_number
             order by p.block_number desc
             limit 1), 0) as shares_before,
            """
            + ShareClasses.COLUMNS
            + ShareClasses.FROM_CLASS
            + "join holding h on h.share_class = k.address\n"
            + "where h.holder in (<wallets>) and h.block_number <= :block\n"
            + (shareClass.isPresent() ? "and h.share_class = :shareClass\n" : "")
            + (after.isPresent()
                ? "and (h.block_number, h.share_class, h.holder)"
                    + " > (:afterBlock, :afterClass, :afterWallet)\n"
                : "")
            + "order by h.block_number, h.share_class, h.holder limit :limit";
    Query query =
        handle
            .createQuery(sql)
            .bindList("wallets", wallets)
            .bind("block", block)
            .bind("limit", limit);
    shareClass.ifPresent(address -> query.bind("shareClass", address));
    after.ifPresent(place ->
        query
            .bind("afterBlock", place.blockNumber())
            .bind("afterClass", place.shareClass())
            .bind("afterWallet", place.wallet()));
    return query.map(HoldingHistory::read).list();
  }

  private static Step read(ResultSet row, StatementContext context) throws SQLException {
    ShareClass shareClass = ShareClasses.read(row, context);
    return new Step(
        row.getLong("changed_in"),
        Instant.ofEpochSecond(row.getLong("changed_at")),
        shareClass.inBrief(),
        shareClass.company(),
        Address.of(row.getBytes("holder")),
        ShareCount.of(row.getLong("shares_before")),
        ShareCount.of(row.getLong("shares")));
  }
}
