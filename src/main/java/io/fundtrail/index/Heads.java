package io.fundtrail.index;

import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The history head of each contract after each block that changed it. */
public final class Heads {
  /** A head as it stood after a block. */
  record Change(Address contract, long blockNumber, Hash head) {}

  private Heads() {}

  /** The head of a contract after a block; none before its first event. */
  public static Optional<Hash> at(Handle handle, Address contract, long blockNumber) {
    return handle
        .createQuery(
            """
            select head
            from history_head
            where contract = :contract and block_number <= :blockNumber
            order by block_number desc
            limit 1
            """)
        .bind("contract", contract)
        .bind("blockNumber", blockNumber)
        .mapTo(Hash.class)
        .findOne();
  }

  static Map<Address, Hash> latest(Handle handle) {
    Map<Address, Hash> heads = new HashMap<>();
    handle
        .createQuery(
            """
            select h.contract, h.head
            from history_head h
            join (
              select contract, max(block_number) as block_number
              from history_head
              group by contract
            ) last on last.contract = h.contract and last.block_number = h.block_number
            """)
        .map((row, context) ->
            Map.entry(Address.of(row.getBytes("contract")), Hash.of(row.getBytes("head"))))
        .forEach(head -> heads.put(head.getKey(), head.getValue()));
    return heads;
  }

  static void add(Handle handle, Collection<Change> changes) {
    if (changes.isEmpty()) {
      return;
    }
    PreparedBatch batch =
        handle.prepareBatch(
            """
            insert into history_head (contract, block_number, head)
            values (:contract, :blockNumber, :head)
            """);
    for (Change change : changes) {
      batch
          .bind("contract", change.contract())
          .bind("blockNumber", change.blockNumber())
          .bind("head", change.head())
          .add();
    }
    batch.execute();
  }
}
