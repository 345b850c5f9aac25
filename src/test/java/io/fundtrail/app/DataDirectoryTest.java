package io.fundtrail.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fundtrail.app.DataDirectory.Purpose;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir Path folder;

  @Test
  void makesAnEmptyFolderADataDirectory() {
    DataDirectory data = new DataDirectory(folder.resolve("new/data"));

    data.claim(Purpose.LEDGER).close();

    assertThat(data.purpose()).hasValue(Purpose.LEDGER);
  }

  @Test
  void keepsThePurposeThatItWasMadeFor() {
    DataDirectory data = new DataDirectory(folder);
    data.claim(Purpose.DEMO).close();

    data.claim(Purpose.LEDGER).close();

    assertThat(data.purpose()).hasValue(Purpose.DEMO);
  }

  @Test
  void refusesAFolderOfSomethingElse() throws IOException {
    Files.writeString(folder.resolve("thesis.txt"), "years of work");

    assertThatThrownBy(() -> new DataDirectory(folder).claim(Purpose.LEDGER))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("is not a Fundtrail data directory: it has thesis.txt");
  }

  @Test
  void takesAFolderThatHasItsSettingsAlready() throws IOException {
    Files.writeString(folder.resolve("fundtrail.properties"), "port=7071");

    new DataDirectory(folder).claim(Purpose.LEDGER).close();

    assertThat(folder.resolve("fundtrail-data.json")).exists();
  }

  @Test
  void belongsToOneProcessAtATime() {
    DataDirectory data = new DataDirectory(folder);
    try (DataDirectory.Claim claim = data.claim(Purpose.LEDGER)) {
      assertThatThrownBy(() -> data.claim(Purpose.LEDGER))
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining("is in use by process " + ProcessHandle.current().pid());
      assertThat(data.holder()).hasValue(Long.toString(ProcessHandle.current().pid()));
    }
    assertThat(data.holder()).isEmpty();
  }

  @Test
  void forgetsADemoButNotItsSettings() throws IOException {
    DataDirectory data = new DataDirectory(folder);
    data.claim(Purpose.DEMO).close();
    Files.createDirectories(data.chain());
    Files.writeString(data.chain().resolve("blocks"), "blocks");
    Files.writeString(data.database(), "rows");
    data.writeDurably(data.deployment(), "{}".getBytes(StandardCharsets.UTF_8));
    Path settings = Files.writeString(folder.resolve("fundtrail.properties"), "port=7071");

    data.reset();

    assertThat(data.chain()).doesNotExist();
    assertThat(data.database()).doesNotExist();
    assertThat(data.deployment()).doesNotExist();
    assertThat(settings).exists();
  }

  @Test
  void deletesNothingThatIsNoDemo() throws IOException {
    Path ledger = folder.resolve("ledger");
    new DataDirectory(ledger).claim(Purpose.LEDGER).close();
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.writeString(other.resolve("thesis.txt"), "years of work");

    assertThatThrownBy(() -> new DataDirectory(ledger).reset())
        .hasMessageContaining("holds a ledger that is not a demo's, so nothing in it is deleted");
    assertThatThrownBy(() -> new DataDirectory(other).reset())
        .hasMessageContaining("is not a Fundtrail data directory, so nothing in it is deleted");
    assertThat(other.resolve("thesis.txt")).exists();
  }

  @Test
  void doesNotResetWhatAProcessUses() {
    DataDirectory data = new DataDirectory(folder);
    try (DataDirectory.Claim claim = data.claim(Purpose.DEMO)) {
      assertThatThrownBy(data::reset).hasMessageContaining("is in use by process");
    }
  }
}
