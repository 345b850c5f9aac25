package io.fundtrail.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fundtrail.chain.EmbeddedNode;
import io.fundtrail.store.Database;
import io.fundtrail.store.DatabaseUrl;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * A ZIP file of a data directory: what the chain is made again from, and the index of it. It can be
 * made while the service runs: the index is copied at one moment, and the block log, to which is
 * only ever added, afterwards; so the log has every block that is indexed. The settings file is not
 * in it, since it may hold passwords.
 */
public final class Backup {
  private static final String MANIFEST = "fundtrail-backup.json";
  private static final String INDEX = "index.db";
  private static final int FORMAT = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private Backup() {}

  /**
   * What a backup says of itself.
   *
   * @param version of the program that made it
   * @param sha256 of each file, by name
   */
  public record Manifest(int format, String version, Map<String, String> sha256) {
    public Manifest {
      sha256 = new TreeMap<>(sha256);
    }

    /** Whether the index is in it, rather than in a PostgreSQL database. */
    public boolean hasIndex() {
      return sha256.containsKey(INDEX);
    }
  }

  /**
   * Backs up a data directory.
   *
   * @param file to write, which must not be there yet; it is there whole or not at all
   * @throws StartRefused if the folder is none, or the file cannot be written
   */
  public static Manifest write(AppConfig config, Path file) {
    DataDirectory data = config.data();
    if (data.purpose().isEmpty()) {
      throw new StartRefused(
          "%s is not a Fundtrail data directory, so there is nothing to back up"
              .formatted(data.path()));
    }
    if (Files.exists(file)) {
      throw new StartRefused(file + " is there already; name another file");
    }
    Path unfinished = file.resolveSibling(file.getFileName() + ".new");
    Path index = file.resolveSibling(file.getFileName() + ".index");
    try {
      Files.deleteIfExists(index);
      Map<String, Path> files = new TreeMap<>();
      if (config.database() instanceof DatabaseUrl.Sqlite sqlite && Files.exists(sqlite.file())) {
        Database.copy(sqlite, index);
        files.put(INDEX, index);
      }
      for (Path each :
          new Path[] {data.marker(), data.deployment(), EmbeddedNode.blockLog(data.chain())}) {
        if (Files.exists(each)) {
          files.put(data.path().relativize(each).toString(), each);
        }
      }
      Manifest manifest = pack(files, unfinished);
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      return manifest;
    } catch (IOException e) {
      throw new StartRefused("the backup cannot be written: " + reason(e), e);
    } finally {
      delete(index);
      delete(unfinished);
    }
  }

  private static Manifest pack(Map<String, Path> files, Path into) throws IOException {
    Map<String, String> hashes = new TreeMap<>();
    try (FileChannel channel =
            FileChannel.open(
                into,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        ZipOutputStream zip = new ZipOutputStream(Channels.newOutputStream(channel))) {
      for (var file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        DigestOutputStream hashed = new DigestOutputStream(zip, sha256());
        Files.copy(file.getValue(), hashed);
        hashes.put(file.getKey(), hex(hashed.getMessageDigest()));
        zip.closeEntry();
      }
      Manifest manifest = new Manifest(FORMAT, Application.version(), hashes);
      zip.putNextEntry(new ZipEntry(MANIFEST));
      zip.write(JSON.writeValueAsBytes(manifest));
      zip.closeEntry();
      zip.finish();
      channel.force(true);
      return manifest;
    }
  }

  /**
   * Makes a data directory of a backup.
   *
   * @param file of {@link #write}
   * @param data which must be empty or not there; it is made whole or not at all
   * @throws StartRefused if the file is no backup or damaged, or the folder holds something
   */
  public static Manifest restore(Path file, DataDirectory data) {
    Path folder = data.path().toAbsolutePath();
    Path unfinished = folder.resolveSibling(folder.getFileName() + ".restoring");
    try {
      requireEmpty(folder);
      DataDirectory.deleteRecursively(unfinished);
      Files.createDirectories(unfinished);
      Manifest manifest = unpack(file, unfinished);
      Files.deleteIfExists(folder);
      Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
      return manifest;
    } catch (ZipException e) {
      throw new StartRefused("%s is damaged: %s".formatted(file, e.getMessage()), e);
    } catch (IOException e) {
      throw new StartRefused("%s cannot be restored: %s".formatted(file, reason(e)), e);
    } finally {
      try {
        DataDirectory.deleteRecursively(unfinished);
      } catch (IOException e) {
        // It is in nobody's way, and the next restoration deletes it.
      }
    }
  }

  private static void requireEmpty(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      Files.createDirectories(folder.getParent());
      return;
    }
    try (var content = Files.list(folder)) {
      if (content.findAny().isPresent()) {
        throw new StartRefused(
            "%s is not empty, and nothing in it is overwritten; give another folder with %s"
                .formatted(folder, Setting.DATA.flag()));
      }
    }
  }

  private static Manifest unpack(Path file, Path folder) throws IOException {
    DataDirectory data = new DataDirectory(folder);
    Map<String, String> hashes = new TreeMap<>();
    Manifest manifest = null;
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = entry.getName();
        if (name.equals(MANIFEST)) {
          manifest = manifest(file, zip.readAllBytes());
        } else if (known(data).contains(name)) {
          hashes.put(name, write(zip, folder.resolve(name)));
        } else {
          throw new StartRefused("%s is no backup: it has a file %s".formatted(file, name));
        }
      }
    }
    if (manifest == null) {
      throw new StartRefused(
          "%s is no backup, or not all of one: it lacks %s".formatted(file, MANIFEST));
    }
    if (!manifest.sha256().equals(hashes)) {
      throw new StartRefused(
          "%s is damaged: its files are not those that %s names".formatted(file, MANIFEST));
    }
    return manifest;
  }

  private static Set<String> known(DataDirectory data) {
    return Set.of(
        INDEX,
        data.marker().getFileName().toString(),
        data.deployment().getFileName().toString(),
        data.path().relativize(EmbeddedNode.blockLog(data.chain())).toString());
  }

  private static Manifest manifest(Path file, byte[] json) throws IOException {
    try {
      Manifest manifest = JSON.readValue(json, Manifest.class);
      if (manifest.format() != FORMAT) {
        throw new StartRefused(
            "%s has format %d; this version reads format %d"
                .formatted(file, manifest.format(), FORMAT));
      }
      return manifest;
    } catch (JsonProcessingException e) {
      throw new StartRefused("%s is damaged: %s cannot be read".formatted(file, MANIFEST), e);
    }
  }

  private static String write(InputStream content, Path file) throws IOException {
    Files.createDirectories(file.getParent());
    DigestInputStream hashed = new DigestInputStream(content, sha256());
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        OutputStream out = Channels.newOutputStream(channel)) {
      hashed.transferTo(out);
      channel.force(true);
    } catch (FileAlreadyExistsException e) {
      throw new ZipException("it has " + file.getFileName() + " twice");
    }
    return hex(hashed.getMessageDigest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // What is left over is overwritten the next time.
    }
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName() + " " + e.getMessage();
  }
}
