package io.fundtrail.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.fundtrail.model.Hash;
import io.fundtrail.store.Database;
import io.fundtrail.store.OnBothDatabases;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

class IndexDigestTest {
  private static final String KNOWN =
      "0x97c7837b5d3a4c3c801a48531320e354f91b7ce4c9c2e17c101b41ce5452e16f";

  /** Rows that a careless hash would take for each other. */
  private static final List<String> DIFFERENT =
      List.of(
          "insert into sample values (1, 'a', true, null)",
          "insert into sample values (1, 'a', false, null)",
          "insert into sample values (1, 'null', true, null)",
          "insert into sample values (1, 'a', true, 'a')",
          "insert into sample values (1, 'a', true, '')",
          "insert into sample values (1, 'a', true, 'null')",
          "insert into sample values (11, 'a', true, null)",
          "insert into sample values (1, 'a\n1 1', true, null)");

  @OnBothDatabases
  void noTwoContentsHaveTheSameDigest(Database database) {
    Set<Hash> digests = new HashSet<>();
    database.write(handle -> handle.execute(table("sample")));
    assertThat(digests.add(digest(database))).isTrue();
    for (String row : DIFFERENT) {
      database.write(handle -> handle.execute(row));
      assertThat(digests.add(digest(database))).as(row).isTrue();
      database.write(handle -> handle.execute(row));
      assertThat(digests.add(digest(database))).as("twice: " + row).isTrue();
      database.write(handle -> handle.execute("delete from sample"));
    }
    database.write(handle -> handle.execute(table("another")));
    assertThat(digests.add(digest(database))).isTrue();
  }

  /** The value is that of the other database, and of every later version of this program. */
  @OnBothDatabases
  void theDigestIsTheSameOnBothDatabasesAndInWhateverOrderRowsCame(Database database) {
    database.write(handle -> {
      handle.execute(table("sample"));
      DIFFERENT.reversed().forEach(handle::execute);
      handle.execute("create table checkpoint (number bigint)");
      handle.execute("insert into checkpoint values (7)");
    });
    assertThat(digest(database)).hasToString(KNOWN);
    database.write(handle -> {
      handle.execute("delete from sample");
      DIFFERENT.forEach(handle::execute);
      handle.execute("delete from checkpoint");
    });
    assertThat(digest(database)).hasToString(KNOWN);
  }

  private static String table(String name) {
    return "create table " + name + " (number bigint, text text, flag boolean, other text)";
  }

  private static Hash digest(Database database) {
    return database.read(IndexDigest::of).hash();
  }
}
