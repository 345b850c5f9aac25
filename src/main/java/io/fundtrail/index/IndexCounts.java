package io.fundtrail.index;

/**
 * What an index has done since the start of the program.
 *
 * @param reorganisations how often the chain replaced what was indexed
 * @param headsChecked histories of contracts that were compared with their proven heads
 * @param lies how often it stopped because logs were not those of a proven history, or of a block's
 *     receipts
 */
public record IndexCounts(long reorganisations, long headsChecked, long lies) {
  static final IndexCounts NONE = new IndexCounts(0, 0, 0);

  IndexCounts checked(int heads) {
    return new IndexCounts(reorganisations, headsChecked + heads, lies);
  }

  IndexCounts after(IndexStatus before, IndexStatus now) {
    boolean reorganised =
        now.lastReorganisation().isPresent()
            && !now.lastReorganisation().equals(before.lastReorganisation());
    boolean lied = isLie(now.state()) && !now.state().equals(before.state());
    return new IndexCounts(
        reorganisations + (reorganised ? 1 : 0), headsChecked, lies + (lied ? 1 : 0));
  }

  private static boolean isLie(IndexState state) {
    return state instanceof IndexState.IntegrityFailure || state instanceof IndexState.FalseLogs;
  }
}
