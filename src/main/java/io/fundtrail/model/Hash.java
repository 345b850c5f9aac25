package io.fundtrail.model;

import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A 32-byte word: a keccak-256 hash, a history head, an identity, a log topic or a storage word.
 * Ordered as an unsigned number.
 */
public final class Hash implements Comparable<Hash> {
  public static final int SIZE = 32;
  public static final Hash ZERO = new Hash(new byte[SIZE]);

  private final byte[] value;

  private Hash(byte[] value) {
    this.value = value;
  }

  /**
   * Copies the bytes.
   *
   * @throws IllegalArgumentException unless there are exactly 32
   */
  public static Hash of(byte[] bytes) {
    return new Hash(Hex.checkSize("hash", bytes, SIZE).clone());
  }

  /** Reads {@code 0x} and 64 hex digits of either case. */
  public static Hash parse(String text) {
    return new Hash(Hex.parse("hash", text, SIZE));
  }

  /** The word that holds an unsigned number, big-endian, as the EVM stores a uint256. */
  public static Hash ofUint(BigInteger number) {
    if (number.signum() < 0 || number.bitLength() > 256) {
      throw new IllegalArgumentException("a word holds 0 to 2^256-1, not " + number);
    }
    byte[] word = new byte[SIZE];
    byte[] signed = number.toByteArray();
    int length = Math.min(signed.length, SIZE);
    System.arraycopy(signed, signed.length - length, word, SIZE - length, length);
    return new Hash(word);
  }

  /** The word read as a uint256. */
  public BigInteger toUint() {
    return new BigInteger(1, value);
  }

  public boolean isZero() {
    return equals(ZERO);
  }

  /** Puts the 32 bytes into an array, where they begin at {@code start}. */
  public void copyTo(byte[] target, int start) {
    System.arraycopy(value, 0, target, start, SIZE);
  }

  /** A copy of the 32 bytes. */
  public byte[] bytes() {
    return value.clone();
  }

  @Override
  public int compareTo(Hash other) {
    return Arrays.compareUnsigned(value, other.value);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Hash that && Arrays.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value);
  }

  /** {@code 0x} and 64 lower-case hex digits. */
  @Override
  public String toString() {
    return Hex.format(value);
  }
}
