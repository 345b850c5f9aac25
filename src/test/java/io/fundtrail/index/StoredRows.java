package io.fundtrail.index;

import io.fundtrail.model.Hash;
import io.fundtrail.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Everything that an index holds, to compare one with another. */
final class StoredRows {
  private static final List<String> QUERIES =
      List.of(
          "select * from chain_identity",
          "select * from checkpoint",
          "select * from journal order by block_number, log_index",
          "select * from history_head order by contract, block_number",
          "select * from followed_contract order by address",
          "select * from event_count order by contract, block_number",
          """
          select *
          from block
          where exists (select 1 from journal where journal.block_number = block.number)
          order by number
          """);

  private StoredRows() {}

  static List<String> of(Database database) {
    return of(database, QUERIES);
  }

  /** What the chain holds, without where the index stands in it. */
  static List<String> ofChain(Database database) {
    return of(
        database, QUERIES.stream().filter(query -> !query.contains("from checkpoint")).toList());
  }

  /** What the command {@code digest} says of it. */
  static Hash digest(Database database) {
    return database.read(IndexDigest::of).hash();
  }

  private static List<String> of(Database database, List<String> queries) {
    return database.read(handle -> {
      List<String> rows = new ArrayList<>();
      for (String query : queries) {
        String what = query.lines().filter(line -> !line.isBlank()).toList().toString();
        handle.createQuery(query).map((row, context) -> what + text(row)).forEach(rows::add);
      }
      return rows;
    });
  }

  private static String text(ResultSet row) throws SQLException {
    List<String> columns = new ArrayList<>();
    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
      Object value = row.getObject(i);
      columns.add(
          value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : String.valueOf(value));
    }
    return columns.toString();
  }
}
