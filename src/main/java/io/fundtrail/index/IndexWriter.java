package io.fundtrail.index;

import io.fundtrail.index.Journal.Order;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.LogRef;
import io.fundtrail.store.Database;
import io.fundtrail.store.DeferredIndexes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores ranges and takes them back, each in one transaction over all tables. */
final class IndexWriter {
  private static final Logger LOG = LoggerFactory.getLogger(IndexWriter.class);

  /** Blocks without a log that are kept behind the last one, or behind the final one. */
  static final int RECENT_BLOCKS = 128;

  private static final int REPLAY_PAGE = 5_000;

  /** Of the index's own tables, which it reads by their primary keys alone. */
  private static final List<String> QUERY_INDEXES =
      List.of(
          "journal_contract",
          "journal_kind",
          "journal_contract_kind",
          "journal_first",
          "journal_second",
          "journal_third",
          "block_time",
          "block_hash",
          "history_head_block");

  private final Database database;
  private final List<Projection> projections;

  IndexWriter(Database database, List<Projection> projections) {
    this.database = database;
    this.projections = projections;
  }

  /** Begins with the block before the first contract was born. */
  void begin(CheckedHeader base, List<FollowedContract> roots) {
    BlockRef block = base.ref();
    database.write(handle -> {
      new Checkpoint(block, block.number(), block.number(), block.hash()).insert(handle);
      Blocks.add(handle, List.of(base));
      Contracts.add(handle, roots);
      recordVersions(handle);
    });
  }

  /** Stores a range behind {@code before}, which then ends at {@code after}. */
  void store(Checkpoint before, FetchedRange range, Checkpoint after) {
    database.write(handle -> {
      after.replace(handle, before);
      Contracts.add(handle, range.announced());
      Blocks.add(handle, range.headers());
      Blocks.addEarlier(handle, range.earlier());
      Journal.append(handle, range.entries());
      Heads.add(handle, range.changes());
      if (range.earlier().isEmpty()) {
        apply(handle, projections, range.entries());
      } else {
        fillAgain(handle, projections);
      }
      Blocks.forget(handle, keptFrom(before), keptFrom(after), after.verifiedThrough());
      ReplacedBlocks.forget(handle, keptFrom(after));
    });
  }

  /** Prepares for a backfill: what only queries need is built after it. */
  void deferIndexes() {
    List<String> names = new ArrayList<>(QUERY_INDEXES);
    projections.forEach(projection -> names.addAll(projection.queryIndexes()));
    database.write(handle -> DeferredIndexes.defer(handle, names));
  }

  /** Builds what was put off, if anything was. */
  void buildIndexes() {
    Optional<String> name = database.read(DeferredIndexes::next);
    while (name.isPresent()) {
      String built = name.get();
      LOG.info("The backfill is done; building the index {}", built);
      database.write(handle -> DeferredIndexes.build(handle, built));
      name = database.read(DeferredIndexes::next);
    }
  }

  /** Records that everything stored was verified, or became final. */
  void confirm(Checkpoint before, Checkpoint after) {
    database.write(handle -> after.replace(handle, before));
  }

  /** Takes back every block above {@code last}. */
  void rollBack(Checkpoint before, BlockRef last, List<FollowedContract> roots) {
    boolean beforeFinal = last.number() < before.finalNumber();
    Checkpoint after =
        new Checkpoint(
            last,
            Math.min(before.verifiedThrough(), last.number()),
            beforeFinal ? last.number() : before.finalNumber(),
            beforeFinal ? last.hash() : before.finalHash());
    database.write(handle -> {
      after.replace(handle, before);
      ReplacedBlocks.record(handle, last);
      for (String table : historyTables(projections)) {
        deleteAbove(handle, table, "block_number", last.number());
      }
      deleteAbove(handle, "history_head", "block_number", last.number());
      deleteAbove(handle, "journal", "block_number", last.number());
      deleteAbove(handle, "block", "number", last.number());
      boolean hadPast = forgetAnnounced(handle, last.number());
      Contracts.add(handle, missing(handle, roots));
      if (hadPast) {
        fillAgain(handle, projections);
      }
    });
  }

  /**
   * Stops following what was announced above a block.
   *
   * @return whether some of it had logged before
   */
  private static boolean forgetAnnounced(Handle handle, long last) {
    deleteAnnounced(handle, "history_head", "contract", last);
    boolean hadPast = deleteAnnounced(handle, "journal", "address", last) > 0;
    deleteAbove(handle, "followed_contract", "announced_block", last);
    return hadPast;
  }

  private static int deleteAnnounced(Handle handle, String table, String column, long last) {
    return handle
        .createUpdate(
            """
            delete from <table>
            where <column> in (select address from followed_contract where announced_block > :last)
            """)
        .define("table", table)
        .define("column", column)
        .bind("last", last)
        .execute();
  }

  /**
   * Fills the tables of projections whose shape changed again from the journal.
   *
   * @return the versions of those projections
   */
  List<String> refill() {
    return database.inTransaction(handle -> {
      List<String> known =
          handle.createQuery("select version from projection").mapTo(String.class).list();
      List<Projection> changed =
          projections.stream().filter(p -> !known.contains(p.version())).toList();
      if (!changed.isEmpty()) {
        fillAgain(handle, changed);
        empty(handle, List.of("projection"));
        recordVersions(handle);
      }
      return changed.stream().map(Projection::version).toList();
    });
  }

  /** Deletes everything but the pinned identity. */
  void wipe() {
    database.write(handle -> {
      empty(handle, historyTables(projections));
      empty(
          handle,
          List.of(
              "history_head",
              "journal",
              "block",
              "replaced_block",
              "followed_contract",
              "checkpoint",
              "projection"));
    });
  }

  /** Roots that are not among the followed contracts. */
  static List<FollowedContract> missing(Handle handle, List<FollowedContract> roots) {
    Set<FollowedContract> followed = Set.copyOf(Contracts.all(handle));
    return roots.stream().filter(root -> !followed.contains(root)).toList();
  }

  /** By runs of one kind, so that every projection sees what the others made of earlier logs. */
  private static void apply(Handle handle, List<Projection> projections, List<LogEntry> entries) {
    int start = 0;
    while (start < entries.size()) {
      ContractKind kind = entries.get(start).contract().kind();
      int end = start + 1;
      while (end < entries.size() && entries.get(end).contract().kind().equals(kind)) {
        end++;
      }
      for (Projection projection : projections) {
        if (projection.kinds().contains(kind)) {
          apply(handle, projection, entries.subList(start, end));
        }
      }
      start = end;
    }
  }

  private static void fillAgain(Handle handle, List<Projection> projections) {
    empty(handle, historyTables(projections));
    replay(handle, projections);
  }

  private static void replay(Handle handle, List<Projection> projections) {
    Optional<LogRef> last = Optional.empty();
    EventFilter all = EventFilter.between(0, Long.MAX_VALUE);
    List<LogEntry> page = Journal.find(handle, all, Order.OLDEST_FIRST, last, REPLAY_PAGE);
    while (!page.isEmpty()) {
      apply(handle, projections, page);
      last = Optional.of(page.getLast().log().ref());
      page = Journal.find(handle, all, Order.OLDEST_FIRST, last, REPLAY_PAGE);
    }
  }

  private void recordVersions(Handle handle) {
    for (Projection projection : projections) {
      handle
          .createUpdate("insert into projection (version) values (:version)")
          .bind("version", projection.version())
          .execute();
    }
  }

  private static void apply(Handle handle, Projection projection, List<LogEntry> run) {
    try {
      projection.applyAll(handle, run);
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "%s refused one of the logs of contracts of the kind %s from log %s to log %s: %s"
              .formatted(
                  projection.version(),
                  run.getFirst().contract().kind(),
                  run.getFirst().log().ref(),
                  run.getLast().log().ref(),
                  e.getMessage()),
          e);
    }
  }

  private static long keptFrom(Checkpoint checkpoint) {
    return Math.min(checkpoint.finalNumber(), checkpoint.number() - RECENT_BLOCKS);
  }

  private static List<String> historyTables(List<Projection> projections) {
    return projections.stream().flatMap(p -> p.historyTables().stream()).distinct().toList();
  }

  private static void deleteAbove(Handle handle, String table, String column, long number) {
    handle
        .createUpdate("delete from <table> where <column> > :number")
        .define("table", table)
        .define("column", column)
        .bind("number", number)
        .execute();
  }

  private static void empty(Handle handle, List<String> tables) {
    for (String table : tables) {
      handle.createUpdate("delete from <table>").define("table", table).execute();
    }
  }
}
