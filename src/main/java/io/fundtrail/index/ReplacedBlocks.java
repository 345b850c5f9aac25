package io.fundtrail.index;

import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Hash;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The blocks that were indexed and that the chain replaced since. Known as long as the block below
 * them, from which the chain went on otherwise, is kept.
 */
public final class ReplacedBlocks {
  private ReplacedBlocks() {}

  /**
   * Where the chain left a block behind.
   *
   * @param replaced the number of the block that is no longer on the chain
   * @param fork the last block that its branch and the chain have in common
   */
  public record Left(long replaced, BlockRef fork) {}

  private record Replaced(long number, long keptNumber, Hash keptHash) {}

  /** Where the chain left a replaced block; none for a block that is not known as one. */
  public static Optional<Left> left(Handle handle, Hash hash) {
    Optional<Replaced> first = find(handle, hash);
    Optional<Replaced> branch = first;
    while (branch.isPresent()) {
      Replaced below = branch.get();
      Optional<BlockRef> kept =
          Blocks.at(handle, below.keptNumber())
              .filter(block -> block.hash().equals(below.keptHash()));
      if (kept.isPresent()) {
        return Optional.of(new Left(first.orElseThrow().number(), kept.get()));
      }
      branch = find(handle, below.keptHash());
    }
    return Optional.empty();
  }

  /** Notes that every kept block above this one is about to be taken back. */
  static void record(Handle handle, BlockRef last) {
    handle
        .createUpdate(
            """
            insert into replaced_block (hash, number, kept_number, kept_hash)
            select hash, number, :keptNumber, :keptHash
            from block
            where number > :keptNumber
            on conflict (hash)
              do update set kept_number = excluded.kept_number, kept_hash = excluded.kept_hash
            """)
        .bind("keptNumber", last.number())
        .bind("keptHash", last.hash())
        .execute();
  }

  /** Lets go of those that left the chain at a block below this one. */
  static void forget(Handle handle, long below) {
    handle
        .createUpdate("delete from replaced_block where kept_number < :below")
        .bind("below", below)
        .execute();
  }

  private static Optional<Replaced> find(Handle handle, Hash hash) {
    return handle
        .createQuery("select number, kept_number, kept_hash from replaced_block where hash = :hash")
        .bind("hash", hash)
        .map(ReplacedBlocks::read)
        .findOne();
  }

  private static Replaced read(ResultSet row, StatementContext context) throws SQLException {
    return new Replaced(
        row.getLong("number"), row.getLong("kept_number"), Hash.of(row.getBytes("kept_hash")));
  }
}
