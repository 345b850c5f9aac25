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

  /**
   * The same, for who does not need it to be mined: when this returns, it will be.
   *
   * @throws TransactionRefused if it can never be mined as it is
   * @throws ChainException if the node cannot take it; whether it did is then unknown
   */
  default Hash accept(SignedTransaction transaction) {
    return send(transaction.raw());
  }

  /** What a transaction should offer now to be mined soon. */
  Fees suggestedFees();

  /** The chain's clock: the earliest time that the next block can carry. */
  Instant nextBlockTime();
}
