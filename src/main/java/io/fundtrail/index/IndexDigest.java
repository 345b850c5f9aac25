package io.fundtrail.index;

import io.fundtrail.model.Hash;
import io.fundtrail.proof.Keccak;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * A hash of all that an index knows of the chain: two that stand at the same block have the same,
 * on either database and however they came there. It tells whether rows differ, not whether
 * somebody made them so: rows are added up, and sums can be met on purpose.
 *
 * @param tables what each table holds, by name
 */
public record IndexDigest(Map<String, Table> tables) {
  /** How an index came to where it is, which is no fact of the chain. */
  private static final Set<String> OF_THE_INDEX =
      Set.of("schema_migration", "checkpoint", "projection", "replaced_block");

  private static final String EVERY_ROW = "select * from ";

  /** Others are kept for a while only, or because a proof was asked for at them. */
  private static final String BLOCKS_WITH_EVENTS =
      """
      select *
      from block
      where exists (select 1 from journal where journal.block_number = block.number)
      """;

  private static final int ROWS_AT_ONCE = 1_000;
  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(Byte.SIZE * Hash.SIZE);

  /**
   * What a table holds.
   *
   * @param sum of the rows' hashes, modulo 2^256
   */
  public record Table(long rows, Hash sum) {}

  public IndexDigest {
    tables = new TreeMap<>(tables);
  }

  /** Reads every row once, a few at a time. */
  public static IndexDigest of(Handle handle) {
    Map<String, Table> tables = new TreeMap<>();
    for (String name : names(handle)) {
      String query = name.equals("block") ? BLOCKS_WITH_EVENTS : EVERY_ROW + name;
      tables.put(name, table(handle, query));
    }
    return new IndexDigest(tables);
  }

  /** One hash of them all. */
  public Hash hash() {
    StringBuilder all = new StringBuilder();
    tables.forEach(
        (name, table) -> all.append("%s %d %s\n".formatted(name, table.rows(), table.sum())));
    return Keccak.hash(all.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static Set<String> names(Handle handle) {
    Map<String, String> names = new TreeMap<>();
    try {
      Connection connection = handle.getConnection();
      try (ResultSet found =
          connection
              .getMetaData()
              .getTables(null, connection.getSchema(), "%", new String[] {"TABLE"})) {
        while (found.next()) {
          String name = found.getString("TABLE_NAME").toLowerCase(Locale.ROOT);
          if (!OF_THE_INDEX.contains(name)) {
            names.put(name, name);
          }
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the database does not name its tables", e);
    }
    return names.keySet();
  }

  private static Table table(Handle handle, String query) {
    return handle
        .createQuery(query)
        .setFetchSize(ROWS_AT_ONCE)
        .reduceResultSet(
            new Table(0, Hash.ZERO),
            (table, row, _) -> new Table(table.rows() + 1, sum(table.sum(), hash(row))));
  }

  private static Hash sum(Hash one, Hash other) {
    return Hash.ofUint(one.toUint().add(other.toUint()).mod(MODULUS));
  }

  /** Of the values in the order of the columns, each as long as it says. */
  private static Hash hash(ResultSet row) throws SQLException {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
      String value =
          switch (row.getObject(i)) {
            case null -> "null";
            case byte[] bytes -> "0x" + HexFormat.of().formatHex(bytes);
            case Boolean is -> is ? "1" : "0";
            case Number number -> number.toString();
            case String string -> "\"" + string;
            case Object other ->
                throw new IllegalStateException("a column of " + other.getClass().getName());
          };
      text.append(value.length()).append(' ').append(value).append('\n');
    }
    return Keccak.hash(text.toString().getBytes(StandardCharsets.UTF_8));
  }
}
