package io.fundtrail.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fundtrail.app.AppConfig.ChainSource;
import io.fundtrail.chaos.Chaos;
import io.fundtrail.chaos.HeldProgram;
import io.fundtrail.chaos.Place;
import io.fundtrail.index.IndexDigest;
import io.fundtrail.index.Verification;
import io.fundtrail.store.Database;
import io.fundtrail.store.DatabaseUrl;
import io.fundtrail.store.OnBothDatabases;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A backup that is killed anywhere on its way is no backup, and harms nothing. */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class BackupKillTest {
  private static final int KILLS = 12 * Chaos.times();
  private static final long SECONDS = 180;

  /** Before, within and behind what makes the file; on PostgreSQL there is no index in it. */
  private static final List<Place> BACKING_UP =
      List.of(
          Place.entering("io.fundtrail.app.Backup", "write"),
          Place.entering("io.fundtrail.app.Backup", "pack"),
          inZip("putNextEntry"),
          inZip("putNextEntry").forTheTime(2),
          inZip("putNextEntry").forTheTime(3),
          inZip("putNextEntry").forTheTime(4),
          inZip("write"),
          inZip("write").forTheTime(3),
          inZip("closeEntry").forTheTime(2),
          inZip("finish"),
          Place.entering("sun.nio.ch.FileChannelImpl", "force"),
          Place.entering("java.nio.file.Files", "move"),
          Place.entering("io.fundtrail.app.Backup", "delete"),
          Place.entering("io.fundtrail.app.Backup", "delete").forTheTime(2));

  private static final List<Place> COPYING_THE_INDEX =
      List.of(
          Place.entering("io.fundtrail.store.SqliteConnections", "copy"),
          Place.entering("org.sqlite.jdbc3.JDBC3PreparedStatement", "execute"));

  @OnBothDatabases
  void isThereWholeOrNotAtAll(Database database, DatabaseUrl url, @TempDir Path folder)
      throws Exception {
    List<Place> places = places(url);
    Path data = folder.resolve("ledger");
    String[] command = {
      "serve", "--data", data.toString(), "--port", "0", "--database-url", jdbcUrl(url)
    };
    try (Fundtrail serve = Fundtrail.start(command)) {
      serve.awaitLine("Ready");
      serve.awaitFollowing(1);
      Ledger ledger = new Ledger(config(data, url), folder, database.read(IndexDigest::of));
      int halves = 0;
      for (int i = 0; i < KILLS; i++) {
        Place place = places.get(i % places.size());
        ledger.killAt(place);
        halves += ledger.checkWhatIsLeft(place);
        assertThat(serve.get("/v1/status").at("/index/state").asText()).isEqualTo("following");
        assertThat(database.read(IndexDigest::of)).isEqualTo(ledger.digest());
      }
      assertThat(halves).as("backups that were cut off").isGreaterThan(KILLS / 3);
      serve.killEverything();
    }
    try (Fundtrail serve = Fundtrail.start(command)) {
      serve.awaitLine("Ready");
      serve.awaitFollowing(1);
    }
  }

  private static List<Place> places(DatabaseUrl url) {
    Random random = Chaos.random("BackupKillTest");
    List<Place> places = new ArrayList<>(BACKING_UP);
    if (url instanceof DatabaseUrl.Sqlite) {
      places.addAll(COPYING_THE_INDEX);
    }
    Collections.shuffle(places, random);
    return places;
  }

  private static Place inZip(String method) {
    return Place.entering("java.util.zip.ZipOutputStream", method);
  }

  private static AppConfig config(Path data, DatabaseUrl url) {
    Path home = Path.of(System.getProperty("fundtrail.home", ""));
    return new AppConfig(
        new DataDirectory(data),
        InetAddress.getLoopbackAddress(),
        0,
        new ChainSource.Embedded(home, Optional.empty()),
        url,
        Verification.HEADS,
        LogFormat.TEXT);
  }

  private static String jdbcUrl(DatabaseUrl url) {
    return switch (url) {
      case DatabaseUrl.Sqlite sqlite -> sqlite.toString();
      case DatabaseUrl.Postgres postgres -> postgres.jdbcUrl();
    };
  }

  /** What is backed up, where to, and what must come of it. */
  private record Ledger(AppConfig config, Path folder, IndexDigest digest) {
    Path file() {
      return folder.resolve("ledger.zip");
    }

    void killAt(Place place) throws InterruptedException {
      try (HeldProgram backup =
          HeldProgram.start(
              Life.class,
              config.data().path().toString(),
              jdbcUrl(config.database()),
              file().toString())) {
        backup.stopAt(place);
        backup.tell("back up");
        assertThat(backup.awaitStop(SECONDS)).as("%s", place).isTrue();
        backup.kill();
      }
      Chaos.count("kills", 1);
      Chaos.count("kills.backup", 1);
    }

    /** How many files there are that would be taken for a backup if nobody looked into them. */
    int checkWhatIsLeft(Place place) throws IOException {
      Path unfinished = folder.resolve("ledger.zip.new");
      int halves = 0;
      if (Files.exists(file())) {
        assertThat(place.toString()).startsWith("Backup.delete");
        assertRestores(file());
      } else {
        assertThatThrownBy(() -> restore(file()))
            .isInstanceOf(StartRefused.class)
            .hasMessageContaining("NoSuchFileException");
        halves = Files.exists(unfinished) && !isWhole(unfinished) ? 1 : 0;
        Backup.write(config, file());
        assertRestores(file());
      }
      Files.delete(file());
      try (Stream<Path> left = Files.list(folder)) {
        assertThat(left.filter(path -> !path.equals(unfinished)))
            .as("%s", place)
            .allMatch(path -> path.endsWith("ledger") || isMadeAgain(path));
      }
      return halves;
    }

    /** The copy of the index that a killed backup left, which the next one overwrites. */
    private boolean isMadeAgain(Path path) {
      return path.getFileName().toString().startsWith("ledger.zip.index");
    }

    private boolean isWhole(Path unfinished) throws IOException {
      try {
        assertRestores(unfinished);
        return true;
      } catch (StartRefused refused) {
        assertThat(refused).hasMessageContaining(unfinished.toString());
        assertThat(restored()).doesNotExist();
        return false;
      }
    }

    private Path restored() {
      return config.data().path().resolveSibling("restored");
    }

    private Backup.Manifest restore(Path backup) {
      return Backup.restore(backup, new DataDirectory(restored()));
    }

    private void assertRestores(Path backup) throws IOException {
      Backup.Manifest manifest = restore(backup);
      boolean onSqlite = config.database() instanceof DatabaseUrl.Sqlite;
      assertThat(manifest.hasIndex()).isEqualTo(onSqlite);
      for (String name : List.of("chain/blocks.log", "deployment.json")) {
        assertThat(restored().resolve(name))
            .hasSameBinaryContentAs(config.data().path().resolve(name));
      }
      if (onSqlite) {
        DatabaseUrl index = new DatabaseUrl.Sqlite(restored().resolve("index.db"));
        try (Database opened = Database.open(index)) {
          assertThat(opened.read(IndexDigest::of)).isEqualTo(digest);
        }
      }
      DataDirectory.deleteRecursively(restored());
    }
  }

  /** Backs up what its arguments name, once it is told to. */
  static final class Life {
    static void main(String[] args) throws IOException {
      if (System.in.read() >= 0) {
        Backup.write(config(Path.of(args[0]), DatabaseUrl.parse(args[1])), Path.of(args[2]));
      }
    }
  }
}
