package io.fundtrail.api;

import io.fundtrail.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Text of fixed size as contracts keep it: ASCII at the front of a word, zeros behind it, such as
 * the currency {@code USD} in three bytes. What is no such text is spelled in hex.
 */
public final class ShortText {
  private static final Pattern PRINTABLE = Pattern.compile("[!-~]+");

  private ShortText() {}

  public static String of(byte[] word) {
    int end = word.length;
    while (end > 0 && word[end - 1] == 0) {
      end--;
    }
    String text = new String(word, 0, end, StandardCharsets.US_ASCII);
    boolean readable = PRINTABLE.matcher(text).matches() && !text.startsWith("0x");
    return readable ? text : Bytes.of(word).toString();
  }

  /**
   * The word that spells a text.
   *
   * @throws IllegalArgumentException if the text does not fit or is not printable ASCII
   */
  public static byte[] word(String text, int size) {
    if (!PRINTABLE.matcher(text).matches() || text.length() > size) {
      throw new IllegalArgumentException(
          "expected 1 to " + size + " printable ASCII characters, not " + text);
    }
    return Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), size);
  }
}
