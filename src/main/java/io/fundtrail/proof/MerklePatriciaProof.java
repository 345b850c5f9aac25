package io.fundtrail.proof;

import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.proof.InvalidProof.Reason;
import io.fundtrail.proof.RlpItem.ByteString;
import io.fundtrail.proof.RlpItem.Sequence;
import java.util.List;
import java.util.Optional;

/**
 * Verifies one path through a Merkle-Patricia trie (Ethereum yellow paper, appendix D): that a key
 * has a value under a root, or that it has none. The nodes stand in order from the root; those that
 * their parent embeds (shorter than 32 bytes) are not listed again. Every node listed must be used.
 */
public final class MerklePatriciaProof {
  /** The root of a trie without keys: keccak-256 of the RLP of the empty string. */
  public static final Hash EMPTY_ROOT =
      Hash.parse("0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421");

  private static final int BRANCH_SIZE = 17;
  private static final int BRANCH_VALUE = 16;

  private MerklePatriciaProof() {}

  /**
   * The value of {@code key} (which the state and storage tries hash beforehand), or empty where
   * the trie provably has none. The empty trie is proven by no node at all, or by its one empty
   * node.
   *
   * @throws InvalidProof if the nodes show neither
   */
  public static Optional<Bytes> verify(Hash root, Bytes key, List<Bytes> nodes) {
    if (nodes.isEmpty() && root.equals(EMPTY_ROOT)) {
      return Optional.empty();
    }
    Listed listed = new Listed(nodes);
    Optional<Bytes> value = new Path(key, listed).follow(root);
    if (listed.used != nodes.size()) {
      throw new InvalidProof(
          Reason.UNUSED_NODE,
          "the path ends after " + listed.used + " of " + nodes.size() + " nodes");
    }
    return value;
  }

  /**
   * The value of {@code key} by nodes that are found by their hash, or empty where the trie
   * provably has none. The empty trie needs no node.
   *
   * @throws InvalidProof if the nodes show neither
   */
  static Optional<Bytes> find(Hash root, Bytes key, Nodes nodes) {
    return root.equals(EMPTY_ROOT) ? Optional.empty() : new Path(key, nodes).follow(root);
  }

  /** Where the nodes of a trie come from. */
  interface Nodes {
    /**
     * The node of a hash, decoded.
     *
     * @throws InvalidProof if it is not there
     * @throws RlpException if what is there is no RLP
     */
    RlpItem node(Hash hash);
  }

  /** The nodes of one path in their order. */
  private static final class Listed implements Nodes {
    private final List<Bytes> nodes;
    private int used;

    private Listed(List<Bytes> nodes) {
      this.nodes = nodes;
    }

    @Override
    public RlpItem node(Hash expected) {
      if (used == nodes.size()) {
        throw new InvalidProof(
            Reason.MISSING_NODE,
            "node " + used + ", which has the hash " + expected + ", is missing");
      }
      Bytes encoded = nodes.get(used);
      Hash actual = Keccak.hash(encoded);
      if (!actual.equals(expected)) {
        throw new InvalidProof(
            Reason.WRONG_NODE, "node " + used + " has the hash " + actual + ", not " + expected);
      }
      used++;
      return Rlp.decode(encoded);
    }
  }

  /** A walk down the trie: how many nodes and how many nibbles of the key are behind it. */
  private static final class Path {
    private final Bytes key;
    private final Nodes nodes;
    private int used;
    private int depth;

    private Path(Bytes key, Nodes nodes) {
      this.key = key;
      this.nodes = nodes;
    }

    private Optional<Bytes> follow(Hash root) {
      try {
        return walk(root);
      } catch (RlpException e) {
        throw malformed("it holds " + e.getMessage());
      }
    }

    private Optional<Bytes> walk(Hash root) {
      RlpItem node = listed(root);
      if (isEmpty(node)) {
        return Optional.empty();
      }
      while (true) {
        List<RlpItem> items = node.asSequence().items();
        Step step =
            switch (items.size()) {
              case BRANCH_SIZE -> branch(items);
              case 2 -> leafOrExtension(items);
              default -> throw malformed("it has " + items.size() + " items, not 17 or 2");
            };
        switch (step) {
          case Found(Bytes value) -> {
            return Optional.of(value);
          }
          case Absent() -> {
            return Optional.empty();
          }
          case Down(RlpItem child) -> node = resolve(child);
        }
      }
    }

    private Step branch(List<RlpItem> items) {
      if (depth == keyNibbles()) {
        Bytes value = items.get(BRANCH_VALUE).asByteString().value();
        return value.isEmpty() ? new Absent() : new Found(value);
      }
      RlpItem child = items.get(nibble(key, depth++));
      return isEmpty(child) ? new Absent() : new Down(child);
    }

    private Step leafOrExtension(List<RlpItem> items) {
      Bytes compact = items.getFirst().asByteString().value();
      if (compact.isEmpty() || (compact.get(0) & 0xc0) != 0) {
        throw malformed("its path has no valid hex prefix: " + compact);
      }
      boolean leaf = (compact.get(0) & 0x20) != 0;
      boolean odd = (compact.get(0) & 0x10) != 0;
      if (!odd && (compact.get(0) & 0x0f) != 0) {
        throw malformed("its even path is padded with a nibble other than zero: " + compact);
      }
      int first = odd ? 1 : 2;
      int length = 2 * compact.size() - first;
      boolean matches = keyContinuesWith(compact, first, length);
      if (leaf) {
        Bytes value = items.getLast().asByteString().value();
        if (value.isEmpty()) {
          throw malformed("it is a leaf without a value");
        }
        return matches && depth + length == keyNibbles() ? new Found(value) : new Absent();
      }
      if (length == 0) {
        throw malformed("it is an extension without a path");
      }
      if (isEmpty(items.getLast())) {
        throw malformed("it is an extension without a child");
      }
      if (!matches) {
        return new Absent();
      }
      depth += length;
      return new Down(items.getLast());
    }

    private boolean keyContinuesWith(Bytes compact, int first, int length) {
      if (length > keyNibbles() - depth) {
        return false;
      }
      for (int i = 0; i < length; i++) {
        if (nibble(compact, first + i) != nibble(key, depth + i)) {
          return false;
        }
      }
      return true;
    }

    /** A child is named by its hash, or embedded when its encoding is shorter than that. */
    private RlpItem resolve(RlpItem child) {
      return switch (child) {
        case Sequence embedded -> {
          int size = Rlp.size(embedded);
          if (size >= Hash.SIZE) {
            throw malformed("it embeds a node of " + size + " bytes, 31 being the most");
          }
          yield embedded;
        }
        case ByteString(Bytes hash) -> {
          if (hash.size() != Hash.SIZE) {
            throw malformed("it names a child by " + hash.size() + " bytes, not 32");
          }
          yield listed(Hash.of(hash.bytes()));
        }
      };
    }

    private RlpItem listed(Hash expected) {
      used++;
      return nodes.node(expected);
    }

    private InvalidProof malformed(String what) {
      return new InvalidProof(
          Reason.MALFORMED_NODE, "node " + (used - 1) + " is no trie node: " + what);
    }

    private int keyNibbles() {
      return 2 * key.size();
    }

    private static int nibble(Bytes bytes, int index) {
      return (bytes.get(index / 2) >> (index % 2 == 0 ? 4 : 0)) & 0xf;
    }

    private static boolean isEmpty(RlpItem item) {
      return item instanceof ByteString(Bytes value) && value.isEmpty();
    }
  }

  private sealed interface Step {}

  private record Found(Bytes value) implements Step {}

  private record Absent() implements Step {}

  private record Down(RlpItem child) implements Step {}
}
