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
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Transfers with nothing between them: what the tables hold of their holders is read once, and what
 * they come to is written once for each block. The same comes of them however they are cut into
 * runs.
 */
final class TransferRun {
  private static final int HOLDERS_AT_ONCE = 500;

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

  private record Holding(Address shareClass, Address holder) {}

  private record HoldingAfter(Holding of, BlockRef block) {}

  private record StateAfter(Address shareClass, BlockRef block) {}

  private final Handle handle;
  private final Map<Holding, ShareCount> held = new HashMap<>();
  private final Map<Address, ShareClassState> states = new HashMap<>();
  private final Map<Address, Long> lastChanged = new HashMap<>();
  private final Map<HoldingAfter, ShareCount> holdings = new LinkedHashMap<>();
  private final Map<StateAfter, ShareClassState> sums = new LinkedHashMap<>();

  /** Of this block there may be rows already; of a later one there cannot be. */
  private BlockRef earliest;

  private TransferRun(Handle handle, BlockRef earliest) {
    this.handle = handle;
    this.earliest = earliest;
  }

  /** Stores what transfers in the chain's order come to. */
  static void store(Handle handle, List<Transfer> transfers) {
    List<Transfer> moving = transfers.stream().filter(Transfer::moves).toList();
    if (moving.isEmpty()) {
      return;
    }
    TransferRun run = new TransferRun(handle, moving.getFirst().block());
    run.read(moving);
    moving.forEach(run::take);
    run.write();
  }

  private void read(List<Transfer> transfers) {
    Map<Address, Set<Address>> holders = new LinkedHashMap<>();
    for (Transfer transfer : transfers) {
      Set<Address> ofClass =
          holders.computeIfAbsent(transfer.shareClass(), _ -> new LinkedHashSet<>());
      ofClass.add(transfer.event().from());
      ofClass.add(transfer.event().to());
    }
    holders.forEach((shareClass, ofClass) -> {
      states.put(shareClass, ShareClassState.last(handle, shareClass));
      lastChanged.put(shareClass, lastChanged(shareClass));
      ofClass.remove(Address.ZERO);
      List<Address> asked = List.copyOf(ofClass);
      for (int start = 0; start < asked.size(); start += HOLDERS_AT_ONCE) {
        read(shareClass, asked.subList(start, Math.min(asked.size(), start + HOLDERS_AT_ONCE)));
      }
    });
  }

  private long lastChanged(Address shareClass) {
    return handle
        .createQuery(
            "select coalesce(max(block_number), 0) from holding where share_class = :shareClass")
        .bind("shareClass", shareClass)
        .mapTo(Long.class)
        .one();
  }

  private void read(Address shareClass, List<Address> holders) {
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
            Map.entry(
                new Holding(shareClass, Address.of(row.getBytes("holder"))),
                ShareCount.of(row.getLong("shares"))))
        .forEach(found -> held.put(found.getKey(), found.getValue()));
  }

  private void take(Transfer transfer) {
    keepRegister(transfer);
    Address shareClass = transfer.shareClass();
    ShareCount shares = transfer.event().shares();
    ShareClassState state =
        states.getOrDefault(shareClass, ShareClassState.opened(ShareCount.ZERO));
    if (transfer.event().from().equals(Address.ZERO)) {
      state = state.issued(state.issued().plus(shares));
    } else {
      Holding from = new Holding(shareClass, transfer.event().from());
      ShareCount before = heldBy(from);
      hold(from, transfer.block(), before.minus(shares));
      state = before.equals(shares) ? state.holders(state.holders() - 1) : state;
      state = state.changed(1);
    }
    if (transfer.event().to().equals(Address.ZERO)) {
      state = state.issued(state.issued().minus(shares));
    } else {
      Holding to = new Holding(shareClass, transfer.event().to());
      ShareCount before = heldBy(to);
      hold(to, transfer.block(), before.plus(shares));
      state = before.isZero() ? state.holders(state.holders() + 1) : state;
      state = state.changed(1);
    }
    states.put(shareClass, state);
    sums.put(new StateAfter(shareClass, transfer.block()), state);
    lastChanged.put(shareClass, transfer.block().number());
  }

  /** Keeps the register as it was before a block, at the block's first change, where it is due. */
  private void keepRegister(Transfer transfer) {
    Address shareClass = transfer.shareClass();
    long block = transfer.block().number();
    ShareClassState state = states.get(shareClass);
    if (state != null && state.asksToBeKept() && lastChanged.getOrDefault(shareClass, 0L) < block) {
      write();
      KeptRegister.keep(handle, shareClass, block);
      states.put(shareClass, state.kept());
      earliest = transfer.block();
    }
  }

  private ShareCount heldBy(Holding holding) {
    return held.getOrDefault(holding, ShareCount.ZERO);
  }

  private void hold(Holding holding, BlockRef block, ShareCount shares) {
    held.put(holding, shares);
    holdings.put(new HoldingAfter(holding, block), shares);
  }

  private void write() {
    List<List<@Nullable Object>> fresh = new ArrayList<>();
    Map<HoldingAfter, ShareCount> perhapsKnown = new LinkedHashMap<>();
    holdings.forEach((after, shares) -> {
      if (after.block().equals(earliest)) {
        perhapsKnown.put(after, shares);
      } else {
        fresh.add(
            Arrays.asList(
                after.of().shareClass(),
                after.of().holder(),
                after.block().number(),
                shares,
                after.block().time()));
      }
    });
    replace(perhapsKnown);
    BulkWriter.of(handle)
        .append(
            "holding",
            List.of("share_class", "holder", "block_number", "shares", "changed_at"),
            fresh);
    writeSums();
    holdings.clear();
    sums.clear();
  }

  private void writeSums() {
    List<List<@Nullable Object>> fresh = new ArrayList<>();
    sums.forEach((after, state) -> {
      if (after.block().equals(earliest)) {
        state.store(handle, after.shareClass(), after.block());
      } else {
        fresh.add(state.row(after.shareClass(), after.block()));
      }
    });
    BulkWriter.of(handle).append("share_class_state", ShareClassState.COLUMNS, fresh);
  }

  private void replace(Map<HoldingAfter, ShareCount> rows) {
    PreparedBatch batch =
        handle.prepareBatch(
            """
            insert into holding (share_class, holder, block_number, shares, changed_at)
            values (:shareClass, :holder, :block, :shares, :changedAt)
            on conflict (share_class, holder, block_number) do update set shares = excluded.shares
            """);
    rows.forEach((after, shares) ->
        batch
            .bind("shareClass", after.of().shareClass())
            .bind("holder", after.of().holder())
            .bind("block", after.block().number())
            .bind("shares", shares)
            .bind("changedAt", after.block().time())
            .add());
    if (batch.size() > 0) {
      batch.execute();
    }
  }
}
