package io.fundtrail.store;

import io.fundtrail.model.Hash;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;

/**
 * One numbered step of the schema. Once released it is never edited.
 *
 * @param name four digits, a hyphen and words, as in {@code 0001-journal}; steps run in its order
 * @param sql statements that end with {@code ;}, with {@code ${bytes}} for the type of byte strings
 *     and {@code ${clustered}} after a table whose rows are best kept in the order of their key
 */
public record Migration(String name, String sql) {
  private static final Pattern NAME = Pattern.compile("[0-9]{4}-[a-z0-9-]+");

  public Migration {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a migration is named like 0001-journal, not \"" + name + "\"");
    }
  }

  /** Reads {@code db/migration/NAME.sql} from the class path. */
  public static Migration load(String name) {
    String resource = "/db/migration/" + name + ".sql";
    try (InputStream in = Migration.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException("the program lacks its resource " + resource);
      }
      return new Migration(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SHA-256 of the text with its line ends as line feeds. */
  Hash checksum() {
    try {
      byte[] text = sql.replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8);
      return Hash.of(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
