package io.fundtrail.app;

/** Is told how far the blocks of an embedded chain are built again. */
public interface ReplayProgress {
  void replayed(long blocks, long total);
}
