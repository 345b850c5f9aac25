package io.fundtrail.index;

import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** One room's tables, kept by the logs of the contracts it reads. */
public interface Projection {
  /**
   * The name and version of the shape of its tables, such as {@code round/1}. When it changes, the
   * tables are emptied and filled again from the journal.
   */
  String version();

  /** The kinds of contract whose logs it is given. */
  Set<ContractKind> kinds();

  /**
   * Its tables. Each has {@code block_number} in its primary key: a row is the state after that
   * block, and a query takes the latest row at or below its block. A roll-back deletes the rows
   * above the fork and nothing else, so a row is never deleted, and changed in its own block only.
   */
  List<String> historyTables();

  /**
   * Its indexes that only queries read: a backfill does without them, and builds them at its end.
   */
  default List<String> queryIndexes() {
    return List.of();
  }

  /**
   * Takes one log, in the chain's order and in the transaction that stores the journal. What it
   * throws undoes the transaction and stops the index.
   */
  void apply(Handle handle, LogEntry entry);

  /** Takes consecutive logs of contracts of one kind; the tables end as if they came one by one. */
  default void applyAll(Handle handle, List<LogEntry> entries) {
    entries.forEach(entry -> apply(handle, entry));
  }
}
