package io.fundtrail.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A disk that can be filled to the last byte. Only root can have one. */
record SmallDisk(Path folder) implements AutoCloseable {
  private static final int MEGABYTES = 120;

  static SmallDisk mount(Path folder) throws IOException, InterruptedException {
    assumeThat(run("mount", "-t", "tmpfs", "-o", "size=" + MEGABYTES + "m", "tmpfs", "" + folder))
        .as("whether a disk can be mounted here")
        .isTrue();
    return new SmallDisk(folder);
  }

  void fill() throws IOException {
    fill(1 << 16);
    fill(1 << 9);
    assertThat(folder.toFile().getUsableSpace()).isLessThan(1 << 12);
  }

  private void fill(int atOnce) throws IOException {
    byte[] some = new byte[atOnce];
    try (OutputStream out =
        Files.newOutputStream(filling(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (int i = 0; i <= MEGABYTES << 20; i += atOnce) {
        out.write(some);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
  }

  void makeRoom() throws IOException {
    Files.delete(filling());
  }

  private Path filling() {
    return folder.resolve("filling");
  }

  @Override
  public void close() throws IOException {
    try {
      assertThat(run("umount", "" + folder)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      assumeThat(e).as("there is no " + command[0]).isNull();
      throw e;
    }
  }
}
