package io.fundtrail.index;

import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.model.LogRef;
import io.fundtrail.model.RawLog;
import io.fundtrail.store.BulkWriter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Every log of every followed contract, as the chain recorded it. Rows are appended only. */
public final class Journal {
  /** The order in which logs are given. */
  public enum Order {
    OLDEST_FIRST,
    NEWEST_FIRST
  }

  private static final List<String> COLUMNS =
      List.of(
          "block_number",
          "log_index",
          "tx_hash",
          "tx_index",
          "address",
          "topic0",
          "topic1",
          "topic2",
          "topic3",
          "data");

  private static final String ENTRIES =
      """
      select j.block_number, j.log_index, j.tx_hash, j.tx_index, j.address,
             j.topic0, j.topic1, j.topic2, j.topic3, j.data,
             b.hash as block_hash, b.time as block_time,
             c.kind as contract_kind, c.born_block, c.announced_block
      from journal j
      join block b on b.number = j.block_number
      join followed_contract c on c.address = j.address
      """;

  private Journal() {}

  /**
   * The logs that a filter asks for, beyond {@code after} in the order given.
   *
   * @param limit most entries to give
   */
  public static List<LogEntry> find(
      Handle handle, EventFilter filter, Order order, Optional<LogRef> after, int limit) {
    return query(handle, "", filter, order, after, limit).map(Journal::entry).list();
  }

  /**
   * The query for the logs that a filter asks for.
   *
   * @param before what stands before it, such as a request to explain it
   */
  static Query query(
      Handle handle,
      String before,
      EventFilter filter,
      Order order,
      Optional<LogRef> after,
      int limit) {
    boolean oldestFirst = order == Order.OLDEST_FIRST;
    long place =
        after.map(LogRef::blockNumber).orElse(oldestFirst ? filter.fromBlock() : filter.toBlock());
    StringBuilder sql = new StringBuilder(before).append(ENTRIES);
    sql.append("where j.block_number between :fromBlock and :toBlock\n");
    if (!filter.contracts().isEmpty()) {
      sql.append("and " + column("j.address", filter) + " in (<contracts>)\n");
    }
    if (!filter.kinds().isEmpty()) {
      sql.append("and " + column("j.topic0", filter) + " in (<kinds>)\n");
    }
    if (!filter.persons().isEmpty()) {
      sql.append(
          """
          and (j.topic1 in (<persons>) or j.topic2 in (<persons>) or j.topic3 in (<persons>))
          """);
    }
    if (after.isPresent()) {
      sql.append(
          oldestFirst
              ? "and (j.block_number > :afterBlock or j.log_index > :afterIndex)\n"
              : "and (j.block_number < :afterBlock or j.log_index < :afterIndex)\n");
    }
    sql.append(
        oldestFirst
            ? "order by j.block_number, j.log_index\n"
            : "order by j.block_number desc, j.log_index desc\n");
    sql.append("limit :limit");
    Query query =
        handle
            .createQuery(sql.toString())
            .bind(
                "fromBlock", oldestFirst ? Math.max(filter.fromBlock(), place) : filter.fromBlock())
            .bind("toBlock", oldestFirst ? filter.toBlock() : Math.min(filter.toBlock(), place))
            .bind("limit", limit);
    bindList(query, "contracts", filter.contracts());
    bindList(query, "kinds", filter.kinds());
    bindList(query, "persons", filter.persons());
    after.ifPresent(
        ref -> query.bind("afterBlock", ref.blockNumber()).bind("afterIndex", ref.logIndex()));
    return query;
  }

  /**
   * A column, hidden from SQLite where a person is asked for: it has no figures to choose an index
   * by, and of a person there are fewer events than of a kind.
   */
  private static String column(String name, EventFilter filter) {
    return filter.persons().isEmpty() ? name : "case when true then " + name + " end";
  }

  static void append(Handle handle, List<LogEntry> entries) {
    BulkWriter.of(handle).append("journal", COLUMNS, entries.stream().map(Journal::row).toList());
  }

  private static void bindList(Query query, String name, Collection<?> values) {
    if (!values.isEmpty()) {
      query.bindList(name, List.copyOf(values));
    }
  }

  private static List<@Nullable Object> row(LogEntry entry) {
    RawLog log = entry.log();
    List<Hash> topics = log.topics();
    return Arrays.asList(
        log.ref().blockNumber(),
        log.ref().logIndex(),
        log.txHash(),
        log.txIndex(),
        log.address(),
        topics.size() > 0 ? topics.get(0) : null,
        topics.size() > 1 ? topics.get(1) : null,
        topics.size() > 2 ? topics.get(2) : null,
        topics.size() > 3 ? topics.get(3) : null,
        log.data());
  }

  private static LogEntry entry(ResultSet row, StatementContext context) throws SQLException {
    BlockRef block =
        new BlockRef(
            row.getLong("block_number"),
            Hash.of(row.getBytes("block_hash")),
            Instant.ofEpochSecond(row.getLong("block_time")));
    Address address = Address.of(row.getBytes("address"));
    List<Hash> topics = new ArrayList<>(4);
    for (String column : COLUMNS.subList(5, 9)) {
      byte[] topic = row.getBytes(column);
      if (topic != null) {
        topics.add(Hash.of(topic));
      }
    }
    return new LogEntry(
        new FollowedContract(
            address,
            new ContractKind(row.getString("contract_kind")),
            row.getLong("born_block"),
            row.getLong("announced_block")),
        block,
        new RawLog(
            new LogRef(block.number(), row.getInt("log_index")),
            block.hash(),
            Hash.of(row.getBytes("tx_hash")),
            row.getInt("tx_index"),
            address,
            topics,
            Bytes.of(row.getBytes("data"))));
  }
}
