package io.fundtrail.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
  private static final String CHECKSUMMED = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0x52908400098527886E0F7030069857D2E4169EE7",
        "0xde709f2102306220921060314715629080e2fb77",
        CHECKSUMMED,
        "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
        "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
        "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb"
      })
  void spellsTheExamplesOfEip55(String text) {
    assertThat(Address.parse(text).checksummed()).isEqualTo(text);
  }

  @Test
  void takesOneCaseWithoutAChecksum() {
    Address address = Address.parse(CHECKSUMMED);
    String digits = CHECKSUMMED.substring(2);
    assertThat(Address.parse("0x" + digits.toLowerCase(Locale.ROOT))).isEqualTo(address);
    assertThat(Address.parse("0x" + digits.toUpperCase(Locale.ROOT))).isEqualTo(address);
    assertThat(address).hasToString(CHECKSUMMED.toLowerCase(Locale.ROOT));
  }

  @Test
  void refusesAWrongChecksumAndNamesTheRightOne() {
    String wrong = CHECKSUMMED.replace("aAeb", "AAeb");
    assertThatThrownBy(() -> Address.parse(wrong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(wrong)
        .hasMessageContaining(CHECKSUMMED);
  }

  @Test
  void refusesWhatIsNotTwentyBytesOfHex() {
    assertThatThrownBy(() -> Address.parse("0x1234")).hasMessage("address must be 20 bytes, not 2");
    assertThatThrownBy(() -> Address.parse("0x123"))
        .hasMessage("address must have an even number of digits, not 3");
    assertThatThrownBy(() -> Address.parse(CHECKSUMMED.substring(2)))
        .hasMessageContaining("must start with 0x");
    assertThatThrownBy(() -> Address.parse(CHECKSUMMED.replace('3', 'g')))
        .hasMessageContaining("'g'");
    assertThatThrownBy(() -> Address.of(new byte[21]))
        .hasMessage("address must be 20 bytes, not 21");
  }

  @Test
  void standsInAWordAndComesBack() {
    Address address = Address.parse(CHECKSUMMED);
    Hash word = address.toWord();
    assertThat(word).hasToString("0x000000000000000000000000" + address.toString().substring(2));
    assertThat(Address.ofWord(word)).isEqualTo(address);
    byte[] dirty = word.bytes();
    dirty[11] = 1;
    assertThatThrownBy(() -> Address.ofWord(Hash.of(dirty))).hasMessageContaining("upper 12 bytes");
  }

  @Test
  void sharesNoArrayWithItsCaller() {
    byte[] bytes = new byte[20];
    Address address = Address.of(bytes);
    bytes[0] = 1;
    address.bytes()[0] = 1;
    assertThat(address).isEqualTo(Address.ZERO).hasSameHashCodeAs(Address.ZERO);
  }

  @Test
  void ordersAsAnUnsignedNumber() {
    Address high = Address.parse("0xff00000000000000000000000000000000000000");
    Address low = Address.parse("0x0100000000000000000000000000000000000000");
    assertThat(high).isGreaterThan(low);
    assertThat(low).isGreaterThan(Address.ZERO);
  }
}
