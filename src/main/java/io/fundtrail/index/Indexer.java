package io.fundtrail.index;

import io.fundtrail.chain.ChainException;
import io.fundtrail.chain.ChainReader;
import io.fundtrail.model.BlockRef;
import io.fundtrail.store.Database;
import io.fundtrail.store.DatabaseException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Keeps the database equal to the chain, on one thread of its own. What it stores it can prove, or
 * says that it is not yet proven; where it can do neither it stops and says why, in {@link
 * #status}.
 */
public final class Indexer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Indexer.class);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);
  private static final Duration STANDBY_POLL = Duration.ofMillis(500);

  /** What a rebuild was asked for. */
  private record Rebuild(boolean acceptChain) {}

  private final Database database;
  private final IndexSettings settings;
  private final Progress progress;
  private final Follower follower;
  private final Semaphore wakes;
  private final AtomicReference<@Nullable Rebuild> rebuild;
  private final Thread thread;
  private boolean contradicted;
  private long said = System.nanoTime();
  private volatile BooleanSupplier told = () -> false;
  private volatile Duration untilToldNothing = Duration.ZERO;
  private volatile boolean closed;

  /**
   * An index of a ledger; {@link #start} sets it going.
   *
   * @param database with the migrations applied
   * @param projections of all rooms
   */
  public Indexer(
      Database database,
      ChainReader chain,
      IndexSettings settings,
      Discovery discovery,
      List<Projection> projections) {
    this(database, chain, settings, discovery, projections, new HeadVerifier(chain));
  }

  /** An index that takes somebody else's word for the heads. */
  Indexer(
      Database database,
      ChainReader chain,
      IndexSettings settings,
      Discovery discovery,
      List<Projection> projections,
      HeadCheck verifier) {
    this.database = database;
    this.settings = settings;
    this.progress = new Progress();
    this.follower =
        new Follower(
            database,
            chain,
            settings,
            discovery,
            new IndexWriter(database, projections),
            verifier,
            progress);
    this.wakes = new Semaphore(0);
    this.rebuild = new AtomicReference<>();
    this.thread = Thread.ofPlatform().name("indexer").daemon().unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /** Looks for a next block at once. */
  public void wake() {
    wakes.release();
  }

  /**
   * Looks less often, while somebody calls {@link #wake} for every new block. Before the start.
   *
   * @param told whether somebody does
   * @param atMost how long to wait for a call then
   */
  public void toldBy(BooleanSupplier told, Duration atMost) {
    this.untilToldNothing = atMost;
    this.told = told;
  }

  /**
   * Drops everything but the pinned identity and indexes anew, also out of a stop.
   *
   * @param acceptChain whether to pin the chain as it is now, even another one, or one that
   *     replaced what was final
   */
  public void rebuild(boolean acceptChain) {
    progress.update(status -> status.in(new IndexState.CatchingUp()));
    rebuild.set(new Rebuild(acceptChain));
    wake();
  }

  public IndexStatus status() {
    return progress.status();
  }

  /** How fast it catches up; empty while it does not, and in the first second. */
  public Optional<CatchUp> catchUp() {
    return progress.catchUp();
  }

  /** What was done since the start of the program. */
  public IndexCounts counts() {
    return progress.counts();
  }

  /** What was committed since the start of the program. */
  public Commits commits() {
    return progress;
  }

  /**
   * Waits until a block is indexed.
   *
   * @return false when the index stopped before, or the limit passed
   */
  public boolean awaitBlock(long number, Duration limit) throws InterruptedException {
    wake();
    Predicate<IndexStatus> indexed =
        status -> status.checkpoint().map(c -> c.number() >= number).orElse(false);
    return progress.await(status -> indexed.test(status) || hasStopped(status), limit)
        && indexed.test(status());
  }

  /** Waits until the status is as wanted; false when it was not within the limit. */
  public boolean await(Predicate<IndexStatus> wanted, Duration limit) throws InterruptedException {
    return progress.await(wanted, limit);
  }

  /**
   * Ends after the step at hand, and lets another program index. The database and the chain stay
   * open.
   */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      if (thread.isAlive() && !thread.join(CLOSE_LIMIT)) {
        LOG.warn("The index still waits for an answer; its thread is left behind");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      follow();
    } finally {
      follower.reload();
      database.resign();
    }
  }

  private void follow() {
    while (!closed) {
      try {
        if (!leads()) {
          pause(STANDBY_POLL);
          continue;
        }
        rebuildIfAsked();
        boolean more = follower.step();
        contradicted = false;
        if (more) {
          enter(new IndexState.CatchingUp());
          sayHowFar();
        } else {
          enter(new IndexState.Following());
          pause(told.getAsBoolean() ? untilToldNothing : settings.pollInterval());
        }
      } catch (IndexStopped e) {
        if (hasLostTheLead()) {
          continue;
        }
        about(LOG.atError(), e.state()).log("The index stops: {}", e.getMessage());
        stop(e.state());
      } catch (ChainException | ContradictoryAnswer e) {
        await(e);
      } catch (RuntimeException e) {
        follower.reload();
        if (DatabaseException.isOutage(e)) {
          await(e);
        } else if (!closed) {
          LOG.error("The index stops", e);
          stop(new IndexState.Stopped(String.valueOf(e.getMessage())));
        }
      } catch (Error e) {
        progress.update(status -> status.in(new IndexState.Stopped(e.toString())));
        throw e;
      }
    }
  }

  /** Whether it is this program's turn; if not, the status is what the other one has stored. */
  private boolean leads() {
    if (database.leads()) {
      if (status().state() instanceof IndexState.Standby) {
        LOG.info("Nobody else indexes this database any more; this program takes over");
        enter(new IndexState.CatchingUp());
      }
      return true;
    }
    if (!(status().state() instanceof IndexState.Standby)) {
      LOG.info("Another program indexes this database; this one serves, and stands by");
      follower.reload();
    }
    enter(new IndexState.Standby());
    follower.watch();
    return false;
  }

  /** Whether what stops the index is that another program has taken over. */
  private boolean hasLostTheLead() {
    try {
      return !database.leads();
    } catch (DatabaseException e) {
      return false;
    }
  }

  private void rebuildIfAsked() {
    Rebuild asked = rebuild.get();
    if (asked == null) {
      return;
    }
    try {
      follower.rebuild(asked.acceptChain());
      rebuild.compareAndSet(asked, null);
    } catch (IndexStopped e) {
      rebuild.compareAndSet(asked, null);
      throw e;
    }
  }

  private void enter(IndexState state) {
    IndexStatus status = status();
    if (status.state().equals(state)) {
      return;
    }
    progress.update(before -> before.in(state));
    if (state instanceof IndexState.Following) {
      status
          .checkpoint()
          .ifPresent(
              c -> about(LOG.atInfo(), c.block()).log("Reached the chain's head, {}", c.block()));
    }
  }

  /** A line now and then, not for every step. */
  private void sayHowFar() {
    long now = System.nanoTime();
    Optional<CatchUp> pace = progress.catchUp();
    if (pace.isEmpty() || now - said < BETWEEN_LINES.toNanos()) {
      return;
    }
    said = now;
    IndexStatus status = status();
    long block = status.checkpoint().map(Checkpoint::number).orElse(0L);
    long head = status.chainHead().map(BlockRef::number).orElse(0L);
    LOG.atInfo()
        .addKeyValue("block", block)
        .addKeyValue("head", head)
        .log(
            "Indexed to block {} of {}; {} events/s, {} blocks/s, {} s left",
            block,
            head,
            Math.round(pace.get().eventsPerSecond()),
            Math.round(pace.get().blocksPerSecond()),
            pace.get().secondsLeft().map(String::valueOf).orElse("?"));
  }

  /** Names what a stop is about in fields of its own. */
  private static LoggingEventBuilder about(LoggingEventBuilder line, IndexState state) {
    return switch (state) {
      case IndexState.IntegrityFailure failure ->
          about(line, failure.block()).addKeyValue("contract", failure.contract().toString());
      case IndexState.FalseLogs lie ->
          about(line, lie.block()).addKeyValue("contract", lie.contract().toString());
      case IndexState.Stopped _,
          IndexState.CatchingUp _,
          IndexState.Following _,
          IndexState.Waiting _,
          IndexState.Standby _ ->
          line;
    };
  }

  private static LoggingEventBuilder about(LoggingEventBuilder line, BlockRef block) {
    return line.addKeyValue("block", block.number())
        .addKeyValue("blockHash", block.hash().toString());
  }

  /** Tries again after the poll interval; one contradiction may pass and is not yet news. */
  private void await(RuntimeException because) {
    if (closed) {
      return;
    }
    boolean first = because instanceof ContradictoryAnswer && !contradicted;
    contradicted = because instanceof ContradictoryAnswer;
    if (first) {
      LOG.debug("Asking again: {}", because.getMessage());
      pause();
      return;
    }
    WaitReason reason = WaitReason.of(because);
    IndexState waiting = new IndexState.Waiting(reason.forEverybody());
    if (!status().state().equals(waiting)) {
      LOG.warn("The index waits: {}", reason.forTheLog());
    }
    progress.update(status -> status.in(waiting));
    pause();
  }

  private void stop(IndexState state) {
    progress.update(status -> status.in(state));
    while (!closed && rebuild.get() == null) {
      pause();
    }
  }

  private void pause() {
    pause(settings.pollInterval());
  }

  private void pause(Duration atMost) {
    try {
      if (wakes.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
        wakes.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean hasStopped(IndexStatus status) {
    return switch (status.state()) {
      case IndexState.Stopped _, IndexState.IntegrityFailure _, IndexState.FalseLogs _ -> true;
      case IndexState.CatchingUp _,
          IndexState.Following _,
          IndexState.Waiting _,
          IndexState.Standby _ ->
          false;
    };
  }
}
