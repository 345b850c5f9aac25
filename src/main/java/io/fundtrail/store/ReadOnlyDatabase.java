package io.fundtrail.store;

import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** A database for who only reads. */
public interface ReadOnlyDatabase {
  /**
   * Runs a query on one consistent snapshot, which nothing it does can change. The query uses the
   * handle it is given and never calls the database again.
   *
   * @throws QueryGivenUp if it takes longer than the database lets it
   */
  <T extends @Nullable Object> T read(Function<Handle, T> query);
}
