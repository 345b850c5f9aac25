package io.fundtrail.chain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * What the block log of an embedded chain holds.
 *
 * @param lastTime of the last block, or of the genesis block
 * @param anvilVersion of the node that it was written with
 */
public record BlockLogSummary(long blocks, Instant lastTime, String anvilVersion) {
  /**
   * Checks every record of the log in a folder, without changing it and also while it is in use;
   * empty where there is none.
   *
   * @throws ChainException if the log is damaged
   */
  public static Optional<BlockLogSummary> read(Path folder) {
    if (!BlockLog.exists(folder)) {
      return Optional.empty();
    }
    try {
      Path copies = Files.createTempDirectory("fundtrail-block-log");
      Path copy = copies.resolve(BlockLog.FILE);
      try {
        Files.copy(folder.resolve(BlockLog.FILE), copy);
        try (BlockLog log = BlockLog.open(copies)) {
          return Optional.of(
              new BlockLogSummary(log.blocks(), log.lastTime(), log.header().anvilVersion()));
        }
      } finally {
        Files.deleteIfExists(copy);
        Files.delete(copies);
      }
    } catch (IOException e) {
      throw new ChainException("the block log in " + folder + " cannot be copied to be read", e);
    }
  }
}
