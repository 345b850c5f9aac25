package io.fundtrail.chain;

import fr.acinq.secp256k1.Secp256k1;
import fr.acinq.secp256k1.Secp256k1Exception;
import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.proof.Signatures;
import java.math.BigInteger;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who signed a hash, by libsecp256k1 where it runs on this machine, in a third of the time that
 * {@link Signatures} takes, which is asked elsewhere and says the same.
 */
final class SignerRecovery {
  private static final Logger LOG = LoggerFactory.getLogger(SignerRecovery.class);
  private static final @Nullable Secp256k1 LIBRARY = load();

  private SignerRecovery() {}

  /**
   * The signer's address.
   *
   * @param signature 32 bytes of r, 32 of s, one of the recovery id (0 or 1)
   */
  static Optional<Address> signer(Hash signed, Bytes signature) {
    return LIBRARY == null
        ? Signatures.signer(signed, signature)
        : signer(LIBRARY, signed, signature);
  }

  /** Whether libsecp256k1 is what is asked. */
  static boolean isByLibrary() {
    return LIBRARY != null;
  }

  private static Optional<Address> signer(Secp256k1 library, Hash signed, Bytes signature) {
    if (!Signatures.isRecoverable(signature)) {
      return Optional.empty();
    }
    int last = signature.size() - 1;
    try {
      byte[] key =
          library.ecdsaRecover(
              signature.slice(0, last).bytes(), signed.bytes(), signature.get(last));
      return Optional.of(Signatures.addressOf(Bytes.of(key)));
    } catch (Secp256k1Exception e) {
      // It says no more than that nobody can have signed so.
      return Optional.empty();
    }
  }

  private static @Nullable Secp256k1 load() {
    try {
      Secp256k1 library = Secp256k1.Companion.get();
      // It says at the first question that it was not found, and not before.
      library.secKeyVerify(Hash.ofUint(BigInteger.ONE).bytes());
      return library;
    } catch (RuntimeException | LinkageError e) {
      LOG.info(
          "Signers are recovered in Java, for libsecp256k1 does not run here: {}", e.toString());
      return null;
    }
  }
}
