package io.fundtrail.distribution;

import io.fundtrail.api.Money;
import io.fundtrail.api.Words;
import io.fundtrail.distribution.DistributionEvent.DistributionDeclared;
import io.fundtrail.distribution.DistributionEvent.DistributionsOpened;
import io.fundtrail.index.LogEntry;
import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Hash;
import io.fundtrail.model.LogRef;
import io.fundtrail.model.ShareCount;
import io.fundtrail.model.TokenAmount;
import io.fundtrail.transact.Units;
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

/** Distributions as they were after a block. */
public final class Distributions {
  private static final String COLUMNS =
      """
      d.contract, d.id, d.declared_block, d.declared_index, d.declared_at, d.kind, d.status,
      d.record_date, d.amount, d.pool, d.entitled_shares, d.treasury_shares, d.claims, d.paid,
      d.withheld, d.unclaimed, d.treasury, d.document_hash
      """;

  /** With the contract, its company, class, token and record date, after {@code :block}. */
  private static final String SELECT =
      "select "
          + COLUMNS
          + """
          , o.company_id, o.share_class, o.settlement_token, t.currency, t.decimals,
            c.name as company_name, k.name as class_name, r.at as record_date_at,
            (select b.carried from distribution_books b
             where b.contract = d.contract and b.block_number <= :block
             order by b.block_number desc limit 1) as carried
          from distribution d
          join distribution_contract o on o.address = d.contract
          join share_class k on k.address = o.share_class
          join company c on c.company_id = o.company_id
           and c.block_number =
             (select max(x.block_number) from company x
              where x.company_id = o.company_id and x.block_number <= :block)
          join settlement_token t on t.address = o.settlement_token
           and t.block_number =
             (select max(x.block_number) from settlement_token x
              where x.address = o.settlement_token and x.block_number <= o.block_number)
          left join record_date r
            on r.share_class = o.share_class and r.record_index = d.record_date
          where d.block_number =
             (select max(x.block_number) from distribution x
              where x.contract = d.contract and x.id = d.id and x.block_number <= :block)
          """;

  private Distributions() {}

  /** Which distributions are asked for; an empty part asks for all. */
  record Filter(Optional<BigInteger> company, Optional<Address> shareClass) {}

  /** When it counts who held what; the time is null until the class has declared it. */
  record RecordDate(int index, @Nullable Instant at) {}

  /** A distribution, as the API gives it. */
  record View(
      Address contract,
      int id,
      Kind kind,
      Status status,
      BigInteger companyId,
      String company,
      Address shareClass,
      String shareClassName,
      Address settlementToken,
      String currency,
      RecordDate recordDate,
      String amount,
      String pool,
      ShareCount entitledShares,
      ShareCount treasuryShares,
      int claims,
      String paid,
      String withheld,
      String unclaimed,
      String carried,
      Hash documentHash,
      Instant declaredAt) {}

  /** A distribution, the event that declared it, and how many decimals its token has. */
  record Found(LogRef declared, int decimals, View view) {}

  static Optional<Found> find(Handle handle, Address contract, long id, long block) {
    return handle
        .createQuery(SELECT + "and d.contract = :contract and d.id = :id")
        .bind("contract", contract)
        .bind("id", id)
        .bind("block", block)
        .map(Distributions::readFound)
        .findOne();
  }

  /**
   * Distributions, the one declared last first.
   *
   * @param after the declaration of the last one of the page before
   */
  static List<Found> list(
      Handle handle, Filter filter, long block, Optional<LogRef> after, int limit) {
    StringBuilder sql = new StringBuilder(SELECT);
    filter.company().ifPresent(_ -> sql.append("and o.company_id = :company\n"));
    filter.shareClass().ifPresent(_ -> sql.append("and o.share_class = :shareClass\n"));
    after.ifPresent(
        _ -> sql.append("and (d.declared_block, d.declared_index) < (:afterBlock, :afterIndex)\n"));
    sql.append("order by d.declared_block desc, d.declared_index desc limit :limit");
    Query query = handle.createQuery(sql.toString()).bind("block", block).bind("limit", limit);
    filter.company().ifPresent(company -> query.bind("company", company.longValueExact()));
    filter.shareClass().ifPresent(shareClass -> query.bind("shareClass", shareClass));
    after.ifPresent(
        last -> query.bind("afterBlock", last.blockNumber()).bind("afterIndex", last.logIndex()));
    return query.map(Distributions::readFound).list();
  }

  /** What a contract of distributions counts its money in; empty when none is at the address. */
  public static Optional<Units> units(Handle handle, Address contract) {
    return handle
        .createQuery(
            """
            select t.currency, t.decimals
            from distribution_contract o
            join settlement_token t on t.address = o.settlement_token
            where o.address = :contract
            order by t.block_number desc
            limit 1
            """)
        .bind("contract", contract)
        .map((row, context) -> new Units(row.getString("currency"), row.getInt("decimals")))
        .findOne();
  }

  static void open(Handle handle, LogEntry entry, DistributionsOpened opened) {
    handle
        .createUpdate(
            """
            insert into distribution_contract
              (address, block_number, company_id, share_class, settlement_token)
            values
              (:address, :block,
               coalesce((select a.company_id from adopted_instance a where a.instance = :address),
                 :companyId),
               :shareClass, :settlementToken)
            """)
        .bind("address", entry.log().address())
        .bind("block", entry.block().number())
        .bind("companyId", opened.companyId())
        .bind("shareClass", opened.shareClass())
        .bind("settlementToken", opened.settlementToken())
        .execute();
  }

  static Distribution last(Handle handle, Address contract, long id) {
    return handle
        .createQuery(
            "select "
                + COLUMNS
                + """
                from distribution d
                where d.contract = :contract and d.id = :id
                order by d.block_number desc
                limit 1
                """)
        .bind("contract", contract)
        .bind("id", id)
        .map((row, context) -> read(row))
        .one();
  }

  static void store(Handle handle, Address contract, BlockRef block, Distribution now) {
    handle
        .createUpdate(
            """
            insert into distribution
              (contract, id, block_number, declared_block, declared_index, declared_at, kind,
               status, record_date, amount, pool, entitled_shares, treasury_shares, claims, paid,
               withheld, unclaimed, treasury, document_hash)
            values
              (:contract, :id, :block, :declaredBlock, :declaredIndex, :declaredAt, :kind,
               :status, :recordDate, :amount, :pool, :entitledShares, :treasuryShares, :claims,
               :paid, :withheld, :unclaimed, :treasury, :documentHash)
            on conflict (contract, id, block_number) do update set
              status = :status, pool = :pool, entitled_shares = :entitledShares,
              treasury_shares = :treasuryShares, claims = :claims, paid = :paid,
              withheld = :withheld, unclaimed = :unclaimed
            """)
        .bind("contract", contract)
        .bind("id", now.terms().id())
        .bind("block", block.number())
        .bind("declaredBlock", now.declared().blockNumber())
        .bind("declaredIndex", now.declared().logIndex())
        .bind("declaredAt", now.declaredAt())
        .bind("kind", Words.of(now.terms().kind()))
        .bind("status", Words.of(now.status()))
        .bind("recordDate", now.terms().recordDate())
        .bind("amount", now.terms().amount())
        .bind("pool", now.pool())
        .bind("entitledShares", now.entitledShares())
        .bind("treasuryShares", now.treasuryShares())
        .bind("claims", now.claims())
        .bind("paid", now.paid())
        .bind("withheld", now.withheld())
        .bind("unclaimed", now.unclaimed())
        .bind("treasury", now.terms().treasury())
        .bind("documentHash", now.terms().documentHash())
        .execute();
  }

  private static Found readFound(ResultSet row, StatementContext context) throws SQLException {
    Distribution found = read(row);
    long at = row.getLong("record_date_at");
    Instant recordDate = row.wasNull() ? null : Instant.ofEpochSecond(at);
    int decimals = row.getInt("decimals");
    return new Found(
        found.declared(),
        decimals,
        new View(
            Address.of(row.getBytes("contract")),
            Math.toIntExact(found.terms().id()),
            found.terms().kind(),
            found.status(),
            BigInteger.valueOf(row.getLong("company_id")),
            row.getString("company_name"),
            Address.of(row.getBytes("share_class")),
            row.getString("class_name"),
            Address.of(row.getBytes("settlement_token")),
            row.getString("currency"),
            new RecordDate(found.terms().recordDate(), recordDate),
            Money.text(found.terms().amount(), decimals),
            Money.text(found.pool(), decimals),
            found.entitledShares(),
            found.treasuryShares(),
            found.claims(),
            Money.text(found.paid(), decimals),
            Money.text(found.withheld(), decimals),
            Money.text(found.unclaimed(), decimals),
            Money.text(carried(row), decimals),
            found.terms().documentHash(),
            found.declaredAt()));
  }

  private static Distribution read(ResultSet row) throws SQLException {
    return new Distribution(
        new DistributionDeclared(
            row.getLong("id"),
            Words.read(Kind.class, row.getString("kind")),
            row.getInt("record_date"),
            amount(row, "amount"),
            Address.of(row.getBytes("treasury")),
            Hash.of(row.getBytes("document_hash"))),
        new LogRef(row.getLong("declared_block"), row.getInt("declared_index")),
        Instant.ofEpochSecond(row.getLong("declared_at")),
        Words.read(Status.class, row.getString("status")),
        amount(row, "pool"),
        ShareCount.of(row.getLong("entitled_shares")),
        ShareCount.of(row.getLong("treasury_shares")),
        row.getInt("claims"),
        amount(row, "paid"),
        amount(row, "withheld"),
        amount(row, "unclaimed"));
  }

  /** Nothing before the contract's first books. */
  static TokenAmount carried(ResultSet row) throws SQLException {
    byte @Nullable [] carried = row.getBytes("carried");
    return carried == null ? TokenAmount.ZERO : TokenAmount.of(Hash.of(carried).toUint());
  }

  static TokenAmount amount(ResultSet row, String column) throws SQLException {
    return TokenAmount.of(Hash.of(row.getBytes(column)).toUint());
  }
}
