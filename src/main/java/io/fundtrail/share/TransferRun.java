package io.fundtrail.share;

import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.ShareCount;
import io.fundtrail.share.ShareEvent.Transferred;
import io.fundtrail.store.BulkWriter;
import io.fundtrail.store.DeferredIndexes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Transfers of a share class with nothing between them: what the tables hold of its holders is read
 * once, and what they come to is written once for each block. The same comes of them however they
 * are cut into runs.
 */
final class TransferRun {
  /** By it one holder is looked for; a backfill leaves it out until it has to look for one. */
  static final String INDEX_BY_HOLDER = "holding_holder";

  private static final int HOLDERS_AT_ONCE = 500;

  /** So many rows that are read one after another cost no more than one holder looked for. */
  private static final int ROWS_FOR_A_HOLDER = 4;

  /**
   * A transfer where it happened.
   *
   * @param shareClass whose shares they are
   */
  record Transfer(Address shareClass, BlockRef block, Transferred event) {
    /** Neither an empty transfer nor one to oneself moves anything. */
    private boolean moves() {
      return !event.shares().isZero() && !event.from().equals(event.to());
    }
  }

  /** What a block changed: who held how many shares after it, and what the class was then. */
  private static final class BlockChanges {
    private final BlockRef block;
    private final Map<Address, ShareCount> holdings = new TreeMap<>();
    private ShareClassState state;

    private BlockChanges(BlockRef block, ShareClassState before) {
      this.block = block;
      this.state = before;
    }
  }

  private final Handle handle;
  private final Address shareClass;
  private final List<BlockChanges> changes = new ArrayList<>();

  /** Of this block there may be rows already; of a later one there cannot be. */
  private final BlockRef earliest;

  private Map<Address, ShareCount> held = new HashMap<>();
  private ShareClassState state;
  private long lastChanged;

  /** Whether all holders are read, and not only those who are asked about. */
  private boolean whole;

  private TransferRun(Handle handle, Address shareClass, BlockRef earliest) {
    this.handle = handle;
    this.shareClass = shareClass;
    this.earliest = earliest;
    this.state = ShareClassState.last(handle, shareClass);
    this.lastChanged = lastChanged();
  }

  /** Stores what transfers in the chain's order come to. */
  static void store(Handle handle, List<Transfer> transfers) {
    Map<Address, List<Transfer>> moving =
        transfers.stream()
            .filter(Transfer::moves)
            .collect(
                Collectors.groupingBy(
                    Transfer::shareClass, LinkedHashMap::new, Collectors.toList()));
    moving.forEach((shareClass, ofClass) -> {
      TransferRun run = new TransferRun(handle, shareClass, ofClass.getFirst().block());
      run.read(ofClass);
      ofClass.forEach(run::take);
      run.write();
    });
  }

  private void read(List<Transfer> transfers) {
    Set<Address> holders = new LinkedHashSet<>();
    for (Transfer transfer : transfers) {
      holders.add(transfer.event().from());
      holders.add(transfer.event().to());
    }
    holders.remove(Address.ZERO);
    if (state.holders() + state.changes() <= (long) holders.size() * ROWS_FOR_A_HOLDER) {
      readAll(lastChanged);
      return;
    }
    if (DeferredIndexes.isWaiting(handle, INDEX_BY_HOLDER)) {
      DeferredIndexes.build(handle, INDEX_BY_HOLDER);
    }
    List<Address> asked = List.copyOf(holders);
    for (int start = 0; start < asked.size(); start += HOLDERS_AT_ONCE) {
      readOf(asked.subList(start, Math.min(asked.size(), start + HOLDERS_AT_ONCE)));
    }
  }

  private void readAll(long block) {
    held = KeptRegister.after(handle, shareClass, block);
    whole = true;
  }

  private long lastChanged() {
    return handle
        .createQuery(
            "select coalesce(max(block_number), 0) from holding where share_class = :shareClass")
        .bind("shareClass", shareClass)
        .mapTo(Long.class)
        .one();
  }

  private void readOf(List<Address> holders) {
    String rows =
        IntStream.range(0, holders.size())
            .mapToObj(i -> "select :holder" + i + " as holder")
            .collect(Collectors.joining(" union all "));
    Query query =
        handle
            .createQuery(
                """
                select asked.holder,
                       (select shares
                        from holding h
                        where h.share_class = :shareClass and h.holder = asked.holder
                        order by h.block_number desc
                        limit 1) as shares
                from (<rows>) asked
                """)
            .define("rows", rows)
            .bind("shareClass", shareClass);
    for (int i = 0; i < holders.size(); i++) {
      query.bind("holder" + i, holders.get(i));
    }
    query
        .map((row, _) ->
            Map.entry(Address.of(row.getBytes("holder")), ShareCount.of(row.getLong("shares"))))
        .forEach(found -> held.put(found.getKey(), found.getValue()));
  }

  private void take(Transfer transfer) {
    BlockRef block = transfer.block();
    Transferred event = transfer.event();
    ShareCount shares = event.shares();
    keepRegister(block);
    BlockChanges ofBlock = changesOf(block);
    if (event.from().equals(Address.ZERO)) {
      state = state.issued(state.issued().plus(shares));
    } else {
      ShareCount before = heldBy(event.from());
      hold(ofBlock, event.from(), before.minus(shares));
      state = before.equals(shares) ? state.holders(state.holders() - 1) : state;
      state = state.changed(1);
    }
    if (event.to().equals(Address.ZERO)) {
      state = state.issued(state.issued().minus(shares));
    } else {
      ShareCount before = heldBy(event.to());
      hold(ofBlock, event.to(), before.plus(shares));
      state = before.isZero() ? state.holders(state.holders() + 1) : state;
      state = state.changed(1);
    }
    ofBlock.state = state;
    lastChanged = block.number();
  }

  private BlockChanges changesOf(BlockRef block) {
    if (changes.isEmpty() || changes.getLast().block.number() != block.number()) {
      changes.add(new BlockChanges(block, state));
    }
    return changes.getLast();
  }

  /** Keeps the register as it was before a block, at the block's first change, where it is due. */
  private void keepRegister(BlockRef block) {
    if (state.asksToBeKept() && lastChanged < block.number()) {
      if (!whole) {
        write();
        readAll(block.number() - 1);
      }
      KeptRegister.keep(handle, shareClass, block.number(), held);
      state = state.kept();
    }
  }

  private ShareCount heldBy(Address holder) {
    return held.getOrDefault(holder, ShareCount.ZERO);
  }

  private void hold(BlockChanges ofBlock, Address holder, ShareCount shares) {
    held.put(holder, shares);
    ofBlock.holdings.put(holder, shares);
  }

  /** In the order of the tables' keys, so that a page of them is written once. */
  private void write() {
    List<List<@Nullable Object>> holdings = new ArrayList<>();
    List<List<@Nullable Object>> states = new ArrayList<>();
    for (BlockChanges ofBlock : changes) {
      BlockRef block = ofBlock.block;
      if (block.equals(earliest)) {
        replace(ofBlock);
        continue;
      }
      ofBlock.holdings.forEach((holder, shares) ->
          holdings.add(Arrays.asList(shareClass, holder, block.number(), shares, block.time())));
      states.add(ofBlock.state.row(shareClass, block));
    }
    BulkWriter writer = BulkWriter.of(handle);
    writer.append(
        "holding",
        List.of("share_class", "holder", "block_number", "shares", "changed_at"),
        holdings);
    writer.append("share_class_state", ShareClassState.COLUMNS, states);
    changes.clear();
  }

  private void replace(BlockChanges ofBlock) {
    ofBlock.state.store(handle, shareClass, ofBlock.block);
    PreparedBatch batch =
        handle.prepareBatch(
            """
            insert into holding (share_class, holder, block_number, shares, changed_at)
            values (:shareClass, :holder, :block, :shares, :changedAt)
            on conflict (share_class, block_number, holder) do update set shares = excluded.shares
            """);
    ofBlock.holdings.forEach((holder, shares) ->
        batch
            .bind("shareClass", shareClass)
            .bind("holder", holder)
            .bind("block", ofBlock.block.number())
            .bind("shares", shares)
            .bind("changedAt", ofBlock.block.time())
            .add());
    if (batch.size() > 0) {
      batch.execute();
    }
  }
}
