package io.fundtrail.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder that holds everything of one ledger: block log, database, record of the deployment.
 */
public record DataDirectory(Path path) {
  private static final String MARKER = "fundtrail-data.json";
  private static final String LOCK = "fundtrail.lock";
  private static final int FORMAT = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What the folder is for; the demonstration never touches another's. */
  public enum Purpose {
    LEDGER,
    DEMO
  }

  /** The folder while it is ours alone. */
  public static final class Claim implements AutoCloseable {
    private final FileChannel channel;

    private Claim(FileChannel channel) {
      this.channel = channel;
    }

    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        throw new StartRefused("the lock of the data directory could not be released", e);
      }
    }
  }

  /** Where the embedded node keeps its chain. */
  Path chain() {
    return path.resolve("chain");
  }

  /** The file by which a data directory is known. */
  Path marker() {
    return path.resolve(MARKER);
  }

  Path database() {
    return path.resolve("index.db");
  }

  Path deployment() {
    return path.resolve("deployment.json");
  }

  /** What it is for, if it is a data directory at all. */
  public Optional<Purpose> purpose() {
    Path marker = marker();
    if (!Files.exists(marker)) {
      return Optional.empty();
    }
    JsonNode json;
    try {
      json = JSON.readTree(marker.toFile());
    } catch (IOException e) {
      throw new StartRefused("%s cannot be read: %s".formatted(marker, e.getMessage()), e);
    }
    if (json.path("format").asInt() != FORMAT) {
      throw new StartRefused(
          "%s has format %s; this version reads format %d"
              .formatted(path, json.path("format"), FORMAT));
    }
    String purpose = json.path("purpose").asText().toUpperCase(Locale.ROOT);
    return Stream.of(Purpose.values()).filter(known -> known.name().equals(purpose)).findFirst();
  }

  /**
   * Takes the folder for this process, and makes it a data directory if it is empty or not there.
   *
   * @throws StartRefused if it holds something else or belongs to another process
   */
  public Claim claim(Purpose purpose) {
    try {
      Files.createDirectories(path);
      if (purpose().isEmpty()) {
        refuseForeignFiles();
      }
      Claim claim = lock();
      if (purpose().isEmpty()) {
        mark(purpose);
      }
      return claim;
    } catch (IOException e) {
      throw new StartRefused(
          "the data directory %s cannot be written: %s".formatted(path, reason(e)), e);
    }
  }

  /**
   * Makes sure that no process has the folder.
   *
   * @throws StartRefused naming the process that has it
   */
  void requireFree() {
    holder()
        .ifPresent(pid -> {
          throw inUse(pid);
        });
  }

  /** The process that has the folder, if one has. */
  Optional<String> holder() {
    if (!Files.exists(path.resolve(LOCK))) {
      return Optional.empty();
    }
    try (FileChannel channel = openLock()) {
      return tryLock(channel) == null ? Optional.of(read(channel)) : Optional.empty();
    } catch (IOException e) {
      throw new StartRefused("%s cannot be opened: %s".formatted(LOCK, reason(e)), e);
    }
  }

  /**
   * Deletes chain, index and deployment of a demonstration; the settings file stays.
   *
   * @throws StartRefused unless it is a demonstration's folder and nobody uses it
   */
  public void reset() {
    if (!Files.exists(path)) {
      return;
    }
    Optional<Purpose> purpose = purpose();
    if (purpose.isEmpty()) {
      throw new StartRefused(
          "%s is not a Fundtrail data directory, so nothing in it is deleted".formatted(path));
    }
    if (purpose.get() != Purpose.DEMO) {
      throw new StartRefused(
          "%s holds a ledger that is not a demo's, so nothing in it is deleted".formatted(path));
    }
    try (Claim claim = lock()) {
      deleteRecursively(chain());
      for (String suffix : List.of("", "-wal", "-shm", "-journal")) {
        Files.deleteIfExists(path.resolve(database().getFileName() + suffix));
      }
      Files.deleteIfExists(deployment());
    } catch (IOException e) {
      throw new StartRefused("%s could not be reset: %s".formatted(path, reason(e)), e);
    }
  }

  /** Writes a file such that it is there whole or not at all, whatever happens. */
  void writeDurably(Path file, byte[] content) {
    Path temporary = file.resolveSibling(file.getFileName() + ".new");
    try {
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new StartRefused("%s could not be written: %s".formatted(file, reason(e)), e);
    }
  }

  private void mark(Purpose purpose) {
    ObjectNode marker = JSON.createObjectNode();
    marker.put("format", FORMAT);
    marker.put("purpose", purpose.name().toLowerCase(Locale.ROOT));
    writeDurably(marker(), (marker + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private void refuseForeignFiles() throws IOException {
    Set<String> ours = Set.of(LOCK, MARKER + ".new", Settings.FILE_NAME);
    try (Stream<Path> files = Files.list(path)) {
      Optional<String> foreign =
          files.map(file -> file.getFileName().toString()).filter(f -> !ours.contains(f)).findAny();
      if (foreign.isPresent()) {
        throw new StartRefused(
            "%s is not a Fundtrail data directory: it has %s, but no %s; give an empty folder"
                .formatted(path, foreign.get(), MARKER));
      }
    }
  }

  private Claim lock() throws IOException {
    FileChannel channel = openLock();
    if (tryLock(channel) == null) {
      String holder = read(channel);
      channel.close();
      throw inUse(holder);
    }
    channel.truncate(0);
    long pid = ProcessHandle.current().pid();
    channel.write(ByteBuffer.wrap(Long.toString(pid).getBytes(StandardCharsets.US_ASCII)), 0);
    return new Claim(channel);
  }

  private StartRefused inUse(String process) {
    return new StartRefused(
        "%s is in use by process %s; stop that, or give another folder with %s"
            .formatted(path, process, Setting.DATA.flag()));
  }

  private FileChannel openLock() throws IOException {
    return FileChannel.open(
        path.resolve(LOCK),
        StandardOpenOption.CREATE,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE);
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

  static void deleteRecursively(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path file : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName() + " " + e.getMessage();
  }
}
