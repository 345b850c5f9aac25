package io.fundtrail.share;

import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.ShareCount;
import io.fundtrail.share.ShareEvent.Transferred;
import io.fundtrail.store.BulkWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
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

  /** What a holder had after a block. */
  private record Change(BlockRef block, ShareCount shares) {}

  private record StateAfter(BlockRef block, ShareClassState state) {}

  private final Handle handle;
  private final Address shareClass;
  private final NavigableMap<Address, List<Change>> changes = new TreeMap<>();
  private final List<StateAfter> states = new ArrayList<>();

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
    if (event.from().equals(Address.ZERO)) {
      state = state.issued(state.issued().plus(shares));
    } else {
      ShareCount before = heldBy(event.from());
      hold(event.from(), block, before.minus(shares));
      state = before.equals(shares) ? state.holders(state.holders() - 1) : state;
      state = state.changed(1);
    }
    if (event.to().equals(Address.ZERO)) {
      state = state.issued(state.issued().minus(shares));
    } else {
      ShareCount before = heldBy(event.to());
      hold(event.to(), block, before.plus(shares));
      state = before.isZero() ? state.holders(state.holders() + 1) : state;
      state = state.changed(1);
    }
    if (!states.isEmpty() && states.getLast().block().number() == block.number()) {
      states.removeLast();
    }
    states.add(new StateAfter(block, state));
    lastChanged = block.number();
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

  private void hold(Address holder, BlockRef block, ShareCount shares) {
    held.put(holder, shares);
    List<Change> ofHolder = changes.computeIfAbsent(holder, _ -> new ArrayList<>());
    if (!ofHolder.isEmpty() && ofHolder.getLast().block().number() == block.number()) {
      ofHolder.removeLast();
    }
    ofHolder.add(new Change(block, shares));
  }

  /** In the order of the table's key, so that a page of it is written once. */
  private void write() {
    List<List<@Nullable Object>> fresh = new ArrayList<>();
    Map<Address, Change> perhapsKnown = new LinkedHashMap<>();
    changes.forEach((holder, ofHolder) -> {
      for (Change change : ofHolder) {
        if (change.block().equals(earliest)) {
          perhapsKnown.put(holder, change);
        } else {
          fresh.add(
              Arrays.asList(
                  shareClass,
                  holder,
                  change.block().number(),
                  change.shares(),
                  change.block().time()));
        }
      }
    });
    replace(perhapsKnown);
    BulkWriter.of(handle)
        .append(
            "holding",
            List.of("share_class", "holder", "block_number", "shares", "changed_at"),
            fresh);
    writeStates();
    changes.clear();
    states.clear();
  }

  private void writeStates() {
    List<List<@Nullable Object>> fresh = new ArrayList<>();
    for (StateAfter after : states) {
      if (after.block().equals(earliest)) {
        after.state().store(handle, shareClass, after.block());
      } else {
        fresh.add(after.state().row(shareClass, after.block()));
      }
    }
    BulkWriter.of(handle).append("share_class_state", ShareClassState.COLUMNS, fresh);
  }

  private void replace(Map<Address, Change> rows) {
    PreparedBatch batch =
        handle.prepareBatch(
            """
            insert into holding (share_class, holder, block_number, shares, changed_at)
            values (:shareClass, :holder, :block, :shares, :changedAt)
            on conflict (share_class, holder, block_number) do update set shares = excluded.shares
            """);
    rows.forEach((holder, change) ->
        batch
            .bind("shareClass", shareClass)
            .bind("holder", holder)
            .bind("block", change.block().number())
            .bind("shares", change.shares())
            .bind("changedAt", change.block().time())
            .add());
    if (batch.size() > 0) {
      batch.execute();
    }
  }
}
