package io.fundtrail.chain;

/** A transaction that was not taken and left no trace, with the reason why. */
public final class TransactionRefused extends ChainException {
  private static final long serialVersionUID = 1L;

  /** Why a transaction is refused. */
  public enum Reason {
    /** The bytes are no signed transaction of a kind that the chain takes. */
    MALFORMED,
    /** It is signed for another chain, or for any. */
    WRONG_CHAIN,
    /** A transaction with this nonce, or this very one, is already mined. */
    NONCE_TOO_LOW,
    /** The sender's earlier transactions are missing. */
    NONCE_GAP,
    /** It offers or sends ether that the sender does not have. */
    NO_ETHER,
    /** Its gas limit is too low to start with, or above what a block holds. */
    GAS_LIMIT,
    /** The node gave another reason, which the message holds. */
    NODE
  }

  private final Reason reason;

  public TransactionRefused(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
