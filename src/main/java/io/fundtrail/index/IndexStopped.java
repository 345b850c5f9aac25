package io.fundtrail.index;

/** The index cannot go on without somebody's decision. */
final class IndexStopped extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient IndexState state;

  private IndexStopped(String reason, IndexState state) {
    super(reason);
    this.state = state;
  }

  static IndexStopped because(String reason) {
    return new IndexStopped(reason, new IndexState.Stopped(reason));
  }

  static IndexStopped because(IndexState.IntegrityFailure failure) {
    return new IndexStopped(failure.reason(), failure);
  }

  static IndexStopped because(IndexState.FalseLogs lie) {
    return new IndexStopped(lie.reason(), lie);
  }

  /** The state in which the index stays. */
  IndexState state() {
    return state;
  }
}
