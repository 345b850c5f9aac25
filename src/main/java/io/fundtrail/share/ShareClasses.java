package io.fundtrail.share;

import io.fundtrail.index.LogEntry;
import io.fundtrail.model.Address;
import io.fundtrail.model.LogRef;
import io.fundtrail.model.ShareCount;
import io.fundtrail.share.ClassTerms.Conversion;
import io.fundtrail.share.ClassTerms.Preference;
import io.fundtrail.share.ShareEvent.ShareClassOpened;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

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
      k.address as class_address, k.block_number as opening_block, k.log_index as opening_index,
      k.name as class_name, k.symbol as class_symbol, k.votes_per_share, k.liquidation_preference,
      k.preference_currency, k.seniority, k.converts_into, k.conversion_numerator,
      k.conversion_denominator, k.holder_cap, k.smallest_holding, k.excluded_countries,
      k.opened_at, t.authorised, t.issued, t.reserved, t.holders,
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
      ClassTerms terms,
      ShareCount authorised,
      ShareCount issued,
      ShareCount reserved,
      int holders,
      Instant openedAt) {

    InBrief inBrief() {
      return new InBrief(address, terms.name(), terms.symbol(), issued, holders);
    }
  }

  /** A class and the event that opened it. */
  record Opened(LogRef opening, ShareClass shareClass) {}

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

  /**
   * Classes, of one company or of all, the one opened last first.
   *
   * @param after the opening of the last class of the page before
   */
  static List<Opened> list(
      Handle handle, Optional<BigInteger> company, long block, Optional<LogRef> after, int limit) {
    StringBuilder sql = new StringBuilder("select " + COLUMNS + FROM_CLASS);
    sql.append("where k.block_number <= :block\n");
    company.ifPresent(_ -> sql.append("and k.company_id = :company\n"));
    after.ifPresent(
        _ -> sql.append("and (k.block_number, k.log_index) < (:afterBlock, :afterIndex)\n"));
    sql.append("order by k.block_number desc, k.log_index desc limit :limit");
    Query query = handle.createQuery(sql.toString()).bind("block", block).bind("limit", limit);
    company.ifPresent(id -> query.bind("company", id.longValueExact()));
    after.ifPresent(
        last -> query.bind("afterBlock", last.blockNumber()).bind("afterIndex", last.logIndex()));
    return query
        .map((row, context) ->
            new Opened(
                new LogRef(row.getLong("opening_block"), row.getInt("opening_index")),
                read(row, context)))
        .list();
  }

  static void store(Handle handle, LogEntry entry, ShareClassOpened opened) {
    ClassTerms terms = opened.terms();
    Preference preference = terms.preference();
    Conversion conversion = terms.convertsInto();
    handle
        .createUpdate(
            """
            insert into share_class
              (address, block_number, log_index, company_id, name, symbol, votes_per_share,
               liquidation_preference, preference_currency, seniority, converts_into,
               conversion_numerator, conversion_denominator, holder_cap, smallest_holding,
               excluded_countries, search, opened_at)
            values
              (:address, :block, :logIndex,
               coalesce((select a.company_id from adopted_instance a where a.instance = :address),
                 :companyId),
               :name, :symbol, :votesPerShare,
               :preference, :preferenceCurrency, :seniority, :convertsInto, :numerator,
               :denominator, :holderCap, :smallestHolding, :excludedCountries, :search, :openedAt)
            """)
        .bind("address", entry.log().address())
        .bind("block", entry.block().number())
        .bind("logIndex", entry.log().ref().logIndex())
        .bind("companyId", opened.companyId())
        .bind("name", terms.name())
        .bind("symbol", terms.symbol())
        .bind("votesPerShare", terms.votesPerShare())
        .bindByType("preference", preference == null ? null : preference.amount(), String.class)
        .bindByType(
            "preferenceCurrency", preference == null ? null : preference.currency(), String.class)
        .bind("seniority", terms.seniority())
        .bindByType(
            "convertsInto", conversion == null ? null : conversion.shareClass(), Address.class)
        .bind("numerator", conversion == null ? 0 : conversion.numerator())
        .bind("denominator", conversion == null ? 0 : conversion.denominator())
        .bind("holderCap", terms.holderCap())
        .bind("smallestHolding", terms.smallestHolding())
        .bind("excludedCountries", String.join(" ", terms.excludedCountries()))
        .bind("search", terms.name().toLowerCase(Locale.ROOT))
        .bind("openedAt", entry.block().time())
        .execute();
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
        readTerms(row),
        ShareCount.of(row.getLong("authorised")),
        ShareCount.of(row.getLong("issued")),
        ShareCount.of(row.getLong("reserved")),
        row.getInt("holders"),
        Instant.ofEpochSecond(row.getLong("opened_at")));
  }

  private static ClassTerms readTerms(ResultSet row) throws SQLException {
    String preference = row.getString("liquidation_preference");
    byte @Nullable [] into = row.getBytes("converts_into");
    String excluded = row.getString("excluded_countries");
    return new ClassTerms(
        row.getString("class_name"),
        row.getString("class_symbol"),
        row.getLong("votes_per_share"),
        preference == null
            ? null
            : new Preference(preference, row.getString("preference_currency")),
        row.getInt("seniority"),
        into == null
            ? null
            : new Conversion(
                Address.of(into),
                row.getLong("conversion_numerator"),
                row.getLong("conversion_denominator")),
        row.getInt("holder_cap"),
        ShareCount.of(row.getLong("smallest_holding")),
        excluded.isEmpty() ? List.of() : List.of(excluded.split(" ")));
  }
}
