package io.fundtrail.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A server that asks for passwords. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresOpeningTest {
  private final EmbeddedPostgres server;

  PostgresOpeningTest(@TempDir Path folder) throws IOException {
    // The server runs as another user when the tests run as root.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path access =
        Files.writeString(
            folder.resolve("access.conf"),
            """
            host all postgres 127.0.0.1/32 trust
            host all all      127.0.0.1/32 scram-sha-256
            """);
    server = EmbeddedPostgres.builder().setServerConfig("hba_file", access.toString()).start();
  }

  @BeforeAll
  void createUser() throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create role ledger login password 'hunter2'");
    }
  }

  @AfterAll
  void stop() throws IOException {
    server.close();
  }

  @Test
  void opensWithTheRightPassword() {
    try (Database database = Database.open(url("postgres", "ledger", "hunter2"))) {
      String user =
          database.read(
              handle -> handle.createQuery("select current_user").mapTo(String.class).one());
      assertThat(user).isEqualTo("ledger");
    }
  }

  @Test
  void saysThatThePasswordIsWrongWithoutShowingIt() {
    assertThatThrownBy(() -> Database.open(url("postgres", "ledger", "hunter3")))
        .isInstanceOf(DatabaseException.class)
        .hasMessageStartingWith("PostgreSQL refused the user or password given for jdbc:postgresql")
        .hasMessageNotContaining("hunter3");
  }

  @Test
  void saysThatTheDatabaseDoesNotExist() {
    assertThatThrownBy(() -> Database.open(url("nowhere", "ledger", "hunter2")))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("/nowhere?")
        .hasMessageContaining("does not exist: create it first")
        .hasMessageNotContaining("hunter2");
  }

  private DatabaseUrl url(String name, String user, String password) {
    return DatabaseUrl.parse(
        "jdbc:postgresql://127.0.0.1:%d/%s?user=%s&password=%s"
            .formatted(server.getPort(), name, user, password));
  }
}
