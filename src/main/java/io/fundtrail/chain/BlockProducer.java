package io.fundtrail.chain;

import io.fundtrail.chain.AnvilChain.Mined;
import io.fundtrail.chain.TransactionGateway.Accepting;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Hash;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the blocks of the embedded chain, on one thread of its own: a transaction is admitted,
 * written to the block log with its block, put into the node, and mined. Senders that wait at the
 * same time share a block. Who need not see it mined does not wait for the clock: what comes before
 * the next block may be made is written to the log by itself, answered, and mined when it may.
 *
 * <p>A failure of the log or the node stops it for good; what is in the log by then is mined by the
 * next start.
 */
final class BlockProducer implements AutoCloseable {
  /** How far block times may run ahead of the clock before senders are made to wait. */
  static final Duration MAX_AHEAD = Duration.ofSeconds(5);

  /** Senders wait no longer than this: a chain that is further ahead was not made by this clock. */
  static final Duration MAX_WAIT = Duration.ofSeconds(15);

  private static final Logger LOG = LoggerFactory.getLogger(BlockProducer.class);
  private static final int MAX_GROUP = 1_000;
  private static final int MAX_UNMINED = 5_000;
  private static final int MAX_WAITING = 20_000;

  /** What the node computes in about half a minute at worst; all that waits may ask for no more. */
  static final long MAX_WAITING_GAS = 10_000_000_000L;

  private static final Duration CLOCK_STEP = Duration.ofMillis(50);

  private sealed interface Work {}

  /**
   * A transaction that came in.
   *
   * @param mined whether it is answered when it is mined, rather than when it surely will be
   */
  private record Send(SignedTransaction transaction, boolean mined, CompletableFuture<Hash> outcome)
      implements Work {
    void accepted() {
      outcome.complete(transaction.hash());
    }
  }

  private record Mine(
      Instant time, List<SignedTransaction> transactions, CompletableFuture<BlockRef> outcome)
      implements Work {}

  /** Wakes the thread so that it sees that it is stopped. */
  private record Stop() implements Work {}

  private final AnvilChain anvil;
  private final BlockLog log;
  private final InstantSource clock;
  private final LinkedBlockingQueue<Work> queue;
  private final NextNonces nonces;
  private final List<SignedTransaction> unmined;
  private final AtomicLong waitingGas;
  private final AtomicReference<@Nullable String> stopped;
  private final Thread thread;
  private volatile BlockRef head;

  BlockProducer(AnvilChain anvil, BlockLog log, InstantSource clock, BlockRef head) {
    this.anvil = anvil;
    this.log = log;
    this.clock = clock;
    this.queue = new LinkedBlockingQueue<>(MAX_WAITING);
    this.nonces = new NextNonces(anvil);
    this.unmined = new ArrayList<>();
    this.waitingGas = new AtomicLong();
    this.stopped = new AtomicReference<>();
    this.thread = Thread.ofPlatform().name("block-producer").daemon().unstarted(this::run);
    this.head = head;
  }

  void start() {
    thread.start();
  }

  BlockRef head() {
    return head;
  }

  /** Why no more blocks are made, if that is so. */
  Optional<String> stopped() {
    return Optional.ofNullable(stopped.get());
  }

  /** The time of the next block: now, but after the last block. */
  static Instant nextBlockTime(InstantSource clock, BlockLog log) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Instant afterLast = log.lastTime().plusSeconds(1);
    return now.isAfter(afterLast) ? now : afterLast;
  }

  /** Returns once the block that holds the transaction is durable and mined. */
  Hash send(SignedTransaction transaction) {
    return outcome(submit(transaction, true));
  }

  /**
   * Takes the transaction in turn; it is accepted once it is durable, and mined by then or as soon
   * as the clock allows.
   */
  Accepting accepting(SignedTransaction transaction) {
    CompletableFuture<Hash> outcome = submit(transaction, false);
    return () -> outcome(outcome);
  }

  /** Makes a block of exactly these transactions, or none. */
  BlockRef mine(Instant time, List<SignedTransaction> transactions) {
    CompletableFuture<BlockRef> outcome = new CompletableFuture<>();
    submit(new Mine(time, transactions, outcome), outcome);
    return outcome(outcome);
  }

  void stop(String reason) {
    if (stopped.compareAndSet(null, reason)) {
      queue.offer(new Stop());
    }
  }

  /** Finishes the block in hand and takes no more. */
  @Override
  public void close() {
    stop("it is closed");
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private CompletableFuture<Hash> submit(SignedTransaction transaction, boolean mined) {
    long gas = gas(transaction);
    if (waitingGas.addAndGet(gas) > MAX_WAITING_GAS) {
      waitingGas.addAndGet(-gas);
      throw new ChainBusy(
          "it asks for %,d gas, and what waits to be mined may ask for %,d altogether; try again shortly"
              .formatted(gas, MAX_WAITING_GAS));
    }
    CompletableFuture<Hash> outcome = new CompletableFuture<>();
    try {
      submit(new Send(transaction, mined, outcome), outcome);
    } catch (ChainBusy e) {
      waitingGas.addAndGet(-gas);
      throw e;
    }
    return outcome;
  }

  private void submit(Work work, CompletableFuture<?> outcome) {
    refuseIfStopped(outcome);
    if (!outcome.isDone() && !queue.offer(work)) {
      throw new ChainBusy(MAX_WAITING + " transactions are waiting already; try again shortly");
    }
    refuseIfStopped(outcome);
  }

  private static <T> T outcome(CompletableFuture<T> outcome) {
    try {
      return outcome.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ChainException refusal) {
        throw refusal;
      }
      throw new ChainException("the block was not made", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ChainException("interrupted while waiting for the block", e);
    }
  }

  private void refuseIfStopped(CompletableFuture<?> outcome) {
    stopped()
        .ifPresent(reason ->
            outcome.completeExceptionally(
                new ChainException("the embedded node takes no transactions: " + reason)));
  }

  private void run() {
    try {
      putUnmined();
      while (stopped.get() == null) {
        switch (next()) {
          case Send send -> produce(send);
          case Mine mine -> produce(mine);
          case Stop() -> {}
          case null -> mineUnmined();
        }
      }
    } catch (InterruptedException e) {
      stop("its thread was interrupted");
    } finally {
      stop("its thread has ended");
      refuseTheRest();
    }
  }

  /** What is to be done next; null when there is nothing but to mine what was accepted. */
  private @Nullable Work next() throws InterruptedException {
    return unmined.isEmpty()
        ? queue.take()
        : queue.poll(isAhead() ? CLOCK_STEP.toMillis() : 0, TimeUnit.MILLISECONDS);
  }

  /** What was accepted when this chain ran the last time, and not mined. */
  private void putUnmined() {
    try {
      List<SignedTransaction> waiting =
          log.waiting().stream().map(SignedTransaction::decode).toList();
      nonces.refusals(waiting).stream()
          .flatMap(Optional::stream)
          .findFirst()
          .ifPresent(refusal -> {
            throw refusal;
          });
      put(waiting, () -> {});
      waiting.forEach(transaction -> waitingGas.addAndGet(gas(transaction)));
      unmined.addAll(waiting);
    } catch (ChainException e) {
      LOG.error("What was accepted before is refused now", e);
      stop("a transaction that was accepted before is refused now: " + e.getMessage());
    }
  }

  private void mineUnmined() {
    if (!isAhead()) {
      try {
        seal(nextBlockTime(clock, log), List.of());
      } catch (ChainException e) {
        // It is logged, and no more blocks are made.
      }
    }
  }

  private void refuseTheRest() {
    for (Work work = queue.poll(); work != null; work = queue.poll()) {
      switch (work) {
        case Send send -> refuseIfStopped(send.outcome());
        case Mine mine -> refuseIfStopped(mine.outcome());
        case Stop() -> {}
      }
    }
  }

  private void produce(Send first) throws InterruptedException {
    List<Send> group = new ArrayList<>(List.of(first));
    try {
      boolean wait = first.mined() || unmined.size() >= MAX_UNMINED;
      refuseFarAhead();
      if (wait) {
        awaitClock();
      }
      boolean mined = wait || !isAhead();
      while (group.size() < MAX_GROUP
          && queue.peek() instanceof Send next
          && (mined || !next.mined())) {
        queue.remove();
        group.add(next);
      }
      List<Send> admitted = admitted(group);
      List<SignedTransaction> transactions = admitted.stream().map(Send::transaction).toList();
      if (!admitted.isEmpty() && mined) {
        seal(nextBlockTime(clock, log), transactions);
        transactions.forEach(transaction -> waitingGas.addAndGet(-gas(transaction)));
      } else if (!admitted.isEmpty()) {
        accept(transactions);
        // Who is answered first sends again while the node still takes the rest.
        Iterator<Send> inTurn = admitted.iterator();
        put(transactions, () -> inTurn.next().accepted());
      }
      admitted.forEach(Send::accepted);
    } catch (ChainException e) {
      group.forEach(send -> refuse(send, e));
    }
  }

  /**
   * What is logged goes into the node, where its sender finds it from the answer on (its nonce with
   * {@code pending}); nothing follows what the node may or may not have taken.
   */
  private void put(List<SignedTransaction> transactions, Runnable taken) {
    try {
      anvil.put(transactions.stream().map(SignedTransaction::raw).toList(), taken);
    } catch (ChainException e) {
      LOG.error("The node did not take what is in the block log; no more is accepted", e);
      stop("the node did not take a transaction that is in the block log: " + e.getMessage());
      throw new ChainException("the node did not take it; the next start may still mine it", e);
    }
  }

  private void refuse(Send send, ChainException why) {
    if (send.outcome().completeExceptionally(why)) {
      waitingGas.addAndGet(-gas(send.transaction()));
    }
  }

  private void accept(List<SignedTransaction> transactions) {
    try {
      log.appendAccepted(transactions.stream().map(SignedTransaction::raw).toList());
      unmined.addAll(transactions);
    } catch (ChainException e) {
      LOG.error("Transactions could not be logged; no more are taken", e);
      stop("transactions could not be logged; what is in the block log, the next start mines");
      throw new ChainException("it could not be logged; the next start may still mine it", e);
    }
  }

  private void produce(Mine mine) {
    try {
      if (!unmined.isEmpty()) {
        seal(nextBlockTime(clock, log), List.of());
      }
      if (!mine.time().isAfter(log.lastTime())) {
        throw new ChainException(
            "the block's time %s must be after the last block's %s"
                .formatted(mine.time(), log.lastTime()));
      }
      List<Optional<TransactionRefused>> refusals = nonces.refusals(mine.transactions());
      Optional<TransactionRefused> first = refusals.stream().flatMap(Optional::stream).findFirst();
      if (first.isPresent()) {
        nonces.forget(mine.transactions());
        throw first.get();
      }
      mine.outcome().complete(seal(mine.time(), mine.transactions()));
    } catch (ChainException e) {
      mine.outcome().completeExceptionally(e);
    }
  }

  /** Whether the next block's time would be too far ahead of the clock. */
  private boolean isAhead() {
    return clock.instant().isBefore(earliest());
  }

  /** When the next block may be made. */
  private Instant earliest() {
    return log.lastTime().plusSeconds(1).minus(MAX_AHEAD);
  }

  private void refuseFarAhead() {
    Instant now = clock.instant();
    if (Duration.between(now, earliest()).compareTo(MAX_WAIT) > 0) {
      throw new ChainUnavailable(
          "the chain's last block is of %s, ahead of this machine's clock at %s"
              .formatted(log.lastTime(), now));
    }
  }

  private void awaitClock() throws InterruptedException {
    Instant earliest = earliest();
    for (Duration wait = Duration.between(clock.instant(), earliest);
        wait.isPositive() && stopped.get() == null;
        wait = Duration.between(clock.instant(), earliest)) {
      Thread.sleep(wait.compareTo(CLOCK_STEP) < 0 ? wait : CLOCK_STEP);
    }
  }

  /** Those of a group that are right; the others are told why not. */
  private List<Send> admitted(List<Send> group) {
    List<Optional<TransactionRefused>> refusals =
        nonces.refusals(group.stream().map(Send::transaction).toList());
    List<Send> admitted = new ArrayList<>();
    for (int i = 0; i < group.size(); i++) {
      Send send = group.get(i);
      refusals.get(i).ifPresentOrElse(why -> refuse(send, why), () -> admitted.add(send));
    }
    return admitted;
  }

  private static long gas(SignedTransaction transaction) {
    return transaction.gasLimit().longValueExact();
  }

  /** Makes a block of what was accepted before, and then these. */
  private BlockRef seal(Instant time, List<SignedTransaction> more) {
    List<SignedTransaction> transactions = Stream.concat(unmined.stream(), more.stream()).toList();
    try {
      log.append(time, transactions.stream().map(SignedTransaction::raw).toList());
      put(more, () -> {});
      Mined mined = anvil.mine(time);
      checkMined(mined, time, transactions.stream().map(SignedTransaction::hash).toList());
      log.appendMined(mined.block().hash());
      unmined.forEach(transaction -> waitingGas.addAndGet(-gas(transaction)));
      unmined.clear();
      head = mined.block();
      return head;
    } catch (ChainException e) {
      LOG.error("Block {} could not be made; no more are", log.blocks(), e);
      stop("a block could not be made; if it is in the block log, the next start mines it");
      throw new ChainException("the block could not be made; the next start may still mine it", e);
    }
  }

  private void checkMined(Mined mined, Instant time, List<Hash> transactions) {
    BlockRef block = mined.block();
    if (block.number() != log.blocks() || !block.time().equals(time)) {
      throw new ChainException(
          "block %d of %s was mined where block %d of %s was due"
              .formatted(block.number(), block.time(), log.blocks(), time));
    }
    if (!mined.transactions().equals(transactions)) {
      throw new ChainException(
          "block %d holds the transactions %s, not %s"
              .formatted(block.number(), mined.transactions(), transactions));
    }
  }
}
