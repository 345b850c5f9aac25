package io.fundtrail.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.fundtrail.chain.ChainReader;
import io.fundtrail.chain.Finality;
import io.fundtrail.chain.HeadSubscription;
import io.fundtrail.chain.Patience;
import io.fundtrail.index.Journal.Order;
import io.fundtrail.model.BlockRef;
import io.fundtrail.store.Database;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** An index of a {@link LedgerChain} on the way. */
final class TestIndex implements AutoCloseable {
  static final Duration LIMIT = Duration.ofSeconds(30);

  private static final Duration LONG_LIMIT = Duration.ofMinutes(5);

  private static final Duration POLL = Duration.ofMillis(20);

  /** Notices within two seconds that nobody tells of blocks any more. */
  private static final HeadSubscription.Timing PROMPT =
      new HeadSubscription.Timing(
          Duration.ofSeconds(10), Duration.ofSeconds(1), POLL, Duration.ofSeconds(1), POLL);

  private final LedgerChain ledger;
  private final ChainReader chain;
  private final Indexer indexer;
  private final Optional<HeadSubscription> subscription;

  private TestIndex(
      LedgerChain ledger,
      ChainReader chain,
      Indexer indexer,
      Optional<HeadSubscription> subscription) {
    this.ledger = ledger;
    this.chain = chain;
    this.indexer = indexer;
    this.subscription = subscription;
  }

  /** What a test may set otherwise; each change gives another plan. */
  static final class Plan {
    private String rpcUrl;
    private Finality finality = new Finality.Depth(16);
    private boolean embedded;
    private int rangeBlocks = 1_000;
    private int rangeLogs = 1_000;
    private Discovery discovery;
    private List<Projection> projections = List.of(EventCounts.ofEveryKind());
    private Patience patience = Patience.of(LIMIT);
    private boolean credulous;
    private Optional<URI> webSocketUrl = Optional.empty();
    private Verification verification = Verification.HEADS;

    private Plan(String rpcUrl, Discovery discovery) {
      this.rpcUrl = rpcUrl;
      this.discovery = discovery;
    }

    static Plan of(LedgerChain ledger) {
      return new Plan(ledger.rpcUrl(), ledger.discovery());
    }

    Plan through(String otherUrl) {
      return changed(plan -> plan.rpcUrl = otherUrl);
    }

    Plan with(Finality otherFinality) {
      return changed(plan -> plan.finality = otherFinality);
    }

    Plan onEmbeddedChain() {
      return with(new Finality.Immediate()).changed(plan -> plan.embedded = true);
    }

    Plan inRangesOf(int blocks, int logs) {
      return changed(plan -> {
        plan.rangeBlocks = blocks;
        plan.rangeLogs = logs;
      });
    }

    Plan with(Discovery otherDiscovery) {
      return changed(plan -> plan.discovery = otherDiscovery);
    }

    Plan with(Projection otherProjection) {
      return changed(plan -> plan.projections = List.of(otherProjection));
    }

    Plan with(Patience otherPatience) {
      return changed(plan -> plan.patience = otherPatience);
    }

    /** The chain's proofs are left aside, and every answer is taken for true. */
    Plan believing() {
      return changed(plan -> plan.credulous = true);
    }

    Plan verifying(Verification otherVerification) {
      return changed(plan -> plan.verification = otherVerification);
    }

    /** Told of new blocks, and looking for them every ten minutes while it is. */
    Plan toldAt(URI url) {
      return changed(plan -> plan.webSocketUrl = Optional.of(url));
    }

    private Plan changed(Consumer<Plan> change) {
      Plan copy = new Plan(rpcUrl, discovery);
      copy.finality = finality;
      copy.embedded = embedded;
      copy.rangeBlocks = rangeBlocks;
      copy.rangeLogs = rangeLogs;
      copy.projections = projections;
      copy.patience = patience;
      copy.credulous = credulous;
      copy.webSocketUrl = webSocketUrl;
      copy.verification = verification;
      change.accept(copy);
      return copy;
    }
  }

  static TestIndex start(Database database, LedgerChain ledger) {
    return start(database, ledger, Plan.of(ledger));
  }

  static TestIndex start(Database database, LedgerChain ledger, Plan plan) {
    EventCounts.SCHEMA.apply(database);
    ChainReader chain = ChainReader.of(plan.rpcUrl, plan.patience);
    IndexSettings settings =
        new IndexSettings(
            ledger.deployment().directory(),
            plan.finality,
            plan.embedded,
            POLL,
            plan.rangeBlocks,
            plan.rangeLogs,
            plan.verification);
    HeadCheck check = plan.credulous ? (at, heads) -> true : new HeadVerifier(chain);
    Indexer indexer =
        new Indexer(database, chain, settings, plan.discovery, plan.projections, check);
    Optional<HeadSubscription> subscription =
        plan.webSocketUrl.map(url -> HeadSubscription.open(url, PROMPT, indexer::wake));
    subscription.ifPresent(told -> indexer.toldBy(told::isOpen, Duration.ofMinutes(10)));
    indexer.start();
    return new TestIndex(ledger, chain, indexer, subscription);
  }

  Indexer indexer() {
    return indexer;
  }

  /** Waits until the endpoint tells of new blocks, or no longer does. */
  void awaitTold(boolean told) throws InterruptedException {
    long until = System.nanoTime() + LIMIT.toNanos();
    while (subscription.orElseThrow().isOpen() != told) {
      assertThat(System.nanoTime()).as("is told: %s", told).isLessThan(until);
      Thread.sleep(POLL);
    }
  }

  /** Waits until the index holds and has verified the chain as it is now. */
  void awaitHead() throws InterruptedException {
    BlockRef head = ledger.reader().head().ref();
    boolean reached = indexer.await(status -> hasVerified(status, head), LIMIT);
    assertThat(reached).as("reaches %s, is %s", head, indexer.status()).isTrue();
  }

  /** The same, unless it stops: then false. */
  boolean awaitHeadOrStop() throws InterruptedException {
    BlockRef head = ledger.reader().head().ref();
    boolean ended =
        indexer.await(status -> hasVerified(status, head) || hasStopped(status), LONG_LIMIT);
    assertThat(ended).as("reaches %s or stops, is %s", head, indexer.status()).isTrue();
    return hasVerified(indexer.status(), head);
  }

  private static boolean hasVerified(IndexStatus status, BlockRef head) {
    return status
        .checkpoint()
        .filter(at -> at.block().equals(head))
        .filter(at -> at.verifiedThrough() == head.number())
        .isPresent();
  }

  private static boolean hasStopped(IndexStatus status) {
    return status.state() instanceof IndexState.Stopped
        || status.state() instanceof IndexState.IntegrityFailure
        || status.state() instanceof IndexState.FalseLogs;
  }

  /** Waits until the index is in such a state. */
  <S extends IndexState> S awaitState(Class<S> state) throws InterruptedException {
    boolean reached = indexer.await(status -> state.isInstance(status.state()), LIMIT);
    assertThat(reached).as("is %s, is %s", state, indexer.status()).isTrue();
    return state.cast(indexer.status().state());
  }

  /** Waits until one of the two is in such a state, and gives it. */
  TestIndex awaitEither(TestIndex other, Class<? extends IndexState> state)
      throws InterruptedException {
    Duration look = POLL;
    long until = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < until) {
      for (TestIndex index : List.of(this, other)) {
        if (index.indexer.await(status -> state.isInstance(status.state()), look)) {
          return index;
        }
      }
    }
    throw new AssertionError(
        "neither is %s: %s, %s".formatted(state, indexer.status(), other.indexer.status()));
  }

  static List<LogEntry> journal(Database database) {
    return database.read(handle ->
        Journal.find(
            handle,
            EventFilter.between(0, Long.MAX_VALUE),
            Order.OLDEST_FIRST,
            Optional.empty(),
            100_000));
  }

  @Override
  public void close() {
    subscription.ifPresent(HeadSubscription::close);
    indexer.close();
    chain.close();
  }
}
