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
    if (signature.size() != SIZE || (signature.get(SIZE - 1) & 0xfe) != 0) {
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
    return Optional.of(address(key));
  }

  /** The address of whoever has this private key, which is between 1 and the curve's order. */
  public static Address addressOf(BigInteger privateKey) {
    return address(new FixedPointCombMultiplier().multiply(CURVE.getG(), privateKey).normalize());
  }

  private static Address address(ECPoint publicKey) {
    byte[] encoded = publicKey.getEncoded(false);
    byte[] hash = Keccak.hash(Arrays.copyOfRange(encoded, 1, encoded.length)).bytes();
    return Address.of(Arrays.copyOfRange(hash, Hash.SIZE - Address.SIZE, Hash.SIZE));
  }
}
