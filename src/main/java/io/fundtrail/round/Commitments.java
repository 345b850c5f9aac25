package io.fundtrail.round;

import io.fundtrail.api.Money;
import io.fundtrail.api.Words;
import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Hash;
import io.fundtrail.model.LogRef;
import io.fundtrail.model.ShareCount;
import io.fundtrail.model.TokenAmount;
import io.fundtrail.round.Commitment.Agreement;
import io.fundtrail.round.Commitment.Place;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Commitments as they were after a block. */
public final class Commitments {
  /** After closing, from which on what is not settled is refundable: the contract's. */
  private static final Duration SETTLEMENT_PERIOD = Duration.ofDays(30);

  private static final String COLUMNS =
      """
      m.identity, m.wallet, m.first_block, m.first_index, m.position, m.state, m.shares, m.amount,
      m.committed_at, m.changed_at, m.returned, m.allotted, m.fee, m.affiliated, m.consent,
      m.category, m.credit_paid, m.terms_version as agreed_version
      """;

  private static final String AFTER_BLOCK =
      """
      m.block_number =
        (select max(x.block_number) from commitment x
         where x.round = m.round and x.identity = m.identity and x.block_number <= :block)
      """;

  private Commitments() {}

  /** A commitment, as the API gives it. */
  public record View(
      Hash identity,
      Address wallet,
      int position,
      CommitmentState state,
      ShareCount shares,
      String amount,
      String currency,
      Instant committedAt,
      Instant changedAt,
      String returned,
      @Nullable ShareCount allotted,
      @Nullable String fee,
      int termsVersion,
      boolean consent,
      @Nullable Instant cancellableUntil,
      boolean affiliated) {}

  /** A person's commitment with its round; {@code first} is the event by which the person came. */
  public record OfPerson(LogRef first, RoundInBrief round, View commitment) {}

  /** The newest commitment of a person in a round. */
  static Optional<Commitment> last(Handle handle, Address round, Hash identity) {
    return handle
        .createQuery(
            "select "
                + COLUMNS
                + """
                from commitment m
                where m.round = :round and m.identity = :identity
                order by m.block_number desc
                limit 1
                """)
        .bind("round", round)
        .bind("identity", identity)
        .map(Commitments::read)
        .findOne();
  }

  /** What a person is to the rules after a block, as the registry counts categories. */
  static int category(Handle handle, Hash identity, BlockRef block) {
    return handle
        .createQuery(
            """
            select category
            from investor
            where identity = :identity and block_number <= :block
            order by block_number desc
            limit 1
            """)
        .bind("identity", identity)
        .bind("block", block.number())
        .mapTo(Integer.class)
        .findOne()
        .orElse(0);
  }

  /** Whose commitment the wallet's money is in, if there is one. */
  static Optional<Hash> identityOf(Handle handle, Address round, Address wallet, long block) {
    return handle
        .createQuery(
            "select m.identity from commitment m where m.round = :round and m.wallet = :wallet and "
                + AFTER_BLOCK
                + "order by m.changed_at desc limit 1")
        .bind("round", round)
        .bind("wallet", wallet)
        .bind("block", block)
        .mapTo(Hash.class)
        .findOne();
  }

  /**
   * A round's commitments, in its order.
   *
   * @param after the position of the last commitment of the page before
   */
  static List<View> list(
      Handle handle,
      Round round,
      Optional<CommitmentState> state,
      BlockRef block,
      Optional<Integer> after,
      int limit) {
    StringBuilder sql = new StringBuilder("select " + COLUMNS);
    sql.append("from commitment m where m.round = :round and ").append(AFTER_BLOCK);
    state.ifPresent(_ -> sql.append("and m.state = :state\n"));
    after.ifPresent(_ -> sql.append("and m.position > :after\n"));
    sql.append("order by m.position limit :limit");
    Query query =
        handle
            .createQuery(sql.toString())
            .bind("round", round.address())
            .bind("block", block.number())
            .bind("limit", limit);
    state.ifPresent(wanted -> query.bind("state", Words.of(wanted)));
    after.ifPresent(position -> query.bind("after", position));
    return query.map(Commitments::read).stream()
        .map(commitment -> view(commitment, round, block.time()))
        .toList();
  }

  /**
   * A person's commitments over all rounds, in the order in which they were first made.
   *
   * @param after the first event of the last commitment of the page before
   */
  public static List<OfPerson> ofPerson(
      Handle handle, Hash identity, BlockRef block, Optional<LogRef> after, int limit) {
    StringBuilder sql = new StringBuilder("select " + COLUMNS + ", " + Rounds.COLUMNS);
    sql.append(Rounds.FROM_ROUND).append("join commitment m on m.round = r.address\n");
    sql.append("where m.identity = :identity and ").append(AFTER_BLOCK);
    after.ifPresent(
        _ -> sql.append("and (m.first_block, m.first_index) > (:afterBlock, :afterIndex)\n"));
    sql.append("order by m.first_block, m.first_index limit :limit");
    Query query =
        handle
            .createQuery(sql.toString())
            .bind("identity", identity)
            .bind("block", block.number())
            .bind("limit", limit);
    after.ifPresent(
        last -> query.bind("afterBlock", last.blockNumber()).bind("afterIndex", last.logIndex()));
    return query.map((row, context) -> readOfPerson(row, context, block.time())).list();
  }

  /**
   * What can be paid back to persons now: commitments that are refundable, and the money of shares
   * that were committed and not allotted.
   *
   * @param round as it stands
   * @param reason why it can be paid
   * @param wallet that is paid
   */
  public record Claimable(
      RoundInBrief round, Hash identity, Address wallet, Reason reason, String amount) {}

  /** Why money of a commitment can be paid back. */
  public enum Reason {
    ROUND_FAILED,
    ROUND_CANCELLED,
    EXCLUDED,
    NOT_RECONFIRMED,
    NOT_SETTLED_IN_TIME,
    NOT_ALLOTTED
  }

  /** What can be paid back to persons after a block, of the newest round first. */
  public static List<Claimable> claimable(
      Handle handle, Collection<Hash> identities, BlockRef block, int limit) {
    return handle
        .createQuery(
            "select "
                + COLUMNS
                + ", "
                + Rounds.COLUMNS
                + Rounds.FROM_ROUND
                + "join commitment m on m.round = r.address\n"
                + "where m.identity in (<identities>) and "
                + AFTER_BLOCK
                + """
                and (m.state = 'excluded'
                  or (m.state = 'live'
                    and (s.status in ('failed', 'cancelled')
                      or (s.reconfirm_by <= :time and m.terms_version < s.material_version)
                      or s.closed_at + :settlementPeriod <= :time))
                  or (m.state = 'settled' and not m.credit_paid and m.allotted < m.shares))
                order by r.block_number desc, r.log_index desc, m.identity
                limit :limit
                """)
        .bindList("identities", List.copyOf(identities))
        .bind("block", block.number())
        .bind("time", block.time())
        .bind("settlementPeriod", SETTLEMENT_PERIOD.toSeconds())
        .bind("limit", limit)
        .map((row, context) -> readClaimable(row, context, block.time()))
        .list();
  }

  static void store(Handle handle, Address round, BlockRef block, Commitment commitment) {
    handle
        .createUpdate(
            """
            insert into commitment
              (round, identity, block_number, wallet, first_block, first_index, position, state,
               shares, amount, committed_at, changed_at, returned, allotted, fee, terms_version,
               affiliated, consent, category, credit_paid)
            values
              (:round, :identity, :block, :wallet, :firstBlock, :firstIndex, :position, :state,
               :shares, :amount, :committedAt, :changedAt, :returned, :allotted, :fee,
               :termsVersion, :affiliated, :consent, :category, :creditPaid)
            on conflict (round, identity, block_number) do update set
              wallet = :wallet, state = :state, shares = :shares, amount = :amount,
              committed_at = :committedAt, changed_at = :changedAt, returned = :returned,
              allotted = :allotted, fee = :fee, terms_version = :termsVersion,
              affiliated = :affiliated, consent = :consent, category = :category,
              credit_paid = :creditPaid
            """)
        .bind("round", round)
        .bind("identity", commitment.place().identity())
        .bind("block", block.number())
        .bind("wallet", commitment.place().wallet())
        .bind("firstBlock", commitment.place().first().blockNumber())
        .bind("firstIndex", commitment.place().first().logIndex())
        .bind("position", commitment.place().position())
        .bind("state", Words.of(commitment.state()))
        .bind("shares", commitment.shares())
        .bind("amount", commitment.amount())
        .bind("committedAt", commitment.committedAt())
        .bind("changedAt", commitment.changedAt())
        .bind("returned", commitment.returned())
        .bindByType("allotted", commitment.allotted(), ShareCount.class)
        .bindByType("fee", commitment.fee(), TokenAmount.class)
        .bind("termsVersion", commitment.agreement().termsVersion())
        .bind("consent", commitment.agreement().consent())
        .bind("category", commitment.agreement().category())
        .bind("affiliated", commitment.affiliated())
        .bind("creditPaid", commitment.creditPaid())
        .execute();
  }

  private static View view(Commitment commitment, Round round, Instant time) {
    Terms terms = round.terms();
    TokenAmount fee = commitment.fee();
    return new View(
        commitment.place().identity(),
        commitment.place().wallet(),
        commitment.place().position(),
        commitment.state(),
        commitment.shares(),
        Money.text(commitment.amount(), terms.decimals()),
        terms.currency(),
        commitment.committedAt(),
        commitment.changedAt(),
        Money.text(commitment.returned(), terms.decimals()),
        commitment.allotted(),
        fee == null ? null : Money.text(fee, terms.decimals()),
        commitment.agreement().termsVersion(),
        commitment.agreement().consent(),
        Cancellation.until(commitment, round, time).orElse(null),
        commitment.affiliated());
  }

  private static Claimable readClaimable(ResultSet row, StatementContext context, Instant time)
      throws SQLException {
    Round round = Rounds.read(row, context);
    Commitment commitment = read(row, context);
    ShareCount allotted = commitment.allotted();
    TokenAmount amount =
        allotted == null
            ? commitment.amount()
            : commitment.shares().minus(allotted).times(round.terms().price());
    return new Claimable(
        round.inBrief(),
        commitment.place().identity(),
        commitment.place().wallet(),
        reason(commitment, round.state().stage(), time),
        round.money(amount));
  }

  private static Reason reason(Commitment commitment, RoundState.Stage stage, Instant time) {
    if (commitment.state() == CommitmentState.SETTLED) {
      return Reason.NOT_ALLOTTED;
    }
    if (commitment.state() == CommitmentState.EXCLUDED) {
      return Reason.EXCLUDED;
    }
    return switch (stage.status()) {
      case FAILED -> Reason.ROUND_FAILED;
      case CANCELLED -> Reason.ROUND_CANCELLED;
      case OPEN, TALLYING, SETTLING, SETTLED -> {
        Instant by = stage.version().reconfirmBy();
        boolean lapsed =
            commitment.agreement().termsVersion() < stage.version().material()
                && by != null
                && !time.isBefore(by);
        yield lapsed ? Reason.NOT_RECONFIRMED : Reason.NOT_SETTLED_IN_TIME;
      }
    };
  }

  private static OfPerson readOfPerson(ResultSet row, StatementContext context, Instant time)
      throws SQLException {
    Round round = Rounds.read(row, context);
    Commitment commitment = read(row, context);
    return new OfPerson(commitment.place().first(), round.inBrief(), view(commitment, round, time));
  }

  private static Commitment read(ResultSet row, StatementContext context) throws SQLException {
    byte @Nullable [] fee = row.getBytes("fee");
    long allotted = row.getLong("allotted");
    boolean isAllotted = !row.wasNull();
    return new Commitment(
        new Place(
            Hash.of(row.getBytes("identity")),
            Address.of(row.getBytes("wallet")),
            row.getInt("position"),
            new LogRef(row.getLong("first_block"), row.getInt("first_index"))),
        Words.read(CommitmentState.class, row.getString("state")),
        ShareCount.of(row.getLong("shares")),
        RoundStates.amount(row, "amount"),
        Instant.ofEpochSecond(row.getLong("committed_at")),
        Instant.ofEpochSecond(row.getLong("changed_at")),
        RoundStates.amount(row, "returned"),
        isAllotted ? ShareCount.of(allotted) : null,
        fee == null ? null : TokenAmount.of(Hash.of(fee).toUint()),
        new Agreement(
            row.getInt("agreed_version"), row.getBoolean("consent"), row.getInt("category")),
        row.getBoolean("affiliated"),
        row.getBoolean("credit_paid"));
  }
}
