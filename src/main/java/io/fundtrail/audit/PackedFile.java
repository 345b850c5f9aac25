package io.fundtrail.audit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Files that are in the jar beside this class. */
final class PackedFile {
  private PackedFile() {}

  static byte[] read(String name) {
    try (InputStream file = PackedFile.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException("the file " + name + " is missing in the jar");
      }
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("the file " + name + " cannot be read from the jar", e);
    }
  }
}
