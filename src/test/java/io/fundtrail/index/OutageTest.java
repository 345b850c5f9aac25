package io.fundtrail.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.fundtrail.store.Database;
import io.fundtrail.store.DatabaseUrl;
import io.fundtrail.store.OnBothDatabases;
import io.fundtrail.testnode.TestChain;
import io.fundtrail.testnode.TestNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A database that is full, or away, is waited for: what it holds stays whole meanwhile. */
@TestNode
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class OutageTest {
  private static LedgerChain ledger;

  @BeforeAll
  static void deploy(TestChain chain) {
    ledger = LedgerChain.deploy(chain.rpcUrl().toString());
  }

  @AfterAll
  static void disconnect() {
    ledger.close();
  }

  @OnBothDatabases
  void goesOnOnceTheDiskHasRoomAgain(Database database, DatabaseUrl url) throws Exception {
    try (TestIndex index = TestIndex.start(database, ledger)) {
      index.awaitHead();
      List<String> before = StoredRows.of(database);
      fill(database, url);
      for (int i = 0; i < 3; i++) {
        ledger.attestTogether(60);
      }

      index.awaitState(IndexState.Waiting.class);
      assertThat(StoredRows.of(database)).isEqualTo(before);

      makeRoom(database, url);
      index.awaitHead();
      assertSameAsFresh(database);
    }
  }

  @Test
  void goesOnOnceThereIsRoomOnADiskThatIsReallyFull(@TempDir Path folder) throws Exception {
    try (SmallDisk disk = SmallDisk.mount(Files.createDirectory(folder.resolve("disk")))) {
      goesOnAfter(disk, new DatabaseUrl.Sqlite(disk.folder().resolve("index.db")));
      try (EmbeddedPostgres server = start(disk.folder(), freePort())) {
        goesOnAfter(disk, DatabaseUrl.parse(server.getJdbcUrl("postgres", "postgres")));
      }
    }
  }

  private static void goesOnAfter(SmallDisk disk, DatabaseUrl url) throws Exception {
    try (Database database = Database.open(url);
        TestIndex index = TestIndex.start(database, ledger)) {
      index.awaitHead();
      for (int time = 0; time < 2; time++) {
        disk.fill();
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!(index.indexer().status().state() instanceof IndexState.Waiting)) {
          assertThat(System.nanoTime()).as("waits some time").isLessThan(until);
          ledger.attestTogether(60);
        }
        assertThat(((IndexState.Waiting) index.indexer().status().state()).reason())
            .containsAnyOf("No space left", "disk is full");
        disk.makeRoom();
        index.awaitHead();
        assertSameAsFresh(database);
      }
    }
  }

  @Test
  void goesOnOnceTheServerRunsAgain(@TempDir Path folder) throws Exception {
    int port = freePort();
    EmbeddedPostgres server = start(folder, port);
    try (Database database =
            Database.open(DatabaseUrl.parse(server.getJdbcUrl("postgres", "postgres")));
        TestIndex index = TestIndex.start(database, ledger)) {
      index.awaitHead();
      server.close();
      ledger.attestTogether(5);
      index.awaitState(IndexState.Waiting.class);
      assertThat(((IndexState.Waiting) index.indexer().status().state()).reason())
          .as("says not where the database is")
          .doesNotContain(String.valueOf(port));

      server = start(folder, port);

      index.awaitHead();
      assertSameAsFresh(database);
    } finally {
      server.close();
    }
  }

  /** SQLite is given no further page; PostgreSQL says what it says of a full disk. */
  private static void fill(Database database, DatabaseUrl url) {
    database.write(handle -> {
      switch (url) {
        case DatabaseUrl.Sqlite _ -> {
          int pages = handle.createQuery("pragma page_count").mapTo(Integer.class).one();
          handle.createQuery("pragma max_page_count = " + pages).mapTo(Integer.class).one();
        }
        case DatabaseUrl.Postgres _ -> {
          handle.execute(
              """
              create function refuse() returns trigger language plpgsql as
              $$ begin raise exception 'could not extend file' using errcode = '53100'; end $$
              """);
          handle.execute(
              """
              create trigger full_disk after insert on history_head
              for each statement execute function refuse()
              """);
        }
      }
    });
  }

  private static void makeRoom(Database database, DatabaseUrl url) {
    database.write(handle -> {
      switch (url) {
        case DatabaseUrl.Sqlite _ ->
            handle.createQuery("pragma max_page_count = 1000000").mapTo(Integer.class).one();
        case DatabaseUrl.Postgres _ -> {
          handle.execute("drop trigger full_disk on history_head");
          handle.execute("drop function refuse");
        }
      }
    });
  }

  private static EmbeddedPostgres start(Path folder, int port) throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(folder.resolve("data"))
        .setCleanDataDirectory(false)
        .setPort(port)
        .start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void assertSameAsFresh(Database database) throws Exception {
    try (Scratch scratch = Scratch.create();
        TestIndex index = TestIndex.start(scratch.database(), ledger)) {
      index.awaitHead();
      assertThat(StoredRows.digest(database)).isEqualTo(StoredRows.digest(scratch.database()));
    }
  }
}
