package io.fundtrail.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenAmountTest {
  private static final TokenAmount MAX =
      TokenAmount.of(BigInteger.TWO.pow(256).subtract(BigInteger.ONE));

  @Test
  void addsAndSubtractsWithinUint256() {
    TokenAmount one = TokenAmount.of(1);
    assertThat(MAX.minus(one).plus(one)).isEqualTo(MAX);
    assertThat(one.minus(one)).isEqualTo(TokenAmount.ZERO);
    assertThat(TokenAmount.ZERO.isZero()).isTrue();
  }

  @Test
  void refusesOverflowAndUnderflowWithBothValues() {
    assertThatThrownBy(() -> MAX.plus(TokenAmount.of(1)))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage(MAX + " plus 1 is more than 2^256-1");
    assertThatThrownBy(() -> TokenAmount.of(2).minus(TokenAmount.of(3)))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("2 minus 3 is less than 0");
  }

  @Test
  void refusesWhatIsNoUint256() {
    assertThatThrownBy(() -> TokenAmount.of(-1)).hasMessageContaining("not -1");
    assertThatThrownBy(() -> TokenAmount.of(BigInteger.TWO.pow(256)))
        .hasMessageContaining("0 to 2^256-1");
  }

  @Test
  void writesEveryDecimalAndNeverAnExponent() {
    assertThat(TokenAmount.of(13_594_280_000L).toDecimal(6)).isEqualTo("13594.280000");
    assertThat(TokenAmount.of(1).toDecimal(18)).isEqualTo("0.000000000000000001");
    assertThat(TokenAmount.ZERO.toDecimal(18)).isEqualTo("0.000000000000000000");
    assertThat(TokenAmount.of(BigInteger.TEN.pow(30)).toDecimal(0)).isEqualTo("1" + "0".repeat(30));
  }

  @Test
  void readsADecimalExactly() {
    assertThat(TokenAmount.parseDecimal("13594.28", 6)).isEqualTo(TokenAmount.of(13_594_280_000L));
    assertThat(TokenAmount.parseDecimal("1.10", 1)).isEqualTo(TokenAmount.of(11));
    assertThat(TokenAmount.parseDecimal("7", 0)).isEqualTo(TokenAmount.of(7));
    assertThatThrownBy(() -> TokenAmount.parseDecimal("0.001", 2))
        .hasMessage("token amount 0.001 is finer than the token's 2 decimals");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "+1", "1e3", "1,000", ".5", "5.", "0x10", " 1", "1.2.3"})
  void refusesADecimalWrittenOtherwise(String text) {
    assertThatThrownBy(() -> TokenAmount.parseDecimal(text, 6))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("plain decimal");
  }

  @Test
  void readsUnitsAsDigitsOnly() {
    assertThat(TokenAmount.parseUnits(MAX.toString())).isEqualTo(MAX);
    assertThat(TokenAmount.parseUnits("007")).isEqualTo(TokenAmount.of(7));
    assertThatThrownBy(() -> TokenAmount.parseUnits("1.0")).hasMessageContaining("not 1.0");
    assertThatThrownBy(() -> TokenAmount.parseUnits("")).hasMessageContaining("not 0");
    assertThatThrownBy(() -> TokenAmount.parseUnits("9".repeat(78)))
        .hasMessageContaining("0 to 2^256-1");
    assertThatThrownBy(() -> TokenAmount.parseUnits("9".repeat(79))).hasMessageContaining("not 79");
  }
}
