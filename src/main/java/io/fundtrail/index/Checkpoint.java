package io.fundtrail.index;

import io.fundtrail.chain.Finality;
import io.fundtrail.model.AsOf;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Hash;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * How far the index has come. Everything up to {@code block} is stored, and nothing beyond it.
 *
 * @param verifiedThrough the last block at which every history was compared with its proven head
 * @param finalNumber the last block that was seen to be final, not beyond {@code block}
 */
public record Checkpoint(BlockRef block, long verifiedThrough, long finalNumber, Hash finalHash) {
  public Checkpoint {
    if (verifiedThrough > block.number() || finalNumber > block.number()) {
      throw new IllegalArgumentException(
          "block %d is indexed, but %d verified and %d final"
              .formatted(block.number(), verifiedThrough, finalNumber));
    }
  }

  /** The checkpoint in the database; none before the first start. */
  public static Optional<Checkpoint> read(Handle handle) {
    return handle
        .createQuery(
            """
            select number, hash, time, verified_through, final_number, final_hash
            from checkpoint
            """)
        .map((row, context) ->
            new Checkpoint(
                new BlockRef(
                    row.getLong("number"),
                    Hash.of(row.getBytes("hash")),
                    Instant.ofEpochSecond(row.getLong("time"))),
                row.getLong("verified_through"),
                row.getLong("final_number"),
                Hash.of(row.getBytes("final_hash"))))
        .findOne();
  }

  public long number() {
    return block.number();
  }

  /** What an answer about the indexed block is true of. */
  public AsOf asOf(Finality finality) {
    return asOf(block, finality, false);
  }

  /**
   * What an answer about an earlier block is true of.
   *
   * @param settled whether whatever was asked for can mean no other block any more
   */
  public AsOf asOf(BlockRef earlier, Finality finality, boolean settled) {
    return new AsOf(
        earlier,
        finality.toString(),
        Math.min(verifiedThrough, earlier.number()),
        settled && verifiedThrough >= earlier.number());
  }

  /** Stores it in the place of {@code before}, which must still be there. */
  void replace(Handle handle, Checkpoint before) {
    int deleted =
        handle
            .createUpdate("delete from checkpoint where number = :number and hash = :hash")
            .bind("number", before.number())
            .bind("hash", before.block().hash())
            .execute();
    if (deleted != 1) {
      throw IndexStopped.because(
          "another process writes the same database: it no longer ends at " + before.block());
    }
    insert(handle);
  }

  void insert(Handle handle) {
    handle
        .createUpdate(
            """
            insert into checkpoint
              (only_row, number, hash, time, verified_through, final_number, final_hash)
            values
              (1, :number, :hash, :time, :verifiedThrough, :finalNumber, :finalHash)
            """)
        .bind("number", block.number())
        .bind("hash", block.hash())
        .bind("time", block.time())
        .bind("verifiedThrough", verifiedThrough)
        .bind("finalNumber", finalNumber)
        .bind("finalHash", finalHash)
        .execute();
  }
}
