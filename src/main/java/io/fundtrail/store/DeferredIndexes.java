package io.fundtrail.store;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.generic.GenericType;

/**
 * Secondary indexes that are left out while a table is filled, since to build one at the end costs
 * less than to keep it up to date. Which are left out stands in the database, so that they are
 * built whatever happens before.
 */
public final class DeferredIndexes {
  /** The step of the schema since which indexes can wait. */
  static final String STEP = "0170-deferred-indexes";

  private DeferredIndexes() {}

  /** Drops those of some indexes that are there, in the caller's transaction. */
  public static void defer(Handle handle, Collection<String> names) {
    Map<String, String> definitions =
        handle
            .createQuery(Dialect.of(handle).definitions())
            .bindList("names", List.copyOf(names))
            .setMapKeyColumn("name")
            .setMapValueColumn("definition")
            .collectInto(new GenericType<Map<String, String>>() {});
    definitions.forEach((name, definition) -> {
      handle
          .createUpdate("insert into deferred_index (name, definition) values (:name, :definition)")
          .bind("name", name)
          .bind("definition", definition)
          .execute();
      handle.createUpdate("drop index <name>").define("name", name).execute();
    });
  }

  /** Whether one is left out. */
  public static boolean isWaiting(Handle handle, String name) {
    return handle
        .createQuery("select count(*) from deferred_index where name = :name")
        .bind("name", name)
        .mapTo(Boolean.class)
        .one();
  }

  /** One that waits to be built. */
  public static Optional<String> next(Handle handle) {
    return handle
        .createQuery("select name from deferred_index order by name limit 1")
        .mapTo(String.class)
        .findOne();
  }

  /** Builds all that wait, in the caller's transaction. */
  static void buildAll(Handle handle) {
    for (Optional<String> name = next(handle); name.isPresent(); name = next(handle)) {
      build(handle, name.get());
    }
  }

  /** Builds one that waits, in the caller's transaction. */
  public static void build(Handle handle, String name) {
    String definition =
        handle
            .createQuery("select definition from deferred_index where name = :name")
            .bind("name", name)
            .mapTo(String.class)
            .one();
    handle.execute(definition);
    handle
        .createUpdate("delete from deferred_index where name = :name")
        .bind("name", name)
        .execute();
  }
}
