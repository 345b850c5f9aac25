package io.fundtrail.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fundtrail.model.Bytes;
import io.fundtrail.proof.RlpItem.ByteString;
import io.fundtrail.proof.RlpItem.Sequence;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RlpTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0x8100 | a byte below 0x80 with a needless prefix at 0",
        "0x817f | a byte below 0x80 with a needless prefix at 0",
        "0xb801ff | a length of 1 in its long form at 1",
        "0xf800 | a length with a leading zero byte at 1",
        "0xb90040 | a length with a leading zero byte at 1",
        "0xf803112233 | a length of 3 in its long form at 1",
        "0x83646f | a length of 3 at 1 where 2 bytes are left",
        "0xc281 | a length of 2 at 1 where 1 bytes are left",
        "0xc181 | a length of 1 at 2 where 0 bytes are left",
        "0xffffffffffffffffff00 | a length above 2^31-1 at 1",
        "0x8080 | an item that ends at 1 of 2 bytes",
        "0x | an end at 0 where a byte is due",
        "0xb9 | an end at 1 where a byte is due"
      })
  void refusesWhatIsNotCanonicalAndSaysWhy(String encoded, String reason) {
    assertThatThrownBy(() -> Rlp.decode(Bytes.parse(encoded)))
        .isInstanceOf(RlpException.class)
        .hasMessage(reason);
  }

  @Test
  void keepsHostileNestingFromTheStack() {
    RlpItem item = new Sequence(List.of());
    for (int depth = 0; depth < 128; depth++) {
      item = new Sequence(List.of(item));
    }
    Bytes deepest = Rlp.encode(item);
    assertThat(Rlp.decode(deepest)).isEqualTo(item);
    Bytes deeper = Rlp.encode(new Sequence(List.of(item)));
    assertThatThrownBy(() -> Rlp.decode(deeper)).hasMessage("nesting deeper than 128 levels");
  }

  @Test
  void readsNumbersWithoutLeadingZerosOnly() {
    assertThat(ByteString.ofUint(BigInteger.ZERO).value()).isEqualTo(Bytes.EMPTY);
    assertThat(ByteString.ofUint(BigInteger.valueOf(128)).value()).isEqualTo(Bytes.of((byte) -128));
    assertThat(ByteString.ofUint(BigInteger.valueOf(1000)).toLong()).isEqualTo(1000);
    assertThatThrownBy(() -> new ByteString(Bytes.parse("0x0001")).toLong())
        .hasMessageContaining("leading zero");
    assertThatThrownBy(() -> new ByteString(Bytes.parse("0x010000")).toUint(2))
        .hasMessage("a number of 3 bytes where 2 are the most");
    assertThatThrownBy(() -> new ByteString(Bytes.parse("0x8000000000000000")).toLong())
        .hasMessageContaining("2^63-1 is the most");
    assertThatThrownBy(() -> ByteString.ofUint(BigInteger.ONE.negate()))
        .hasMessageContaining("not -1");
  }

  @Test
  void acceptsNothingThatItWouldWriteOtherwise() {
    Random random = new Random(7);
    int accepted = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = Rlp.encode(randomItem(random, 3)).bytes();
      if (bytes.length > 0 && i % 2 == 0) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      Bytes encoded = Bytes.of(bytes);
      try {
        assertThat(Rlp.encode(Rlp.decode(encoded))).isEqualTo(encoded);
        accepted++;
      } catch (RlpException e) {
        assertThat(i % 2).as("refused an untouched encoding: %s", e.getMessage()).isZero();
      }
    }
    assertThat(accepted).isBetween(10_000, 20_000);
  }

  @Test
  void agreesWithThePublicVectors() throws IOException {
    JsonNode vectors = PublicVectors.json("ethereum-tests/RLPTests/rlptest.json");
    assertThat(vectors).hasSizeGreaterThan(25);
    for (JsonNode vector : vectors) {
      Bytes encoded = Bytes.parse(vector.path("out").asText());
      RlpItem item = item(vector.path("in"));
      assertThat(Rlp.encode(item)).isEqualTo(encoded);
      assertThat(Rlp.decode(encoded)).isEqualTo(item);
    }
  }

  @Test
  void refusesTheInvalidPublicVectors() throws IOException {
    JsonNode vectors = PublicVectors.json("ethereum-tests/RLPTests/invalidRLPTest.json");
    assertThat(vectors).hasSizeGreaterThan(25);
    for (JsonNode vector : vectors) {
      String out = vector.path("out").asText();
      Bytes encoded = Bytes.parse(out.startsWith("0x") ? out : "0x" + out);
      assertThatExceptionOfType(RlpException.class).isThrownBy(() -> Rlp.decode(encoded));
    }
  }

  private static RlpItem item(JsonNode json) {
    if (json.isArray()) {
      List<RlpItem> items = new ArrayList<>();
      json.forEach(inner -> items.add(item(inner)));
      return new Sequence(items);
    }
    if (json.isNumber()) {
      return ByteString.ofUint(json.bigIntegerValue());
    }
    String text = json.asText();
    return text.startsWith("#")
        ? ByteString.ofUint(new BigInteger(text.substring(1)))
        : new ByteString(Bytes.of(text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static RlpItem randomItem(Random random, int depth) {
    if (depth == 0 || random.nextBoolean()) {
      byte[] bytes = new byte[random.nextInt(random.nextBoolean() ? 3 : 70)];
      random.nextBytes(bytes);
      return new ByteString(Bytes.of(bytes));
    }
    return new Sequence(
        Stream.generate(() -> randomItem(random, depth - 1)).limit(random.nextInt(5)).toList());
  }
}
