package io.fundtrail.round;

import static java.util.stream.Collectors.joining;

import io.fundtrail.api.Words;
import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Hash;
import io.fundtrail.model.ShareCount;
import io.fundtrail.model.TokenAmount;
import io.fundtrail.round.RoundState.Escrow;
import io.fundtrail.round.RoundState.Outcome;
import io.fundtrail.round.RoundState.Stage;
import io.fundtrail.round.RoundState.Version;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** The rows of {@code round_state}. */
final class RoundStates {
  private static final List<String> VALUES =
      List.of(
          "status",
          "paused",
          "closed_at",
          "deadline",
          "terms_version",
          "material_version",
          "terms_hash",
          "reconfirm_by",
          "early_close_at",
          "persons",
          "raised_commitments",
          "raised_shares",
          "raised_amount",
          "escrow_commitments",
          "escrow_shares",
          "escrow_amount",
          "cancelled_commitments",
          "cancelled_shares",
          "cancelled_amount",
          "refunded_commitments",
          "refunded_shares",
          "refunded_amount",
          "sold_commitments",
          "sold_shares",
          "sold_amount",
          "outside_shares",
          "proceeds_credited",
          "proceeds_paid",
          "fee_credited",
          "fee_paid",
          "excess_credited",
          "excess_paid");

  /** The columns of a state, to be read by {@link #read}, where {@code s} is the table. */
  static final String COLUMNS = VALUES.stream().map(name -> "s." + name).collect(joining(", "));

  private static final String STORE =
      """
      insert into round_state (round, block_number, %s)
      values (:round, :block, %s)
      on conflict (round, block_number) do update set %s
      """
          .formatted(
              String.join(", ", VALUES),
              VALUES.stream().map(name -> ":" + name).collect(joining(", ")),
              VALUES.stream().map(name -> name + " = :" + name).collect(joining(", ")));

  private RoundStates() {}

  /** The newest state; every round has one from its opening on. */
  static RoundState last(Handle handle, Address round) {
    return handle
        .createQuery(
            """
            select <columns>
            from round_state s
            where s.round = :round
            order by s.block_number desc
            limit 1
            """)
        .define("columns", COLUMNS)
        .bind("round", round)
        .map(RoundStates::read)
        .one();
  }

  static void store(Handle handle, Address round, BlockRef block, RoundState state) {
    Update update =
        handle
            .createUpdate(STORE)
            .bind("round", round)
            .bind("block", block.number())
            .bind("status", Words.of(state.stage().status()))
            .bind("paused", state.stage().paused())
            .bindByType("closed_at", state.stage().closedAt(), Instant.class)
            .bind("deadline", state.stage().version().deadline())
            .bind("terms_version", state.stage().version().number())
            .bind("material_version", state.stage().version().material())
            .bind("terms_hash", state.stage().version().termsHash())
            .bindByType("reconfirm_by", state.stage().version().reconfirmBy(), Instant.class)
            .bindByType("early_close_at", state.stage().earlyCloseAt(), Instant.class)
            .bind("outside_shares", state.outcome().outside())
            .bind("persons", state.escrow().persons());
    bind(update, "raised", state.escrow().raised());
    bind(update, "escrow", state.escrow().held());
    bind(update, "cancelled", state.escrow().cancelled());
    bind(update, "refunded", state.escrow().refunded());
    bind(update, "sold", state.outcome().sold());
    bind(update, "proceeds", state.outcome().proceeds());
    bind(update, "fee", state.outcome().fee());
    bind(update, "excess", state.outcome().excess());
    update.execute();
  }

  static RoundState read(ResultSet row, StatementContext context) throws SQLException {
    return new RoundState(
        new Stage(
            Words.read(RoundStatus.class, row.getString("status")),
            row.getBoolean("paused"),
            time(row, "closed_at"),
            new Version(
                row.getInt("terms_version"),
                row.getInt("material_version"),
                Instant.ofEpochSecond(row.getLong("deadline")),
                Hash.of(row.getBytes("terms_hash")),
                time(row, "reconfirm_by")),
            time(row, "early_close_at")),
        new Escrow(
            row.getInt("persons"),
            sum(row, "raised"),
            sum(row, "escrow"),
            sum(row, "cancelled"),
            sum(row, "refunded")),
        new Outcome(
            sum(row, "sold"),
            ShareCount.of(row.getLong("outside_shares")),
            credit(row, "proceeds"),
            credit(row, "fee"),
            credit(row, "excess")));
  }

  private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    long seconds = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochSecond(seconds);
  }

  static TokenAmount amount(ResultSet row, String column) throws SQLException {
    return TokenAmount.of(Hash.of(row.getBytes(column)).toUint());
  }

  private static void bind(Update update, String name, Sum sum) {
    update
        .bind(name + "_commitments", sum.commitments())
        .bind(name + "_shares", sum.shares())
        .bind(name + "_amount", sum.amount());
  }

  private static void bind(Update update, String name, Credit credit) {
    update.bind(name + "_credited", credit.credited()).bind(name + "_paid", credit.paid());
  }

  private static Sum sum(ResultSet row, String name) throws SQLException {
    return new Sum(
        row.getInt(name + "_commitments"),
        ShareCount.of(row.getLong(name + "_shares")),
        amount(row, name + "_amount"));
  }

  private static Credit credit(ResultSet row, String name) throws SQLException {
    return new Credit(amount(row, name + "_credited"), amount(row, name + "_paid"));
  }
}
