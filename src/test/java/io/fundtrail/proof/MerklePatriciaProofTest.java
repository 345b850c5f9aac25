package io.fundtrail.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.proof.InvalidProof.Reason;
import io.fundtrail.proof.RlpItem.ByteString;
import io.fundtrail.proof.RlpItem.Sequence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MerklePatriciaProofTest {
  private static final Bytes KEY = text("dog");

  @Test
  void provesThatTheEmptyTrieHasNoKey() {
    Bytes emptyNode = Bytes.parse("0x80");
    assertThat(Keccak.hash(emptyNode)).isEqualTo(MerklePatriciaProof.EMPTY_ROOT);
    assertThat(MerklePatriciaProof.verify(MerklePatriciaProof.EMPTY_ROOT, KEY, List.of()))
        .isEmpty();
    assertThat(MerklePatriciaProof.verify(MerklePatriciaProof.EMPTY_ROOT, KEY, List.of(emptyNode)))
        .isEmpty();
    assertThat(reasonOf(MerklePatriciaProof.EMPTY_ROOT, KEY, List.of(emptyNode, emptyNode)))
        .isEqualTo(Reason.UNUSED_NODE);
    assertThat(reasonOf(Keccak.hash(), KEY, List.of())).isEqualTo(Reason.MISSING_NODE);
  }

  @Test
  void provesPresenceAndAbsenceInRandomTries() {
    Random random = new Random(11);
    for (int round = 0; round < 60; round++) {
      Map<Bytes, Bytes> content = randomContent(random, 1 + random.nextInt(80));
      ReferenceTrie trie = new ReferenceTrie(content);
      content.forEach((key, value) ->
          assertThat(MerklePatriciaProof.verify(trie.root(), key, trie.prove(key)))
              .contains(value));
      for (Bytes absent : randomContent(random, 40).keySet()) {
        if (!content.containsKey(absent)) {
          assertThat(MerklePatriciaProof.verify(trie.root(), absent, trie.prove(absent))).isEmpty();
        }
      }
    }
  }

  @Test
  void refusesEveryFlippedByteOfEveryNode() {
    Random random = new Random(5);
    Map<Bytes, Bytes> content = randomContent(random, 60);
    ReferenceTrie trie = new ReferenceTrie(content);
    for (Bytes key : content.keySet().stream().limit(10).toList()) {
      List<Bytes> nodes = trie.prove(key);
      for (int node = 0; node < nodes.size(); node++) {
        for (int index = 0; index < nodes.get(node).size(); index++) {
          List<Bytes> tampered = new ArrayList<>(nodes);
          tampered.set(node, flip(nodes.get(node), index));
          assertThat(reasonOf(trie.root(), key, tampered)).isEqualTo(Reason.WRONG_NODE);
        }
      }
    }
  }

  @Test
  void refusesMissingUnusedAndSwappedNodes() {
    ReferenceTrie trie = new ReferenceTrie(randomContent(new Random(3), 500));
    Bytes key =
        randomContent(new Random(3), 500).keySet().stream()
            .filter(candidate -> trie.prove(candidate).size() > 2)
            .findFirst()
            .orElseThrow();
    List<Bytes> nodes = trie.prove(key);
    assertThat(reasonOf(trie.root(), key, nodes.subList(0, nodes.size() - 1)))
        .isEqualTo(Reason.MISSING_NODE);
    assertThat(reasonOf(trie.root(), key, nodes.subList(1, nodes.size())))
        .isEqualTo(Reason.WRONG_NODE);
    List<Bytes> longer = new ArrayList<>(nodes);
    longer.add(nodes.getLast());
    assertThat(reasonOf(trie.root(), key, longer)).isEqualTo(Reason.UNUSED_NODE);
    List<Bytes> swapped = new ArrayList<>(nodes);
    swapped.set(1, nodes.get(2));
    swapped.set(2, nodes.get(1));
    assertThat(reasonOf(trie.root(), key, swapped)).isEqualTo(Reason.WRONG_NODE);
    assertThat(reasonOf(trie.root(), key, List.of())).isEqualTo(Reason.MISSING_NODE);
  }

  @Test
  void refusesTheProofOfAnotherKeyWhereThePathsPart() {
    Map<Bytes, Bytes> content =
        Map.of(text("dog"), text("x".repeat(40)), text("cat"), text("y".repeat(40)));
    ReferenceTrie trie = new ReferenceTrie(content);
    assertThat(reasonOf(trie.root(), text("cat"), trie.prove(text("dog"))))
        .isEqualTo(Reason.WRONG_NODE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0xc0", // no items
        "0xc3010203", // three items
        "0xc28001", // a path without hex prefix
        "0xc24001", // a flag above 3
        "0xc20101", // an even path padded with another nibble than zero
        "0xc21101", // a child named by one byte
        "0xc22080", // a leaf without value
        "0xc21180", // an extension without child
        "0xc20001", // an extension without path
        "0xc2c001", // a path that is a sequence
        "0xc220c0", // a value that is a sequence
        "0xc22101ff", // bytes after the end
        "0x05" // a byte string that is not empty
      })
  void refusesWellHashedNodesThatAreNoTrieNodes(String encoded) {
    Bytes node = Bytes.parse(encoded);
    Bytes key = Bytes.of((byte) 0x10);
    assertThat(reasonOf(Keccak.hash(node), key, List.of(node))).isEqualTo(Reason.MALFORMED_NODE);
  }

  @Test
  void readsALeafWhosePathIsTheWholeKey() {
    Bytes node = leaf("0x20ff", "0x07");
    Bytes key = Bytes.of((byte) 0xff);
    assertThat(MerklePatriciaProof.verify(Keccak.hash(node), key, List.of(node)))
        .contains(Bytes.of((byte) 7));
    Bytes padded = leaf("0x25ff", "0x07");
    assertThat(reasonOf(Keccak.hash(padded), key, List.of(padded)))
        .isEqualTo(Reason.MALFORMED_NODE);
  }

  @Test
  void refusesAnEmbeddedNodeThatIsLongEnoughToBeHashed() {
    RlpItem big =
        new Sequence(
            List.of(new ByteString(Bytes.parse("0x20")), new ByteString(Bytes.of(new byte[40]))));
    Bytes node = Rlp.encode(new Sequence(List.of(new ByteString(Bytes.parse("0x00ff")), big)));
    assertThat(reasonOf(Keccak.hash(node), Bytes.of((byte) 0xff), List.of(node)))
        .isEqualTo(Reason.MALFORMED_NODE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "trieanyorder.json",
        "trieanyorder_secureTrie.json",
        "trietest.json",
        "trietest_secureTrie.json",
        "hex_encoded_securetrie_test.json"
      })
  void provesThePublicTries(String file) throws IOException {
    boolean hashed = file.contains("secure");
    JsonNode vectors = PublicVectors.json("ethereum-tests/TrieTests/" + file);
    assertThat(vectors).isNotEmpty();
    for (JsonNode vector : vectors) {
      Map<Bytes, Bytes> content = new LinkedHashMap<>();
      List<Bytes> absent = new ArrayList<>(List.of(hashed(KEY, true), hashed(Bytes.EMPTY, hashed)));
      for (Map.Entry<String, JsonNode> entry : entries(vector.path("in"))) {
        Bytes key = hashed(text(entry.getKey()), hashed);
        if (entry.getValue().isNull()) {
          content.remove(key);
          absent.add(key);
        } else {
          content.put(key, text(entry.getValue().asText()));
        }
      }
      ReferenceTrie trie = new ReferenceTrie(content);
      assertThat(trie.root()).isEqualTo(Hash.parse(vector.path("root").asText()));
      content.forEach((key, value) ->
          assertThat(MerklePatriciaProof.verify(trie.root(), key, trie.prove(key)))
              .contains(value));
      absent.removeAll(content.keySet());
      for (Bytes key : absent) {
        assertThat(MerklePatriciaProof.verify(trie.root(), key, trie.prove(key))).isEmpty();
      }
    }
  }

  private static List<Map.Entry<String, JsonNode>> entries(JsonNode in) {
    if (in.isObject()) {
      return List.copyOf(in.properties());
    }
    List<Map.Entry<String, JsonNode>> entries = new ArrayList<>();
    in.forEach(pair -> entries.add(Map.entry(pair.get(0).asText(), pair.get(1))));
    return entries;
  }

  private static Reason reasonOf(Hash root, Bytes key, List<Bytes> nodes) {
    return catchThrowableOfType(
            InvalidProof.class, () -> MerklePatriciaProof.verify(root, key, nodes))
        .reason();
  }

  /** Short keys and values give branch values, extensions and embedded nodes. */
  private static Map<Bytes, Bytes> randomContent(Random random, int size) {
    Map<Bytes, Bytes> content = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      byte[] key = new byte[random.nextInt(4)];
      for (int j = 0; j < key.length; j++) {
        key[j] = (byte) (random.nextInt(3) * 0x11);
      }
      byte[] longKey = new byte[32];
      random.nextBytes(longKey);
      byte[] value = new byte[1 + random.nextInt(random.nextBoolean() ? 4 : 60)];
      random.nextBytes(value);
      content.put(Bytes.of(random.nextInt(3) == 0 ? longKey : key), Bytes.of(value));
    }
    return content;
  }

  private static Bytes leaf(String compact, String value) {
    return Rlp.encode(
        new Sequence(
            List.of(new ByteString(Bytes.parse(compact)), new ByteString(Bytes.parse(value)))));
  }

  private static Bytes hashed(Bytes key, boolean hash) {
    return hash ? Bytes.of(Keccak.hash(key).bytes()) : key;
  }

  private static Bytes text(String text) {
    return text.startsWith("0x")
        ? Bytes.parse(text)
        : Bytes.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Bytes flip(Bytes bytes, int index) {
    byte[] copy = bytes.bytes();
    copy[index] ^= 1;
    return Bytes.of(copy);
  }
}
