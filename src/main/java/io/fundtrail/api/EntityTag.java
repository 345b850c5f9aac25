package io.fundtrail.api;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Strong entity tags (RFC 9110, 8.8.3): bytes that differ have different ones. */
final class EntityTag {
  private static final int BYTES = 16;

  private EntityTag() {}

  /** The tag of a content, without its quotes. */
  static String of(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(digest, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  /**
   * Whether who asks has the content already.
   *
   * @param tag in its quotes
   * @param known the header {@code If-None-Match}, whose tags may be weak
   */
  static boolean isKnown(String tag, @Nullable String known) {
    return known != null
        && Arrays.stream(known.split(",", -1))
            .map(String::strip)
            .anyMatch(given -> given.equals("*") || given.equals(tag) || given.equals("W/" + tag));
  }
}
