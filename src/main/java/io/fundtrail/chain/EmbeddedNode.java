package io.fundtrail.chain;

import io.fundtrail.chain.AnvilChain.Mined;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A chain of our own in one data folder: an anvil that nobody but this process talks to, and the
 * block log from which the same blocks, hash by hash, are built again at every start.
 *
 * <p>{@link #open} starts the node, {@link #replay} brings it to the last block; until then it
 * serves an earlier state of the chain and takes no transactions. An accepted transaction survives
 * any end of this process, the node or the machine. Every block is final. Safe for many threads.
 */
public final class EmbeddedNode implements TransactionGateway, AutoCloseable {
  /** The chain id where none is chosen. */
  public static final long DEFAULT_CHAIN_ID = 31337;

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedNode.class);
  private static final Duration RPC_TIMEOUT = Duration.ofMinutes(5);
  private static final String STATES = "node";

  /** States of so many past blocks stay provable beside the newest few hundred held in memory. */
  private static final int KEPT_STATES = 1_000;

  /**
   * How the node is set up.
   *
   * @param folder the data folder, created where it is missing, held by one process at a time
   * @param anvil the anvil to run, as {@link AnvilBinary} finds it
   * @param chainId must stay what it was when the chain was started
   * @param genesisTime the time of block 0 (whole seconds); only counts when the chain is started
   */
  public record Settings(Path folder, Path anvil, long chainId, Instant genesisTime) {
    public Settings {
      if (chainId < 1) {
        throw new IllegalArgumentException("chain id must be 1 or more, not " + chainId);
      }
      genesisTime = genesisTime.truncatedTo(ChronoUnit.SECONDS);
    }
  }

  private final FolderLock lock;
  private final AnvilProcess process;
  private final JsonRpc rpc;
  private final AnvilChain anvil;
  private final BlockLog log;
  private final AdmissionRules rules;
  private final InstantSource clock;
  private final AtomicBoolean replaying;
  private volatile long replayed;
  private volatile boolean closed;
  private volatile @Nullable BlockProducer producer;

  private EmbeddedNode(
      FolderLock lock, AnvilProcess process, JsonRpc rpc, BlockLog log, InstantSource clock) {
    this.lock = lock;
    this.process = process;
    this.rpc = rpc;
    this.anvil = new AnvilChain(rpc);
    this.log = log;
    this.rules = new AdmissionRules(log.header().origin().chainId());
    this.clock = clock;
    this.replaying = new AtomicBoolean();
  }

  /** Where the block log of the chain in a folder is, if there is one. */
  public static Path blockLog(Path folder) {
    return BlockLog.in(folder);
  }

  /**
   * Takes the folder, ends a node that a killed run left behind, and starts a new one.
   *
   * @throws ChainException if the folder is in use, its block log damaged, or the node not the one
   *     that the log was written with
   */
  public static EmbeddedNode open(Settings settings, InstantSource clock) {
    Path folder = createFolder(settings.folder());
    FolderLock lock = FolderLock.take(folder);
    BlockLog log = null;
    AnvilProcess process = null;
    JsonRpc rpc = null;
    try {
      log = BlockLog.exists(folder) ? BlockLog.open(folder) : null;
      ChainOrigin origin =
          log == null
              ? ChainOrigin.of(settings.chainId(), settings.genesisTime())
              : log.header().origin();
      checkChainId(settings, origin);
      process = startAnvil(settings.anvil(), origin, folder.resolve(STATES));
      rpc = new JsonRpc(process.url(), RPC_TIMEOUT);
      AnvilChain anvil = new AnvilChain(rpc);
      anvil.silence();
      LogHeader started = new LogHeader(origin, anvil.version(), anvil.newest().block().hash());
      if (log == null) {
        BlockLog.create(folder, started);
        log = BlockLog.open(folder);
      }
      checkSameNode(log.header(), started);
      if (log.cut() > 0) {
        LOG.warn("Cut {} bytes of an unfinished record off the block log", log.cut());
      }
      LOG.info("Chain {} in {} has {} blocks to replay", origin.chainId(), folder, log.blocks());
      return new EmbeddedNode(lock, process, rpc, log, clock);
    } catch (RuntimeException e) {
      closeAll(rpc, process, log, lock);
      throw e;
    }
  }

  /**
   * Builds every logged block again and compares its hash with the recorded one; then takes
   * transactions. Called once, on any thread; reading the node meanwhile shows an earlier block.
   *
   * @throws ChainException if a block comes out differently, naming it, or this node is closed
   */
  public void replay(ReplayListener listener) {
    if (!replaying.compareAndSet(false, true)) {
      throw new IllegalStateException("the block log is replayed once only");
    }
    long total = log.blocks();
    log.forEach(block -> {
      if (closed) {
        throw new ChainException("closed while the block log was replayed");
      }
      replay(block);
      replayed = block.number();
      listener.replayed(replayed, total);
    });
    startProducing(anvil.newest().block());
  }

  /** Where the node answers JSON-RPC: for this process only, since it obeys everyone. */
  public String rpcUrl() {
    return process.url();
  }

  public long chainId() {
    return rules.chainId();
  }

  /** Whether the block log is replayed and transactions are taken. */
  public boolean isReady() {
    BlockProducer current = producer;
    return current != null && current.stopped().isEmpty();
  }

  /** Why the node takes no transactions any more, if it had to stop. */
  public Optional<String> failure() {
    BlockProducer current = producer;
    return current == null ? Optional.empty() : current.stopped();
  }

  /**
   * The last block made.
   *
   * @throws ChainUnavailable until the block log is replayed
   */
  public BlockRef head() {
    return producer().head();
  }

  /**
   * Returns when the block that holds the transaction is durable and mined. Senders that wait at
   * the same time share a block, whose time is that of {@link #nextBlockTime}.
   *
   * @throws TransactionRefused if it is not a valid next transaction of its sender; then it left no
   *     trace
   * @throws ChainUnavailable until the block log is replayed
   * @throws ChainException if the node had to stop; the next start may still mine it
   */
  @Override
  public Hash send(Bytes rawTransaction) {
    return producer().send(accepted(rawTransaction));
  }

  /**
   * What is to come has come when the transaction is durable: it is mined then, or, where the chain
   * is too far ahead of the clock for another block, as soon as that allows. It survives any end of
   * this process, the node or the machine, and the next start mines it before all others.
   *
   * @throws TransactionRefused if it is not a valid next transaction of its sender; then it left no
   *     trace
   * @throws ChainUnavailable until the block log is replayed
   * @throws ChainException if the node had to stop; the next start may still mine it
   */
  @Override
  public Accepting accepting(SignedTransaction transaction) {
    rules.check(transaction);
    return producer().accepting(transaction);
  }

  /**
   * Makes one block of exactly these transactions, in this order, for who drives the chain's clock.
   * The time may lie anywhere after the last block's; {@link #send} refuses to follow a chain that
   * is far ahead of the clock.
   *
   * @throws TransactionRefused if one of them is refused; then none left a trace
   */
  public BlockRef mine(Instant time, List<Bytes> rawTransactions) {
    if (!time.equals(time.truncatedTo(ChronoUnit.SECONDS))) {
      throw new IllegalArgumentException("a block's time is in whole seconds, not " + time);
    }
    BlockProducer current = producer();
    return current.mine(time, rawTransactions.parallelStream().map(this::accepted).toList());
  }

  /** Gas is free here. */
  @Override
  public Fees suggestedFees() {
    return Fees.NONE;
  }

  /** Now, but at least one second after the last block in the log. */
  @Override
  public Instant nextBlockTime() {
    return BlockProducer.nextBlockTime(clock, log);
  }

  /** Finishes the block in hand, ends the node and lets go of the folder. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    closeAll(producer, anvil, rpc, process, log, lock);
  }

  private SignedTransaction accepted(Bytes rawTransaction) {
    SignedTransaction transaction = SignedTransaction.decode(rawTransaction);
    rules.check(transaction);
    return transaction;
  }

  long nodePid() {
    return process.pid();
  }

  private void replay(LoggedBlock block) {
    try {
      anvil.put(block.transactions());
    } catch (ChainException e) {
      throw new ChainException(
          "block %d of the block log cannot be built again: %s"
              .formatted(block.number(), e.getMessage()),
          e);
    }
    Mined mined = anvil.mine(block.time());
    Hash hash = mined.block().hash();
    Optional<Hash> recorded = block.hash();
    if (recorded.isPresent() && !recorded.get().equals(hash)) {
      throw new ChainException(
          "block %d of the block log gives the hash %s on this node, %s was recorded"
              .formatted(block.number(), hash, recorded.get()));
    }
    if (mined.transactions().size() != block.transactions().size()) {
      throw new ChainException(
          "block %d of the block log has %d transactions, %d were mined"
              .formatted(block.number(), block.transactions().size(), mined.transactions().size()));
    }
    if (recorded.isEmpty() && block.number() == log.blocks()) {
      log.appendMined(hash);
    }
  }

  private synchronized void startProducing(BlockRef head) {
    if (closed) {
      throw new ChainException("closed while the block log was replayed");
    }
    BlockProducer started = new BlockProducer(anvil, log, clock, head);
    started.start();
    producer = started;
    var _ =
        process
            .onExit()
            .thenAccept(ended -> started.stop("anvil ended with exit code " + ended.exitValue()));
    LOG.info("The embedded chain is at {} of {}", head, head.time());
  }

  private BlockProducer producer() {
    BlockProducer current = producer;
    if (current == null) {
      throw new ChainUnavailable(
          "the block log is being replayed: %d of %d blocks are done"
              .formatted(replayed, log.blocks()));
    }
    return current;
  }

  private static AnvilProcess startAnvil(Path binary, ChainOrigin origin, Path states) {
    AnvilProcess.endStale(states);
    deleteTree(states);
    List<String> arguments = new ArrayList<>(origin.anvilArguments());
    arguments.add("--disable-min-priority-fee");
    arguments.addAll(List.of("--max-persisted-states", Integer.toString(KEPT_STATES)));
    return AnvilProcess.start(binary, arguments, states);
  }

  private static void checkChainId(Settings settings, ChainOrigin origin) {
    if (settings.chainId() != origin.chainId()) {
      throw new ChainException(
          "the block log in %s is of chain %d, not of chain %d"
              .formatted(settings.folder(), origin.chainId(), settings.chainId()));
    }
  }

  private static void checkSameNode(LogHeader logged, LogHeader started) {
    if (!logged.anvilVersion().equals(started.anvilVersion())) {
      throw new ChainException(
          "the block log was written with %s, this node is %s, and another version may build other blocks"
              .formatted(logged.anvilVersion(), started.anvilVersion()));
    }
    if (!logged.genesisHash().equals(started.genesisHash())) {
      throw new ChainException(
          "the block log starts from the genesis block %s, this node from %s"
              .formatted(logged.genesisHash(), started.genesisHash()));
    }
  }

  private static Path createFolder(Path folder) {
    try {
      return Files.createDirectories(folder).toRealPath();
    } catch (IOException e) {
      throw new ChainException("the data folder " + folder + " cannot be created", e);
    }
  }

  private static void deleteTree(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new ChainException("the old states in " + folder + " cannot be deleted", e);
    }
  }

  private static void closeAll(@Nullable AutoCloseable... parts) {
    for (AutoCloseable part : parts) {
      if (part != null) {
        try {
          part.close();
        } catch (Exception e) {
          LOG.error("A part of the embedded node did not close", e);
        }
      }
    }
  }
}
