package io.fundtrail.app;

import io.fundtrail.index.Checkpoint;
import io.fundtrail.index.IndexDigest;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Hash;
import io.fundtrail.store.Database;
import io.fundtrail.store.DatabaseUrl;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * A hash of all that is indexed.
 *
 * @param at the last block indexed
 * @param tables a line for each table: its name, how many rows it has, the sum of their hashes
 */
public record StoredDigest(BlockRef at, Hash hash, List<String> tables) {
  public StoredDigest {
    tables = List.copyOf(tables);
  }

  /**
   * Reads all of a ledger's index, at one moment.
   *
   * @throws StartRefused if nothing is indexed
   */
  public static StoredDigest of(AppConfig config) {
    if (config.database() instanceof DatabaseUrl.Sqlite sqlite && !Files.exists(sqlite.file())) {
      throw nothing(config);
    }
    try (Database database = Database.open(config.database())) {
      return database.read(handle -> {
        Checkpoint checkpoint = Checkpoint.read(handle).orElseThrow(() -> nothing(config));
        IndexDigest digest = IndexDigest.of(handle);
        List<String> lines = new ArrayList<>();
        digest
            .tables()
            .forEach((name, table) ->
                lines.add("%-28s %9d  %s".formatted(name, table.rows(), table.sum())));
        return new StoredDigest(checkpoint.block(), digest.hash(), lines);
      });
    }
  }

  private static StartRefused nothing(AppConfig config) {
    return new StartRefused("nothing is indexed in " + config.database());
  }
}
