package io.fundtrail.app.demo;

import java.time.Instant;

/** Is told how far the demo has come. */
public interface DemoListener {
  /**
   * Called after each block.
   *
   * @param chainTime the time on the chain, which runs through the years of the offerings
   */
  void mined(int transactions, int total, Instant chainTime);
}
