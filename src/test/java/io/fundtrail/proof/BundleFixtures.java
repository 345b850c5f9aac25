package io.fundtrail.proof;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fundtrail.model.Hash;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** The bundles in {@code src/test/resources}, which a real node's states gave. */
final class BundleFixtures {
  private static final String FOLDER = "/io/fundtrail/proof/bundles/";
  private static final JsonMapper JSON =
      JsonMapper.builder().addModule(BundleJson.values()).build();

  private BundleFixtures() {}

  /** By file name, the hashes of the blocks that each is about. */
  static Map<String, Set<Hash>> blockHashes() {
    return new TreeMap<>(read("block-hashes.json", new TypeReference<Map<String, Set<Hash>>>() {}));
  }

  static byte[] json(String name) {
    try (InputStream in = open(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ProofBundle bundle(String name) {
    try {
      return BundleJson.read(json(name));
    } catch (UnreadableBundle e) {
      throw new AssertionError(name, e);
    }
  }

  /** The list of codes under which they are accepted. */
  static PublishedCodes codes() {
    try (InputStream in = new GZIPInputStream(open("codes.json.gz"))) {
      return PublishedCodes.read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> T read(String name, TypeReference<T> type) {
    try (InputStream in = open(name)) {
      return JSON.readValue(in, type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String name) {
    return Objects.requireNonNull(
        BundleFixtures.class.getResourceAsStream(FOLDER + name), () -> "no fixture " + name);
  }
}
