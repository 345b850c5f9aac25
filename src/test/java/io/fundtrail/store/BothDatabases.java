package io.fundtrail.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Gives a test its own empty database, once of each make. */
final class BothDatabases implements TestTemplateInvocationContextProvider {
  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return true;
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    return Stream.of(new Invocation(new SqliteFile()), new Invocation(new PostgresDatabase()));
  }

  private record Invocation(Home home) implements TestTemplateInvocationContext {
    @Override
    public String getDisplayName(int invocationIndex) {
      return home.name();
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      return List.of(new Opened(home));
    }
  }

  /** Where one test's database lives. */
  private interface Home {
    String name();

    DatabaseUrl create(ExtensionContext context);

    void remove();
  }

  private static final class SqliteFile implements Home {
    private @Nullable Path folder;

    @Override
    public String name() {
      return "SQLite";
    }

    @Override
    public DatabaseUrl create(ExtensionContext context) {
      try {
        folder = Files.createTempDirectory("fundtrail-sqlite");
        return new DatabaseUrl.Sqlite(folder.resolve("test.db"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void remove() {
      if (folder != null) {
        Folders.delete(folder);
      }
    }
  }

  private static final class PostgresDatabase implements Home {
    @Override
    public String name() {
      return "PostgreSQL";
    }

    @Override
    public DatabaseUrl create(ExtensionContext context) {
      return PostgresServer.of(context).createDatabase();
    }

    @Override
    public void remove() {
      // The server and its files go with the test run.
    }
  }

  /** Opens the database when the test asks for it and closes it afterwards. */
  private static final class Opened implements ParameterResolver, AfterEachCallback {
    private final Home home;
    private @Nullable DatabaseUrl url;
    private @Nullable Database database;

    Opened(Home home) {
      this.home = home;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      Class<?> type = parameter.getParameter().getType();
      return type == Database.class || type == DatabaseUrl.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      if (url == null) {
        url = home.create(context);
      }
      if (parameter.getParameter().getType() == DatabaseUrl.class) {
        return url;
      }
      if (database == null) {
        database = Database.open(url);
      }
      return database;
    }

    @Override
    public void afterEach(ExtensionContext context) {
      if (database != null) {
        database.close();
      }
      home.remove();
    }
  }
}
