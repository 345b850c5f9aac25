package io.fundtrail.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.fundtrail.chain.Finality;
import io.fundtrail.chaos.Chaos;
import io.fundtrail.chaos.HeldProgram;
import io.fundtrail.chaos.Place;
import io.fundtrail.store.Database;
import io.fundtrail.store.DatabaseUrl;
import io.fundtrail.store.Migrations;
import io.fundtrail.store.OnBothDatabases;
import io.fundtrail.testnode.TestChain;
import io.fundtrail.testnode.TestNode;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

/** An index killed anywhere on its way loses and doubles nothing. */
@TestNode
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class KillTest {
  private static final int KILLS = 10 * Chaos.times();
  private static final int LIVES = 3 * KILLS;
  private static final long SECONDS = 30;
  private static final int BLOCKS = 16;
  private static final int LOGS = 8;
  private static final int DEEPEST = 64;
  private static final Finality NEVER_FINAL = new Finality.Depth(1_000);

  private static final Place COMMIT =
      Place.entering(
          "org.jdbi.v3.core.transaction.LocalTransactionHandler$BoundLocalTransactionHandler",
          "commit");

  /** Before, within and behind the transaction that stores a range. */
  private static final List<Place> STORING =
      List.of(
          ofTheIndex("HeadVerifier", "verify"),
          ofTheIndex("Checkpoint", "replace"),
          ofTheIndex("Contracts", "add"),
          ofTheIndex("Blocks", "addEarlier"),
          ofTheIndex("Journal", "append"),
          ofTheIndex("Heads", "add"),
          ofTheIndex("EventCounts", "apply"),
          ofTheIndex("Blocks", "forget"),
          ofTheIndex("Position", "advance"),
          COMMIT);

  private static final List<Place> ROLLING_BACK =
      List.of(
          ofTheIndex("ForkFinder", "lastCommonBlock"),
          ofTheIndex("IndexWriter", "rollBack"),
          ofTheIndex("Checkpoint", "replace"),
          ofTheIndex("IndexWriter", "deleteAbove"),
          ofTheIndex("IndexWriter", "deleteAbove").forTheTime(3),
          ofTheIndex("IndexWriter", "forgetAnnounced"),
          ofTheIndex("IndexWriter", "deleteAnnounced").forTheTime(2),
          ofTheIndex("IndexWriter", "missing"),
          ofTheIndex("Position", "load"));

  private static final List<Place> MIGRATING =
      List.of(
          Place.entering("io.fundtrail.store.Migrations", "checkAgainst"),
          Place.entering("io.fundtrail.store.Dialect", "execute").forTheTime(2),
          Place.entering("io.fundtrail.store.Dialect", "execute").forTheTime(3),
          Place.entering("org.jdbi.v3.core.statement.Script", "execute").forTheTime(3),
          Place.entering("org.jdbi.v3.core.statement.Update", "execute"),
          Place.entering("org.jdbi.v3.core.statement.Update", "execute").forTheTime(2),
          COMMIT,
          COMMIT.forTheTime(2),
          COMMIT.forTheTime(3));

  private static LedgerChain ledger;

  @BeforeAll
  static void deploy(TestChain chain) {
    ledger = LedgerChain.deploy(chain.rpcUrl().toString());
    for (int i = 0; i < 4; i++) {
      ledger.openRound(ledger.openShareClass("Class " + i));
      for (int j = 0; j < 8; j++) {
        ledger.attestTogether(5);
        ledger.attest();
      }
    }
    Stream.of("kills", "reorgs", "lost", "doubled", "altered")
        .forEach(what -> Chaos.count(what, 0));
  }

  @AfterAll
  static void disconnect() {
    ledger.close();
  }

  @OnBothDatabases
  void killedWhileItCatchesUp(Database database, DatabaseUrl url) throws Exception {
    Random random = Chaos.random("KillTest backfill");
    EventCounts.SCHEMA.apply(database);
    try (Lives lives = new Lives(url);
        Whole whole = Whole.start()) {
      int kills = 0;
      for (int life = 0; kills < KILLS && life < LIVES; life++) {
        HeldProgram index = lives.next();
        index.stopAt(any(STORING, random).forTheTime(1 + random.nextInt(3)));
        index.tell(IndexLife.Task.CATCH_UP.name());
        kills += killWhereItStops("backfill", index);
        assertHoldsAllToItsCheckpoint(database, whole);
        if (reachesHead(database)) {
          begin(database);
        }
      }
      assertThat(kills).isEqualTo(KILLS);
      assertGoesOn(database, whole);
    }
  }

  @OnBothDatabases
  void killedWhileItFollows(Database database, DatabaseUrl url) throws Exception {
    Random random = Chaos.random("KillTest live");
    catchUp(database);
    try (Lives lives = new Lives(url);
        Whole whole = Whole.start()) {
      int kills = 0;
      for (int life = 0; kills < KILLS && life < LIVES; life++) {
        HeldProgram index = lives.next();
        index.tell(IndexLife.Task.FOLLOW.name());
        assertThat(index.nextLine()).isEqualTo("at the head");
        index.stopAt(any(STORING, random));
        ledger.openShareClass("Live " + life);
        kills += killWhereItStops("live", index);
        assertHoldsAllToItsCheckpoint(database, whole);
      }
      assertThat(kills).isEqualTo(KILLS);
      assertGoesOn(database, whole);
    }
  }

  @OnBothDatabases
  void killedWhileItRollsBack(Database database, DatabaseUrl url) throws Exception {
    Random random = Chaos.random("KillTest roll-back");
    String before = ledger.snapshot();
    ledger.mine(DEEPEST);
    catchUp(database);
    try (Lives lives = new Lives(url);
        Whole whole = Whole.start()) {
      int kills = 0;
      for (int life = 0; kills < KILLS && life < LIVES; life++) {
        ledger.openShareClass("Replaced " + life);
        ledger.attestTogether(3);
        HeldProgram index = lives.next();
        index.tell(IndexLife.Task.FOLLOW.name());
        assertThat(index.nextLine()).isEqualTo("at the head");
        index.stopAt(any(ROLLING_BACK, random));
        replace(1 + random.nextInt(DEEPEST));
        kills += killWhereItStops("roll-back", index);
        if (random.nextBoolean()) {
          replace(1 + random.nextInt(DEEPEST));
        }
      }
      assertThat(kills).isEqualTo(KILLS);
      assertGoesOn(database, whole);
    }
    ledger.revert(before);
  }

  @OnBothDatabases
  void killedWhileItMigrates(Database database, DatabaseUrl url) throws Exception {
    Random random = Chaos.random("KillTest migration");
    try (Lives lives = new Lives(url)) {
      int kills = 0;
      for (int life = 0; kills < KILLS && life < LIVES; life++) {
        HeldProgram program = lives.next();
        program.stopAt(any(MIGRATING, random));
        program.tell(IndexLife.Task.MIGRATE.name());
        kills += killWhereItStops("migration", program);
        if (isMigrated(database)) {
          forgetTables(database);
        }
      }
      assertThat(kills).isEqualTo(KILLS);
    }
    migrations().apply(database);
    migrations().apply(database);
    assertThat(database.read(KillTest::migrated)).isEqualTo(names());
    try (Scratch scratch = Scratch.create()) {
      migrations().apply(scratch.database());
      assertThat(tables(database)).isEqualTo(tables(scratch.database()));
    }
  }

  private static void replace(int depth) {
    ledger.replaceBlocks(depth);
    ledger.mine(1);
    Chaos.count("reorgs", 1);
  }

  private static int killWhereItStops(String phase, HeldProgram program) throws Exception {
    boolean stopped = program.awaitStop(SECONDS);
    program.kill();
    if (!stopped) {
      return 0;
    }
    Chaos.count("kills", 1);
    Chaos.count("kills." + phase, 1);
    return 1;
  }

  /** Whatever was killed: what is stored up to the checkpoint is all that the chain has there. */
  private static void assertHoldsAllToItsCheckpoint(Database database, Whole whole)
      throws Exception {
    long end = database.read(Checkpoint::read).map(Checkpoint::number).orElse(-1L);
    List<LogEntry> stored = TestIndex.journal(database);
    List<LogEntry> due =
        whole.journal().stream().filter(entry -> entry.block().number() <= end).toList();
    count(Difference.between(due, stored));
    assertThat(stored).isEqualTo(due);
  }

  private static void assertGoesOn(Database database, Whole whole) throws Exception {
    catchUp(database);
    count(Difference.between(whole.journal(), TestIndex.journal(database)));
    assertThat(StoredRows.digest(database)).isEqualTo(StoredRows.digest(whole.database()));
  }

  private static void count(Difference difference) {
    Chaos.count("lost", difference.lost());
    Chaos.count("doubled", difference.doubled());
    Chaos.count("altered", difference.altered());
  }

  private static void catchUp(Database database) throws Exception {
    try (TestIndex index = TestIndex.start(database, ledger, plan(ledger))) {
      index.awaitHead();
    }
  }

  static TestIndex.Plan plan(LedgerChain chain) {
    return TestIndex.Plan.of(chain).with(NEVER_FINAL).inRangesOf(BLOCKS, LOGS);
  }

  /** Leaves nothing in the index, as before its first start. */
  private static void begin(Database database) {
    new IndexWriter(database, List.of(EventCounts.ofEveryKind())).wipe();
  }

  private static boolean reachesHead(Database database) {
    return database.read(Checkpoint::read).filter(at -> at.number() == ledger.head()).isPresent();
  }

  private static Place ofTheIndex(String type, String method) {
    return Place.entering("io.fundtrail.index." + type, method);
  }

  private static Place any(List<Place> places, Random random) {
    return places.get(random.nextInt(places.size()));
  }

  private static List<String> migrated(Handle handle) {
    return handle
        .createQuery("select name from schema_migration order by name")
        .mapTo(String.class)
        .list();
  }

  private static List<String> tables(Database database) {
    return database.read(handle ->
        handle
            .createQuery(
                handle.getConnection().toString().contains("sqlite")
                    ? "select name from sqlite_master where type = 'table' order by name"
                    : "select tablename from pg_tables where schemaname = 'public' order by"
                        + " tablename")
            .mapTo(String.class)
            .list());
  }

  private static boolean isMigrated(Database database) {
    return tables(database).contains("schema_migration")
        && database.read(KillTest::migrated).equals(names());
  }

  /** Leaves nothing in the database, as before the first migration. */
  private static void forgetTables(Database database) {
    List<String> names = tables(database);
    database.write(handle -> names.forEach(name -> handle.execute("drop table " + name)));
  }

  static Migrations migrations() {
    return Migrations.of(names().toArray(String[]::new));
  }

  /** Those of the program, in their order. */
  private static List<String> names() {
    URI folder;
    try {
      folder = Objects.requireNonNull(KillTest.class.getResource("/db/migration")).toURI();
      try (Stream<Path> files = Files.list(Path.of(folder))) {
        return files
            .map(file -> file.getFileName().toString().replace(".sql", ""))
            .sorted()
            .toList();
      }
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** An index that nobody kills. */
  private record Whole(Scratch scratch, TestIndex index) implements AutoCloseable {
    static Whole start() throws IOException {
      Scratch scratch = Scratch.create();
      return new Whole(scratch, TestIndex.start(scratch.database(), ledger, plan(ledger)));
    }

    Database database() {
      return scratch.database();
    }

    List<LogEntry> journal() throws InterruptedException {
      index.awaitHead();
      return TestIndex.journal(database());
    }

    @Override
    public void close() throws IOException {
      index.close();
      scratch.close();
    }
  }

  /** Programs that wait for their word; the next one starts while one is used. */
  private static final class Lives implements AutoCloseable {
    private final DatabaseUrl url;
    private HeldProgram spare;

    Lives(DatabaseUrl url) {
      this.url = url;
      this.spare = start();
    }

    HeldProgram next() {
      HeldProgram ready = spare;
      spare = start();
      return ready;
    }

    @Override
    public void close() {
      spare.close();
    }

    private HeldProgram start() {
      return HeldProgram.start(IndexLife.class, jdbcUrl(url), ledger.rpcUrl());
    }

    private static String jdbcUrl(DatabaseUrl url) {
      return switch (url) {
        case DatabaseUrl.Sqlite sqlite -> sqlite.toString();
        case DatabaseUrl.Postgres postgres -> postgres.jdbcUrl();
      };
    }
  }
}
