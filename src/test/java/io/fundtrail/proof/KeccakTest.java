package io.fundtrail.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.fundtrail.model.Bytes;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class KeccakTest {
  @Test
  void hashesAsEthereumDoes() {
    assertThat(Keccak.hash())
        .hasToString("0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
    assertThat(Keccak.hash("Transfer(address,address,uint256)".getBytes(StandardCharsets.UTF_8)))
        .hasToString("0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef");
  }

  @Test
  void joinsItsPartsWithoutSeparator() {
    assertThat(Keccak.hash(new byte[] {1, 2}, new byte[] {3}))
        .isEqualTo(Keccak.hash(Bytes.parse("0x010203")));
  }
}
