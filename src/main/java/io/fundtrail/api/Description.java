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

  private final byte[] yaml;
  private final JsonNode root;

  private Description(byte[] yaml, JsonNode root) {
    this.yaml = yaml;
    this.root = root;
  }

  public static Description load() {
    byte[] yaml = resource(FILE);
    try {
      return new Description(yaml, new YAMLMapper().readTree(yaml));
    } catch (IOException e) {
      throw new UncheckedIOException("The packed description is not YAML", e);
    }
  }

  /** The document, as a tree. */
  public JsonNode root() {
    return root.deepCopy();
  }

  byte[] yaml() {
    return yaml.clone();
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
