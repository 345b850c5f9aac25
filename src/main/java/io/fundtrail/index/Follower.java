package io.fundtrail.index;

import io.fundtrail.chain.ChainReader;
import io.fundtrail.chain.ChainUnavailable;
import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Hash;
import io.fundtrail.proof.LogsBloom;
import io.fundtrail.store.Database;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the index along the chain, step by step. For one thread.
 *
 * <p>A range that ends at the chain's head is verified before it is stored. If all was verified up
 * to its beginning and each of its headers was read, then only contracts that logged, or that the
 * blooms do not clear, need a proof; otherwise all do. Ranges far behind the head are stored
 * unverified, since nodes forget old states, and are covered by the next proof at the head: a head
 * binds all that came before.
 */
final class Follower {
  private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

  /** How often answers may contradict each other, or a chain be too short, before it counts. */
  private static final int ATTEMPTS = 3;

  /** How often in a row the chain may go on while a step asks it, before that counts as well. */
  private static final int MOST_OVERTAKEN = 50;

  private static final int SMALLEST_SPAN = 16;

  private final Database database;
  private final ChainReader chain;
  private final IndexSettings settings;
  private final Discovery discovery;
  private final Opening opening;
  private final IndexWriter writer;
  private final RangeReader reader;
  private final HeadCheck verifier;
  private final Optional<ReceiptCheck> receipts;
  private final FinalBlocks finality;
  private final ForkFinder forks;
  private final Progress progress;
  private final Storing storing;

  /** What is stored, or will be when the storing under way is finished. */
  private @Nullable Position taken;

  private @Nullable CheckedHeader seen;
  private int contradictions;
  private int overtaken;
  private int shorterChains;
  private int span;

  /** Whether it is known that no index waits to be built. */
  private boolean indexed;

  private long unprovable = -1;

  Follower(
      Database database,
      ChainReader chain,
      IndexSettings settings,
      Discovery discovery,
      IndexWriter writer,
      HeadCheck verifier,
      Progress progress) {
    this.database = database;
    this.chain = chain;
    this.settings = settings;
    this.discovery = discovery;
    this.opening = new Opening(database, chain, settings, discovery, writer);
    this.writer = writer;
    this.reader = new RangeReader(chain, discovery);
    this.verifier = verifier;
    this.receipts = ReceiptCheck.of(chain, settings.verification());
    this.finality = new FinalBlocks(database, chain, settings.finality());
    this.forks = new ForkFinder(database, chain);
    this.progress = progress;
    this.storing = new Storing();
    this.span = SMALLEST_SPAN;
  }

  /**
   * Takes one step.
   *
   * @return whether the chain goes on beyond it
   * @throws ContradictoryAnswer if the step may succeed when it is tried again
   * @throws IndexStopped if it will not
   */
  boolean step() {
    Position position = position();
    try {
      boolean more = step(position);
      contradictions = 0;
      overtaken = 0;
      return more;
    } catch (ContradictoryAnswer e) {
      storing.finish();
      if (hasMovedOn() && ++overtaken < MOST_OVERTAKEN) {
        return true;
      }
      overtaken = 0;
      if (++contradictions < ATTEMPTS) {
        throw e;
      }
      contradictions = 0;
      takeBackUnverified(position.checkpoint());
      throw e.lasting();
    }
  }

  void rebuild(boolean acceptChain) {
    storing.finish();
    opening.rebuild(acceptChain);
    reload();
    progress.update(IndexStatus::begunAgain);
  }

  /** Trusts nothing but the database about what is stored. */
  void reload() {
    taken = null;
    try {
      storing.finish();
    } catch (RuntimeException e) {
      LOG.warn("A range was not stored", e);
    }
  }

  /** Sees how far the index has come under another program, and the chain. */
  void watch() {
    CheckedHeader head = CheckedHeader.of(chain.head());
    Optional<Checkpoint> checkpoint = database.read(Checkpoint::read);
    progress.update(status -> checkpoint.map(status::at).orElse(status).seeing(head.ref()));
  }

  private Position position() {
    return taken == null ? enter(opening.open()) : taken;
  }

  private Position enter(Position position) {
    taken = position;
    indexed = false;
    progress.update(status -> status.at(position.checkpoint()));
    return position;
  }

  private boolean step(Position position) {
    CheckedHeader head = CheckedHeader.of(chain.head());
    seen = head;
    progress.update(status -> status.seeing(head.ref()));
    Checkpoint checkpoint = position.checkpoint();
    if (head.number() < checkpoint.number()) {
      storing.finish();
      followShorterChain(position, head);
      return true;
    }
    shorterChains = 0;
    if (!standsOn(checkpoint.block(), head)) {
      storing.finish();
      leaveFork(position, checkpoint.number());
      return true;
    }
    if (head.number() == checkpoint.number()) {
      settle();
      confirm(position, head);
      return false;
    }
    return index(position, head);
  }

  /** A node may answer for the block that it is making; then the next look is at that one. */
  private boolean hasMovedOn() {
    return seen != null && !chain.head().hash().equals(seen.hash());
  }

  private boolean standsOn(BlockRef block, CheckedHeader head) {
    if (head.number() == block.number()) {
      return head.hash().equals(block.hash());
    }
    if (head.number() == block.number() + 1) {
      return head.parentHash().equals(block.hash());
    }
    return chain.header(block.number()).hash().equals(block.hash());
  }

  private boolean index(Position position, CheckedHeader head) {
    long started = System.nanoTime();
    Checkpoint before = position.checkpoint();
    BlockRef finalBlock = finality.last(head);
    long to = Math.min(head.number(), before.number() + span);
    long allHeadersFrom =
        receipts.isPresent()
            ? 0
            : Math.min(finalBlock.number(), head.number() - IndexWriter.RECENT_BLOCKS) + 1;
    FetchedRange range = reader.read(position, to, allHeadersFrom, settings.rangeLogs());
    receipts.ifPresent(check -> check.verify(position, range));
    boolean atHead = range.to() == head.number();
    if (atHead) {
      settle();
    } else if (position.isEmpty()) {
      writer.deferIndexes();
      indexed = false;
    }
    boolean verified = verify(position, range, head);
    Checkpoint after =
        finality.checkpoint(
            before, range, verified ? range.to() : before.verifiedThrough(), finalBlock);
    position.advance(range, after);
    adapt(range);
    storing.begin(() -> {
      writer.store(before, range, after);
      Duration took = Duration.ofNanos(System.nanoTime() - started);
      progress.update(status -> status.at(after).after(range, took));
    });
    if (atHead) {
      storing.finish();
    }
    return !atHead;
  }

  /** Ends a backfill, if one is under way; whoever sees the index at the head finds it whole. */
  private void settle() {
    storing.finish();
    if (!indexed) {
      writer.buildIndexes();
      indexed = true;
    }
  }

  private boolean verify(Position position, FetchedRange range, CheckedHeader head) {
    boolean continues =
        range.dense() && position.checkpoint().verifiedThrough() == range.from() - 1;
    boolean atHead = range.to() == head.number();
    if (!atHead && !(continues && head.number() - range.to() < IndexWriter.RECENT_BLOCKS)) {
      return false;
    }
    Map<Address, Hash> heads = new HashMap<>();
    List<LogsBloom> blooms =
        range.headers().stream().map(header -> LogsBloom.of(header.header())).toList();
    for (FollowedContract contract : position.contracts()) {
      Address address = contract.address();
      if (!continues || blooms.stream().anyMatch(bloom -> bloom.mayHoldLogsOf(address))) {
        heads.put(address, position.head(address));
      }
    }
    range.announced().forEach(contract -> heads.put(contract.address(), Hash.ZERO));
    heads.putAll(range.heads());
    return verify(range.last(), heads);
  }

  private boolean verify(CheckedHeader at, Map<Address, Hash> heads) {
    boolean verified = verifier.verify(at, heads);
    if (verified) {
      progress.checked(heads.size());
    }
    return verified;
  }

  /** Verifies what was stored unverified, now that the index stands at the head. */
  private void confirm(Position position, CheckedHeader head) {
    Checkpoint before = position.checkpoint();
    if (before.verifiedThrough() == before.number() || unprovable == before.number()) {
      return;
    }
    Map<Address, Hash> heads = new HashMap<>();
    position.contracts().forEach(c -> heads.put(c.address(), position.head(c.address())));
    if (!verify(head, heads)) {
      unprovable = before.number();
      return;
    }
    Checkpoint after =
        new Checkpoint(before.block(), before.number(), before.finalNumber(), before.finalHash());
    writer.confirm(before, after);
    position.verified(after);
    progress.update(status -> status.at(after));
  }

  /** Aims at ranges that are neither too large for a transaction nor mostly round trips. */
  private void adapt(FetchedRange range) {
    int logs = range.entries().size();
    if (logs > settings.rangeLogs() / 2) {
      span = Math.max(SMALLEST_SPAN, span / 2);
    } else if (logs < settings.rangeLogs() / 4) {
      span = Math.min(settings.rangeBlocks(), span * 2);
    }
  }

  /**
   * A chain that ends below what is indexed is an endpoint that lags, or one that lost blocks. A
   * prefix of what is indexed gets some time to grow, and all the time where more was final.
   */
  private void followShorterChain(Position position, CheckedHeader head) {
    Checkpoint checkpoint = position.checkpoint();
    Optional<BlockRef> kept = database.read(handle -> Blocks.at(handle, head.number()));
    boolean prefix = kept.isPresent() && kept.get().hash().equals(head.hash());
    boolean lags =
        prefix && (head.number() < checkpoint.finalNumber() || ++shorterChains < ATTEMPTS);
    if (lags && !settings.embedded()) {
      throw new ChainUnavailable(
          "the endpoint's chain ends at %s, before %s, which is indexed"
              .formatted(head.ref(), checkpoint.block()));
    }
    shorterChains = 0;
    leaveFork(position, head.number());
  }

  /** Takes back the blocks that are no longer on the chain. */
  private void leaveFork(Position position, long highest) {
    if (position.isEmpty()) {
      enter(opening.beginAgain());
      return;
    }
    Checkpoint checkpoint = position.checkpoint();
    Optional<BlockRef> common = forks.lastCommonBlock(highest);
    boolean finalStays =
        common.filter(block -> block.number() >= checkpoint.finalNumber()).isPresent()
            || opening.finalBlockStands(checkpoint);
    if (!finalStays && !settings.embedded()) {
      throw opening.finalBlockGone(checkpoint);
    }
    if (!finalStays || common.isEmpty()) {
      LOG.warn(
          "The chain no longer has {}, nor {} before it; the index is rebuilt",
          checkpoint.block(),
          finalStays ? "any kept block" : "the final block " + checkpoint.finalNumber());
      enter(opening.beginAgain());
      return;
    }
    rollBack(checkpoint, common.get());
    Reorganisation reorganisation = new Reorganisation(checkpoint.block(), common.get());
    LOG.atInfo()
        .addKeyValue("block", common.get().number())
        .addKeyValue("blockHash", common.get().hash().toString())
        .addKeyValue("replaced", checkpoint.number())
        .log("The chain replaced {}; rolled back to {}", checkpoint.block(), common.get());
    progress.update(status -> status.after(reorganisation));
  }

  /** After a proven lie nothing is kept that no proof covers. */
  private void takeBackUnverified(Checkpoint checkpoint) {
    if (checkpoint.verifiedThrough() == checkpoint.number()) {
      return;
    }
    BlockRef last =
        database
            .read(handle -> Blocks.at(handle, checkpoint.verifiedThrough()))
            .orElseThrow(() ->
                new IllegalStateException(
                    "the verified block %d is not kept".formatted(checkpoint.verifiedThrough())));
    rollBack(checkpoint, last);
    LOG.warn("Took back what was not verified; the index ends at {}", last);
  }

  private void rollBack(Checkpoint checkpoint, BlockRef last) {
    writer.rollBack(checkpoint, last, discovery.roots());
    enter(database.read(Position::load));
  }
}
