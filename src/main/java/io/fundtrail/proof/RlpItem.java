package io.fundtrail.proof;

import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import java.math.BigInteger;
import java.util.List;

/** What RLP encodes: a byte string, or a sequence of items. */
public sealed interface RlpItem {
  /** A byte string; a number is its shortest big-endian form, zero the empty string. */
  record ByteString(Bytes value) implements RlpItem {
    /** The encoding of an unsigned number. */
    public static ByteString ofUint(BigInteger number) {
      if (number.signum() < 0) {
        throw new IllegalArgumentException("RLP holds numbers of 0 or more, not " + number);
      }
      byte[] signed = number.toByteArray();
      Bytes bytes = Bytes.of(signed);
      return new ByteString(signed[0] == 0 ? bytes.slice(1, signed.length) : bytes);
    }

    /**
     * Reads an unsigned number.
     *
     * @throws RlpException on a leading zero byte or more than {@code maxBytes}
     */
    public BigInteger toUint(int maxBytes) {
      if (value.size() > maxBytes) {
        throw new RlpException(
            "a number of " + value.size() + " bytes where " + maxBytes + " are the most");
      }
      if (!value.isEmpty() && value.get(0) == 0) {
        throw new RlpException("a number with a leading zero byte: " + value);
      }
      return new BigInteger(1, value.bytes());
    }

    /**
     * Reads an unsigned number up to 2^63-1.
     *
     * @throws RlpException on a leading zero byte or a larger number
     */
    public long toLong() {
      BigInteger number = toUint(Long.BYTES);
      if (number.bitLength() >= Long.SIZE) {
        throw new RlpException("the number " + number + " where 2^63-1 is the most");
      }
      return number.longValue();
    }

    /**
     * Reads a 32-byte word.
     *
     * @throws RlpException on any other length
     */
    public Hash toHash() {
      return Hash.of(exactly(Hash.SIZE).bytes());
    }

    /**
     * The bytes, of which there must be so many.
     *
     * @throws RlpException on any other length
     */
    public Bytes exactly(int size) {
      if (value.size() != size) {
        throw new RlpException(value.size() + " bytes where " + size + " belong");
      }
      return value;
    }
  }

  /** A list of items. */
  record Sequence(List<RlpItem> items) implements RlpItem {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /**
   * The item as a byte string.
   *
   * @throws RlpException if it is a sequence
   */
  default ByteString asByteString() {
    if (this instanceof ByteString string) {
      return string;
    }
    throw new RlpException("a sequence where a byte string belongs");
  }

  /**
   * The item as a sequence.
   *
   * @throws RlpException if it is a byte string
   */
  default Sequence asSequence() {
    if (this instanceof Sequence sequence) {
      return sequence;
    }
    throw new RlpException("a byte string where a sequence belongs");
  }
}
