package io.fundtrail.proof;

import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.proof.Refusal.RefusedBundle;
import java.math.BigInteger;

/** What a clone was opened with: the end of its code, packed and big-endian. */
record Terms(Bytes packed) {
  static final Terms NONE = new Terms(Bytes.EMPTY);

  Address address(int offset) throws RefusedBundle {
    return Address.of(part(offset, Address.SIZE).bytes());
  }

  /** An unsigned number. */
  BigInteger number(int offset, int length) throws RefusedBundle {
    return new BigInteger(1, part(offset, length).bytes());
  }

  private Bytes part(int offset, int length) throws RefusedBundle {
    if (packed.size() < offset + length) {
      throw Refusal.OTHER_CODE.because("the terms are cut off at byte " + packed.size());
    }
    return packed.slice(offset, offset + length);
  }
}
