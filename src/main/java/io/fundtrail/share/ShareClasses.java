package io.fundtrail.share;

import io.fundtrail.model.Address;
import io.fundtrail.model.ShareCount;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Share classes as they were after a block. */
public final class ShareClasses {
  /** A class with its company, and its sums after the block. */
  static final String FROM_CLASS =
      """
      from share_class k
      join share_class_state t on t.share_class = k.address
       and t.block_number =
         (select max(x.block_number) from share_class_state x
          where x.share_class = k.address and x.block_number <= :block)
      join company c on c.company_id = k.company_id
       and c.block_number =
         (select max(x.block_number) from company x
          where x.company_id = k.company_id and x.block_number <= :block)
      """;

  static final String COLUMNS =
      """
      k.address as class_address, k.name as class_name, k.symbol as class_symbol,
      k.authorised, k.opened_at, t.issued, t.reserved, t.holders,
      c.company_id, c.name as company_name, c.registration, c.controller, c.fee_bps
      """;

  private ShareClasses() {}

  /** An issuer, as the API gives it. */
  public record Company(
      BigInteger id, String name, String registration, Address controller, int feeBps) {}

  /** A share class, as the API gives it. */
  public record ShareClass(
      Address address,
      Company company,
      String name,
      String symbol,
      ShareCount authorised,
      ShareCount issued,
      ShareCount reserved,
      int holders,
      Instant openedAt) {

    InBrief inBrief() {
      return new InBrief(address, name, symbol, issued, holders);
    }
  }

  /** A share class, where another thing is told about. */
  public record InBrief(
      Address address, String name, String symbol, ShareCount issued, int holders) {}

  /** The class of an address, if it was open after the block. */
  public static Optional<ShareClass> find(Handle handle, Address address, long block) {
    return handle
        .createQuery(
            "select "
                + COLUMNS
                + FROM_CLASS
                + "where k.address = :address"
                + " and k.block_number <= :block")
        .bind("address", address)
        .bind("block", block)
        .map(ShareClasses::read)
        .findOne();
  }

  static ShareClass read(ResultSet row, StatementContext context) throws SQLException {
    return new ShareClass(
        Address.of(row.getBytes("class_address")),
        new Company(
            BigInteger.valueOf(row.getLong("company_id")),
            row.getString("company_name"),
            row.getString("registration"),
            Address.of(row.getBytes("controller")),
            row.getInt("fee_bps")),
        row.getString("class_name"),
        row.getString("class_symbol"),
        ShareCount.of(row.getLong("authorised")),
        ShareCount.of(row.getLong("issued")),
        ShareCount.of(row.getLong("reserved")),
        row.getInt("holders"),
        Instant.ofEpochSecond(row.getLong("opened_at")));
  }
}
