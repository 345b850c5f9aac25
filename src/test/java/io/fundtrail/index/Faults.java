package io.fundtrail.index;

import io.fundtrail.chain.Patience;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Faults that happen at random, until there were enough, but never in two exchanges on end: what is
 * asked again has a chance. One counts only when it changed an answer and whoever asked has read
 * on: its next question shows that.
 */
final class Faults {
  private final Random random;
  private final List<Fault> kinds;
  private final double rate;
  private final LedgerChain ledger;
  private final LedgerChain otherChain;
  private final Patience patience;
  private final List<Fault> given = new ArrayList<>();
  private final Map<Fault, Integer> consumed = new EnumMap<>(Fault.class);
  private int left;

  /**
   * Faults to come.
   *
   * @param most how many
   * @param rate in how many of all exchanges one is tried
   */
  Faults(
      Random random,
      List<Fault> kinds,
      int most,
      double rate,
      LedgerChain ledger,
      LedgerChain otherChain,
      Patience patience) {
    this.random = random;
    this.kinds = kinds;
    this.left = most;
    this.rate = rate;
    this.ledger = ledger;
    this.otherChain = otherChain;
    this.patience = patience;
  }

  /** What happens in the next exchange. */
  synchronized LyingEndpoint.Tampering next() {
    boolean justNow = !given.isEmpty();
    given.forEach(fault -> consumed.merge(fault, 1, Integer::sum));
    given.clear();
    if (left == 0 || justNow || random.nextDouble() >= rate) {
      return (method, params, answer) -> false;
    }
    Fault fault = kinds.get(random.nextInt(kinds.size()));
    return new FaultyExchange(
        fault, new Random(random.nextLong()), ledger, otherChain, patience, () -> happened(fault));
  }

  synchronized boolean areOver() {
    return left == 0 && given.isEmpty();
  }

  /** How many of each kind were consumed. */
  synchronized Map<Fault, Integer> consumed() {
    return new EnumMap<>(consumed);
  }

  private synchronized void happened(Fault fault) {
    given.add(fault);
    left = Math.max(0, left - 1);
  }
}
