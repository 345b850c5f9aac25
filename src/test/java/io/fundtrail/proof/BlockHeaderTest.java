package io.fundtrail.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockHeaderTest {
  @ParameterizedTest
  @ValueSource(strings = {"anvil-cancun.json", "anvil-prague.json"})
  void hashesTheBlocksOfOurOwnNode(String recording) throws IOException {
    Hash parent = Hash.ZERO;
    for (JsonNode block : recording(recording).path("blocks")) {
      BlockHeader header = BlockHeader.of(HeaderJson.fields(block));
      assertThat(header.hash()).hasToString(block.path("hash").asText());
      assertThat(header.parentHash()).isEqualTo(parent);
      assertThat(BlockHeader.decode(header.encode())).isEqualTo(header);
      parent = header.hash();
    }
    assertThat(parent).isNotEqualTo(Hash.ZERO);
  }

  @Test
  void changesItsHashWithEveryField() throws IOException {
    JsonNode block = recording("anvil-prague.json").path("blocks").path(2);
    Hash hash = Hash.parse(block.path("hash").asText());
    List<Bytes> fields = HeaderJson.fields(block);
    assertThat(fields).hasSize(21);
    for (int i = 0; i < fields.size(); i++) {
      List<Bytes> tampered = new ArrayList<>(fields);
      tampered.set(i, flipLastByte(fields.get(i)));
      assertThat(BlockHeader.of(tampered).hash()).as("field %d", i).isNotEqualTo(hash);
    }
  }

  @Test
  void refusesFieldsThatAreNoHeader() throws IOException {
    List<Bytes> fields = HeaderJson.fields(recording("anvil-prague.json").path("blocks").path(2));
    assertThatThrownBy(() -> BlockHeader.of(fields.subList(0, 18)))
        .isInstanceOf(RlpException.class)
        .hasMessage("a header has 15, 16, 17, 20 or 21 fields, not 18");
    assertThatThrownBy(() -> BlockHeader.of(with(fields, 0, "0x00")))
        .hasMessage("1 bytes where 32 belong");
    assertThatThrownBy(() -> BlockHeader.of(with(fields, 6, "0x00")))
        .hasMessage("1 bytes where 256 belong");
    assertThatThrownBy(() -> BlockHeader.of(with(fields, 8, "0x0001")))
        .hasMessageContaining("leading zero");
    assertThatThrownBy(() -> BlockHeader.of(with(fields, 11, "0xffffffffffffffff")))
        .hasMessageContaining("2^63-1");
  }

  @Test
  void refusesALaterForksFieldWithoutTheEarlierOnes() throws IOException {
    BlockHeader header =
        BlockHeader.of(HeaderJson.fields(recording("anvil-prague.json").path("blocks").path(2)));
    assertThatThrownBy(() -> withoutCancun(header))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a header has a requests hash but no blob gas");
  }

  @Test
  void hashesTheBlocksOfEveryForkInThePublicChain() throws IOException {
    Path file = PublicVectors.file("execution-apis/tests/chain.rlp");
    Set<Integer> fieldCounts = new HashSet<>();
    Hash parent = null;
    long number = 0;
    for (RlpItem block : sequenceOf(Files.readAllBytes(file))) {
      RlpItem item = block.asSequence().items().getFirst();
      BlockHeader header = BlockHeader.decode(Rlp.encode(item));
      fieldCounts.add(item.asSequence().items().size());
      if (parent != null) {
        assertThat(header.parentHash()).isEqualTo(parent);
        assertThat(header.number()).isEqualTo(number + 1);
      }
      assertThat(header.encode()).isEqualTo(Rlp.encode(item));
      parent = header.hash();
      number = header.number();
    }
    assertThat(number).isGreaterThan(40);
    assertThat(fieldCounts).containsExactlyInAnyOrder(15, 16, 17, 20, 21);
  }

  @Test
  void hashesThePublicBlocksAsTheirNodeDid() throws IOException {
    int blocks = 0;
    for (Path file : PublicVectors.files("execution-apis/tests/eth_getBlockByNumber", ".io")) {
      JsonNode block = PublicVectors.recordedResult(file);
      if (block.isObject()) {
        assertThat(BlockHeader.of(HeaderJson.fields(block)).hash())
            .hasToString(block.path("hash").asText());
        blocks++;
      }
    }
    assertThat(blocks).isGreaterThanOrEqualTo(8);
  }

  static JsonNode recording(String name) throws IOException {
    try (InputStream in = BlockHeaderTest.class.getResourceAsStream("/recordings/" + name)) {
      return new ObjectMapper().readTree(Objects.requireNonNull(in, name));
    }
  }

  /** The blocks stand one after the other; a list prefix before them makes them one item. */
  private static List<RlpItem> sequenceOf(byte[] blocks) {
    byte[] list = new byte[blocks.length + 5];
    list[0] = (byte) 0xfb;
    for (int i = 0; i < 4; i++) {
      list[1 + i] = (byte) (blocks.length >>> (24 - 8 * i));
    }
    int lead = Integer.numberOfLeadingZeros(blocks.length) / 8;
    byte[] canonical = new byte[list.length - lead];
    canonical[0] = (byte) (0xfb - lead);
    System.arraycopy(list, 1 + lead, canonical, 1, 4 - lead);
    System.arraycopy(blocks, 0, canonical, 5 - lead, blocks.length);
    return Rlp.decode(Bytes.of(canonical)).asSequence().items();
  }

  private static BlockHeader withoutCancun(BlockHeader h) {
    return new BlockHeader(
        h.parentHash(),
        h.ommersHash(),
        h.beneficiary(),
        h.stateRoot(),
        h.transactionsRoot(),
        h.receiptsRoot(),
        h.logsBloom(),
        h.difficulty(),
        h.number(),
        h.gasLimit(),
        h.gasUsed(),
        h.timestamp(),
        h.extraData(),
        h.mixHash(),
        h.nonce(),
        h.baseFeePerGas(),
        h.withdrawalsRoot(),
        null,
        null,
        null,
        h.requestsHash());
  }

  private static List<Bytes> with(List<Bytes> fields, int index, String value) {
    List<Bytes> changed = new ArrayList<>(fields);
    changed.set(index, Bytes.parse(value));
    return changed;
  }

  private static Bytes flipLastByte(Bytes field) {
    if (field.isEmpty()) {
      return Bytes.of((byte) 1);
    }
    byte[] copy = field.bytes();
    copy[copy.length - 1] ^= 0x40;
    return Bytes.of(copy);
  }
}
