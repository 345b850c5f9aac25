package io.fundtrail.proof;

import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.proof.RlpItem.ByteString;
import io.fundtrail.proof.RlpItem.Sequence;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Builds the trie that a block's header commits to from what is in it (yellow paper, app. D). */
final class TrieNodes {
  private final List<Bytes> nodes = new ArrayList<>();

  private TrieNodes() {}

  /** The nodes of the trie of values that stand under their index. */
  static List<Bytes> ofIndexed(List<Bytes> values) {
    TreeMap<String, Bytes> content = new TreeMap<>();
    for (int i = 0; i < values.size(); i++) {
      content.put(HexFormat.of().formatHex(Answers.indexKey(i).bytes()), values.get(i));
    }
    TrieNodes trie = new TrieNodes();
    trie.nodes.add(Rlp.encode(trie.node(content)));
    return trie.nodes;
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
    nodes.add(encoded);
    return new ByteString(Bytes.of(Keccak.hash(encoded).bytes()));
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
