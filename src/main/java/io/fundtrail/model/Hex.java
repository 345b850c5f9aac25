package io.fundtrail.model;

import java.util.HexFormat;

/** Hexadecimal text with the prefix {@code 0x}, as Ethereum writes byte strings. */
final class Hex {
  private static final HexFormat FORMAT = HexFormat.of();

  /** By character; negative for those that are no digit. */
  private static final byte[] VALUES = new byte[128];

  static {
    for (int c = 0; c < VALUES.length; c++) {
      VALUES[c] = (byte) (HexFormat.isHexDigit(c) ? HexFormat.fromHexDigit(c) : -1);
    }
  }

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
    byte[] bytes = new byte[text.length() / 2 - 1];
    for (int i = 0; i < bytes.length; i++) {
      int at = 2 + 2 * i;
      bytes[i] = (byte) ((digit(kind, text, at) << 4) | digit(kind, text, at + 1));
    }
    return bytes;
  }

  private static int digit(String kind, String text, int at) {
    char c = text.charAt(at);
    int value = c < VALUES.length ? VALUES[c] : -1;
    if (value < 0) {
      throw new IllegalArgumentException(
          kind + " has the character '" + c + "' at " + at + ", not a hex digit");
    }
    return value;
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
