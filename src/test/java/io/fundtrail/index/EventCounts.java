package io.fundtrail.index;

import io.fundtrail.store.Migration;
import io.fundtrail.store.Migrations;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The smallest projection: how many events a contract has emitted, with history. */
record EventCounts(String version, Set<ContractKind> kinds) implements Projection {
  /** The schema of the index with this projection's table. */
  static final Migrations SCHEMA =
      new Migrations(
          List.of(
              Migration.load("0001-journal"),
              Migration.load("0070-announced-contracts"),
              Migration.load("0130-replaced-blocks"),
              Migration.load("0150-journal-kinds"),
              Migration.load("0170-deferred-indexes"),
              new Migration(
                  "9000-event-count",
                  """
                  create table event_count (
                    contract     ${bytes} not null,
                    block_number bigint   not null,
                    events       bigint   not null,
                    primary key (contract, block_number)
                  ) ${clustered};
                  """)));

  static EventCounts ofEveryKind() {
    return new EventCounts(
        "event-count/1",
        Set.of(
            DirectoryDiscovery.DIRECTORY,
            DirectoryDiscovery.AUTHORITY,
            DirectoryDiscovery.REGISTRY,
            DirectoryDiscovery.LIMITS,
            DirectoryDiscovery.SHARE_CLASS,
            DirectoryDiscovery.ROUND));
  }

  @Override
  public List<String> historyTables() {
    return List.of("event_count");
  }

  @Override
  public void apply(Handle handle, LogEntry entry) {
    handle
        .createUpdate(
            """
            insert into event_count (contract, block_number, events)
            values (
              :contract,
              :block,
              1 + coalesce(
                (
                  select events
                  from event_count
                  where contract = :contract and block_number <= :block
                  order by block_number desc
                  limit 1
                ),
                0))
            on conflict (contract, block_number) do update set events = excluded.events
            """)
        .bind("contract", entry.contract().address())
        .bind("block", entry.block().number())
        .execute();
  }
}
