package io.fundtrail.proof;

import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;

/**
 * The 2048-bit filter of a block's logs, from its header (yellow paper, 4.4.1). What it lacks is in
 * no log of the block; what it has may be there or not.
 */
public final class LogsBloom {
  private static final int SIZE = 256;

  private final byte[] bits;
  private final boolean empty;

  /** The bits that an address sets, for whoever looks for it in many blooms. */
  public record Mark(int first, int second, int third) {
    public static Mark of(Address address) {
      byte[] hash = Keccak.hash(address.bytes()).bytes();
      return new Mark(bit(hash, 0), bit(hash, 2), bit(hash, 4));
    }

    private static int bit(byte[] hash, int at) {
      return ((hash[at] & 0x07) << Byte.SIZE) | (hash[at + 1] & 0xff);
    }
  }

  private LogsBloom(byte[] bits) {
    this.bits = bits;
    boolean none = true;
    for (byte b : bits) {
      none &= b == 0;
    }
    this.empty = none;
  }

  public static LogsBloom of(BlockHeader header) {
    return of(header.logsBloom());
  }

  static LogsBloom of(Bytes bloom) {
    if (bloom.size() != SIZE) {
      throw new IllegalArgumentException("a bloom has 256 bytes, not " + bloom.size());
    }
    return new LogsBloom(bloom.bytes());
  }

  /** Whether the address may have logged; false is certain. */
  public boolean mayHoldLogsOf(Address address) {
    return !empty && mayHold(Mark.of(address));
  }

  /** The same, of an address whose bits are known. */
  public boolean mayHold(Mark mark) {
    return !empty && has(mark.first()) && has(mark.second()) && has(mark.third());
  }

  private boolean has(int bit) {
    return (bits[SIZE - 1 - bit / Byte.SIZE] & (1 << bit % Byte.SIZE)) != 0;
  }
}
