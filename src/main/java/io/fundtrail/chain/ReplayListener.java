package io.fundtrail.chain;

/** Is told how far the replay of the block log has come. */
public interface ReplayListener {
  void replayed(long blocks, long total);
}
