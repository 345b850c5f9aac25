package io.fundtrail.index;

import io.fundtrail.store.Database;
import io.fundtrail.store.DatabaseUrl;
import io.fundtrail.store.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A SQLite database for comparison, gone when closed. */
record Scratch(Path folder, Database database) implements AutoCloseable {
  static Scratch create() throws IOException {
    Path folder = Files.createTempDirectory("fundtrail-scratch");
    return new Scratch(folder, Database.open(new DatabaseUrl.Sqlite(folder.resolve("scratch.db"))));
  }

  @Override
  public void close() {
    database.close();
    Folders.delete(folder);
  }
}
