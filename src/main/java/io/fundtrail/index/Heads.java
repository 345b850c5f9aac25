package io.fundtrail.index;

import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import io.fundtrail.store.BulkWriter;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

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
    BulkWriter.of(handle)
        .append(
            "history_head",
            List.of("contract", "block_number", "head"),
            changes.stream()
                .map(change ->
                    Arrays.<@Nullable Object>asList(
                        change.contract(), change.blockNumber(), change.head()))
                .toList());
  }
}
