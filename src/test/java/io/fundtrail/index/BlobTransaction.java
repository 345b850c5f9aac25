package io.fundtrail.index;

import io.fundtrail.app.DevelopmentAccount;
import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.proof.Keccak;
import io.fundtrail.proof.Rlp;
import io.fundtrail.proof.RlpItem;
import io.fundtrail.proof.RlpItem.ByteString;
import io.fundtrail.proof.RlpItem.Sequence;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import org.web3j.crypto.Sign;

/**
 * A transaction that carries a blob (EIP-4844). The blob is the polynomial zero, whose commitment
 * and proof are the point at infinity, so that nothing has to be computed.
 */
final class BlobTransaction {
  private static final byte TYPE = 3;
  private static final int BLOB_BYTES = 131_072;
  private static final int POINT_BYTES = 48;
  private static final byte INFINITY = (byte) 0xc0;
  private static final byte VERSION = 1;
  private static final long GAS = 5_000_000;
  private static final long FEE = 2_000_000_000;
  private static final int PARITY_OFFSET = 27;

  private BlobTransaction() {}

  /** As it is sent to a node, with the blob beside it. */
  static Bytes signed(DevelopmentAccount sender, long chainId, long nonce, Address to, Bytes data) {
    byte[] infinity = new byte[POINT_BYTES];
    infinity[0] = INFINITY;
    List<RlpItem> fields = new ArrayList<>();
    fields.add(number(chainId));
    fields.add(number(nonce));
    fields.add(number(1));
    fields.add(number(FEE));
    fields.add(number(GAS));
    fields.add(new ByteString(Bytes.of(to.bytes())));
    fields.add(number(0));
    fields.add(new ByteString(data));
    fields.add(new Sequence(List.of()));
    fields.add(number(FEE));
    fields.add(new Sequence(List.of(string(versionedHash(infinity)))));
    byte[] digest = Keccak.hash(enveloped(new Sequence(fields))).bytes();
    Sign.SignatureData signature =
        Sign.signMessage(digest, sender.credentials().getEcKeyPair(), false);
    fields.add(number(signature.getV()[0] - PARITY_OFFSET));
    fields.add(ByteString.ofUint(new BigInteger(1, signature.getR())));
    fields.add(ByteString.ofUint(new BigInteger(1, signature.getS())));
    return Bytes.of(
        enveloped(
            new Sequence(
                List.of(
                    new Sequence(fields),
                    new Sequence(List.of(string(new byte[BLOB_BYTES]))),
                    new Sequence(List.of(string(infinity))),
                    new Sequence(List.of(string(infinity)))))));
  }

  private static byte[] versionedHash(byte[] commitment) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(commitment);
      hash[0] = VERSION;
      return hash;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] enveloped(Sequence fields) {
    byte[] payload = Rlp.encode(fields).bytes();
    byte[] enveloped = new byte[payload.length + 1];
    enveloped[0] = TYPE;
    System.arraycopy(payload, 0, enveloped, 1, payload.length);
    return enveloped;
  }

  private static ByteString number(long number) {
    return ByteString.ofUint(BigInteger.valueOf(number));
  }

  private static ByteString string(byte[] bytes) {
    return new ByteString(Bytes.of(bytes));
  }
}
