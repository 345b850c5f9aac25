package io.fundtrail.chain;

/** Which blocks of a chain count as final. */
public sealed interface Finality {
  /** Every block is final at once: the embedded node, and consensus such as QBFT. */
  record Immediate() implements Finality {
    @Override
    public String toString() {
      return "immediate";
    }
  }

  /** The chain's own {@code finalized} block, as proof of stake has it. */
  record Tag() implements Finality {
    @Override
    public String toString() {
      return "tag";
    }
  }

  /** A block is final once so many stand upon it. */
  record Depth(long blocks) implements Finality {
    public Depth {
      if (blocks < 1) {
        throw new IllegalArgumentException("finality depth must be 1 or more, not " + blocks);
      }
    }

    @Override
    public String toString() {
      return "depth:" + blocks;
    }
  }

  /** Reads {@code immediate}, {@code tag} or {@code depth:N}, which {@code toString} writes. */
  static Finality parse(String text) {
    if (text.equals("immediate")) {
      return new Immediate();
    }
    if (text.equals("tag")) {
      return new Tag();
    }
    if (text.matches("depth:[0-9]{1,9}")) {
      return new Depth(Long.parseLong(text.substring("depth:".length())));
    }
    throw new IllegalArgumentException(
        "finality must be immediate, tag or depth:N, not \"" + text + "\"");
  }
}
