package io.fundtrail.trust;

import io.fundtrail.api.Money;
import io.fundtrail.index.LogEntry;
import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Hash;
import io.fundtrail.model.LogRef;
import io.fundtrail.model.TokenAmount;
import io.fundtrail.transact.Units;
import io.fundtrail.trust.TrustEvent.InterestPaid;
import io.fundtrail.trust.TrustEvent.StatementAttested;
import io.fundtrail.trust.TrustEvent.TranchePlanned;
import io.fundtrail.trust.TrustEvent.TrustOpened;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Trusts as they were after a block. */
public final class Trusts {
  static final String COLUMNS =
      """
      t.address, t.block_number, t.log_index, t.company_id, t.settlor, t.protector,
      t.settlement_token, t.share_class, t.threshold, t.challenge_period, t.vacancy_period,
      t.long_stop, t.platform_fee_bps, t.trustee_fee_bps, t.spendthrift, t.revocable,
      t.veto_ends, t.vote_opening_bps, t.vote_quorum_bps, t.vote_majority_bps, t.vote_duration,
      t.deed_hash, t.opened_at, c.name as company_name, m.currency, m.decimals,
      """
          + TrustState.COLUMNS;

  /** With its company and token, after {@code :block}. */
  static final String FROM_TRUST =
      """
      from trust t
      join trust_state s on s.trust = t.address
       and s.block_number =
         (select max(x.block_number) from trust_state x
          where x.trust = t.address and x.block_number <= :block)
      join company c on c.company_id = t.company_id
       and c.block_number =
         (select max(x.block_number) from company x
          where x.company_id = t.company_id and x.block_number <= :block)
      left join settlement_token m on m.address = t.settlement_token
       and m.block_number =
         (select max(x.block_number) from settlement_token x
          where x.address = t.settlement_token and x.block_number <= t.block_number)
      """;

  /** Of those that a wallet is, or ever was, a party to by the deed or an office. */
  private static final String OF_PARTY =
      """
      and t.address in (
        select address from trust where settlor = :party
        union select address from trust where protector = :party
        union select trust from trust_seat where trustee = :party and block_number <= :block
        union select trust from trust_beneficiary where wallet = :party and block_number <= :block)
      """;

  private static final String SELECT =
      "select " + COLUMNS + FROM_TRUST + "where t.block_number <= :block\n";

  private Trusts() {}

  static Optional<Trust> find(Handle handle, Address address, long block) {
    return handle
        .createQuery(SELECT + "and t.address = :address")
        .bind("address", address)
        .bind("block", block)
        .map((row, context) -> read(row))
        .findOne();
  }

  /**
   * Trusts, the one opened last first.
   *
   * @param party the wallet of a settlor, protector, trustee or listed beneficiary, former ones too
   * @param after the opening of the last trust of the page before
   */
  static List<Trust> list(
      Handle handle,
      Optional<BigInteger> company,
      Optional<Address> party,
      long block,
      Optional<LogRef> after,
      int limit) {
    StringBuilder sql = new StringBuilder(SELECT);
    company.ifPresent(_ -> sql.append("and t.company_id = :company\n"));
    party.ifPresent(_ -> sql.append(OF_PARTY));
    after.ifPresent(
        _ -> sql.append("and (t.block_number, t.log_index) < (:afterBlock, :afterIndex)\n"));
    sql.append("order by t.block_number desc, t.log_index desc limit :limit");
    Query query = handle.createQuery(sql.toString()).bind("block", block).bind("limit", limit);
    company.ifPresent(id -> query.bind("company", id.longValueExact()));
    party.ifPresent(wallet -> query.bind("party", wallet));
    after.ifPresent(
        last -> query.bind("afterBlock", last.blockNumber()).bind("afterIndex", last.logIndex()));
    return query.map((row, context) -> read(row)).list();
  }

  /** What a trust's money is counted in; empty when no trust with money is at the address. */
  public static Optional<Units> units(Handle handle, Address trust) {
    return handle
        .createQuery(
            """
            select m.currency, m.decimals
            from trust t
            join settlement_token m on m.address = t.settlement_token
            where t.address = :trust
            order by m.block_number desc
            limit 1
            """)
        .bind("trust", trust)
        .map((row, context) -> new Units(row.getString("currency"), row.getInt("decimals")))
        .findOne();
  }

  static List<TranchePlanned> tranches(Handle handle, Address trust) {
    return handle
        .createQuery(
            """
            select tranche, recipient, in_shares, milestone, follows, share_bps, not_before, amount
            from trust_tranche
            where trust = :trust
            order by tranche
            """)
        .bind("trust", trust)
        .map((row, context) ->
            new TranchePlanned(
                row.getInt("tranche"),
                TrustState.address(row, "recipient"),
                row.getBoolean("in_shares"),
                row.getBoolean("milestone"),
                row.getInt("follows"),
                row.getInt("share_bps"),
                Instant.ofEpochSecond(row.getLong("not_before")),
                TrustState.amount(row, "amount")))
        .list();
  }

  /** A listed beneficiary with its units. */
  record Beneficiary(Address wallet, long units) {}

  static List<Beneficiary> beneficiaries(Handle handle, Address trust, long block) {
    return handle
        .createQuery(
            """
            select b.wallet, b.units
            from trust_beneficiary b
            where b.trust = :trust and b.units > 0
              and b.block_number =
                (select max(x.block_number) from trust_beneficiary x
                 where x.trust = b.trust and x.wallet = b.wallet and x.block_number <= :block)
            order by b.units desc, b.wallet
            """)
        .bind("trust", trust)
        .bind("block", block)
        .map((row, context) ->
            new Beneficiary(Address.of(row.getBytes("wallet")), row.getLong("units")))
        .list();
  }

  /** The accounts of a period. */
  record Statement(
      Address trustee,
      Instant periodStart,
      Instant periodEnd,
      Hash documentHash,
      Instant attestedAt) {}

  static List<Statement> statements(Handle handle, Address trust, long block) {
    return handle
        .createQuery(
            """
            select trustee, period_start, period_end, document_hash, attested_at
            from trust_statement
            where trust = :trust and block_number <= :block
            order by block_number, log_index
            """)
        .bind("trust", trust)
        .bind("block", block)
        .map((row, context) ->
            new Statement(
                Address.of(row.getBytes("trustee")),
                Instant.ofEpochSecond(row.getLong("period_start")),
                Instant.ofEpochSecond(row.getLong("period_end")),
                Hash.of(row.getBytes("document_hash")),
                Instant.ofEpochSecond(row.getLong("attested_at"))))
        .list();
  }

  /** What was paid to somebody entitled after the end, by the event at {@code ref}. */
  record Payment(LogRef ref, View view) {
    /** As the API gives it: money in the currency, shares whole. */
    record View(
        Hash beneficiary, Address wallet, boolean inShares, String amount, Instant paidAt) {}
  }

  /**
   * What was paid after the end, in its order.
   *
   * @param after the last payment of the page before
   */
  static List<Payment> payments(
      Handle handle, Trust trust, long block, Optional<LogRef> after, int limit) {
    Query query =
        handle
            .createQuery(
                """
                select block_number, log_index, beneficiary, wallet, in_shares, amount, paid_at
                from trust_payment
                where trust = :trust and block_number <= :block
                """
                    + (after.isPresent()
                        ? "and (block_number, log_index) > (:afterBlock, :afterIndex)\n"
                        : "")
                    + "order by block_number, log_index limit :limit")
            .bind("trust", trust.address())
            .bind("block", block)
            .bind("limit", limit);
    after.ifPresent(
        last -> query.bind("afterBlock", last.blockNumber()).bind("afterIndex", last.logIndex()));
    return query
        .map((row, context) -> {
          boolean inShares = row.getBoolean("in_shares");
          TokenAmount amount = TrustState.amount(row, "amount");
          return new Payment(
              new LogRef(row.getLong("block_number"), row.getInt("log_index")),
              new Payment.View(
                  Hash.of(row.getBytes("beneficiary")),
                  Address.of(row.getBytes("wallet")),
                  inShares,
                  inShares ? amount.toString() : Money.text(amount, trust.decimals()),
                  Instant.ofEpochSecond(row.getLong("paid_at"))));
        })
        .list();
  }

  static boolean holdsShares(Handle handle, Address trust, Address asset) {
    return handle
        .createQuery("select 1 from trust where address = :trust and share_class = :asset")
        .bind("trust", trust)
        .bind("asset", asset)
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  /** How many trustees have to approve. */
  static int threshold(Handle handle, Address trust) {
    return handle
        .createQuery("select threshold from trust where address = :trust")
        .bind("trust", trust)
        .mapTo(Integer.class)
        .one();
  }

  static long units(Handle handle, Address trust, Address wallet) {
    return handle
        .createQuery(
            """
            select units
            from trust_beneficiary
            where trust = :trust and wallet = :wallet
            order by block_number desc
            limit 1
            """)
        .bind("trust", trust)
        .bind("wallet", wallet)
        .mapTo(Long.class)
        .findOne()
        .orElse(0L);
  }

  static void store(Handle handle, Address trust, BlockRef block, Address wallet, long units) {
    handle
        .createUpdate(
            """
            insert into trust_beneficiary (trust, wallet, block_number, units)
            values (:trust, :wallet, :block, :units)
            on conflict (trust, wallet, block_number) do update set units = :units
            """)
        .bind("trust", trust)
        .bind("wallet", wallet)
        .bind("block", block.number())
        .bind("units", units)
        .execute();
  }

  static void store(Handle handle, LogEntry entry, TrustOpened deed) {
    handle
        .createUpdate(
            """
            insert into trust
              (address, block_number, log_index, company_id, settlor, protector, settlement_token,
               share_class, threshold, challenge_period, vacancy_period, long_stop,
               platform_fee_bps, trustee_fee_bps, spendthrift, revocable, veto_ends,
               vote_opening_bps, vote_quorum_bps, vote_majority_bps, vote_duration, deed_hash,
               opened_at)
            values
              (:address, :block, :logIndex,
               coalesce((select a.company_id from adopted_instance a where a.instance = :address),
                 :companyId),
               :settlor, :protector, :settlementToken,
               :shareClass, :threshold, :challengePeriod, :vacancyPeriod, :longStop,
               :platformFeeBps, :trusteeFeeBps, :spendthrift, :revocable, :vetoEnds,
               :voteOpeningBps, :voteQuorumBps, :voteMajorityBps, :voteDuration, :deedHash,
               :openedAt)
            """)
        .bind("address", entry.log().address())
        .bind("block", entry.block().number())
        .bind("logIndex", entry.log().ref().logIndex())
        .bind("companyId", deed.companyId())
        .bind("settlor", deed.settlor())
        .bindByType("protector", deed.protector(), Address.class)
        .bindByType("settlementToken", deed.settlementToken(), Address.class)
        .bindByType("shareClass", deed.shareClass(), Address.class)
        .bind("threshold", deed.threshold())
        .bind("challengePeriod", deed.challengePeriod().toSeconds())
        .bind("vacancyPeriod", deed.vacancyPeriod().toSeconds())
        .bind("longStop", deed.longStop())
        .bind("platformFeeBps", deed.platformFeeBps())
        .bind("trusteeFeeBps", deed.trusteeFeeBps())
        .bind("spendthrift", deed.spendthrift())
        .bind("revocable", deed.revocable())
        .bind("vetoEnds", deed.vetoEnds())
        .bind("voteOpeningBps", deed.voteOpeningBps())
        .bind("voteQuorumBps", deed.voteQuorumBps())
        .bind("voteMajorityBps", deed.voteMajorityBps())
        .bind("voteDuration", deed.voteDuration().toSeconds())
        .bind("deedHash", deed.deedHash())
        .bind("openedAt", entry.block().time())
        .execute();
  }

  static void store(Handle handle, Address trust, BlockRef block, TranchePlanned planned) {
    handle
        .createUpdate(
            """
            insert into trust_tranche
              (trust, tranche, block_number, recipient, in_shares, milestone, follows, share_bps,
               not_before, amount)
            values
              (:trust, :tranche, :block, :recipient, :inShares, :milestone, :follows, :shareBps,
               :notBefore, :amount)
            """)
        .bind("trust", trust)
        .bind("tranche", planned.tranche())
        .bind("block", block.number())
        .bindByType("recipient", planned.recipient(), Address.class)
        .bind("inShares", planned.inShares())
        .bind("milestone", planned.milestone())
        .bind("follows", planned.follows())
        .bind("shareBps", planned.shareBps())
        .bind("notBefore", planned.notBefore())
        .bind("amount", planned.amount())
        .execute();
  }

  static void store(Handle handle, LogEntry entry, StatementAttested statement) {
    handle
        .createUpdate(
            """
            insert into trust_statement
              (trust, block_number, log_index, trustee, period_start, period_end, document_hash,
               attested_at)
            values
              (:trust, :block, :logIndex, :trustee, :periodStart, :periodEnd, :documentHash,
               :attestedAt)
            """)
        .bind("trust", entry.log().address())
        .bind("block", entry.block().number())
        .bind("logIndex", entry.log().ref().logIndex())
        .bind("trustee", statement.trustee())
        .bind("periodStart", statement.periodStart())
        .bind("periodEnd", statement.periodEnd())
        .bind("documentHash", statement.documentHash())
        .bind("attestedAt", entry.block().time())
        .execute();
  }

  static void store(Handle handle, LogEntry entry, InterestPaid paid, boolean inShares) {
    handle
        .createUpdate(
            """
            insert into trust_payment
              (trust, block_number, log_index, beneficiary, wallet, in_shares, amount, paid_at)
            values
              (:trust, :block, :logIndex, :beneficiary, :wallet, :inShares, :amount, :paidAt)
            """)
        .bind("trust", entry.log().address())
        .bind("block", entry.block().number())
        .bind("logIndex", entry.log().ref().logIndex())
        .bind("beneficiary", paid.beneficiary())
        .bind("wallet", paid.wallet())
        .bind("inShares", inShares)
        .bind("amount", paid.amount())
        .bind("paidAt", entry.block().time())
        .execute();
  }

  static Trust read(ResultSet row) throws SQLException {
    String currency = row.getString("currency");
    return new Trust(
        Address.of(row.getBytes("address")),
        new LogRef(row.getLong("block_number"), row.getInt("log_index")),
        Instant.ofEpochSecond(row.getLong("opened_at")),
        row.getString("company_name"),
        currency,
        currency == null ? 0 : row.getInt("decimals"),
        new TrustOpened(
            row.getLong("company_id"),
            Address.of(row.getBytes("settlor")),
            TrustState.address(row, "protector"),
            TrustState.address(row, "settlement_token"),
            TrustState.address(row, "share_class"),
            row.getInt("threshold"),
            Duration.ofSeconds(row.getLong("challenge_period")),
            Duration.ofSeconds(row.getLong("vacancy_period")),
            Instant.ofEpochSecond(row.getLong("long_stop")),
            row.getInt("platform_fee_bps"),
            row.getInt("trustee_fee_bps"),
            row.getBoolean("spendthrift"),
            row.getBoolean("revocable"),
            row.getBoolean("veto_ends"),
            row.getInt("vote_opening_bps"),
            row.getInt("vote_quorum_bps"),
            row.getInt("vote_majority_bps"),
            Duration.ofSeconds(row.getLong("vote_duration")),
            Hash.of(row.getBytes("deed_hash"))),
        TrustState.read(row));
  }
}
