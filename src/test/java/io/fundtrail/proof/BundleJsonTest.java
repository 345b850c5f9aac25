package io.fundtrail.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A bundle has one spelling. The story of tampering has more of what is no bundle. */
class BundleJsonTest {
  private static final String HOLDING =
      new String(BundleFixtures.json("holding.json"), StandardCharsets.UTF_8).strip();

  @Test
  void writesWhatItReads() throws UnreadableBundle {
    for (String name : BundleFixtures.blockHashes().keySet()) {
      assertThat(new String(BundleJson.write(BundleFixtures.bundle(name)), StandardCharsets.UTF_8))
          .isEqualTo(new String(BundleFixtures.json(name), StandardCharsets.UTF_8).strip());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32LE", "UTF-32BE"})
  void isInUtf8(String charset) {
    assertUnreadable(HOLDING.getBytes(Charset.forName(charset)));
    assertUnreadable(("\uFEFF" + HOLDING).getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"recordDate\":0 | \"recordDate\":-0",
        "\"recordDate\":0 | \"recordDate\":00",
        "\"recordDate\":0 | \"recordDate\":\"0\"",
        "\"recordDate\":0 | \"recordDate\":0e0",
        "\"recordDate\":0 | \"recordDate\":4294967296",
        "\"recordDate\":0 | \"recordDate\":false",
        "\"locked\":\"0\" | \"locked\":null",
        "\"locked\":\"0\" | \"locked\":0",
        "\"locked\":\"0\" | \"locked\":\"\"",
        "\"kind\":\"holding\" | \"kind\":[\"holding\"]",
        "\"kind\":\"holding\" | \"kind\":\"holding\",\"kind\":\"holding\"",
        "\"kind\":\"holding\" | \"Kind\":\"holding\"",
        "\"codes\":[ | \"codes\":[[],",
        "\"codes\":[ | \"codes\":[{},",
      })
  void refusesAnotherSpelling(String part, String otherwise) {
    assertThat(HOLDING).contains(part);
    assertUnreadable(HOLDING.replace(part, otherwise).getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void refusesAClaimInAnArrayBehindItsKind() {
    assertUnreadable(
        HOLDING
            .replace("\"claim\":{\"kind\":\"holding\",", "\"claim\":[\"holding\",{")
            .replaceFirst("}}$", "}]}")
            .getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void takesAnAmountThatNoRecordDateKeepsToBeMissing() throws UnreadableBundle {
    String without = HOLDING.replaceFirst(",\"locked\":\"[0-9]+\"", "");
    assertThat(without).isNotEqualTo(HOLDING);
    ProofBundle bundle = BundleJson.read(without.getBytes(StandardCharsets.UTF_8));
    assertThat(new String(BundleJson.write(bundle), StandardCharsets.UTF_8)).isEqualTo(without);
  }

  @Test
  void takesNoNumberAboveAWord() {
    String most = "115792089237316195423570985008687907853269984665640564039457584007913129639935";
    assertThat(HOLDING).contains("\"chainId\":\"31337\"");
    assertUnreadable(
        HOLDING
            .replace("31337", most.substring(0, most.length() - 1) + "6")
            .getBytes(StandardCharsets.UTF_8));
  }

  private static void assertUnreadable(byte[] json) {
    assertThatExceptionOfType(UnreadableBundle.class).isThrownBy(() -> BundleJson.read(json));
  }
}
