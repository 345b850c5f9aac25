package io.fundtrail.proof;

/** The bytes are not the canonical RLP encoding of anything, or not of what belongs there. */
public final class RlpException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RlpException(String message) {
    super(message);
  }
}
