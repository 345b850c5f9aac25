package io.fundtrail.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FinalityTest {
  @ParameterizedTest
  @ValueSource(strings = {"immediate", "tag", "depth:1", "depth:64"})
  void readsWhatItWrites(String text) {
    assertThat(Finality.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Immediate", "depth", "depth:", "depth:-1", "depth:1.5", "latest"})
  void refusesAnythingElse(String text) {
    assertThatThrownBy(() -> Finality.parse(text))
        .hasMessage("finality must be immediate, tag or depth:N, not \"" + text + "\"");
  }

  @Test
  void refusesADepthOfNoBlock() {
    assertThatThrownBy(() -> Finality.parse("depth:0"))
        .hasMessage("finality depth must be 1 or more, not 0");
  }
}
