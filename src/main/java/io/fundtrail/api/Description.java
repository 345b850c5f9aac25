package io.fundtrail.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The description of the API, {@code src/main/openapi/openapi.yaml}, as it is packed in the jar.
 */
public final class Description {
  private static final String FILE = "/io/fundtrail/api/openapi.yaml";

  private Description() {}

  /** The document, as a tree. */
  public static JsonNode root() {
    try {
      return new YAMLMapper().readTree(yaml());
    } catch (IOException e) {
      throw new UncheckedIOException("The packed description is not YAML", e);
    }
  }

  static byte[] yaml() {
    return resource(FILE);
  }

  static byte[] resource(String name) {
    try (InputStream stream = Description.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("The resource " + name + " is missing in the jar");
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("The resource " + name + " cannot be read", e);
    }
  }
}
