package io.fundtrail.model;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An immutable byte string of any length: call data, log data, a raw transaction, a proof node. */
public final class Bytes {
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] value;

  private Bytes(byte[] value) {
    this.value = value;
  }

  public static Bytes of(byte... bytes) {
    return bytes.length == 0 ? EMPTY : new Bytes(bytes.clone());
  }

  /** Reads {@code 0x} and an even number of hex digits; {@code 0x} alone is the empty string. */
  public static Bytes parse(String text) {
    byte[] bytes = Hex.parse("byte string", text);
    return bytes.length == 0 ? EMPTY : new Bytes(bytes);
  }

  public int size() {
    return value.length;
  }

  public boolean isEmpty() {
    return value.length == 0;
  }

  public byte get(int index) {
    return value[index];
  }

  /** The bytes from {@code from} (inclusive) to {@code to} (exclusive). */
  public Bytes slice(int from, int to) {
    if (from < 0 || to > value.length || from > to) {
      throw new IndexOutOfBoundsException(
          "slice " + from + ".." + to + " of " + value.length + " bytes");
    }
    return from == to ? EMPTY : new Bytes(Arrays.copyOfRange(value, from, to));
  }

  /** Puts all of the bytes into an array, where they begin at {@code start}. */
  public void copyTo(byte[] target, int start) {
    System.arraycopy(value, 0, target, start, value.length);
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return value.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Bytes that && Arrays.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value);
  }

  /** {@code 0x} and lower-case hex. */
  @Override
  public String toString() {
    return Hex.format(value);
  }
}
