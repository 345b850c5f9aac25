package io.fundtrail.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.proof.Signatures;
import io.fundtrail.testnode.JavaProgram;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Sign;

/** The library and our own recovery name the same signer, and refuse the same. */
class SignerRecoveryTest {
  private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");
  private static final BigInteger ORDER = CURVE.getN();
  private static final BigInteger FIELD = CURVE.getCurve().getField().getCharacteristic();
  private static final ECKeyPair KEY = ECKeyPair.create(BigInteger.valueOf(4711));
  private static final Address SIGNER = Signatures.addressOf(KEY.getPrivateKey());

  @Test
  void isByLibraryOnTheMachinesThatItIsBuiltFor() {
    assumeThat(System.getProperty("os.name")).isIn("Linux", "Mac OS X");
    assertThat(SignerRecovery.isByLibrary()).isTrue();
  }

  @Test
  void namesTheSignerAndWithAnotherOneSomebodyElse() {
    Random random = new Random(1);
    for (int i = 0; i < 500; i++) {
      Hash hash = hash(random);
      Sign.SignatureData made = Sign.signMessage(hash.bytes(), KEY, false);
      BigInteger r = new BigInteger(1, made.getR());
      BigInteger s = new BigInteger(1, made.getS());
      int id = made.getV()[0] - 27;
      assertThat(SignerRecovery.signer(hash, signature(r, s, id))).contains(SIGNER);
      // A high s is the same signer's: that it is refused is a rule for transactions (EIP-2).
      assertThat(SignerRecovery.signer(hash, signature(r, ORDER.subtract(s), 1 - id)))
          .contains(SIGNER);
      assertSame(hash, signature(r, s, 1 - id));
      assertSame(hash(random), signature(r, s, id));
    }
  }

  @Test
  void refusesWhatNobodyCanHaveSigned() {
    Random random = new Random(2);
    List<BigInteger> numbers = new ArrayList<>(List.of(BigInteger.ZERO, BigInteger.ONE));
    for (BigInteger edge : List.of(ORDER.shiftRight(1), ORDER, FIELD, FIELD.subtract(ORDER))) {
      for (int i = -2; i <= 2; i++) {
        numbers.add(edge.add(BigInteger.valueOf(i)));
      }
    }
    numbers.add(BigInteger.TWO.pow(256).subtract(BigInteger.ONE));
    for (int i = 0; i < 10; i++) {
      numbers.add(new BigInteger(256, random));
    }
    int refused = 0;
    for (BigInteger r : numbers) {
      for (BigInteger s : numbers) {
        for (BigInteger hash : List.of(BigInteger.ZERO, ORDER, numbers.getLast())) {
          Bytes signature = signature(r, s, random.nextInt(2));
          assertSame(Hash.ofUint(hash), signature);
          refused += SignerRecovery.signer(Hash.ofUint(hash), signature).isEmpty() ? 1 : 0;
        }
      }
    }
    assertThat(refused).isGreaterThan(numbers.size() * numbers.size());
  }

  /** R is kG, and s is such that sR - zG is nothing at all. */
  @Test
  void refusesAKeyThatIsThePointAtInfinity() {
    BigInteger k = BigInteger.valueOf(77);
    var point = CURVE.getG().multiply(k).normalize();
    BigInteger r = point.getAffineXCoord().toBigInteger();
    int id = point.getAffineYCoord().testBitZero() ? 1 : 0;
    BigInteger s = BigInteger.valueOf(99);
    Hash hash = Hash.ofUint(s.multiply(k).mod(ORDER));
    assertThat(SignerRecovery.signer(hash, signature(r, s, id))).isEmpty();
    assertThat(Signatures.signer(hash, signature(r, s, id))).isEmpty();
  }

  @Test
  void refusesOtherSizesAndRecoveryIds() {
    for (int size : List.of(0, 1, 64, 66, 130)) {
      assertThat(SignerRecovery.signer(Hash.ZERO, Bytes.of(new byte[size]))).isEmpty();
    }
    for (int id : List.of(2, 3, 4, 27, 128, 255)) {
      assertThat(SignerRecovery.signer(Hash.ZERO, signature(BigInteger.ONE, BigInteger.ONE, id)))
          .isEmpty();
    }
  }

  @Test
  void goesWithoutTheLibraryWhereItDoesNotRun(@TempDir Path empty) throws Exception {
    Process process =
        JavaProgram.of(
                List.of("-Dfr.acinq.secp256k1.tmpdir=" + empty.resolve("nowhere")),
                Without.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(said).endsWith("false Optional[%s]%n".formatted(SIGNER));
  }

  /** A program that the library cannot be unpacked for. */
  static final class Without {
    static void main() throws IOException {
      Sign.SignatureData made = Sign.signMessage(Hash.ZERO.bytes(), KEY, false);
      Bytes signature =
          signature(
              new BigInteger(1, made.getR()), new BigInteger(1, made.getS()), made.getV()[0] - 27);
      System.out.printf(
          "%s %s%n", SignerRecovery.isByLibrary(), SignerRecovery.signer(Hash.ZERO, signature));
    }
  }

  private static void assertSame(Hash hash, Bytes signature) {
    assertThat(SignerRecovery.signer(hash, signature))
        .as("%s %s", hash, signature)
        .isEqualTo(Signatures.signer(hash, signature));
  }

  private static Hash hash(Random random) {
    return Hash.ofUint(new BigInteger(256, random));
  }

  private static Bytes signature(BigInteger r, BigInteger s, int id) {
    ByteBuffer joined = ByteBuffer.allocate(2 * Hash.SIZE + 1);
    joined.put(Hash.ofUint(r).bytes()).put(Hash.ofUint(s).bytes()).put((byte) id);
    return Bytes.of(joined.array());
  }
}
