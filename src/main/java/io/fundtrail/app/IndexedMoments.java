package io.fundtrail.app;

import io.fundtrail.api.Moment;
import io.fundtrail.api.Moments;
import io.fundtrail.api.Problem;
import io.fundtrail.api.ProblemType;
import io.fundtrail.chain.Finality;
import io.fundtrail.index.Blocks;
import io.fundtrail.index.Checkpoint;
import io.fundtrail.model.AsOf;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Hash;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Finds the block that a request asks about in what the index holds. */
public record IndexedMoments(Finality finality) implements Moments {
  @Override
  public AsOf asOf(Handle snapshot, Moment moment) {
    Checkpoint checkpoint =
        Checkpoint.read(snapshot)
            .orElseThrow(() -> Problem.notReady("The index holds no block yet."));
    return switch (moment) {
      case Moment.Latest() -> checkpoint.asOf(finality);
      case Moment.AtBlock(long number) ->
          checkpoint.asOf(
              at(snapshot, checkpoint, number), finality, number <= checkpoint.finalNumber());
      case Moment.AtTime(Instant time) -> {
        BlockRef block = at(snapshot, checkpoint, time);
        yield checkpoint.asOf(block, finality, isSettled(snapshot, checkpoint, block, time));
      }
      case Moment.Pinned(long number, Hash hash) ->
          checkpoint.asOf(
              pinned(snapshot, number, hash), finality, number <= checkpoint.finalNumber());
    };
  }

  /** A time means no other block once it is a final block's own, or such a one came after it. */
  private static boolean isSettled(
      Handle snapshot, Checkpoint checkpoint, BlockRef block, Instant time) {
    long last = checkpoint.finalNumber();
    return block.time().equals(time)
        ? block.number() <= last
        : Blocks.firstAfter(snapshot, time).filter(next -> next.number() <= last).isPresent();
  }

  @Override
  public BlockRef anchor(Handle snapshot, AsOf asOf) {
    return Blocks.lastWithLogUntil(snapshot, asOf.block().number()).orElse(asOf.block());
  }

  private static BlockRef at(Handle snapshot, Checkpoint checkpoint, long number) {
    if (number > checkpoint.number()) {
      throw notIndexed("The last block indexed is " + checkpoint.number() + ".");
    }
    return Blocks.lastUntil(snapshot, number).orElseThrow(IndexedMoments::beforeTheLedger);
  }

  private static BlockRef at(Handle snapshot, Checkpoint checkpoint, Instant time) {
    Instant last = checkpoint.block().time();
    if (time.isAfter(last)) {
      throw notIndexed(
          "The last block indexed is of " + last + "; without «at» the answer is as of that one.");
    }
    return Blocks.lastUntil(snapshot, time).orElseThrow(IndexedMoments::beforeTheLedger);
  }

  private static BlockRef pinned(Handle snapshot, long number, Hash hash) {
    return Blocks.at(snapshot, number)
        .filter(block -> block.hash().equals(hash))
        .orElseThrow(() ->
            Problem.of(
                ProblemType.CURSOR_ORPHANED,
                "The chain no longer has block " + number + " with the hash " + hash + "."));
  }

  private static Problem beforeTheLedger() {
    return notIndexed("The ledger began later.");
  }

  private static Problem notIndexed(String why) {
    return Problem.of(ProblemType.BLOCK_NOT_INDEXED, why);
  }
}
