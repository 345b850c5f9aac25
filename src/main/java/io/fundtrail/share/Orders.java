package io.fundtrail.share;

import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Hash;
import io.fundtrail.share.ShareEvent.OrderAnnounced;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Freezes and transfers that an authority ordered. */
final class Orders {
  private Orders() {}

  /** An order, as the API gives it. */
  record Order(
      Hash order,
      OrderKind kind,
      OrderStatus status,
      Address from,
      Address to,
      BigInteger shares,
      Hash documentHash,
      Instant announcedAt,
      Instant executableFrom,
      Instant lapsesAt) {}

  static List<Order> list(Handle handle, Address shareClass, BlockRef block) {
    return handle
        .createQuery(
            """
            select o.order_id, o.kind,
              case when o.status = :announced and o.lapses_at <= :time then :lapsed
                else o.status end as status,
              o.sender, o.receiver, o.shares, o.document_hash, o.announced_at, o.executable_from,
              o.lapses_at
            from share_order o
            where o.share_class = :shareClass
              and o.block_number =
                (select max(x.block_number) from share_order x
                 where x.share_class = o.share_class and x.order_id = o.order_id
                   and x.block_number <= :block)
            order by o.announced_at, o.order_id
            """)
        .bind("shareClass", shareClass)
        .bind("block", block.number())
        .bind("time", block.time())
        .bind("announced", OrderStatus.ANNOUNCED.name())
        .bind("lapsed", OrderStatus.LAPSED.name())
        .map((row, context) ->
            new Order(
                Hash.of(row.getBytes("order_id")),
                OrderKind.valueOf(row.getString("kind")),
                OrderStatus.valueOf(row.getString("status")),
                Address.of(row.getBytes("sender")),
                Address.of(row.getBytes("receiver")),
                Hash.of(row.getBytes("shares")).toUint(),
                Hash.of(row.getBytes("document_hash")),
                Instant.ofEpochSecond(row.getLong("announced_at")),
                Instant.ofEpochSecond(row.getLong("executable_from")),
                Instant.ofEpochSecond(row.getLong("lapses_at"))))
        .list();
  }

  static void announce(
      Handle handle, Address shareClass, BlockRef block, OrderAnnounced announced) {
    handle
        .createUpdate(
            """
            insert into share_order
              (share_class, order_id, block_number, kind, status, sender, receiver, shares,
               document_hash, executable_from, lapses_at, announced_at)
            values
              (:shareClass, :order, :block, :kind, :status, :sender, :receiver, :shares,
               :documentHash, :executableFrom, :lapsesAt, :announcedAt)
            on conflict (share_class, order_id, block_number) do update set
              status = :status, executable_from = :executableFrom, lapses_at = :lapsesAt,
              document_hash = :documentHash, announced_at = :announcedAt
            """)
        .bind("shareClass", shareClass)
        .bind("order", announced.order())
        .bind("block", block.number())
        .bind("kind", announced.kind().name())
        .bind("status", OrderStatus.ANNOUNCED.name())
        .bind("sender", announced.from())
        .bind("receiver", announced.to())
        .bind("shares", announced.shares())
        .bind("documentHash", announced.documentHash())
        .bind("executableFrom", announced.executableFrom())
        .bind("lapsesAt", announced.lapsesAt())
        .bind("announcedAt", block.time())
        .execute();
  }

  static void become(
      Handle handle, Address shareClass, BlockRef block, Hash order, OrderStatus status) {
    handle
        .createUpdate(
            """
            insert into share_order
              (share_class, order_id, block_number, kind, status, sender, receiver, shares,
               document_hash, executable_from, lapses_at, announced_at)
            select share_class, order_id, :block, kind, :status, sender, receiver, shares,
              document_hash, executable_from, lapses_at, announced_at
            from share_order
            where share_class = :shareClass and order_id = :order
              and block_number =
                (select max(block_number) from share_order
                 where share_class = :shareClass and order_id = :order)
            on conflict (share_class, order_id, block_number) do update set
              status = excluded.status
            """)
        .bind("shareClass", shareClass)
        .bind("order", order)
        .bind("block", block.number())
        .bind("status", status.name())
        .execute();
  }

  /** An order is of a number of shares, so those that are announced lapse when that changes. */
  static void split(Handle handle, Address shareClass, BlockRef block) {
    handle
        .createUpdate(
            """
            insert into share_order
              (share_class, order_id, block_number, kind, status, sender, receiver, shares,
               document_hash, executable_from, lapses_at, announced_at)
            select share_class, order_id, :block, kind, :lapsed, sender, receiver, shares,
              document_hash, executable_from, lapses_at, announced_at
            from share_order o
            where o.share_class = :shareClass and o.status = :announced
              and o.block_number =
                (select max(x.block_number) from share_order x
                 where x.share_class = o.share_class and x.order_id = o.order_id)
            on conflict (share_class, order_id, block_number) do update set
              status = excluded.status
            """)
        .bind("shareClass", shareClass)
        .bind("block", block.number())
        .bind("announced", OrderStatus.ANNOUNCED.name())
        .bind("lapsed", OrderStatus.LAPSED.name())
        .execute();
  }
}
