package io.fundtrail.index;

import io.fundtrail.chain.ChainReader;
import io.fundtrail.chain.Finality;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Hash;
import io.fundtrail.store.Database;
import java.util.Optional;

/** Which blocks are final, as far as those that were read bear out what the endpoint says. */
final class FinalBlocks {
  private final Database database;
  private final ChainReader chain;
  private final Finality finality;

  FinalBlocks(Database database, ChainReader chain, Finality finality) {
    this.database = database;
    this.chain = chain;
    this.finality = finality;
  }

  /** The last one, as the endpoint has it. */
  BlockRef last(CheckedHeader head) {
    return switch (finality) {
      case Finality.Immediate() -> head.ref();
      case Finality.Tag(), Finality.Depth(_) -> CheckedHeader.of(chain.finalHead(finality)).ref();
    };
  }

  /**
   * Where the index stands with a range. What is final never becomes less, whatever a lagging node
   * says.
   *
   * @throws ContradictoryAnswer if another block than the final one was read: once stored as final,
   *     a stray one would stop the index for good
   */
  Checkpoint checkpoint(
      Checkpoint before, FetchedRange range, long verifiedThrough, BlockRef finalBlock) {
    BlockRef last = range.last().ref();
    return onTheChain(finalBlock, range)
        .filter(block -> block.number() > before.finalNumber())
        .map(block -> new Checkpoint(last, verifiedThrough, block.number(), block.hash()))
        .orElseGet(
            () -> new Checkpoint(last, verifiedThrough, before.finalNumber(), before.finalHash()));
  }

  /** What is final up to the end of a range, if that is among the blocks that were read. */
  private Optional<BlockRef> onTheChain(BlockRef finalBlock, FetchedRange range) {
    long number = finalBlock.number();
    if (number >= range.to()) {
      return Optional.of(range.last().ref());
    }
    Optional<Hash> read =
        range
            .hashOf(number)
            .or(() -> database.read(handle -> Blocks.at(handle, number)).map(BlockRef::hash));
    if (read.isPresent() && !read.get().equals(finalBlock.hash())) {
      throw new ContradictoryAnswer(
          "%s is called final, but block %d was read as %s"
              .formatted(finalBlock, number, read.get()));
    }
    return read.map(_ -> finalBlock);
  }
}
