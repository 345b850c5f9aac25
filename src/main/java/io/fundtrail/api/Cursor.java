package io.fundtrail.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.fundtrail.model.Hash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * Where a list goes on: after a key, in the list of a filter, at a block. Not secret and not
 * signed: whoever changes one gets another place of the same list, or a refusal.
 */
record Cursor(String filter, long blockNumber, Hash blockHash, List<String> key) {
  private static final int PARTS = 4;

  Cursor {
    key = List.copyOf(key);
  }

  String text() {
    byte[] json =
        Json.write(List.of(filter, String.valueOf(blockNumber), blockHash.toString(), key));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json);
  }

  /**
   * Reads a cursor that {@link #text} wrote.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Cursor parse(String text) {
    try {
      JsonNode parts = Json.read(Base64.getUrlDecoder().decode(text));
      if (!parts.isArray() || parts.size() != PARTS || !parts.get(3).isArray()) {
        throw new IllegalArgumentException("not a cursor");
      }
      List<String> key = new ArrayList<>();
      parts.get(3).forEach(part -> key.add(part.asText()));
      long blockNumber = Long.parseLong(parts.get(1).asText());
      return new Cursor(parts.get(0).asText(), blockNumber, Hash.parse(parts.get(2).asText()), key);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a cursor", e);
    }
  }

  /** A short name for a list with its filter; lists that differ have different ones. */
  static String filterOf(List<String> parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part : parts) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
