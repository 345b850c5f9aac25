package io.fundtrail.proof;

import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import java.math.BigInteger;

/**
 * The storage of one contract after one block. Whoever computes something from it reads the slots
 * that it needs, whether they are proven, or fetched so that they can be.
 */
@FunctionalInterface
public interface Storage {
  /** The content of a slot; zero where nothing is. */
  Hash read(Hash slot);

  /** The slot of a number. */
  static Hash slot(long number) {
    return Hash.ofUint(BigInteger.valueOf(number));
  }

  /** Where a mapping keeps the value of a key (Solidity's storage layout). */
  static Hash valueOf(Hash mapping, Hash key) {
    return Keccak.hash(key.bytes(), mapping.bytes());
  }

  static Hash valueOf(Hash mapping, Address key) {
    return valueOf(mapping, key.toWord());
  }

  static Hash valueOf(Hash mapping, long key) {
    return valueOf(mapping, slot(key));
  }
}
