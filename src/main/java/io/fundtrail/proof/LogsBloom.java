package io.fundtrail.proof;

import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;

/**
 * The 2048-bit filter of a block's logs, from its header (yellow paper, 4.4.1). What it lacks is in
 * no log of the block; what it has may be there or not.
 */
public final class LogsBloom {
  private static final int SIZE = 256;
  private static final int HASHES = 3;

  private final byte[] bits;
  private final boolean empty;

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
    if (empty) {
      return false;
    }
    byte[] hash = Keccak.hash(address.bytes()).bytes();
    for (int i = 0; i < HASHES; i++) {
      int bit = ((hash[2 * i] & 0x07) << Byte.SIZE) | (hash[2 * i + 1] & 0xff);
      if ((bits[SIZE - 1 - bit / Byte.SIZE] & (1 << bit % Byte.SIZE)) == 0) {
        return false;
      }
    }
    return true;
  }
}
