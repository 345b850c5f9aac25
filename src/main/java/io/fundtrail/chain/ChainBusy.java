package io.fundtrail.chain;

/** There is no room for a transaction now; there will be when those before it are mined. */
public final class ChainBusy extends ChainException {
  private static final long serialVersionUID = 1L;

  public ChainBusy(String message) {
    super(message);
  }
}
