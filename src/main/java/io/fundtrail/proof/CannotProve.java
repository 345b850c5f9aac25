package io.fundtrail.proof;

import io.fundtrail.proof.Refusal.RefusedBundle;

/** What is asked is not so, or cannot be shown; no bundle could. */
public final class CannotProve extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Refusal reason;

  CannotProve(RefusedBundle refused) {
    super(refused.getMessage(), refused);
    this.reason = refused.reason();
  }

  public Refusal reason() {
    return reason;
  }
}
