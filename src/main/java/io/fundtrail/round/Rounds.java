package io.fundtrail.round;

import io.fundtrail.api.Words;
import io.fundtrail.index.LogEntry;
import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import io.fundtrail.model.LogRef;
import io.fundtrail.model.ShareCount;
import io.fundtrail.model.TokenAmount;
import io.fundtrail.store.LikePattern;
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

/** Rounds as they were after a block. */
final class Rounds {
  static final String COLUMNS =
      """
      r.address as round_address, r.block_number, r.log_index, r.company_id, r.share_class,
      r.settlement_token, r.currency, r.decimals, r.rules, r.regime, r.trust, r.fee_recipient,
      r.allocation, r.price, r.minimum_shares, r.maximum_shares, r.minimum_ticket,
      r.oversubscription_shares, r.opens_at, r.deadline as first_deadline, r.fee_bps,
      r.terms_hash as first_terms_hash, r.filing, r.opened_at,
      c.name as company_name, c.registration, c.controller, c.fee_bps as company_fee_bps,
      k.name as class_name, k.symbol as class_symbol, t.issued, t.holders,
      """
          + RoundStates.COLUMNS
          + "\n";

  /** A round with its company and share class, after {@code :block}. */
  static final String FROM_ROUND =
      """
      from round r
      join round_state s on s.round = r.address
       and s.block_number =
         (select max(x.block_number) from round_state x
          where x.round = r.address and x.block_number <= :block)
      join company c on c.company_id = r.company_id
       and c.block_number =
         (select max(x.block_number) from company x
          where x.company_id = r.company_id and x.block_number <= :block)
      join share_class k on k.address = r.share_class
      join share_class_state t on t.share_class = r.share_class
       and t.block_number =
         (select max(x.block_number) from share_class_state x
          where x.share_class = r.share_class and x.block_number <= :block)
      """;

  private Rounds() {}

  /** Which rounds are asked for; an empty part asks for all. */
  record Filter(
      Optional<RoundStatus> status,
      Optional<String> regime,
      Optional<BigInteger> company,
      Optional<String> text) {}

  static Optional<Round> find(Handle handle, Address address, long block) {
    return handle
        .createQuery("select " + COLUMNS + FROM_ROUND + "where r.address = :address")
        .bind("address", address)
        .bind("block", block)
        .map(Rounds::read)
        .findOne();
  }

  /**
   * Rounds, the one opened last first.
   *
   * @param after the opening of the last round of the page before
   */
  static List<Round> list(
      Handle handle, Filter filter, long block, Optional<LogRef> after, int limit) {
    StringBuilder sql = new StringBuilder("select " + COLUMNS + FROM_ROUND + "where 1 = 1\n");
    filter.status().ifPresent(_ -> sql.append("and s.status = :status\n"));
    filter.regime().ifPresent(_ -> sql.append("and r.regime = :regime\n"));
    filter.company().ifPresent(_ -> sql.append("and r.company_id = :company\n"));
    filter
        .text()
        .ifPresent(_ ->
            sql.append(
                """
                and (c.search like :text escape '!' or k.search like :text escape '!'
                  or r.search like :text escape '!')
                """));
    after.ifPresent(
        _ -> sql.append("and (r.block_number, r.log_index) < (:afterBlock, :afterIndex)\n"));
    sql.append("order by r.block_number desc, r.log_index desc limit :limit");
    Query query = handle.createQuery(sql.toString()).bind("block", block).bind("limit", limit);
    filter.status().ifPresent(status -> query.bind("status", Words.of(status)));
    filter.regime().ifPresent(regime -> query.bind("regime", regime));
    filter.company().ifPresent(company -> query.bind("company", company.longValueExact()));
    filter.text().ifPresent(text -> query.bind("text", LikePattern.containing(text)));
    after.ifPresent(
        last -> query.bind("afterBlock", last.blockNumber()).bind("afterIndex", last.logIndex()));
    return query.map(Rounds::read).list();
  }

  /** The Directory that opens rounds of a share class; none where the class is not known. */
  static Optional<Address> openedBy(Handle handle, Address shareClass, long block) {
    return handle
        .createQuery(
            """
            select c.directory
            from share_class k
            join company c on c.company_id = k.company_id
             and c.block_number =
               (select max(x.block_number) from company x
                where x.company_id = k.company_id and x.block_number <= :block)
            where k.address = :shareClass
            """)
        .bind("shareClass", shareClass)
        .bind("block", block)
        .mapTo(Address.class)
        .findOne();
  }

  /** What one share costs in a round. */
  static TokenAmount price(Handle handle, Address round) {
    return handle
        .createQuery("select price from round where address = :round")
        .bind("round", round)
        .mapTo(TokenAmount.class)
        .one();
  }

  static void store(Handle handle, LogEntry entry, Terms terms) {
    handle
        .createUpdate(
            """
            insert into round
              (address, block_number, log_index, company_id, share_class, settlement_token,
               currency, decimals, rules, regime, trust, fee_recipient, allocation, price,
               minimum_shares, maximum_shares, minimum_ticket, oversubscription_shares, opens_at,
               deadline, fee_bps,
               terms_hash, filing, search, opened_at)
            values
              (:address, :block, :logIndex,
               coalesce((select a.company_id from adopted_instance a where a.instance = :address),
                 :companyId),
               :shareClass, :settlementToken,
               :currency, :decimals, :rules, :regime, :trust, :feeRecipient, :allocation, :price,
               :minimumShares, :maximumShares, :minimumTicket, :oversubscriptionShares, :opensAt,
               :deadline, :feeBps,
               :termsHash, :filing, :search, :openedAt)
            """)
        .bind("address", entry.log().address())
        .bind("block", entry.block().number())
        .bind("logIndex", entry.log().ref().logIndex())
        .bind("companyId", terms.companyId())
        .bind("shareClass", terms.shareClass())
        .bind("settlementToken", terms.settlementToken())
        .bind("currency", terms.currency())
        .bind("decimals", terms.decimals())
        .bind("rules", terms.rules())
        .bind("regime", terms.regime())
        .bindByType("trust", terms.trust(), Address.class)
        .bind("allocation", Words.of(terms.allocation()))
        .bind("oversubscriptionShares", terms.oversubscriptionShares())
        .bind("feeRecipient", terms.feeRecipient())
        .bind("price", terms.price())
        .bind("minimumShares", terms.minimumShares())
        .bind("maximumShares", terms.maximumShares())
        .bind("minimumTicket", terms.minimumTicket())
        .bind("opensAt", terms.opensAt())
        .bind("deadline", terms.deadline())
        .bind("feeBps", terms.feeBps())
        .bind("termsHash", terms.termsHash())
        .bind("filing", terms.filing())
        .bind("search", terms.filing().toLowerCase(Locale.ROOT))
        .bind("openedAt", entry.block().time())
        .execute();
  }

  static Round read(ResultSet row, StatementContext context) throws SQLException {
    Address shareClass = Address.of(row.getBytes("share_class"));
    return new Round(
        Address.of(row.getBytes("round_address")),
        new LogRef(row.getLong("block_number"), row.getInt("log_index")),
        Instant.ofEpochSecond(row.getLong("opened_at")),
        readTerms(row, shareClass),
        RoundStates.read(row, context),
        new Round.Issuer(
            BigInteger.valueOf(row.getLong("company_id")),
            row.getString("company_name"),
            row.getString("registration"),
            Address.of(row.getBytes("controller")),
            row.getInt("company_fee_bps")),
        new Round.ShareClass(
            shareClass,
            row.getString("class_name"),
            row.getString("class_symbol"),
            ShareCount.of(row.getLong("issued")),
            row.getInt("holders")));
  }

  private static Terms readTerms(ResultSet row, Address shareClass) throws SQLException {
    byte @Nullable [] trust = row.getBytes("trust");
    return new Terms(
        row.getLong("company_id"),
        shareClass,
        Address.of(row.getBytes("settlement_token")),
        row.getString("currency"),
        row.getInt("decimals"),
        Address.of(row.getBytes("rules")),
        row.getString("regime"),
        trust == null ? null : Address.of(trust),
        Words.read(Allocation.class, row.getString("allocation")),
        Address.of(row.getBytes("fee_recipient")),
        RoundStates.amount(row, "price"),
        ShareCount.of(row.getLong("minimum_shares")),
        ShareCount.of(row.getLong("maximum_shares")),
        ShareCount.of(row.getLong("minimum_ticket")),
        ShareCount.of(row.getLong("oversubscription_shares")),
        Instant.ofEpochSecond(row.getLong("opens_at")),
        Instant.ofEpochSecond(row.getLong("first_deadline")),
        row.getInt("fee_bps"),
        Hash.of(row.getBytes("first_terms_hash")),
        row.getString("filing"));
  }
}
