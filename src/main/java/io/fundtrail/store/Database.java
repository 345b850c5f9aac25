package io.fundtrail.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * One SQLite or PostgreSQL database. Reads see one consistent snapshot each and run beside each
 * other; writing transactions run one at a time. A committed transaction survives a crash. Calls
 * block and are safe from virtual threads. A callback uses the handle it is given and never calls
 * the database again.
 */
public final class Database implements ReadOnlyDatabase, AutoCloseable {
  private final DatabaseUrl url;
  private final Lane readers;
  private final Lane writer;
  private final QueryLimit limit;
  private final @Nullable Leadership leadership;
  private final ReentrantLock writing = new ReentrantLock(true);
  private final ThreadLocal<Boolean> inCallback = ThreadLocal.withInitial(() -> false);

  Database(
      DatabaseUrl url,
      Lane readers,
      Lane writer,
      QueryLimit limit,
      @Nullable Leadership leadership) {
    this.url = url;
    this.readers = readers;
    this.writer = writer;
    this.limit = limit;
    this.leadership = leadership;
  }

  /**
   * Opens the database; a SQLite file and its folders are created when missing.
   *
   * @throws DatabaseException when it cannot be reached, opened or written
   */
  public static Database open(DatabaseUrl url) {
    return switch (url) {
      case DatabaseUrl.Sqlite sqlite -> SqliteConnections.open(sqlite);
      case DatabaseUrl.Postgres postgres -> PostgresConnections.open(postgres);
    };
  }

  /**
   * Copies a SQLite database, as it is at one moment, into a file that is not there yet. Another
   * program may go on using it.
   *
   * @throws DatabaseException when it cannot be read, or the file not be written
   */
  public static void copy(DatabaseUrl.Sqlite from, Path to) {
    SqliteConnections.copy(from, to);
  }

  /** However long it takes. */
  @Override
  public <T extends @Nullable Object> T read(Function<Handle, T> query) {
    refuseNesting();
    return run(readers, query);
  }

  /** For who may ask for more than the database should compute: what takes longer is given up. */
  public ReadOnlyDatabase within(Duration longest) {
    return new Limited(this, longest);
  }

  private record Limited(Database database, Duration longest) implements ReadOnlyDatabase {
    @Override
    public <T extends @Nullable Object> T read(Function<Handle, T> query) {
      try {
        return database.read(handle -> database.limit.within(longest, handle, query));
      } catch (RuntimeException e) {
        throw QueryGivenUp.isMeantBy(e) ? new QueryGivenUp(longest, e) : e;
      }
    }
  }

  /** Runs one writing transaction; whatever it throws rolls it back and is thrown on. */
  public <T extends @Nullable Object> T inTransaction(Function<Handle, T> work) {
    refuseNesting();
    writing.lock();
    try {
      return run(writer, work);
    } finally {
      writing.unlock();
    }
  }

  /** Runs one writing transaction; whatever it throws rolls it back and is thrown on. */
  public void write(Consumer<Handle> work) {
    this.<@Nullable Void>inTransaction(handle -> {
      work.accept(handle);
      return null;
    });
  }

  /**
   * Whether this program is the one that writes the index. Of several programs on one PostgreSQL
   * database one is, until it ends; then the next one that asks. A SQLite file has one program.
   *
   * @throws DatabaseException when the database does not answer
   */
  public boolean leads() {
    return leadership == null || leadership.held();
  }

  /** Lets another program write the index, until this one asks whether it leads again. */
  public void resign() {
    if (leadership != null) {
      leadership.close();
    }
  }

  /** Waits for what runs and closes every connection. */
  @Override
  public void close() {
    resign();
    readers.close();
    writer.close();
  }

  /** The URL without its password. */
  @Override
  public String toString() {
    return url.toString();
  }

  private void refuseNesting() {
    if (inCallback.get()) {
      throw new IllegalStateException(
          "a database callback called the database again; it must use the handle it was given");
    }
  }

  private <T extends @Nullable Object> T run(Lane lane, Function<Handle, T> work) {
    return lane.inTransaction(handle -> {
      inCallback.set(true);
      try {
        return work.apply(handle);
      } finally {
        inCallback.remove();
      }
    });
  }
}
