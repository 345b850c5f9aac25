package io.fundtrail.proof;

import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import org.bouncycastle.crypto.digests.KeccakDigest;

/** Keccak-256 as Ethereum uses it (the padding before FIPS 202). */
public final class Keccak {
  private Keccak() {}

  /** The hash of the parts, one after the other. */
  public static Hash hash(byte[]... parts) {
    KeccakDigest digest = new KeccakDigest(256);
    for (byte[] part : parts) {
      digest.update(part, 0, part.length);
    }
    byte[] hash = new byte[Hash.SIZE];
    digest.doFinal(hash, 0);
    return Hash.of(hash);
  }

  public static Hash hash(Bytes bytes) {
    return hash(bytes.bytes());
  }
}
