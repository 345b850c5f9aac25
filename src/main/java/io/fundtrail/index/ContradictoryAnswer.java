package io.fundtrail.index;

/**
 * The endpoint's answers do not fit together. A block that was replaced in between explains it, or
 * an endpoint of several nodes of which one lags: then asking again helps.
 */
final class ContradictoryAnswer extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final IndexStopped lasting;

  ContradictoryAnswer(String message) {
    super(message);
    this.lasting = IndexStopped.because(message);
  }

  ContradictoryAnswer(IndexState.IntegrityFailure failure) {
    super(failure.reason());
    this.lasting = IndexStopped.because(failure);
  }

  ContradictoryAnswer(IndexState.FalseLogs lie) {
    super(lie.reason());
    this.lasting = IndexStopped.because(lie);
  }

  /** What it means when it stays. */
  IndexStopped lasting() {
    return lasting;
  }
}
