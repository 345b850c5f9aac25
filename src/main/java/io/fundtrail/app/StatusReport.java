package io.fundtrail.app;

import io.fundtrail.api.ServiceStatus;
import io.fundtrail.api.ServiceStatus.IndexState;
import io.fundtrail.chain.ChainException;
import io.fundtrail.index.CatchUp;
import io.fundtrail.index.Checkpoint;
import io.fundtrail.index.IndexStatus;
import io.fundtrail.index.Indexer;
import io.fundtrail.model.BlockRef;
import io.fundtrail.round.Settlement;
import io.fundtrail.store.ReadOnlyDatabase;
import io.fundtrail.transact.LiveChain;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * How the service stands, from everything that it consists of.
 *
 * @param notice what every reader must be told, if there is such a thing
 */
record StatusReport(
    ReadOnlyDatabase database,
    LedgerChain chain,
    Indexer indexer,
    LiveChain live,
    Optional<String> notice)
    implements Supplier<ServiceStatus> {

  @Override
  public ServiceStatus get() {
    return database.read(this::report);
  }

  private ServiceStatus report(Handle snapshot) {
    Optional<Checkpoint> checkpoint = Checkpoint.read(snapshot);
    return new ServiceStatus(
        checkpoint.map(at -> at.asOf(chain.finality())).orElse(null),
        Application.version(),
        notice.orElse(null),
        live.isOpen(),
        chainStatus(),
        indexStatus(indexer.status(), indexer.catchUp().orElse(null)),
        checkpoint.map(at -> contracts(snapshot, at.number())).orElse(null));
  }

  private ServiceStatus.Chain chainStatus() {
    return new ServiceStatus.Chain(
        BigInteger.valueOf(chain.deployment().chainId()),
        switch (chain) {
          case LedgerChain.Embedded _ -> ServiceStatus.Node.EMBEDDED;
          case LedgerChain.External _ -> ServiceStatus.Node.EXTERNAL;
        },
        chain.finality().toString(),
        head(),
        clock().orElse(null));
  }

  private @Nullable BlockRef head() {
    return switch (chain) {
      case LedgerChain.Embedded embedded -> embedded.head().orElse(null);
      case LedgerChain.External _ -> indexer.status().chainHead().orElse(null);
    };
  }

  /** The chain's time, by what is known of it without asking a node elsewhere. */
  Optional<Instant> chainTime() {
    return switch (chain) {
      case LedgerChain.Embedded _ -> clock();
      case LedgerChain.External _ -> indexer.status().chainHead().map(BlockRef::time);
    };
  }

  /** The time that the next block would carry; empty while the node does not answer. */
  private Optional<Instant> clock() {
    try {
      return live.isOpen() ? Optional.of(chain.gateway().nextBlockTime()) : Optional.empty();
    } catch (ChainException e) {
      return Optional.empty();
    }
  }

  private static ServiceStatus.Index indexStatus(IndexStatus status, @Nullable CatchUp pace) {
    return switch (status.state()) {
      case io.fundtrail.index.IndexState.Following() ->
          index(status, IndexState.FOLLOWING, null, null);
      case io.fundtrail.index.IndexState.CatchingUp() ->
          index(status, IndexState.CATCHING_UP, progress(pace), null);
      case io.fundtrail.index.IndexState.Waiting(String reason) ->
          index(status, IndexState.CATCHING_UP, null, reason);
      case io.fundtrail.index.IndexState.Standby() -> index(status, IndexState.STANDBY, null, null);
      case io.fundtrail.index.IndexState.Stopped(String reason) ->
          index(status, IndexState.STOPPED, null, reason);
      case io.fundtrail.index.IndexState.IntegrityFailure failure ->
          index(status, IndexState.STOPPED, null, failure.reason());
      case io.fundtrail.index.IndexState.FalseLogs lie ->
          index(status, IndexState.STOPPED, null, lie.reason());
    };
  }

  private static ServiceStatus.Index index(
      IndexStatus status,
      IndexState state,
      ServiceStatus.@Nullable Progress progress,
      @Nullable String detail) {
    return new ServiceStatus.Index(
        state,
        status.blocksBehind().orElse(null),
        status
            .lastReorganisation()
            .map(last -> new ServiceStatus.Reorganisation(last.abandoned(), last.kept()))
            .orElse(null),
        progress,
        detail);
  }

  private static ServiceStatus.@Nullable Progress progress(@Nullable CatchUp pace) {
    return pace == null
        ? null
        : new ServiceStatus.Progress(
            Math.round(pace.eventsPerSecond()),
            Math.round(pace.blocksPerSecond()),
            pace.secondsLeft().orElse(null));
  }

  private ServiceStatus.Contracts contracts(Handle snapshot, long block) {
    Deployment at = chain.deployment();
    return new ServiceStatus.Contracts(
        at.directory(),
        at.authority(),
        at.registry(),
        at.limits(),
        at.recovery(),
        at.calendar().orElse(null),
        Settlement.tokens(snapshot, block),
        Settlement.rules(snapshot, block));
  }
}
