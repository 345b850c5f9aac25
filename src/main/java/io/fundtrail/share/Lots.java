package io.fundtrail.share;

import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.ShareCount;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Shares that may not be resold before a time. */
final class Lots {
  private Lots() {}

  /** What wallets may not resell yet after a block, where that is anything. */
  static Map<Address, ShareCount> locked(
      Handle handle, Address shareClass, List<Address> wallets, BlockRef block) {
    record Lot(Address holder, long until) {}
    Map<Lot, ShareCount> lots = new HashMap<>();
    handle
        .createQuery(
            """
            select holder, locked_until, shares
            from lot
            where share_class = :shareClass and holder in (<wallets>)
              and locked_until > :time and block_number <= :block
            order by block_number
            """)
        .bind("shareClass", shareClass)
        .bindList("wallets", wallets)
        .bind("time", block.time())
        .bind("block", block.number())
        .map((row, _) ->
            Map.entry(
                new Lot(Address.of(row.getBytes("holder")), row.getLong("locked_until")),
                ShareCount.of(row.getLong("shares"))))
        .forEach(lot -> lots.put(lot.getKey(), lot.getValue()));
    Map<Address, ShareCount> locked = new HashMap<>();
    lots.forEach((lot, shares) -> locked.merge(lot.holder(), shares, ShareCount::plus));
    return locked;
  }

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
