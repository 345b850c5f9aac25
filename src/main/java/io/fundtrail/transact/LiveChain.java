package io.fundtrail.transact;

import io.fundtrail.api.Problem;
import io.fundtrail.chain.ChainReader;
import io.fundtrail.chain.TransactionGateway;
import org.jspecify.annotations.Nullable;

/**
 * The chain, from the moment it takes transactions; the embedded node does so once its block log is
 * replayed. Until then every use is answered with a problem.
 */
public final class LiveChain {
  private record Ends(ChainReader reader, TransactionGateway gateway) {}

  private volatile @Nullable Ends ends;

  /** Transactions are taken from now on. */
  public void open(ChainReader reader, TransactionGateway gateway) {
    ends = new Ends(reader, gateway);
  }

  /** Transactions are no longer taken. */
  public void close() {
    ends = null;
  }

  public boolean isOpen() {
    return ends != null;
  }

  /**
   * The node to ask.
   *
   * @throws Problem while there is none
   */
  public ChainReader reader() {
    return present().reader();
  }

  TransactionGateway gateway() {
    return present().gateway();
  }

  private Ends present() {
    Ends now = ends;
    if (now == null) {
      throw Problem.notReady("Transactions are not accepted yet: the chain is still starting.");
    }
    return now;
  }
}
