package io.fundtrail.share;

import static org.assertj.core.api.Assertions.assertThat;

import io.fundtrail.index.IndexDigest;
import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Hash;
import io.fundtrail.model.ShareCount;
import io.fundtrail.share.Register.Holder;
import io.fundtrail.share.ShareEvent.Transferred;
import io.fundtrail.share.TransferRun.Transfer;
import io.fundtrail.store.Database;
import io.fundtrail.store.Migrations;
import io.fundtrail.store.OnBothDatabases;
import java.math.BigInteger;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.postgresql.PGStatement;

/** The register at blocks of a past in which it was kept whole several times. */
class RegisterTest {
  private static final Address SHARES = address(1);
  private static final int HOLDERS = 40;
  private static final int BLOCKS = 400;
  private static final int PER_BLOCK = 10;
  private static final List<String> TABLES =
      List.of("holding", "share_class_state", "kept_register");
  private static final String[] UP_TO_NOW = {
    "0001-journal",
    "0010-identity",
    "0020-share",
    "0140-register-changes",
    "0160-kept-registers",
    "0170-deferred-indexes",
    "0200-holdings-in-order"
  };

  @OnBothDatabases
  void isWhatItWasAtEveryBlock(Database database) {
    Migrations.of(UP_TO_NOW).apply(database);
    open(database);
    List<Transfer> transfers = transfers();
    store(database, transfers);
    assertThat(rows(database, "kept_register")).isGreaterThan(5);
    Map<Address, Long> held = new HashMap<>();
    int next = 0;
    for (int block = 1; block <= BLOCKS; block++) {
      while (next < transfers.size() && transfers.get(next).block().number() == block) {
        Transferred event = transfers.get(next).event();
        held.merge(event.from(), -event.shares().shares().longValueExact(), Long::sum);
        held.merge(event.to(), event.shares().shares().longValueExact(), Long::sum);
        next++;
      }
      assertThat(read(database, block, Optional.empty(), HOLDERS + 1))
          .as("block %d", block)
          .isEqualTo(sorted(held));
    }
    assertThat(next).isEqualTo(transfers.size());
  }

  @OnBothDatabases
  void givesOnePageAfterAnother(Database database) {
    Migrations.of(UP_TO_NOW).apply(database);
    open(database);
    store(database, transfers());
    List<Holder> whole = read(database, BLOCKS, Optional.empty(), HOLDERS + 1);
    assertThat(whole).hasSizeGreaterThan(HOLDERS / 2);
    List<Holder> pages = new ArrayList<>();
    Optional<Holder> last = Optional.empty();
    do {
      List<Holder> page = read(database, BLOCKS, last, 7);
      pages.addAll(page);
      last = page.isEmpty() ? Optional.empty() : Optional.of(page.getLast());
    } while (last.isPresent());
    assertThat(pages).isEqualTo(whole);
  }

  @OnBothDatabases
  void isKeptAtTheSameBlocksAfterARollBack(Database database) {
    Migrations.of(UP_TO_NOW).apply(database);
    open(database);
    List<Transfer> transfers = transfers();
    for (int kept = 40; kept < BLOCKS; kept += 90) {
      long fork = kept;
      List<Transfer> before = transfers.stream().filter(t -> t.block().number() <= fork).toList();
      store(database, before);
      IndexDigest atTheFork = database.read(IndexDigest::of);
      store(database, transfers.subList(before.size(), transfers.size()));
      IndexDigest atTheEnd = database.read(IndexDigest::of);
      rollBack(database, fork);
      assertThat(database.read(IndexDigest::of)).isEqualTo(atTheFork);
      store(database, transfers.subList(before.size(), transfers.size()));
      assertThat(database.read(IndexDigest::of)).isEqualTo(atTheEnd);
      rollBack(database, 0);
    }
  }

  /**
   * Whoever comes from the release before has no register that is kept, until the tables are filled
   * again.
   */
  @OnBothDatabases
  void needsNoneThatIsKept(Database database) {
    Migrations.of("0001-journal", "0010-identity", "0020-share", "0140-register-changes")
        .apply(database);
    database.write(handle -> {
      for (int block = 1; block <= 3; block++) {
        handle.execute(
            "insert into holding values (?, ?, ?, ?, 0)",
            SHARES.bytes(),
            address(2).bytes(),
            block,
            10 * block);
      }
    });
    Migrations.of(UP_TO_NOW).apply(database);
    assertThat(read(database, 2, Optional.empty(), 10))
        .isEqualTo(List.of(Holder.at(address(2), ShareCount.of(20))));
  }

  /** Nobody can have the past of a class read through, or the persons of a registry. */
  @OnBothDatabases
  void readsOnlyWhatAnIndexLeadsTo(Database database) {
    Migrations.of(UP_TO_NOW).apply(database);
    open(database);
    store(database, transfers());
    List<String> plans =
        plans(
            database,
            handle -> Register.holders(handle, SHARES, block(BLOCKS), Optional.empty(), 10));
    assertThat(plans).hasSize(5);
    assertThat(plans)
        .allSatisfy(plan -> assertThat(plan).doesNotContain("SCAN").doesNotContain("Seq Scan"));
    assertThat(plans.get(1))
        .containsPattern("(?i)(primary key|holding_pkey)[\\s\\S]*block_number ?>");
    assertThat(
            plans(
                database,
                handle ->
                    handle
                        .createQuery(
                            "select share_class from share_class_state where issued = :issued")
                        .bind("issued", 5)
                        .mapTo(Address.class)
                        .list()))
        .allSatisfy(plan -> assertThat(plan).containsPattern("SCAN|Seq Scan"));
  }

  /** How the database does what is asked of it. */
  private static List<String> plans(Database database, Consumer<Handle> questions) {
    List<String> plans = new ArrayList<>();
    database.read(handle -> {
      List<String> asked = new ArrayList<>();
      handle
          .getConfig(SqlStatements.class)
          .setSqlLogger(
              new SqlLogger() {
                @Override
                public void logAfterExecution(StatementContext context) {
                  asked.add(withValues(context));
                }
              });
      questions.accept(handle);
      plans.addAll(explained(handle, asked));
      return plans;
    });
    return plans;
  }

  /** SQLite explains a question without its values, PostgreSQL by them. */
  private static String withValues(StatementContext context) {
    try {
      PreparedStatement statement = context.getStatement();
      return statement.isWrapperFor(PGStatement.class)
          ? statement.unwrap(PGStatement.class).toString()
          : context.getParsedSql().getSql();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** PostgreSQL reads a small table through though an index leads to its rows, if it may. */
  private static List<String> explained(Handle handle, List<String> asked) {
    List<String> plans = new ArrayList<>();
    try (Statement statement = handle.getConnection().createStatement()) {
      boolean sqlite =
          handle.getConnection().getMetaData().getDatabaseProductName().equals("SQLite");
      if (!sqlite) {
        statement.execute("set local enable_seqscan = off");
      }
      for (String sql : asked) {
        StringBuilder plan = new StringBuilder();
        try (ResultSet rows =
            statement.executeQuery((sqlite ? "explain query plan " : "explain ") + sql)) {
          while (rows.next()) {
            plan.append(rows.getString(sqlite ? "detail" : "QUERY PLAN")).append('\n');
          }
        }
        plans.add(plan.toString());
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return plans;
  }

  private static void open(Database database) {
    database.write(
        handle -> ShareClassState.opened(ShareCount.of(1_000_000)).store(handle, SHARES, block(0)));
  }

  private static void store(Database database, List<Transfer> transfers) {
    int start = 0;
    Random lengths = new Random(transfers.size());
    while (start < transfers.size()) {
      int from = start;
      int to = Math.min(transfers.size(), start + 1 + lengths.nextInt(600));
      database.write(handle -> TransferRun.store(handle, transfers.subList(from, to)));
      start = to;
    }
  }

  private static void rollBack(Database database, long last) {
    database.write(handle -> {
      for (String table : TABLES) {
        handle.execute("delete from " + table + " where block_number > ?", last);
      }
    });
  }

  private static List<Holder> read(
      Database database, int block, Optional<Holder> after, int limit) {
    return database.read(handle -> Register.holders(handle, SHARES, block(block), after, limit));
  }

  private static long rows(Database database, String table) {
    return database.read(
        handle -> handle.createQuery("select count(*) from " + table).mapTo(Long.class).one());
  }

  private static List<Holder> sorted(Map<Address, Long> held) {
    return held.entrySet().stream()
        .filter(holding -> holding.getValue() > 0 && !holding.getKey().equals(Address.ZERO))
        .map(holding -> Holder.at(holding.getKey(), ShareCount.of(holding.getValue())))
        .sorted(
            Comparator.comparing((Holder holder) -> holder.shares().shares().negate())
                .thenComparing(Holder::wallet))
        .toList();
  }

  /** A few shares each, so that many leave the register and come back, and many hold as much. */
  private static List<Transfer> transfers() {
    Random random = new Random(11);
    Map<Address, Long> held = new HashMap<>();
    List<Transfer> transfers = new ArrayList<>();
    for (int block = 1; block <= BLOCKS; block++) {
      for (int i = 0; i < PER_BLOCK; i++) {
        Address holder = address(100 + random.nextInt(HOLDERS));
        long most = held.getOrDefault(holder, 0L);
        Address from = most == 0 ? Address.ZERO : holder;
        long shares = most == 0 ? 3 : 1 + random.nextLong(most);
        Address to = address(100 + random.nextInt(HOLDERS));
        held.merge(from, -shares, Long::sum);
        held.merge(to, shares, Long::sum);
        transfers.add(
            new Transfer(SHARES, block(block), new Transferred(from, to, ShareCount.of(shares))));
      }
    }
    return transfers;
  }

  private static BlockRef block(int number) {
    return new BlockRef(
        number, Hash.ofUint(BigInteger.valueOf(number)), Instant.ofEpochSecond(12L * number));
  }

  private static Address address(int number) {
    return Address.ofWord(Hash.ofUint(BigInteger.valueOf(number)));
  }
}
