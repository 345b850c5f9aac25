package io.fundtrail.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseOpeningTest {
  @TempDir Path folder;

  @Test
  void createsASqliteFileAndItsFolders() {
    Path file = folder.resolve("a/b/index.db");
    try (Database database = Database.open(DatabaseUrl.parse("jdbc:sqlite:" + file))) {
      assertThat(database).hasToString("jdbc:sqlite:" + file);
    }
    assertThat(file).exists();
  }

  @Test
  void keepsSqliteDurableAndItsReferencesChecked() {
    DatabaseUrl url = new DatabaseUrl.Sqlite(folder.resolve("index.db"));
    try (Database database = Database.open(url)) {
      assertThat(pragma(database, "journal_mode")).isEqualTo("wal");
      assertThat(pragma(database, "synchronous")).isEqualTo("2");
      assertThat(pragma(database, "foreign_keys")).isEqualTo("1");
    }
  }

  @Test
  void saysThatASqliteFolderCannotBeCreated() throws IOException {
    Path file = Files.createFile(folder.resolve("taken"));
    assertThatThrownBy(() -> Database.open(new DatabaseUrl.Sqlite(file.resolve("index.db"))))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void saysThatASqliteFileIsAFolder() {
    assertThatThrownBy(() -> Database.open(new DatabaseUrl.Sqlite(folder)))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("must be a file in a folder open for writing");
  }

  @Test
  void saysThatAFileIsNoSqliteDatabase() throws IOException {
    Path file = Files.writeString(folder.resolve("index.db"), "not a database ".repeat(100));
    assertThatThrownBy(() -> Database.open(new DatabaseUrl.Sqlite(file)))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining(file + " cannot be used as a SQLite database");
  }

  @Test
  void saysThatNoPostgresAnswersWithoutShowingThePassword() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }
    DatabaseUrl url =
        DatabaseUrl.parse(
            "jdbc:postgresql://127.0.0.1:%d/x?user=ft&password=hunter2".formatted(closed));
    assertThatThrownBy(() -> Database.open(url))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("no PostgreSQL answers at jdbc:postgresql://127.0.0.1:" + closed)
        .hasMessageNotContaining("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:h2:mem:x",
        "jdbc:sqlite:",
        "jdbc:sqlite::memory:",
        "jdbc:sqlite:file:x?mode=memory",
        "jdbc:sqlite:/x?cache=shared",
        "jdbc:postgresql:x",
        "jdbc:postgresql://ft:hunter2@localhost/x"
      })
  void refusesAUrlItCannotServe(String url) {
    assertThatThrownBy(() -> DatabaseUrl.parse(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void neverShowsAPassword() {
    DatabaseUrl url =
        DatabaseUrl.parse(
            "jdbc:postgresql://h/x?password=hunter2&user=ft&sslpassword=hunter2&ssl=true");
    assertThat(url)
        .hasToString("jdbc:postgresql://h/x?password=***&user=ft&sslpassword=***&ssl=true");
  }

  private static String pragma(Database database, String name) {
    return database.inTransaction(
        handle -> handle.createQuery("pragma " + name).mapTo(String.class).one());
  }
}
