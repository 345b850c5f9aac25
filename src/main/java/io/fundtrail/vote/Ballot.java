package io.fundtrail.vote;

import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Hash;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * What an elector said, as of a block.
 *
 * @param elector a wallet at the record date, left-padded with zeros, or in a round's vote an
 *     identity
 * @param castBy who cast it; null before anybody did
 * @param proxy who may vote for the elector; null when nobody may
 */
record Ballot(
    Hash elector,
    Choice choice,
    Weight weight,
    @Nullable Address castBy,
    @Nullable Address proxy,
    Instant changedAt) {

  private static final String COLUMNS =
      "select b.elector, b.choice, b.weight, b.cast_by, b.proxy, b.changed_at\nfrom ballot b\n";

  static final String WITH_VOTE =
      """
      select b.vote, b.elector, b.choice, b.weight, b.cast_by, b.proxy, b.changed_at
      from ballot b
      """;

  static Ballot none(Hash elector, BlockRef block) {
    return new Ballot(elector, Choice.NONE, Weight.ZERO, null, null, block.time());
  }

  Ballot cast(VoteEvent.VoteCast event, BlockRef block) {
    return new Ballot(elector, event.choice(), event.weight(), event.by(), proxy, block.time());
  }

  Ballot withProxy(@Nullable Address now, BlockRef block) {
    return new Ballot(elector, choice, weight, castBy, now, block.time());
  }

  static Ballot last(Handle handle, Address vote, Hash elector, BlockRef block) {
    return handle
        .createQuery(
            COLUMNS
                + """
                where b.vote = :vote and b.elector = :elector
                order by b.block_number desc
                limit 1
                """)
        .bind("vote", vote)
        .bind("elector", elector)
        .map(Ballot::read)
        .findOne()
        .orElseGet(() -> none(elector, block));
  }

  /**
   * The ballots of a vote, by elector.
   *
   * @param after the last elector of the page before
   */
  static List<Ballot> list(
      Handle handle, Address vote, long block, Optional<Hash> after, int limit) {
    Query query =
        handle
            .createQuery(
                COLUMNS
                    + """
                    where b.vote = :vote
                      and b.block_number =
                        (select max(x.block_number) from ballot x
                         where x.vote = b.vote and x.elector = b.elector
                           and x.block_number <= :block)
                    """
                    + (after.isPresent() ? "and b.elector > :after\n" : "")
                    + "order by b.elector limit :limit")
            .bind("vote", vote)
            .bind("block", block)
            .bind("limit", limit);
    after.ifPresent(last -> query.bind("after", last));
    return query.map(Ballot::read).list();
  }

  void store(Handle handle, Address vote, BlockRef block) {
    handle
        .createUpdate(
            """
            insert into ballot
              (vote, elector, block_number, choice, weight, cast_by, proxy, changed_at)
            values (:vote, :elector, :block, :choice, :weight, :castBy, :proxy, :changedAt)
            on conflict (vote, elector, block_number) do update set
              choice = :choice, weight = :weight, cast_by = :castBy, proxy = :proxy,
              changed_at = :changedAt
            """)
        .bind("vote", vote)
        .bind("elector", elector)
        .bind("block", block.number())
        .bind("choice", choice.name())
        .bind("weight", weight.column())
        .bindByType("castBy", castBy, Address.class)
        .bindByType("proxy", proxy, Address.class)
        .bind("changedAt", changedAt)
        .execute();
  }

  static Ballot read(ResultSet row, StatementContext context) throws SQLException {
    return new Ballot(
        Hash.of(row.getBytes("elector")),
        Choice.valueOf(row.getString("choice")),
        Weight.read(row, "weight"),
        address(row, "cast_by"),
        address(row, "proxy"),
        Instant.ofEpochSecond(row.getLong("changed_at")));
  }

  private static @Nullable Address address(ResultSet row, String column) throws SQLException {
    byte @Nullable [] bytes = row.getBytes(column);
    return bytes == null ? null : Address.of(bytes);
  }
}
