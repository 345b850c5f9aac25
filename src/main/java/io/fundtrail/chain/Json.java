package io.fundtrail.chain;

import com.fasterxml.jackson.databind.JsonNode;
import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import java.math.BigInteger;
import java.time.Instant;

/** Reads the fields of a JSON-RPC object; whatever is missing or of another shape is an error. */
final class Json {
  private Json() {}

  static JsonNode object(JsonNode json, String what) {
    if (!json.isObject()) {
      throw new ChainException("an object is due for " + what + ", not " + clip(json));
    }
    return json;
  }

  static JsonNode array(JsonNode json, String what) {
    if (!json.isArray()) {
      throw new ChainException("an array is due for " + what + ", not " + clip(json));
    }
    return json;
  }

  static String text(JsonNode json, String what) {
    if (!json.isTextual()) {
      throw new ChainException("a string is due for " + what + ", not " + clip(json));
    }
    return json.textValue();
  }

  static Bytes bytes(JsonNode json, String what) {
    return parsed(json, what, Bytes::parse);
  }

  static Hash hash(JsonNode json, String what) {
    return parsed(json, what, Hash::parse);
  }

  static Address address(JsonNode json, String what) {
    return parsed(json, what, Address::parse);
  }

  static BigInteger quantity(JsonNode json, String what) {
    return parsed(
        json,
        what,
        text -> {
          if (!text.matches("0x[0-9a-fA-F]{1,64}")) {
            throw new IllegalArgumentException("it is no hexadecimal quantity");
          }
          return new BigInteger(text.substring(2), 16);
        });
  }

  /** A quantity below 2^63. */
  static long number(JsonNode json, String what) {
    BigInteger number = quantity(json, what);
    if (number.bitLength() >= Long.SIZE) {
      throw new ChainException(what + " is " + number + ", 2^63-1 being the most");
    }
    return number.longValue();
  }

  static Instant time(JsonNode json, String what) {
    return Instant.ofEpochSecond(number(json, what));
  }

  static boolean isAbsent(JsonNode json) {
    return json.isMissingNode() || json.isNull();
  }

  static String quantity(long number) {
    return "0x" + Long.toHexString(number);
  }

  private interface Parse<T> {
    T of(String text);
  }

  private static <T> T parsed(JsonNode json, String what, Parse<T> parse) {
    String text = text(json, what);
    try {
      return parse.of(text);
    } catch (IllegalArgumentException e) {
      throw new ChainException(what + " is " + clip(json) + ": " + e.getMessage(), e);
    }
  }

  private static String clip(JsonNode json) {
    if (json.isMissingNode()) {
      return "nothing";
    }
    String text = json.toString();
    return text.length() <= 100 ? text : text.substring(0, 100) + "...";
  }
}
