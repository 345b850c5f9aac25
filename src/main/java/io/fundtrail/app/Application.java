package io.fundtrail.app;

import io.fundtrail.api.ApiServer;
import io.fundtrail.api.ApiSettings;
import io.fundtrail.api.Moment;
import io.fundtrail.api.Moments;
import io.fundtrail.api.PageRoutes;
import io.fundtrail.api.Routes;
import io.fundtrail.api.StatusRoutes;
import io.fundtrail.app.AppConfig.ChainSource;
import io.fundtrail.app.DataDirectory.Purpose;
import io.fundtrail.audit.BlockRoutes;
import io.fundtrail.audit.EventRoutes;
import io.fundtrail.audit.ProofRoutes;
import io.fundtrail.audit.VerifyPage;
import io.fundtrail.chain.EmbeddedNode;
import io.fundtrail.chain.HeadSubscription;
import io.fundtrail.chain.HeadSubscription.Timing;
import io.fundtrail.distribution.DistributionProjection;
import io.fundtrail.distribution.DistributionRoutes;
import io.fundtrail.identity.IdentityProjection;
import io.fundtrail.identity.IdentityRoutes;
import io.fundtrail.index.Checkpoint;
import io.fundtrail.index.Contracts;
import io.fundtrail.index.IndexSettings;
import io.fundtrail.index.IndexState;
import io.fundtrail.index.IndexStatus;
import io.fundtrail.index.Indexer;
import io.fundtrail.index.Projection;
import io.fundtrail.index.Verification;
import io.fundtrail.model.Address;
import io.fundtrail.portfolio.PortfolioRoutes;
import io.fundtrail.round.RoundPreparation;
import io.fundtrail.round.RoundProjection;
import io.fundtrail.round.RoundRoutes;
import io.fundtrail.round.Settlement;
import io.fundtrail.share.CompanyRoutes;
import io.fundtrail.share.ShareProjection;
import io.fundtrail.share.ShareRoutes;
import io.fundtrail.store.Database;
import io.fundtrail.store.Migrations;
import io.fundtrail.store.ReadOnlyDatabase;
import io.fundtrail.transact.ContractFunctionRoutes;
import io.fundtrail.transact.ContractFunctions;
import io.fundtrail.transact.DelayedCalls;
import io.fundtrail.transact.LiveChain;
import io.fundtrail.transact.PreparedTransactions;
import io.fundtrail.transact.Refusals;
import io.fundtrail.transact.Relay;
import io.fundtrail.transact.RelayTargets;
import io.fundtrail.transact.TransactionRoutes;
import io.fundtrail.transact.Units;
import io.fundtrail.transact.WalletRpc;
import io.fundtrail.trust.TrustProjection;
import io.fundtrail.trust.TrustRoutes;
import io.fundtrail.vote.VoteProjection;
import io.fundtrail.vote.VoteRoutes;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;

/**
 * The service: constructed by hand, here and nowhere else, and closed in the reverse order of its
 * construction. Constructed, it holds the data directory and has a node; it serves, replays and
 * follows when told.
 */
public final class Application implements AutoCloseable {
  /** What every reader of a demonstration is told. */
  static final String DEMO_NOTICE =
      "Demonstration. The offerings are real: Regulation Crowdfunding filings of 2016 to 2022, from"
          + " the SEC's public data. They are held here under the rules in force since 2022, which"
          + " are not those they were made under. The investors, how each total splits over them,"
          + " and the money are synthetic, and so are the companies whose names say so.";

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  /** How long the database may compute for one answer. */
  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(10);

  private static final Duration LONGEST_UNTOLD = Duration.ofSeconds(15);
  private static final Duration INDEXED_WITHIN = Duration.ofMinutes(10);

  private final AppConfig config;
  private final Closing closing;
  private final LedgerChain chain;
  private final Indexer indexer;
  private final LiveChain live;
  private final ApiServer server;
  private final CountDownLatch ended = new CountDownLatch(1);

  private Application(
      AppConfig config,
      Closing closing,
      LedgerChain chain,
      Indexer indexer,
      LiveChain live,
      ApiServer server) {
    this.config = config;
    this.closing = closing;
    this.chain = chain;
    this.indexer = indexer;
    this.live = live;
    this.server = server;
  }

  /** The schema of all rooms. */
  public static Migrations schema() {
    return Migrations.of(
        "0001-journal",
        "0010-identity",
        "0020-share",
        "0030-round",
        "0040-trust",
        "0050-distribution",
        "0060-vote",
        "0070-announced-contracts",
        "0080-moved-companies",
        "0090-particulars",
        "0100-recoveries",
        "0110-dues",
        "0130-replaced-blocks",
        "0140-register-changes",
        "0150-journal-kinds",
        "0160-kept-registers",
        "0170-deferred-indexes",
        "0180-seats-that-decide",
        "0190-trust-parties",
        "0200-holdings-in-order");
  }

  /** The version that the build wrote into the jar. */
  public static String version() {
    return Optional.ofNullable(Application.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  /**
   * Takes the data directory, opens the database, starts the node and puts everything together.
   *
   * @param purpose of a data directory that is new
   * @param genesisTime of an embedded chain that is new
   * @throws StartRefused if something outside stands in the way
   */
  public static Application open(AppConfig config, Purpose purpose, Instant genesisTime) {
    Closing closing = new Closing();
    try {
      closing.add(config.data().claim(purpose));
      FutureTask<LedgerChain> starting = new FutureTask<>(() -> chain(config, genesisTime));
      closing.add(() -> closeStarted(starting));
      Thread.ofVirtual().name("chain-start").start(starting);
      Database database = closing.add(Database.open(config.database()));
      schema().apply(database);
      LedgerChain chain = started(starting);
      Indexer indexer = closing.add(indexer(database, chain, config.verification()));
      LiveChain live = new LiveChain();
      ApiServer server = closing.add(server(config, database, chain, indexer, live));
      return new Application(config, closing, chain, indexer, live, server);
    } catch (RuntimeException e) {
      closing.close();
      throw e;
    }
  }

  /** Serves from now on: what is in the database at once, the rest as the chain gets ready. */
  public void serve() {
    server.start();
  }

  /** Where a browser on this machine finds the service. */
  public URI url() {
    return config.url(server.port());
  }

  /**
   * Brings the chain up, with the ledger on it, and follows it.
   *
   * @param progress of the replay of an embedded chain
   */
  public void startChain(ReplayProgress progress) {
    if (chain instanceof LedgerChain.Embedded embedded) {
      embedded.node().replay(progress::replayed);
      embedded.deployIfMissing();
    }
    follow();
  }

  /**
   * The embedded node with its block log replayed, for who drives it. Nothing is deployed.
   *
   * @throws IllegalStateException if the chain is not embedded
   */
  public EmbeddedNode replayedNode(ReplayProgress progress) {
    if (!(chain instanceof LedgerChain.Embedded embedded)) {
      throw new IllegalStateException("a chain that others run cannot be driven");
    }
    embedded.node().replay(progress::replayed);
    return embedded.node();
  }

  /** Indexes the chain, which has the ledger on it, and takes transactions. */
  public void follow() {
    recordDeployment();
    live.open(chain.reader(), new WakingGateway(chain.gateway(), indexer::wake));
    if (config.chain() instanceof ChainSource.External external) {
      external.wsUrl().ifPresent(this::listen);
    }
    indexer.start();
  }

  /**
   * Waits until a block is indexed.
   *
   * @throws ServiceFailed if the index stops before
   */
  public void awaitIndexed(long block) {
    try {
      if (!indexer.awaitBlock(block, INDEXED_WITHIN)) {
        throw new ServiceFailed(
            "block %d is not indexed; the index is %s".formatted(block, indexer.status().state()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServiceFailed("interrupted while block %d was being indexed".formatted(block));
    }
  }

  /** Waits while the index catches up, and tells how far it is. */
  public void watchCatchingUp(CatchUpProgress progress) {
    try {
      new CatchingUp(indexer, progress).watch();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Indexes the chain anew instead of going on with what is indexed.
   *
   * @param acceptChain whether to take a chain that is another, or lost what was final
   * @return how far the index has come, in words
   * @throws IndexRefused if the chain is not accepted
   */
  public String rebuild(boolean acceptChain, ReplayProgress progress, CatchUpProgress catchUp) {
    if (chain instanceof LedgerChain.Embedded embedded) {
      embedded.node().replay(progress::replayed);
    }
    indexer.rebuild(acceptChain);
    indexer.start();
    watchCatchingUp(catchUp);
    IndexStatus status = indexer.status();
    if (!(status.state() instanceof IndexState.Following)) {
      throw new IndexRefused(reason(status.state()));
    }
    return status
        .checkpoint()
        .map(at -> "indexed to %s of %s".formatted(at.block(), at.block().time()))
        .orElse("there is nothing to index yet");
  }

  /**
   * Waits until it is closed.
   *
   * @throws ServiceFailed if the embedded node ends before
   */
  public void awaitEnd() {
    try {
      while (!ended.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
        Optional<String> failure =
            chain instanceof LedgerChain.Embedded embedded
                ? embedded.node().failure()
                : Optional.empty();
        if (failure.isPresent() && ended.getCount() > 0) {
          throw new ServiceFailed(
              "the embedded node stopped: %s; what was accepted is in the block log, start again"
                  .formatted(failure.get()));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    ended.countDown();
    live.close();
    closing.close();
  }

  /** Has the node tell of new blocks; should it keep one back, the index still looks by itself. */
  private void listen(URI wsUrl) {
    HeadSubscription subscription =
        closing.add(HeadSubscription.open(wsUrl, Timing.DEFAULT, indexer::wake));
    indexer.toldBy(subscription::isOpen, LONGEST_UNTOLD);
  }

  private void recordDeployment() {
    if (chain instanceof LedgerChain.Embedded embedded) {
      new DeploymentRecord(embedded.deployment(), embedded.reader().genesisHash())
          .write(config.data());
    }
  }

  /** The node starts while the database is opened. */
  private static LedgerChain started(Future<LedgerChain> starting) {
    try {
      return starting.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException refused) {
        throw refused;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServiceFailed("interrupted while the chain was started");
    }
  }

  private static void closeStarted(Future<LedgerChain> starting) {
    LedgerChain chain;
    try {
      chain = started(starting);
    } catch (RuntimeException e) {
      return; // It never started, which is what whoever waits for it is told.
    }
    chain.close();
  }

  private static LedgerChain chain(AppConfig config, Instant genesisTime) {
    return switch (config.chain()) {
      case ChainSource.Embedded source ->
          LedgerChain.Embedded.open(source, config.data(), genesisTime, InstantSource.system());
      case ChainSource.External source ->
          LedgerChain.External.open(source, config.data(), InstantSource.system());
    };
  }

  private static Indexer indexer(Database database, LedgerChain chain, Verification verification) {
    Deployment deployment = chain.deployment();
    IndexSettings settings =
        switch (chain) {
          case LedgerChain.Embedded _ -> IndexSettings.embedded(deployment.directory());
          case LedgerChain.External external ->
              IndexSettings.external(deployment.directory(), external.finality());
        };
    List<Projection> projections =
        List.of(
            new IdentityProjection(),
            new ShareProjection(),
            new RoundProjection(),
            new TrustProjection(),
            new DistributionProjection(),
            new VoteProjection());
    return new Indexer(
        database,
        chain.reader(),
        settings.verifying(verification),
        new LedgerDiscovery(deployment),
        projections);
  }

  private static ApiServer server(
      AppConfig config, Database database, LedgerChain chain, Indexer indexer, LiveChain live) {
    ReadOnlyDatabase reading = new AnsweringDatabase(database.within(LONGEST_ANSWER));
    Deployment at = chain.deployment();
    Moments moments = new IndexedMoments(chain.finality());
    PreparedTransactions preparer = new PreparedTransactions(live, new Refusals(), at.chainId());
    Relay relay = new Relay(live, at.chainId(), relayTargets(reading, chain));
    StatusReport status = new StatusReport(reading, chain, indexer, live, notice(config));
    List<Routes> rooms =
        List.of(
            new PageRoutes(),
            new StatusRoutes(status),
            new IdentityRoutes(reading, moments, preparer, at.registry()),
            new CompanyRoutes(reading, moments),
            new ShareRoutes(reading, moments, preparer, at.directory()),
            new RoundRoutes(reading, moments),
            new RoundPreparation(reading, moments, preparer, at.directory()),
            new TrustRoutes(reading, moments),
            new DistributionRoutes(reading, moments),
            new VoteRoutes(reading, moments),
            new PortfolioRoutes(reading, moments),
            new EventRoutes(reading, moments, indexer.commits()),
            new BlockRoutes(reading, moments, live::reader),
            new VerifyPage(),
            new ProofRoutes(reading, moments, live::reader, BigInteger.valueOf(at.chainId())),
            new ContractFunctionRoutes(
                () -> reading.read(handle -> moments.asOf(handle, new Moment.Latest())),
                new LedgerContracts(reading),
                token -> reading.read(handle -> listed(handle, token)),
                preparer,
                new DelayedCalls(live, at.authority()),
                ContractFunctions.load()),
            new TransactionRoutes(live, relay),
            new WalletRpc(live, relay));
    ApiServer server =
        new ApiServer(
            ApiSettings.of(config.bind().getHostAddress(), config.port()),
            rooms,
            indexer.commits()::count);
    IndexMetrics.add(server.metrics(), indexer);
    StalledMetrics.add(server.metrics(), database, status::chainTime);
    return server;
  }

  private static RelayTargets relayTargets(ReadOnlyDatabase database, LedgerChain chain) {
    return new RelayTargets(
        address -> database.read(handle -> Contracts.at(handle, address).isPresent()),
        address -> database.read(handle -> listed(handle, address)).isPresent(),
        chain.demoDollar());
  }

  /** What a listed settlement token is counted in. */
  private static Optional<Units> listed(Handle handle, Address token) {
    return Checkpoint.read(handle)
        .flatMap(at -> Settlement.token(handle, token, at.number()))
        .map(found -> new Units(found.currency(), found.decimals()));
  }

  private static Optional<String> notice(AppConfig config) {
    return config.data().purpose().filter(Purpose.DEMO::equals).map(_ -> DEMO_NOTICE);
  }

  private static String reason(IndexState state) {
    return switch (state) {
      case IndexState.Stopped(String reason) -> reason;
      case IndexState.Waiting(String reason) -> reason;
      case IndexState.IntegrityFailure failure -> failure.reason();
      case IndexState.FalseLogs lie -> lie.reason();
      case IndexState.Standby() -> "another program indexes this database; stop it first";
      case IndexState.CatchingUp _, IndexState.Following _ ->
          "it was not finished in %d minutes".formatted(INDEXED_WITHIN.toMinutes());
    };
  }
}
