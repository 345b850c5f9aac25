package io.fundtrail.audit;

import io.fundtrail.api.Answer;
import io.fundtrail.api.Dated;
import io.fundtrail.api.Field;
import io.fundtrail.api.Moment;
import io.fundtrail.api.Moments;
import io.fundtrail.api.Problem;
import io.fundtrail.api.ProblemType;
import io.fundtrail.api.RequestParams;
import io.fundtrail.api.Route;
import io.fundtrail.api.Routes;
import io.fundtrail.chain.ChainReader;
import io.fundtrail.chain.ChainUnavailable;
import io.fundtrail.index.Blocks;
import io.fundtrail.index.Checkpoint;
import io.fundtrail.model.AsOf;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Hash;
import io.fundtrail.store.ReadOnlyDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Says when a block was, and which block a moment falls behind. The index keeps the blocks with an
 * event of the ledger and the recent ones; the node is asked about others, between two that are
 * kept.
 */
public final class BlockRoutes implements Routes {
  private static final String LATEST = "latest";
  private static final int HASH_LENGTH = 66;

  private final ReadOnlyDatabase database;
  private final Moments moments;
  private final Supplier<ChainReader> chain;

  /**
   * Routes that ask a node where they have to.
   *
   * @param chain throws a {@link Problem} while there is no node to ask
   */
  public BlockRoutes(ReadOnlyDatabase database, Moments moments, Supplier<ChainReader> chain) {
    this.database = database;
    this.moments = moments;
    this.chain = chain;
  }

  record BlockAnswer(AsOf asOf, BlockRef block) implements Dated {}

  /**
   * Kept blocks on either side of what is looked for, and what an answer between them is true of.
   */
  private record Around(AsOf asOf, BlockRef below, Optional<BlockRef> above) {
    BlockAnswer found(BlockRef block) {
      return new BlockAnswer(asOf.of(block), block);
    }
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/v1/blocks", this::at, "at"), Route.get("/v1/blocks/{block}", this::block));
  }

  private Answer block(RequestParams request) {
    Field block = request.path("block");
    String expected = "a block's number, its hash, or latest";
    String text = block.text(1, HASH_LENGTH);
    if (text.equals(LATEST)) {
      return database.read(handle -> {
        AsOf asOf = moments.asOf(handle, new Moment.Latest());
        return Answer.json(new BlockAnswer(asOf, asOf.block()));
      });
    }
    if (text.length() == HASH_LENGTH) {
      return byHash(block.hash());
    }
    if (!text.matches("0|[1-9][0-9]{0,15}")) {
      throw block.wrong(expected);
    }
    return numbered(block.blockNumber());
  }

  /** Of blocks that are not kept the hash is not known. */
  private Answer byHash(Hash hash) {
    return database.read(handle -> {
      BlockRef block =
          Blocks.of(handle, hash)
              .orElseThrow(() ->
                  Problem.of(
                      ProblemType.BLOCK_NOT_INDEXED,
                      "No block of this hash is among those that the index keeps."));
      AsOf asOf = moments.asOf(handle, new Moment.Pinned(block.number(), hash));
      return Answer.json(new BlockAnswer(asOf, block));
    });
  }

  private Answer numbered(long number) {
    Around around =
        database.read(handle -> {
          AsOf asOf = moments.asOf(handle, new Moment.AtBlock(number));
          return new Around(asOf, asOf.block(), Optional.empty());
        });
    BlockRef block = around.below().number() == number ? around.below() : ask(number);
    return Answer.json(around.found(block));
  }

  private Answer at(RequestParams request) {
    Instant time =
        request
            .query("at")
            .orElseThrow(() ->
                Problem.invalid("query", "at", null, "a time in UTC such as 2017-07-08T00:00:00Z"))
            .time();
    Around around =
        database.read(handle -> {
          AsOf asOf = moments.asOf(handle, new Moment.AtTime(time));
          Optional<BlockRef> above =
              Blocks.firstAfter(handle, time)
                  .or(() -> Checkpoint.read(handle).map(Checkpoint::block));
          return new Around(asOf, asOf.block(), above);
        });
    return Answer.json(around.found(lastUntil(time, around.below(), around.above())));
  }

  /** Halves the blocks between two kept ones, of which the lower is not later than the time. */
  private BlockRef lastUntil(Instant time, BlockRef below, Optional<BlockRef> above) {
    BlockRef low = below;
    long high = above.map(BlockRef::number).orElse(below.number());
    while (high - low.number() > 1) {
      long middle = low.number() + (high - low.number()) / 2;
      BlockRef block = ask(middle);
      if (block.time().isAfter(time)) {
        high = middle;
      } else {
        low = block;
      }
    }
    return low;
  }

  private BlockRef ask(long number) {
    try {
      return chain.get().header(number).ref();
    } catch (ChainUnavailable e) {
      throw Problem.of(ProblemType.CHAIN_UNAVAILABLE, "The node could not be reached in time.");
    }
  }
}
