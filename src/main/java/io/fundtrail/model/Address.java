package io.fundtrail.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.KeccakDigest;
import org.jspecify.annotations.Nullable;

/** The 20-byte address of an account or contract. Ordered as an unsigned number. */
public final class Address implements Comparable<Address> {
  public static final int SIZE = 20;
  public static final Address ZERO = new Address(new byte[SIZE]);

  private static final int PADDING = Hash.SIZE - SIZE;

  private final byte[] value;

  private Address(byte[] value) {
    this.value = value;
  }

  /**
   * Copies the bytes.
   *
   * @throws IllegalArgumentException unless there are exactly 20
   */
  public static Address of(byte[] bytes) {
    return new Address(Hex.checkSize("address", bytes, SIZE).clone());
  }

  /**
   * Reads {@code 0x} and 40 hex digits. Digits of one case are taken as they are; mixed case is the
   * checksum of EIP-55 and must be right.
   */
  public static Address parse(String text) {
    Address address = new Address(Hex.parse("address", text, SIZE));
    boolean lower = false;
    boolean upper = false;
    for (int i = 2; i < text.length(); i++) {
      lower |= text.charAt(i) >= 'a';
      upper |= text.charAt(i) >= 'A' && text.charAt(i) <= 'F';
    }
    boolean mixed = lower && upper;
    if (mixed && !address.checksummed().equals(text)) {
      throw new IllegalArgumentException(
          "address " + text + " fails its EIP-55 checksum, which is " + address.checksummed());
    }
    return address;
  }

  /**
   * Reads an address from an ABI word, such as an indexed event argument.
   *
   * @throws IllegalArgumentException unless the upper 12 bytes are zero
   */
  public static Address ofWord(Hash word) {
    byte[] bytes = word.bytes();
    for (int i = 0; i < PADDING; i++) {
      if (bytes[i] != 0) {
        throw new IllegalArgumentException(
            "the word " + word + " is no address: its upper 12 bytes are not zero");
      }
    }
    return new Address(Arrays.copyOfRange(bytes, PADDING, Hash.SIZE));
  }

  /** The ABI word: 12 zero bytes, then the address. */
  public Hash toWord() {
    byte[] word = new byte[Hash.SIZE];
    System.arraycopy(value, 0, word, PADDING, SIZE);
    return Hash.of(word);
  }

  /** The mixed-case spelling of EIP-55. */
  public String checksummed() {
    String digits = toString().substring(2);
    byte[] hash = keccak(digits.getBytes(StandardCharsets.US_ASCII));
    StringBuilder text = new StringBuilder("0x");
    for (int i = 0; i < digits.length(); i++) {
      int nibble = (hash[i / 2] >> (i % 2 == 0 ? 4 : 0)) & 0xf;
      text.append(nibble >= 8 ? Character.toUpperCase(digits.charAt(i)) : digits.charAt(i));
    }
    return text.toString();
  }

  /** A copy of the 20 bytes. */
  public byte[] bytes() {
    return value.clone();
  }

  @Override
  public int compareTo(Address other) {
    return Arrays.compareUnsigned(value, other.value);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Address that && Arrays.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value);
  }

  /** {@code 0x} and 40 lower-case hex digits. */
  @Override
  public String toString() {
    return Hex.format(value);
  }

  private static byte[] keccak(byte[] input) {
    KeccakDigest digest = new KeccakDigest(256);
    digest.update(input, 0, input.length);
    byte[] hash = new byte[Hash.SIZE];
    digest.doFinal(hash, 0);
    return hash;
  }
}
