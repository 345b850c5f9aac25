package io.fundtrail.proof;

import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.proof.RlpItem.ByteString;
import io.fundtrail.proof.RlpItem.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Builds the nodes of a Merkle-Patricia trie from what is in it (yellow paper, appendix D). */
final class TrieNodes {
  private final Map<Hash, Bytes> nodes = new LinkedHashMap<>();
  private final Bytes root;

  private TrieNodes(Map<Bytes, Bytes> content) {
    TreeMap<String, Bytes> byNibbles = new TreeMap<>();
    content.forEach((key, value) -> byNibbles.put(HexFormat.of().formatHex(key.bytes()), value));
    root = Rlp.encode(node(byNibbles));
    nodes.put(Keccak.hash(root), root);
  }

  static TrieNodes of(Map<Bytes, Bytes> content) {
    return new TrieNodes(content);
  }

  /** The trie of values that stand under their index, as a block's header commits to them. */
  static TrieNodes ofIndexed(List<Bytes> values) {
    Map<Bytes, Bytes> content = new HashMap<>();
    for (int i = 0; i < values.size(); i++) {
      content.put(Answers.indexKey(i), values.get(i));
    }
    return of(content);
  }

  Bytes root() {
    return root;
  }

  /** Those of 32 bytes and more, by their hash, and the root. */
  Map<Hash, Bytes> byHash() {
    return nodes;
  }

  private RlpItem node(NavigableMap<String, Bytes> content) {
    if (content.isEmpty()) {
      return new ByteString(Bytes.EMPTY);
    }
    if (content.size() == 1) {
      var only = content.firstEntry();
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
    while (length < Math.min(first.length(), last.length())
        && first.charAt(length) == last.charAt(length)) {
      length++;
    }
    return first.substring(0, length);
  }
}
