package io.fundtrail.proof;

import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.proof.RlpItem.ByteString;
import io.fundtrail.proof.RlpItem.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Builds a Merkle-Patricia trie the plain way, to prove keys of it to the verifier under test. */
final class ReferenceTrie {
  private final Map<Hash, Bytes> nodes = new HashMap<>();
  private final RlpItem rootNode;

  ReferenceTrie(Map<Bytes, Bytes> content) {
    TreeMap<String, Bytes> byNibbles = new TreeMap<>();
    content.forEach((key, value) -> byNibbles.put(nibbles(key), value));
    rootNode = node(byNibbles);
  }

  Hash root() {
    return Keccak.hash(Rlp.encode(rootNode));
  }

  /** The listed nodes on the way to a key, whether it is there or not. */
  List<Bytes> prove(Bytes key) {
    List<Bytes> proof = new ArrayList<>();
    proof.add(Rlp.encode(rootNode));
    RlpItem node = rootNode;
    String rest = nibbles(key);
    while (node instanceof Sequence(List<RlpItem> items)) {
      RlpItem child;
      if (items.size() == 17) {
        if (rest.isEmpty()) {
          return proof;
        }
        child = items.get(Character.digit(rest.charAt(0), 16));
        rest = rest.substring(1);
      } else {
        String compact = nibbles(items.getFirst().asByteString().value());
        String path = compact.substring(compact.charAt(0) % 2 == 1 ? 1 : 2);
        if (compact.charAt(0) >= '2' || !rest.startsWith(path)) {
          return proof;
        }
        child = items.getLast();
        rest = rest.substring(path.length());
      }
      if (child instanceof ByteString(Bytes hash) && !hash.isEmpty()) {
        Bytes encoded = stored(Hash.of(hash.bytes()));
        proof.add(encoded);
        child = Rlp.decode(encoded);
      }
      node = child;
    }
    return proof;
  }

  private Bytes stored(Hash hash) {
    @Nullable Bytes encoded = nodes.get(hash);
    if (encoded == null) {
      throw new AssertionError("no node " + hash);
    }
    return encoded;
  }

  private RlpItem node(NavigableMap<String, Bytes> content) {
    if (content.isEmpty()) {
      return new ByteString(Bytes.EMPTY);
    }
    if (content.size() == 1) {
      Map.Entry<String, Bytes> only = content.firstEntry();
      return new Sequence(List.of(compact(only.getKey(), true), new ByteString(only.getValue())));
    }
    String common = commonPrefix(content.firstKey(), content.lastKey());
    if (!common.isEmpty()) {
      return new Sequence(List.of(compact(common, false), reference(below(content, common))));
    }
    List<RlpItem> items = new ArrayList<>();
    for (int digit = 0; digit < 16; digit++) {
      items.add(reference(below(content, Integer.toHexString(digit))));
    }
    items.add(new ByteString(content.getOrDefault("", Bytes.EMPTY)));
    return new Sequence(items);
  }

  private RlpItem reference(NavigableMap<String, Bytes> content) {
    RlpItem node = node(content);
    Bytes encoded = Rlp.encode(node);
    if (encoded.size() < Hash.SIZE) {
      return node;
    }
    Hash hash = Keccak.hash(encoded);
    nodes.put(hash, encoded);
    return new ByteString(Bytes.of(hash.bytes()));
  }

  private static NavigableMap<String, Bytes> below(
      NavigableMap<String, Bytes> content, String prefix) {
    TreeMap<String, Bytes> below = new TreeMap<>();
    content
        .subMap(prefix, true, prefix + Character.MAX_VALUE, false)
        .forEach((key, value) -> below.put(key.substring(prefix.length()), value));
    return below;
  }

  private static ByteString compact(String path, boolean leaf) {
    String flag = Integer.toHexString((leaf ? 2 : 0) + path.length() % 2);
    return new ByteString(Bytes.parse("0x" + flag + (path.length() % 2 == 0 ? "0" : "") + path));
  }

  private static String commonPrefix(String first, String last) {
    int length = 0;
    while (length < first.length()
        && length < last.length()
        && first.charAt(length) == last.charAt(length)) {
      length++;
    }
    return first.substring(0, length);
  }

  private static String nibbles(Bytes key) {
    return HexFormat.of().formatHex(key.bytes());
  }
}
