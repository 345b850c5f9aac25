package io.fundtrail.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Pooled connections for one purpose and, where a driver would block a virtual thread's carrier,
 * the platform threads that use them.
 */
final class Lane implements AutoCloseable {
  private final HikariDataSource pool;
  private final Jdbi jdbi;
  private final @Nullable ExecutorService threads;

  private Lane(HikariDataSource pool, Jdbi jdbi, @Nullable ExecutorService threads) {
    this.pool = pool;
    this.jdbi = jdbi;
    this.threads = threads;
  }

  static Lane open(HikariConfig config, @Nullable ExecutorService threads) {
    HikariDataSource pool = new HikariDataSource(config);
    Jdbi jdbi = Jdbi.create(pool);
    ColumnTypes.register(jdbi);
    return new Lane(pool, jdbi, threads);
  }

  <T extends @Nullable Object> T inTransaction(Function<Handle, T> work) {
    if (threads == null) {
      return jdbi.inTransaction(work::apply);
    }
    return Uninterrupted.join(threads.submit(() -> jdbi.inTransaction(work::apply)));
  }

  @Override
  public void close() {
    if (threads != null) {
      threads.close();
    }
    pool.close();
  }
}
