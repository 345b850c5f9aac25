package io.fundtrail.api;

import io.fundtrail.model.Address;
import io.fundtrail.model.AsOf;
import io.fundtrail.model.BlockRef;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the service stands. Its JSON is that of {@code GET /v1/status}.
 *
 * @param asOf null before the first block is indexed
 * @param notice what every reader must be told about the contents, in words; null for nothing
 * @param writing whether transactions are accepted
 * @param contracts null while there is no Directory
 */
public record ServiceStatus(
    @Nullable AsOf asOf,
    String version,
    @Nullable String notice,
    boolean writing,
    Chain chain,
    Index index,
    @Nullable Contracts contracts) {

  /** Whether the service runs the node itself. */
  public enum Node {
    EMBEDDED,
    EXTERNAL
  }

  /** What the index does. */
  public enum IndexState {
    FOLLOWING,
    CATCHING_UP,
    STANDBY,
    STOPPED
  }

  /**
   * The chain that is followed.
   *
   * @param finality as configured: {@code immediate}, {@code tag} or {@code depth:N}
   * @param head null while the node does not answer
   * @param clock the time that the next block would carry; null while the node does not answer
   */
  public record Chain(
      BigInteger id,
      Node node,
      String finality,
      @Nullable BlockRef head,
      @Nullable Instant clock) {}

  /**
   * The index.
   *
   * @param lastReorganisation since the program started; null if there was none
   * @param progress null unless it catches up, and in the first second of that
   * @param detail why it stopped; null while it did not
   */
  public record Index(
      IndexState state,
      @Nullable Long blocksBehind,
      @Nullable Reorganisation lastReorganisation,
      @Nullable Progress progress,
      @Nullable String detail) {}

  /**
   * The chain replaced blocks that were indexed.
   *
   * @param abandoned the last that was indexed, now off the chain
   * @param kept the last that stayed
   */
  public record Reorganisation(BlockRef abandoned, BlockRef kept) {}

  /**
   * How fast the index catches up, over the last half minute.
   *
   * @param secondsLeft until it is at the chain's head at this rate; null while it does not move
   */
  public record Progress(long eventsPerSecond, long blocksPerSecond, @Nullable Long secondsLeft) {}

  /** The ledger's contracts that are not instances. */
  public record Contracts(
      Address directory,
      Address authority,
      Address registry,
      Address limits,
      Address recovery,
      @Nullable Address calendar,
      List<SettlementToken> settlementTokens,
      List<AllowedRules> rules) {
    public Contracts {
      settlementTokens = List.copyOf(settlementTokens);
      rules = List.copyOf(rules);
    }
  }

  /** A token in which rounds may be held. */
  public record SettlementToken(Address address, String currency, int decimals) {}

  /** Rules under which rounds may, or may no longer, be opened. */
  public record AllowedRules(Address address, boolean allowed) {}
}
