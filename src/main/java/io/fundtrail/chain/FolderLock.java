package io.fundtrail.chain;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Holds a data folder for this process alone; the operating system lets go of it in any death. */
final class FolderLock implements AutoCloseable {
  private static final String FILE = "node.lock";

  /**
   * The lock files that this process holds. POSIX drops a process's lock when it closes any
   * descriptor of the file, so one that is held must not even be opened again.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private FolderLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes a folder, given by its real path.
   *
   * @throws ChainException if it is taken, with the process that has it
   */
  static FolderLock take(Path folder) {
    Path file = folder.resolve(FILE);
    String self = Long.toString(ProcessHandle.current().pid());
    if (!HELD.add(file)) {
      throw inUse(folder, self);
    }
    try {
      FileChannel channel = open(file);
      if (channel.tryLock() == null) {
        String holder = read(channel);
        channel.close();
        HELD.remove(file);
        throw inUse(folder, holder);
      }
      write(channel, self);
      return new FolderLock(file, channel);
    } catch (IOException e) {
      HELD.remove(file);
      throw new ChainException("the data folder " + folder + " cannot be locked", e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new ChainException("the lock " + file + " could not be released", e);
    } finally {
      HELD.remove(file);
    }
  }

  private static ChainException inUse(Path folder, String holder) {
    return new ChainException("the data folder " + folder + " is in use by the process " + holder);
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(20);
    channel.read(buffer, 0);
    return StandardCharsets.US_ASCII.decode(buffer.flip()).toString();
  }

  private static void write(FileChannel channel, String text) throws IOException {
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
  }
}
