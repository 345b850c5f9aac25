package io.fundtrail.chain;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Holds a data folder for this process alone; the operating system lets go of it in any death. */
final class FolderLock implements AutoCloseable {
  private static final String FILE = "node.lock";

  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the folder.
   *
   * @throws ChainException if another process has it, which the message names
   */
  static FolderLock take(Path folder) {
    Path file = folder.resolve(FILE);
    FileChannel channel;
    try {
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new ChainException("the lock file " + file + " cannot be opened", e);
    }
    try {
      if (tryLock(channel) == null) {
        String holder = read(channel);
        channel.close();
        throw new ChainException(
            "the data folder " + folder + " is in use by the process " + holder);
      }
      write(channel, Long.toString(ProcessHandle.current().pid()));
      return new FolderLock(channel);
    } catch (IOException e) {
      throw new ChainException("the data folder " + folder + " cannot be locked", e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new ChainException("the lock of the data folder could not be released", e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(20);
    channel.read(buffer, 0);
    return new String(buffer.array(), 0, buffer.position(), StandardCharsets.US_ASCII);
  }

  private static void write(FileChannel channel, String text) throws IOException {
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
  }
}
