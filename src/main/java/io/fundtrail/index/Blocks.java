package io.fundtrail.index;

import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Hash;
import io.fundtrail.store.BulkWriter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The blocks that the index keeps: all with a log of ours, and the recent ones. */
public final class Blocks {
  private Blocks() {}

  /** The kept block of a number. */
  public static Optional<BlockRef> at(Handle handle, long number) {
    return handle
        .createQuery("select number, hash, time from block where number = :number")
        .bind("number", number)
        .map(Blocks::read)
        .findOne();
  }

  /** The last kept block that is not later than a time: what was true then is what it left. */
  public static Optional<BlockRef> lastUntil(Handle handle, Instant time) {
    return handle
        .createQuery(
            """
            select number, hash, time
            from block
            where time <= :time
            order by time desc, number desc
            limit 1
            """)
        .bind("time", Instant.ofEpochSecond(time.getEpochSecond()))
        .map(Blocks::read)
        .findOne();
  }

  /** The first kept block that is later than a time. */
  public static Optional<BlockRef> firstAfter(Handle handle, Instant time) {
    return handle
        .createQuery(
            """
            select number, hash, time
            from block
            where time > :time
            order by time, number
            limit 1
            """)
        .bind("time", Instant.ofEpochSecond(time.getEpochSecond()))
        .map(Blocks::read)
        .findOne();
  }

  /** The last kept block that is not above a number: what was true then is what it left. */
  public static Optional<BlockRef> lastUntil(Handle handle, long number) {
    return downFrom(handle, number, 1).stream().findFirst();
  }

  /** The kept block of a hash. */
  public static Optional<BlockRef> of(Handle handle, Hash hash) {
    return handle
        .createQuery("select number, hash, time from block where hash = :hash")
        .bind("hash", hash)
        .map(Blocks::read)
        .findOne();
  }

  /** The last block with a log of ours that is not above a number; the index never drops it. */
  public static Optional<BlockRef> lastWithLogUntil(Handle handle, long number) {
    return handle
        .createQuery(
            """
            select number, hash, time
            from block
            where number = (select max(block_number) from journal where block_number <= :number)
            """)
        .bind("number", number)
        .map(Blocks::read)
        .findOne();
  }

  /** Kept blocks from a number down, the highest first. */
  static List<BlockRef> downFrom(Handle handle, long highest, int limit) {
    return handle
        .createQuery(
            """
            select number, hash, time
            from block
            where number <= :highest
            order by number desc
            limit :limit
            """)
        .bind("highest", highest)
        .bind("limit", limit)
        .map(Blocks::read)
        .list();
  }

  static void add(Handle handle, Collection<CheckedHeader> headers) {
    BulkWriter.of(handle)
        .append(
            "block",
            List.of("number", "hash", "parent_hash", "time"),
            headers.stream()
                .map(header ->
                    Arrays.<@Nullable Object>asList(
                        header.number(), header.hash(), header.parentHash(), header.ref().time()))
                .toList());
  }

  /**
   * Adds blocks that the index has passed, unless it keeps them.
   *
   * @throws ContradictoryAnswer if it keeps another block of the same number
   */
  static void addEarlier(Handle handle, Collection<CheckedHeader> headers) {
    List<CheckedHeader> missing = new ArrayList<>();
    for (CheckedHeader header : headers) {
      Optional<BlockRef> kept = at(handle, header.number());
      if (kept.isEmpty()) {
        missing.add(header);
      } else if (!kept.get().hash().equals(header.hash())) {
        throw new ContradictoryAnswer(
            "the header of block %d is now %s, and was %s"
                .formatted(header.number(), header.hash(), kept.get().hash()));
      }
    }
    add(handle, missing);
  }

  /** Lets go of blocks in a range (the end not included) that nothing needs any more. */
  static void forget(Handle handle, long from, long to, long verifiedThrough) {
    handle
        .createUpdate(
            """
            delete from block
            where number >= :from
              and number < :to
              and number <> :verifiedThrough
              and not exists (select 1 from journal where journal.block_number = block.number)
            """)
        .bind("from", from)
        .bind("to", to)
        .bind("verifiedThrough", verifiedThrough)
        .execute();
  }

  private static BlockRef read(ResultSet row, StatementContext context) throws SQLException {
    return new BlockRef(
        row.getLong("number"),
        Hash.of(row.getBytes("hash")),
        Instant.ofEpochSecond(row.getLong("time")));
  }
}
