package io.fundtrail.app;

import io.fundtrail.api.Metrics;
import io.fundtrail.index.Checkpoint;
import io.fundtrail.index.IndexState;
import io.fundtrail.index.IndexStatus;
import io.fundtrail.index.Indexer;
import io.fundtrail.model.BlockRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What Prometheus is told of an index. */
public final class IndexMetrics {
  private static final List<String> STATES =
      List.of("catching-up", "following", "waiting", "standby", "stopped", "integrity-failure");

  private IndexMetrics() {}

  /** Adds what is known of an index. */
  public static void add(Metrics metrics, Indexer indexer) {
    gauge(
        metrics,
        "fundtrail_chain_head_block",
        "Number of the chain's newest block when it was last asked.",
        indexer,
        status -> status.chainHead().map(BlockRef::number));
    gauge(
        metrics,
        "fundtrail_indexed_block",
        "Number of the last block that is indexed.",
        indexer,
        status -> status.checkpoint().map(Checkpoint::number));
    gauge(
        metrics,
        "fundtrail_verified_block",
        "Last block through which every history was compared with its proven head.",
        indexer,
        status -> status.checkpoint().map(Checkpoint::verifiedThrough));
    gauge(
        metrics,
        "fundtrail_final_block",
        "Number of the last indexed block that is final.",
        indexer,
        status -> status.checkpoint().map(Checkpoint::finalNumber));
    gauge(
        metrics,
        "fundtrail_index_lag_blocks",
        "Blocks of the chain that are not indexed yet.",
        indexer,
        IndexStatus::blocksBehind);
    metrics.states(
        "fundtrail_index_state", "What the index is doing.", () -> states(indexer.status()));
    metrics.counter(
        "fundtrail_events_indexed_total",
        "Events that were indexed since the start of the program.",
        () -> indexer.status().throughput().logs());
    metrics.counter(
        "fundtrail_reorganisations_total",
        "How often the chain replaced blocks that were indexed.",
        () -> indexer.counts().reorganisations());
    metrics.counter(
        "fundtrail_heads_checked_total",
        "Histories of contracts that were compared with their proven heads.",
        () -> indexer.counts().headsChecked());
    metrics.counter(
        "fundtrail_lies_total",
        "How often the index stopped because a node left out, altered or invented logs.",
        () -> indexer.counts().lies());
  }

  private static void gauge(
      Metrics metrics,
      String name,
      String help,
      Indexer indexer,
      Function<IndexStatus, Optional<Long>> value) {
    metrics.gauge(
        name,
        help,
        () ->
            value
                .apply(indexer.status())
                .map(number -> OptionalDouble.of(number))
                .orElseGet(OptionalDouble::empty));
  }

  private static Map<String, Boolean> states(IndexStatus status) {
    String now =
        switch (status.state()) {
          case IndexState.CatchingUp _ -> "catching-up";
          case IndexState.Following _ -> "following";
          case IndexState.Waiting _ -> "waiting";
          case IndexState.Standby _ -> "standby";
          case IndexState.Stopped _ -> "stopped";
          case IndexState.IntegrityFailure _, IndexState.FalseLogs _ -> "integrity-failure";
        };
    return STATES.stream().collect(Collectors.toMap(state -> state, now::equals));
  }
}
