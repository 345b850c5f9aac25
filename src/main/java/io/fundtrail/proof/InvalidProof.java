package io.fundtrail.proof;

/** A proof that shows nothing, with the reason why. */
public final class InvalidProof extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why a proof is refused. */
  public enum Reason {
    /** The path needs a node that is not there. */
    MISSING_NODE,
    /** A node's hash is not the one its parent, or the root, names. */
    WRONG_NODE,
    /** There are nodes after the end of the path. */
    UNUSED_NODE,
    /** A node has the right hash, but is no node of a Merkle-Patricia trie. */
    MALFORMED_NODE,
    /** The path leads to a value that is no account, or no storage word. */
    MALFORMED_VALUE
  }

  private final Reason reason;

  InvalidProof(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
