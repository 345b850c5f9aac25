package io.fundtrail.index;

import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Counts events in the tables of {@link EventCounts}, for tests that do something besides. */
abstract class CountingProjection implements Projection {
  private final Projection counts = EventCounts.ofEveryKind();

  @Override
  public final String version() {
    return counts.version();
  }

  @Override
  public final Set<ContractKind> kinds() {
    return counts.kinds();
  }

  @Override
  public final List<String> historyTables() {
    return counts.historyTables();
  }

  @Override
  public void apply(Handle handle, LogEntry entry) {
    counts.apply(handle, entry);
  }
}
