package io.fundtrail.model;

import java.util.HexFormat;

/** Hexadecimal text with the prefix {@code 0x}, as Ethereum writes byte strings. */
final class Hex {
  private static final HexFormat FORMAT = HexFormat.of();

  private Hex() {}

  static String format(byte[] bytes) {
    return "0x" + FORMAT.formatHex(bytes);
  }

  /** Reads {@code 0x} and an even number of digits of either case. */
  static byte[] parse(String kind, String text) {
    if (!text.startsWith("0x")) {
      throw new IllegalArgumentException(kind + " must start with 0x, not \"" + clip(text) + "\"");
    }
    if (text.length() % 2 != 0) {
      throw new IllegalArgumentException(
          kind + " must have an even number of digits, not " + (text.length() - 2));
    }
    for (int i = 2; i < text.length(); i++) {
      if (!HexFormat.isHexDigit(text.charAt(i))) {
        throw new IllegalArgumentException(
            kind + " has the character '" + text.charAt(i) + "' at " + i + ", not a hex digit");
      }
    }
    return FORMAT.parseHex(text, 2, text.length());
  }

  /** Reads exactly {@code size} bytes. */
  static byte[] parse(String kind, String text, int size) {
    byte[] bytes = parse(kind, text);
    return checkSize(kind, bytes, size);
  }

  static byte[] checkSize(String kind, byte[] bytes, int size) {
    if (bytes.length != size) {
      throw new IllegalArgumentException(kind + " must be " + size + " bytes, not " + bytes.length);
    }
    return bytes;
  }

  private static String clip(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "...";
  }
}
