package io.fundtrail.share;

import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.ShareCount;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * A register that is kept whole: who held what before a block. One is kept in as many changes as
 * the class has holders, so that a register at any block is the last one kept and what changed
 * since, and that keeping them all takes no more room than the changes themselves.
 *
 * @param block before which it was so; 0 for the empty register that every class begins with
 */
record KeptRegister(long block, Map<Address, ShareCount> holders) {
  /** Fewer changes than these are read as fast as a register. */
  static final int LEAST_CHANGES = 1_000;

  private static final int HOLDER_BYTES = Address.SIZE + Long.BYTES;

  /** Who held how many shares of a class after a block, none of them zero; the caller's own map. */
  static Map<Address, ShareCount> after(Handle handle, Address shareClass, long block) {
    KeptRegister kept = last(handle, shareClass, block);
    Map<Address, ShareCount> held = kept.holders();
    handle
        .createQuery(
            """
            select holder, shares
            from holding
            where share_class = :shareClass
              and block_number >= :from
              and block_number <= :block
            order by block_number
            """)
        .bind("shareClass", shareClass)
        .bind("from", kept.block())
        .bind("block", block)
        .map((row, _) ->
            Map.entry(Address.of(row.getBytes("holder")), ShareCount.of(row.getLong("shares"))))
        .forEach(change -> {
          if (change.getValue().isZero()) {
            held.remove(change.getKey());
          } else {
            held.put(change.getKey(), change.getValue());
          }
        });
    return held;
  }

  /**
   * Keeps the register of a class as it is before a block.
   *
   * @param held who holds how many; those with none are left out
   */
  static void keep(Handle handle, Address shareClass, long block, Map<Address, ShareCount> held) {
    handle
        .createUpdate(
            """
            insert into kept_register (share_class, block_number, holders)
            values (:shareClass, :block, :holders)
            """)
        .bind("shareClass", shareClass)
        .bind("block", block)
        .bind("holders", written(held))
        .execute();
  }

  private static KeptRegister last(Handle handle, Address shareClass, long block) {
    return handle
        .createQuery(
            """
            select block_number, holders
            from kept_register
            where share_class = :shareClass and block_number <= :block
            order by block_number desc
            limit 1
            """)
        .bind("shareClass", shareClass)
        .bind("block", block)
        .map((row, _) ->
            new KeptRegister(row.getLong("block_number"), read(row.getBytes("holders"))))
        .findOne()
        .orElseGet(() -> new KeptRegister(0, new HashMap<>()));
  }

  private static Bytes written(Map<Address, ShareCount> held) {
    List<Map.Entry<Address, ShareCount>> holders =
        held.entrySet().stream()
            .filter(entry -> !entry.getValue().isZero())
            .sorted(Map.Entry.comparingByKey())
            .toList();
    ByteBuffer bytes = ByteBuffer.allocate(holders.size() * HOLDER_BYTES);
    holders.forEach(entry ->
        bytes.put(entry.getKey().bytes()).putLong(entry.getValue().shares().longValueExact()));
    return Bytes.of(bytes.array());
  }

  private static Map<Address, ShareCount> read(byte[] written) {
    ByteBuffer bytes = ByteBuffer.wrap(written);
    Map<Address, ShareCount> holders = HashMap.newHashMap(written.length / HOLDER_BYTES);
    byte[] wallet = new byte[Address.SIZE];
    while (bytes.hasRemaining()) {
      bytes.get(wallet);
      holders.put(Address.of(wallet), ShareCount.of(bytes.getLong()));
    }
    return holders;
  }
}
