package io.fundtrail.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BytesTest {
  @Test
  void readsAndWritesHexIncludingTheEmptyString() {
    assertThat(Bytes.parse("0x")).isSameAs(Bytes.EMPTY).hasToString("0x");
    assertThat(Bytes.parse("0x00fF"))
        .hasToString("0x00ff")
        .isEqualTo(Bytes.of((byte) 0, (byte) -1));
    assertThatThrownBy(() -> Bytes.parse("0x0")).hasMessageContaining("even number of digits");
    assertThatThrownBy(() -> Bytes.parse("00")).hasMessageContaining("start with 0x");
  }

  @Test
  void isComparedByContentAndSharesNoArray() {
    byte[] source = {1, 2, 3};
    Bytes bytes = Bytes.of(source);
    source[0] = 9;
    bytes.bytes()[1] = 9;
    assertThat(bytes).isEqualTo(Bytes.parse("0x010203")).hasSameHashCodeAs(Bytes.parse("0x010203"));
    assertThat(bytes.size()).isEqualTo(3);
    assertThat(bytes.get(2)).isEqualTo((byte) 3);
  }

  @Test
  void copiesIntoTheMiddleOfAnArray() {
    byte[] target = {9, 9, 9, 9};
    Bytes.parse("0x0102").copyTo(target, 1);
    assertThat(target).containsExactly(9, 1, 2, 9);
  }

  @Test
  void cutsAHalfOpenSlice() {
    Bytes bytes = Bytes.parse("0x010203");
    assertThat(bytes.slice(1, 3)).isEqualTo(Bytes.parse("0x0203"));
    assertThat(bytes.slice(3, 3)).isEqualTo(Bytes.EMPTY);
    assertThatThrownBy(() -> bytes.slice(1, 4)).hasMessage("slice 1..4 of 3 bytes");
    assertThatThrownBy(() -> bytes.slice(2, 1)).hasMessage("slice 2..1 of 3 bytes");
  }
}
