package io.fundtrail.store;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Where the database is. The text form never shows a password. */
public sealed interface DatabaseUrl {
  /**
   * Reads {@code jdbc:sqlite:/path/to/file} or {@code jdbc:postgresql://host:port/database}, the
   * latter with its settings as query parameters ({@code ?user=...&password=...}).
   *
   * @throws IllegalArgumentException for anything else
   */
  static DatabaseUrl parse(String text) {
    if (text.startsWith(Sqlite.PREFIX)) {
      return Sqlite.parse(text.substring(Sqlite.PREFIX.length()));
    }
    if (text.startsWith(Postgres.PREFIX)) {
      return new Postgres(text);
    }
    throw new IllegalArgumentException(
        "database URL must start with " + Sqlite.PREFIX + " or " + Postgres.PREFIX);
  }

  /** A SQLite database in one file. */
  record Sqlite(Path file) implements DatabaseUrl {
    private static final String PREFIX = "jdbc:sqlite:";

    private static Sqlite parse(String path) {
      if (path.isEmpty() || path.startsWith(":") || path.startsWith("file:")) {
        throw new IllegalArgumentException(
            "SQLite needs the path of a file, as in " + PREFIX + "/var/lib/fundtrail/index.db");
      }
      if (path.contains("?")) {
        throw new IllegalArgumentException("a SQLite URL takes no settings, but has a '?'");
      }
      try {
        return new Sqlite(Path.of(path));
      } catch (InvalidPathException e) {
        throw new IllegalArgumentException("SQLite path " + path + " is not a path", e);
      }
    }

    @Override
    public String toString() {
      return PREFIX + file;
    }
  }

  /** A PostgreSQL database, as its driver's URL. */
  record Postgres(String jdbcUrl) implements DatabaseUrl {
    private static final String PREFIX = "jdbc:postgresql:";
    private static final Pattern SECRET =
        Pattern.compile("([?&][a-z]*password=)[^&]*", Pattern.CASE_INSENSITIVE);

    public Postgres {
      if (!jdbcUrl.startsWith(PREFIX + "//")) {
        throw new IllegalArgumentException("a PostgreSQL URL must start with " + PREFIX + "//");
      }
      String host = jdbcUrl.substring(PREFIX.length() + 2).split("[/?]", 2)[0];
      if (host.contains("@")) {
        throw new IllegalArgumentException(
            "a PostgreSQL URL takes user and password as ?user=...&password=..., not before an @");
      }
    }

    @Override
    public String toString() {
      return SECRET.matcher(jdbcUrl).replaceAll("$1***");
    }
  }
}
