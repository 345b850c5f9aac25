package io.fundtrail.index;

import io.fundtrail.store.Database;
import io.fundtrail.store.DatabaseUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A SQLite database for comparison, gone when closed. */
record Scratch(Path folder, Database database) implements AutoCloseable {
  static Scratch create() throws IOException {
    Path folder = Files.createTempDirectory("fundtrail-scratch");
    return new Scratch(folder, Database.open(new DatabaseUrl.Sqlite(folder.resolve("scratch.db"))));
  }

  @Override
  public void close() throws IOException {
    database.close();
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }
}
