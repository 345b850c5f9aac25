package io.fundtrail.index;

import io.fundtrail.model.BlockRef;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the index stands, for people. An answer from the database takes its {@code asOf} from the
 * {@link Checkpoint} of its own snapshot instead.
 *
 * @param chainHead the chain's newest block when it was last asked
 * @param checkpoint how far the index has come
 * @param lastReorganisation since the start of the program
 * @param throughput since the start of the program
 */
public record IndexStatus(
    IndexState state,
    Optional<BlockRef> chainHead,
    Optional<Checkpoint> checkpoint,
    Optional<Reorganisation> lastReorganisation,
    Throughput throughput) {
  /** How much was indexed, and how long that took, waiting not counted. */
  public record Throughput(long blocks, long logs, Duration busy) {
    static final Throughput NONE = new Throughput(0, 0, Duration.ZERO);

    public double blocksPerSecond() {
      return perSecond(blocks);
    }

    public double logsPerSecond() {
      return perSecond(logs);
    }

    Throughput plus(FetchedRange range, Duration took) {
      return new Throughput(
          blocks + range.to() - range.from() + 1, logs + range.entries().size(), busy.plus(took));
    }

    private double perSecond(long count) {
      return busy.isZero() ? 0 : count / (busy.toNanos() / 1e9);
    }
  }

  static IndexStatus initial() {
    return new IndexStatus(
        new IndexState.CatchingUp(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Throughput.NONE);
  }

  /** How many blocks of the chain are not indexed yet, if both ends are known. */
  public Optional<Long> blocksBehind() {
    return chainHead.flatMap(
        head -> checkpoint.map(at -> Math.max(0, head.number() - at.number())));
  }

  IndexStatus in(IndexState now) {
    return new IndexStatus(now, chainHead, checkpoint, lastReorganisation, throughput);
  }

  IndexStatus seeing(BlockRef head) {
    return new IndexStatus(state, Optional.of(head), checkpoint, lastReorganisation, throughput);
  }

  IndexStatus at(Checkpoint now) {
    return new IndexStatus(state, chainHead, Optional.of(now), lastReorganisation, throughput);
  }

  IndexStatus begunAgain() {
    return new IndexStatus(state, chainHead, Optional.empty(), lastReorganisation, throughput);
  }

  IndexStatus after(Reorganisation reorganisation) {
    return new IndexStatus(state, chainHead, checkpoint, Optional.of(reorganisation), throughput);
  }

  IndexStatus after(FetchedRange range, Duration took) {
    return new IndexStatus(
        state, chainHead, checkpoint, lastReorganisation, throughput.plus(range, took));
  }
}
