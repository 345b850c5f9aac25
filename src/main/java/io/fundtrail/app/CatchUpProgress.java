package io.fundtrail.app;

/** Is told, about once a second, how an index comes nearer to the chain's head. */
public interface CatchUpProgress {
  /**
   * Takes note.
   *
   * @param blocks that were indexed since it began to catch up
   * @param total those, and the ones that are left
   * @param pace in words: events a second, and the time left at that rate; empty at first
   */
  void indexed(long blocks, long total, String pace);
}
