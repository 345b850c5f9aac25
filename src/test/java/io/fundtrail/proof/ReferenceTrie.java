package io.fundtrail.proof;

import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.proof.RlpItem.ByteString;
import io.fundtrail.proof.RlpItem.Sequence;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Proves keys of a trie to the verifier under test, by walking it the plain way. */
final class ReferenceTrie {
  private final TrieNodes nodes;

  ReferenceTrie(Map<Bytes, Bytes> content) {
    nodes = TrieNodes.of(content);
  }

  Hash root() {
    return Keccak.hash(nodes.root());
  }

  /** The listed nodes on the way to a key, whether it is there or not. */
  List<Bytes> prove(Bytes key) {
    List<Bytes> proof = new ArrayList<>();
    proof.add(nodes.root());
    RlpItem node = Rlp.decode(nodes.root());
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
    @Nullable Bytes encoded = nodes.byHash().get(hash);
    if (encoded == null) {
      throw new AssertionError("no node " + hash);
    }
    return encoded;
  }

  private static String nibbles(Bytes key) {
    return HexFormat.of().formatHex(key.bytes());
  }
}
