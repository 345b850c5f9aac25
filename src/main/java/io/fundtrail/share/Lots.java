package io.fundtrail.share;

import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.ShareCount;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Shares that may not be resold before a time. */
final class Lots {
  /** What {@code h.holder} may not resell yet at {@code :time}, in class {@code h.share_class}. */
  static final String LOCKED =
      """
      coalesce((select sum(l.shares) from lot l
       where l.share_class = h.share_class and l.holder = h.holder and l.locked_until > :time
         and l.block_number =
           (select max(x.block_number) from lot x
            where x.share_class = l.share_class and x.holder = l.holder
              and x.locked_until = l.locked_until and x.block_number <= :block)), 0)
      """;

  private Lots() {}

  static void add(
      Handle handle,
      Address shareClass,
      BlockRef block,
      Address holder,
      Instant lockedUntil,
      ShareCount shares) {
    store(
        handle,
        shareClass,
        block,
        holder,
        lockedUntil,
        last(handle, shareClass, holder, lockedUntil).plus(shares));
  }

  static void take(
      Handle handle,
      Address shareClass,
      BlockRef block,
      Address holder,
      Instant lockedUntil,
      ShareCount shares) {
    store(
        handle,
        shareClass,
        block,
        holder,
        lockedUntil,
        last(handle, shareClass, holder, lockedUntil).minus(shares));
  }

  /** Each share of the class became so many. */
  static void split(Handle handle, Address shareClass, BlockRef block, int factor) {
    handle
        .createUpdate(
            """
            insert into lot (share_class, holder, locked_until, block_number, shares)
            select l.share_class, l.holder, l.locked_until, :block, l.shares * :factor
            from lot l
            where l.share_class = :shareClass and l.shares > 0 and l.locked_until > :time
              and l.block_number =
                (select max(x.block_number) from lot x
                 where x.share_class = l.share_class and x.holder = l.holder
                   and x.locked_until = l.locked_until)
            on conflict (share_class, holder, locked_until, block_number) do update set
              shares = excluded.shares
            """)
        .bind("shareClass", shareClass)
        .bind("block", block.number())
        .bind("time", block.time())
        .bind("factor", factor)
        .execute();
  }

  private static ShareCount last(
      Handle handle, Address shareClass, Address holder, Instant lockedUntil) {
    return handle
        .createQuery(
            """
            select shares
            from lot
            where share_class = :shareClass and holder = :holder and locked_until = :lockedUntil
            order by block_number desc
            limit 1
            """)
        .bind("shareClass", shareClass)
        .bind("holder", holder)
        .bind("lockedUntil", lockedUntil)
        .mapTo(ShareCount.class)
        .findOne()
        .orElse(ShareCount.ZERO);
  }

  private static void store(
      Handle handle,
      Address shareClass,
      BlockRef block,
      Address holder,
      Instant lockedUntil,
      ShareCount shares) {
    handle
        .createUpdate(
            """
            insert into lot (share_class, holder, locked_until, block_number, shares)
            values (:shareClass, :holder, :lockedUntil, :block, :shares)
            on conflict (share_class, holder, locked_until, block_number) do update set
              shares = :shares
            """)
        .bind("shareClass", shareClass)
        .bind("holder", holder)
        .bind("lockedUntil", lockedUntil)
        .bind("block", block.number())
        .bind("shares", shares)
        .execute();
  }
}
