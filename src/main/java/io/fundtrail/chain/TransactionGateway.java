package io.fundtrail.chain;

import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import java.time.Instant;

/** Where signed transactions go in: the embedded node, or a node elsewhere. */
public interface TransactionGateway {
  /**
   * Hands over a signed transaction and gives its hash.
   *
   * @throws TransactionRefused if it can never be mined as it is
   * @throws ChainException if the node cannot take it; whether it did is then unknown
   */
  Hash send(Bytes rawTransaction);

  /** A transaction that was handed over, and whose acceptance is still to come. */
  interface Accepting {
    /**
     * Waits, and gives the transaction's hash.
     *
     * @throws TransactionRefused if it can never be mined as it is
     * @throws ChainBusy if it may be taken later
     * @throws ChainException if the node cannot take it; whether it did is then unknown
     */
    Hash accepted();
  }

  /**
   * Hands over a signed transaction for who does not need it to be mined, nor to wait before the
   * next is handed over: when it is accepted, it will be mined. What one thread hands over is taken
   * in that order.
   *
   * @throws ChainException as {@link Accepting#accepted} does
   */
  default Accepting accepting(SignedTransaction transaction) {
    Hash hash = send(transaction.raw());
    return () -> hash;
  }

  /** What a transaction should offer now to be mined soon. */
  Fees suggestedFees();

  /** The chain's clock: the earliest time that the next block can carry. */
  Instant nextBlockTime();
}
