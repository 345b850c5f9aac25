package io.fundtrail.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class HashTest {
  private static final BigInteger MAX = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);

  @Test
  void holdsEveryUint256AtItsBounds() {
    assertThat(Hash.ofUint(BigInteger.ZERO)).isEqualTo(Hash.ZERO);
    assertThat(Hash.ofUint(BigInteger.ONE)).hasToString("0x" + "0".repeat(63) + "1");
    assertThat(Hash.ofUint(MAX)).hasToString("0x" + "f".repeat(64));
    assertThat(Hash.ofUint(MAX).toUint()).isEqualTo(MAX);
    BigInteger high = BigInteger.TWO.pow(255);
    assertThat(Hash.ofUint(high).toUint()).isEqualTo(high);
  }

  @Test
  void refusesANumberThatIsNoUint256() {
    assertThatThrownBy(() -> Hash.ofUint(MAX.add(BigInteger.ONE)))
        .hasMessageContaining("0 to 2^256-1");
    assertThatThrownBy(() -> Hash.ofUint(BigInteger.ONE.negate())).hasMessageContaining("not -1");
  }

  @Test
  void readsBothCasesAndWritesLower() {
    assertThat(Hash.parse("0x" + "Ab".repeat(32))).hasToString("0x" + "ab".repeat(32));
  }

  @Test
  void refusesAnyOtherLength() {
    assertThatThrownBy(() -> Hash.parse("0x" + "ab".repeat(31)))
        .hasMessage("hash must be 32 bytes, not 31");
    assertThatThrownBy(() -> Hash.of(new byte[33])).hasMessage("hash must be 32 bytes, not 33");
  }

  @Test
  void sharesNoArrayWithItsCaller() {
    byte[] bytes = new byte[32];
    Hash hash = Hash.of(bytes);
    bytes[31] = 1;
    hash.bytes()[31] = 1;
    assertThat(hash.isZero()).isTrue();
  }

  @Test
  void ordersAsAnUnsignedNumber() {
    assertThat(Hash.ofUint(MAX)).isGreaterThan(Hash.ofUint(BigInteger.ONE));
  }

  @Test
  void copiesIntoTheMiddleOfAnArray() {
    byte[] target = new byte[Hash.SIZE + 2];
    Hash.parse("0x" + "ab".repeat(Hash.SIZE)).copyTo(target, 1);
    assertThat(target[0]).isZero();
    assertThat(target[1]).isEqualTo((byte) 0xab);
    assertThat(target[Hash.SIZE]).isEqualTo((byte) 0xab);
    assertThat(target[Hash.SIZE + 1]).isZero();
  }
}
