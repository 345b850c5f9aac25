package io.fundtrail.proof;

import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** Who signed a hash (SEC 1, 4.1.6), and whose a key is, on secp256k1. */
public final class Signatures {
  private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");
  private static final int SIZE = 65;

  private Signatures() {}

  /**
   * The signer's address.
   *
   * @param signature 32 bytes of r, 32 of s, one of the recovery id (0 or 1)
   */
  public static Optional<Address> signer(Hash signed, Bytes signature) {
    if (!isRecoverable(signature)) {
      return Optional.empty();
    }
    BigInteger order = CURVE.getN();
    BigInteger r = new BigInteger(1, signature.slice(0, Hash.SIZE).bytes());
    BigInteger s = new BigInteger(1, signature.slice(Hash.SIZE, 2 * Hash.SIZE).bytes());
    if (r.signum() == 0 || s.signum() == 0 || r.compareTo(order) >= 0 || s.compareTo(order) >= 0) {
      return Optional.empty();
    }
    byte[] compressed = new byte[Hash.SIZE + 1];
    compressed[0] = (byte) (2 + signature.get(SIZE - 1));
    System.arraycopy(signature.slice(0, Hash.SIZE).bytes(), 0, compressed, 1, Hash.SIZE);
    ECPoint point;
    try {
      point = CURVE.getCurve().decodePoint(compressed);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
    BigInteger inverse = r.modInverse(order);
    BigInteger ofHash = inverse.multiply(signed.toUint()).negate().mod(order);
    BigInteger ofPoint = inverse.multiply(s).mod(order);
    ECPoint key = ECAlgorithms.sumOfTwoMultiplies(CURVE.getG(), ofHash, point, ofPoint).normalize();
    if (key.isInfinity()) {
      return Optional.empty();
    }
    return Optional.of(addressOf(Bytes.of(key.getEncoded(false))));
  }

  /** Whether it has the size of such a signature, and a recovery id that Ethereum knows. */
  public static boolean isRecoverable(Bytes signature) {
    return signature.size() == SIZE && (signature.get(SIZE - 1) & 0xfe) == 0;
  }

  /** The address of whoever has this private key, which is between 1 and the curve's order. */
  public static Address addressOf(BigInteger privateKey) {
    ECPoint key = new FixedPointCombMultiplier().multiply(CURVE.getG(), privateKey).normalize();
    return addressOf(Bytes.of(key.getEncoded(false)));
  }

  /**
   * The address of a public key, in the 65 bytes of a point that is not compressed (SEC 1, 2.3.3).
   */
  public static Address addressOf(Bytes publicKey) {
    Hash hash = Keccak.hash(publicKey.slice(1, publicKey.size()));
    return Address.of(Arrays.copyOfRange(hash.bytes(), Hash.SIZE - Address.SIZE, Hash.SIZE));
  }
}
