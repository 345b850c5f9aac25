package io.fundtrail.store;

import com.zaxxer.hikari.HikariConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;

/** Opens a SQLite file: one writer, a few readers, each on its own platform thread. */
final class SqliteConnections {
  private static final int READERS = 4;
  private static final int BUSY_MILLIS = 10_000;

  /** What a transaction changes should stay in memory until it is committed. */
  private static final int WRITER_CACHE_KIB = 16 * 1024;

  /** Pages of 4 KiB in the log before they go to the file: 32 MiB, several transactions' worth. */
  private static final int WAL_PAGES = 8 * 1024;

  private SqliteConnections() {}

  static Database open(DatabaseUrl.Sqlite url) {
    Path file = url.file().toAbsolutePath();
    createFolder(file);
    SQLiteDataSource source = source(file);
    probe(file, source);
    SQLiteDataSource writing = source(file);
    writing.getConfig().setCacheSize(-WRITER_CACHE_KIB);
    writing
        .getConfig()
        .setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, String.valueOf(WAL_PAGES));
    Lane writer = Lane.open(pool("sqlite-writer", writing, 1), threads("sqlite-writer", 1));
    SqliteDeadline deadline = new SqliteDeadline();
    HikariConfig reading = pool("sqlite-reader", deadline.watching(source), READERS);
    reading.setConnectionInitSql("pragma query_only = on");
    Lane readers = Lane.open(reading, threads("sqlite-reader", READERS));
    return new Database(url, readers, writer, deadline, null);
  }

  static void copy(DatabaseUrl.Sqlite from, Path to) {
    Path file = from.file().toAbsolutePath();
    try (Connection connection = source(file).getConnection();
        PreparedStatement copy = connection.prepareStatement("vacuum into ?")) {
      copy.setString(1, to.toAbsolutePath().toString());
      copy.execute();
    } catch (SQLException e) {
      throw new DatabaseException("%s cannot be copied to %s: %s".formatted(file, to, cause(e)), e);
    }
  }

  private static void createFolder(Path file) {
    Path folder = file.getParent();
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new DatabaseException("the folder " + folder + " cannot be created", e);
    }
    if (!Files.isWritable(folder) || Files.isDirectory(file)) {
      throw new DatabaseException(
          file + " cannot be written: it must be a file in a folder open for writing");
    }
  }

  private static SQLiteDataSource source(Path file) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.FULL);
    config.setTransactionMode(TransactionMode.DEFERRED);
    config.setBusyTimeout(BUSY_MILLIS);
    config.enforceForeignKeys(true);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  private static void probe(Path file, SQLiteDataSource source) {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("begin immediate");
      statement.execute("rollback");
    } catch (SQLException e) {
      throw new DatabaseException(file + " cannot be used as a SQLite database: " + cause(e), e);
    }
  }

  private static String cause(SQLException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static HikariConfig pool(String name, SQLiteDataSource source, int size) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setDataSource(source);
    config.setMaximumPoolSize(size);
    config.setMaxLifetime(0);
    return config;
  }

  private static ExecutorService threads(String name, int size) {
    return Executors.newFixedThreadPool(size, Thread.ofPlatform().name(name + "-", 1).factory());
  }
}
