package io.fundtrail.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fundtrail.model.Hash;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MigrationsTest {
  private static final Migration FUNDS =
      new Migration(
          "0001-funds",
          """
          create table fund (
            id ${bytes} not null primary key
          ) ${clustered};
          """);
  private static final Migration NAMES =
      new Migration("0002-names", "alter table fund add column name text;\n");

  private static final Migration NAMES_ALONE =
      new Migration("0002-names", "create table name (x integer);");

  @OnBothDatabases
  void appliesEachStepOnceAndInOrder(Database database) {
    new Migrations(List.of(FUNDS)).apply(database);
    new Migrations(List.of(FUNDS, NAMES)).apply(database);
    new Migrations(List.of(FUNDS, NAMES)).apply(database);

    database.write(handle ->
        handle
            .createUpdate("insert into fund (id, name) values (:id, :name)")
            .bind("id", Hash.ZERO)
            .bind("name", "first")
            .execute());
    assertThat(rows(database, "fund")).isEqualTo(1);
    assertThat(rows(database, "schema_migration")).isEqualTo(2);
  }

  @OnBothDatabases
  void keepsNothingOfAStepThatFails(Database database) {
    Migration broken = new Migration("0002-broken", "create table a (x integer); select nothing;");

    assertThatThrownBy(() -> new Migrations(List.of(FUNDS, broken)).apply(database))
        .hasMessageContaining("nothing");

    new Migrations(List.of(FUNDS, new Migration("0002-broken", "create table a (x integer);")))
        .apply(database);
    assertThat(rows(database, "a")).isZero();
  }

  @OnBothDatabases
  void buildsTheIndexesThatWaitBeforeAStepThatReplacesOne(Database database) {
    List<Migration> steps =
        List.of(Migration.load("0001-journal"), Migration.load(DeferredIndexes.STEP));
    new Migrations(steps).apply(database);
    database.write(handle -> DeferredIndexes.defer(handle, List.of("block_time", "journal_kind")));
    assertThat(database.read(DeferredIndexes::next)).hasValue("block_time");
    Migration replacing =
        new Migration(
            "0180-block-time",
            "drop index block_time;\ncreate index block_time on block (time, number);\n");

    new Migrations(Stream.concat(steps.stream(), Stream.of(replacing)).toList()).apply(database);

    assertThat(database.read(DeferredIndexes::next)).isEmpty();
    database.write(handle -> handle.execute("drop index journal_kind"));
  }

  @OnBothDatabases
  void refusesAStepThatWasEditedAfterItWasApplied(Database database) {
    new Migrations(List.of(FUNDS)).apply(database);
    Migration edited = new Migration(FUNDS.name(), FUNDS.sql().replace("fund", "trust"));

    assertThatThrownBy(() -> new Migrations(List.of(edited)).apply(database))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("migration 0001-funds was edited")
        .hasMessageContaining(FUNDS.checksum().toString())
        .hasMessageContaining(edited.checksum().toString());
  }

  @OnBothDatabases
  void takesLineEndsForTheSameText(Database database) {
    new Migrations(List.of(FUNDS)).apply(database);
    Migration windows = new Migration(FUNDS.name(), FUNDS.sql().replace("\n", "\r\n"));

    new Migrations(List.of(windows, NAMES)).apply(database);

    assertThat(rows(database, "schema_migration")).isEqualTo(2);
  }

  @OnBothDatabases
  void refusesADatabaseNewerThanTheProgram(Database database) {
    new Migrations(List.of(FUNDS, NAMES)).apply(database);

    assertThatThrownBy(() -> new Migrations(List.of(FUNDS)).apply(database))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("newer than this program")
        .hasMessageContaining("0002-names")
        .hasMessageContaining("0001-funds");
  }

  @OnBothDatabases
  void refusesAStepBeforeOnesAlreadyApplied(Database database) {
    new Migrations(List.of(NAMES_ALONE)).apply(database);

    assertThatThrownBy(() -> new Migrations(List.of(FUNDS, NAMES_ALONE)).apply(database))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("lacks migration 0001-funds");
  }

  @Test
  void refusesStepsOutOfOrder() {
    assertThatThrownBy(() -> new Migrations(List.of(NAMES, FUNDS)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0001-funds must come before 0002-names");
  }

  @Test
  void saysWhichResourceIsMissing() {
    assertThatThrownBy(() -> Migrations.of("9999-nowhere"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("/db/migration/9999-nowhere.sql");
  }

  private static int rows(Database database, String table) {
    return database.read(
        handle -> handle.createQuery("select count(*) from " + table).mapTo(int.class).one());
  }
}
