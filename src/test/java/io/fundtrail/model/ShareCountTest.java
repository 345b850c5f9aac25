package io.fundtrail.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class ShareCountTest {
  private static final ShareCount MAX =
      ShareCount.of(BigInteger.TWO.pow(64).subtract(BigInteger.ONE));

  @Test
  void multipliesWithAPriceIntoAnAmount() {
    assertThat(ShareCount.of(7231).times(TokenAmount.of(2_000_000)))
        .isEqualTo(TokenAmount.of(14_462_000_000L));
    TokenAmount most = TokenAmount.of(BigInteger.TWO.pow(256).subtract(BigInteger.ONE));
    assertThatThrownBy(() -> ShareCount.of(2).times(most))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("more than 2^256-1");
  }

  @Test
  void staysWithinUint64() {
    assertThat(ShareCount.parse("18446744073709551615")).isEqualTo(MAX);
    assertThatThrownBy(() -> ShareCount.parse("18446744073709551616"))
        .hasMessage("share count must be 0 to 2^64-1, not 18446744073709551616");
    assertThatThrownBy(() -> MAX.plus(ShareCount.of(1)))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage(MAX + " plus 1 shares is more than 2^64-1");
    assertThatThrownBy(() -> ShareCount.of(1).minus(ShareCount.of(2)))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("1 minus 2 shares is less than 0");
    assertThatThrownBy(() -> ShareCount.of(-1)).hasMessageContaining("not -1");
  }

  @Test
  void refusesPartsOfAShare() {
    assertThatThrownBy(() -> ShareCount.parse("1.5")).hasMessageContaining("not 1.5");
  }

  @Test
  void addsAndSubtracts() {
    assertThat(ShareCount.of(3).plus(ShareCount.of(4)).minus(ShareCount.of(7)).isZero()).isTrue();
    assertThat(ShareCount.of(4)).isGreaterThan(ShareCount.of(3));
  }
}
