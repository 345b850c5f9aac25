package io.fundtrail.chain;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Reads the fields of a JSON-RPC object; whatever is missing or of another shape is an error. */
final class Json {
  /** Of a quantity of 256 bits, and of one that a long holds, with the prefix. */
  private static final int MOST_DIGITS = 2 + 64;

  private static final int LONG_DIGITS = 2 + 15;

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

  /** The string on which a parser stands. */
  static String text(JsonParser parser, String what) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw new ChainException("a string is due for " + what + ", not " + parser.getText());
    }
    return parser.getText();
  }

  /** What was read, unless the object that it belongs to had no such field. */
  static <T> T present(@Nullable T value, String what) {
    if (value == null) {
      throw new ChainException("a string is due for " + what + ", not nothing");
    }
    return value;
  }

  static Bytes bytes(JsonNode json, String what) {
    return bytes(text(json, what), what);
  }

  static Bytes bytes(String text, String what) {
    return parsed(text, what, Bytes::parse);
  }

  static Hash hash(JsonNode json, String what) {
    return hash(text(json, what), what);
  }

  static Hash hash(String text, String what) {
    return parsed(text, what, Hash::parse);
  }

  static Address address(JsonNode json, String what) {
    return address(text(json, what), what);
  }

  static Address address(String text, String what) {
    return parsed(text, what, Address::parse);
  }

  static BigInteger quantity(JsonNode json, String what) {
    return quantity(text(json, what), what);
  }

  static BigInteger quantity(String text, String what) {
    return parsed(text, what, Json::uint);
  }

  /** A quantity below 2^63. */
  static long number(JsonNode json, String what) {
    return number(text(json, what), what);
  }

  static long number(String text, String what) {
    BigInteger number = quantity(text, what);
    if (number.bitLength() >= Long.SIZE) {
      throw new ChainException(what + " is " + number + ", 2^63-1 being the most");
    }
    return number.longValue();
  }

  private static BigInteger uint(String text) {
    boolean quantity = text.startsWith("0x") && text.length() > 2 && text.length() <= MOST_DIGITS;
    for (int i = 2; i < text.length(); i++) {
      quantity &= HexFormat.isHexDigit(text.charAt(i));
    }
    if (!quantity) {
      throw new IllegalArgumentException("it is no hexadecimal quantity");
    }
    return text.length() <= LONG_DIGITS
        ? BigInteger.valueOf(HexFormat.fromHexDigitsToLong(text, 2, text.length()))
        : new BigInteger(text.substring(2), 16);
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

  private static <T> T parsed(String text, String what, Parse<T> parse) {
    try {
      return parse.of(text);
    } catch (IllegalArgumentException e) {
      throw new ChainException(what + " is " + clip('"' + text + '"') + ": " + e.getMessage(), e);
    }
  }

  private static String clip(JsonNode json) {
    if (json.isMissingNode()) {
      return "nothing";
    }
    return clip(json.toString());
  }

  private static String clip(String text) {
    return text.length() <= 100 ? text : text.substring(0, 100) + "...";
  }
}
