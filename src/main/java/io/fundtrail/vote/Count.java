package io.fundtrail.vote;

import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;

/** The sums of a vote's ballots after a block. */
record Count(Weight inFavour, Weight against, Weight abstained, int ballots) {
  static final Count NONE = new Count(Weight.ZERO, Weight.ZERO, Weight.ZERO, 0);

  /** After a ballot took the place of another. */
  Count replace(Ballot before, Ballot after) {
    Count without = before.choice() == Choice.NONE ? this : add(before, -1);
    return without.add(after, 1);
  }

  private Count add(Ballot ballot, int sign) {
    return new Count(
        changed(inFavour, ballot, Choice.FOR, sign),
        changed(against, ballot, Choice.AGAINST, sign),
        changed(abstained, ballot, Choice.ABSTAIN, sign),
        ballots + sign);
  }

  private static Weight changed(Weight sum, Ballot ballot, Choice choice, int sign) {
    if (ballot.choice() != choice) {
      return sum;
    }
    return sign > 0 ? sum.plus(ballot.weight()) : sum.minus(ballot.weight());
  }

  static Count last(Handle handle, Address vote) {
    return handle
        .createQuery(
            """
            select in_favour, against, abstained, ballots
            from vote_count
            where vote = :vote
            order by block_number desc
            limit 1
            """)
        .bind("vote", vote)
        .map((row, context) -> read(row))
        .one();
  }

  static Count read(ResultSet row) throws SQLException {
    return new Count(
        Weight.read(row, "in_favour"),
        Weight.read(row, "against"),
        Weight.read(row, "abstained"),
        row.getInt("ballots"));
  }

  void store(Handle handle, Address vote, BlockRef block) {
    handle
        .createUpdate(
            """
            insert into vote_count (vote, block_number, in_favour, against, abstained, ballots)
            values (:vote, :block, :inFavour, :against, :abstained, :ballots)
            on conflict (vote, block_number) do update set
              in_favour = :inFavour, against = :against, abstained = :abstained,
              ballots = :ballots
            """)
        .bind("vote", vote)
        .bind("block", block.number())
        .bind("inFavour", inFavour.column())
        .bind("against", against.column())
        .bind("abstained", abstained.column())
        .bind("ballots", ballots)
        .execute();
  }
}
