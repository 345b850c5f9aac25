package io.fundtrail.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A ledger that is backed up while it is served, and what becomes of the file. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BackupTest {
  private static final int CANNOT_START = 3;
  private static final int WRONG_USE = 2;

  private Path folder = Path.of("");
  private Path backup = Path.of("");
  private String digest = "";
  private String head = "";

  @BeforeAll
  void backUpWhatIsServed(@TempDir Path given) {
    folder = given;
    Path data = folder.resolve("ledger");
    backup = folder.resolve("ledger.zip");
    try (Fundtrail serve = Fundtrail.start("serve", "--data", data.toString(), "--port", "0")) {
      serve.awaitLine("Ready");
      head = serve.awaitFollowing(1).at("/asOf/blockHash").asText();
      assertThat(run("backup", backup.toString(), "--data", data.toString()))
          .contains("index.db", "chain/blocks.log", "deployment.json", "./fundtrail restore");
      digest = run("digest", "--data", data.toString());
    }
    assertThat(digest).contains(" at block 1 (" + head);
    assertThat(folder)
        .isDirectoryNotContaining("glob:**.new")
        .isDirectoryNotContaining("glob:**.index");
  }

  @Test
  void isServedAgainAsItWas() {
    Path data = folder.resolve("restored");
    assertThat(run("restore", backup.toString(), "--data", data.toString()))
        .contains("Next: ./fundtrail serve --data " + data);
    assertThat(run("digest", "--data", data.toString())).isEqualTo(digest);
    try (Fundtrail serve = Fundtrail.start("serve", "--data", data.toString(), "--port", "0")) {
      serve.awaitLine("Ready");
      assertThat(serve.awaitFollowing(1).at("/asOf/blockHash").asText()).isEqualTo(head);
    }
    assertThat(run("rebuild", "--data", data.toString())).contains("Rebuilt");
    assertThat(run("digest", "--data", data.toString())).isEqualTo(digest);
    assertThat(run("digest", "--tables", "--data", data.toString()).lines())
        .anyMatch(line -> line.startsWith("journal "))
        .last()
        .isEqualTo(digest);
  }

  @Test
  void overwritesNothing() throws IOException {
    Path data = Files.createDirectory(folder.resolve("taken"));
    Files.writeString(data.resolve("thesis.txt"), "years of work");
    assertThat(refused(CANNOT_START, "restore", backup.toString(), "--data", data.toString()))
        .contains("is not empty", "--data");
    assertThat(data.resolve("thesis.txt")).hasContent("years of work");
    assertThat(refused(CANNOT_START, "backup", backup.toString(), "--data", folder + "/ledger"))
        .contains("is there already");
    assertThat(refused(CANNOT_START, "backup", folder + "/b.zip", "--data", data.toString()))
        .contains("is not a Fundtrail data directory");
    assertThat(refused(CANNOT_START, "digest", "--data", data.toString()))
        .contains("nothing is indexed");
    assertThat(data.resolve("index.db")).doesNotExist();
    assertThat(refused(WRONG_USE, "restore")).contains("FILE");
  }

  @Test
  void whatIsDamagedOrForgedIsNotRestored() throws IOException {
    Map<String, byte[]> files = files();
    byte[] log = Objects.requireNonNull(files.get("chain/blocks.log"));
    byte[] changed = log.clone();
    changed[changed.length / 2] ^= 1;
    Map<String, Map<String, byte[]>> wrong = new LinkedHashMap<>();
    wrong.put("is damaged", with(files, "chain/blocks.log", changed));
    wrong.put("its files are not those", without(files, "index.db"));
    wrong.put("lacks fundtrail-backup.json", without(files, "fundtrail-backup.json"));
    wrong.put("it has a file ../evil", with(files, "../evil", new byte[1]));
    wrong.put("it has a file chain/../../evil", with(files, "chain/../../evil", new byte[1]));
    wrong.put("cannot be read", with(files, "fundtrail-backup.json", new byte[1]));
    for (var file : wrong.entrySet()) {
      assertNotRestored(zipped(file.getValue()), file.getKey());
    }
    byte[] whole = Files.readAllBytes(backup);
    byte[] flipped = whole.clone();
    flipped[whole.length / 2] ^= 0x10;
    assertNotRestored(flipped, "");
    assertNotRestored(Arrays.copyOf(whole, whole.length / 2), "");
    assertNotRestored("no ZIP at all".getBytes(StandardCharsets.UTF_8), "lacks");
    assertThat(folder.resolve("evil")).doesNotExist();
  }

  private void assertNotRestored(byte[] file, String because) throws IOException {
    Path forged = Files.write(folder.resolve("forged.zip"), file);
    Path data = folder.resolve("of-forged");
    assertThat(refused(CANNOT_START, "restore", forged.toString(), "--data", data.toString()))
        .contains("forged.zip", because)
        .doesNotContain("\tat ");
    assertThat(data).doesNotExist();
    assertThat(folder.resolve("of-forged.restoring")).doesNotExist();
  }

  private Map<String, byte[]> files() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(backup))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    }
    return files;
  }

  private static Map<String, byte[]> with(Map<String, byte[]> files, String name, byte[] content) {
    Map<String, byte[]> changed = new LinkedHashMap<>(files);
    changed.put(name, content);
    return changed;
  }

  private static Map<String, byte[]> without(Map<String, byte[]> files, String name) {
    Map<String, byte[]> changed = new LinkedHashMap<>(files);
    changed.remove(name);
    return changed;
  }

  private static byte[] zipped(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (var file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static String run(String... args) {
    return refused(0, args);
  }

  private static String refused(int code, String... args) {
    try (Fundtrail command = Fundtrail.start(args)) {
      assertThat(command.awaitExit()).as("%s: %s", List.of(args), command.text()).isEqualTo(code);
      return command.text();
    }
  }
}
