package io.fundtrail.store;

import io.fundtrail.model.Hash;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The schema of the whole program, step by step, across its rooms. Each step runs in a transaction
 * of its own and is recorded with its checksum. It finds all that the steps before it made: indexes
 * that wait to be built are built before it, so that it may drop or replace them.
 */
public final class Migrations {
  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

  private final List<Migration> steps;

  /**
   * @throws IllegalArgumentException unless the names ascend
   */
  public Migrations(List<Migration> steps) {
    for (int i = 1; i < steps.size(); i++) {
      if (steps.get(i - 1).name().compareTo(steps.get(i).name()) >= 0) {
        throw new IllegalArgumentException(
            "migration " + steps.get(i).name() + " must come before " + steps.get(i - 1).name());
      }
    }
    this.steps = List.copyOf(steps);
  }

  /** The steps of these names from the class path. */
  public static Migrations of(String... names) {
    List<Migration> steps = new ArrayList<>();
    for (String name : names) {
      steps.add(Migration.load(name));
    }
    return new Migrations(steps);
  }

  /**
   * Brings the database to this program's schema.
   *
   * @throws DatabaseException when a step recorded there was edited since, is unknown to this
   *     program, or follows one that is missing there
   */
  public void apply(Database database) {
    Map<String, Hash> applied = database.inTransaction(Migrations::applied);
    checkAgainst(database, applied);
    for (Migration step : steps.subList(applied.size(), steps.size())) {
      if (database.inTransaction(handle -> applyUnlessApplied(handle, step))) {
        LOG.info("Applied migration {}", step.name());
      }
    }
  }

  private static Map<String, Hash> applied(Handle handle) {
    Dialect dialect = Dialect.of(handle);
    dialect.lockSchema(handle);
    dialect.execute(
        handle,
        """
        create table if not exists schema_migration (
          name     text     not null primary key,
          checksum ${bytes} not null
        );
        """);
    Map<String, Hash> applied = new LinkedHashMap<>();
    handle
        .createQuery("select name, checksum from schema_migration order by name")
        .map((row, context) -> Map.entry(row.getString("name"), Hash.of(row.getBytes("checksum"))))
        .forEach(step -> applied.put(step.getKey(), step.getValue()));
    return applied;
  }

  private void checkAgainst(Database database, Map<String, Hash> applied) {
    List<String> known = steps.stream().map(Migration::name).toList();
    for (String name : applied.keySet()) {
      if (!known.contains(name)) {
        throw new DatabaseException(
            "%s is newer than this program: it has migration %s, and this program ends with %s"
                .formatted(database, name, known.isEmpty() ? "none" : known.getLast()));
      }
    }
    for (int i = 0; i < applied.size(); i++) {
      Migration step = steps.get(i);
      Hash recorded = applied.get(step.name());
      if (recorded == null) {
        throw new DatabaseException(
            "%s lacks migration %s, but has later ones".formatted(database, step.name()));
      }
      if (!recorded.equals(step.checksum())) {
        throw new DatabaseException(
            "migration %s was edited after %s took it: recorded checksum %s, now %s"
                .formatted(step.name(), database, recorded, step.checksum()));
      }
    }
  }

  /** Another program may have applied it since this one looked. */
  private static boolean applyUnlessApplied(Handle handle, Migration step) {
    Map<String, Hash> applied = applied(handle);
    boolean missing = !applied.containsKey(step.name());
    if (missing) {
      if (applied.containsKey(DeferredIndexes.STEP)) {
        DeferredIndexes.buildAll(handle);
      }
      apply(handle, step);
    }
    return missing;
  }

  private static void apply(Handle handle, Migration step) {
    Dialect.of(handle).execute(handle, step.sql());
    handle
        .createUpdate("insert into schema_migration (name, checksum) values (:name, :checksum)")
        .bind("name", step.name())
        .bind("checksum", step.checksum())
        .execute();
  }
}
