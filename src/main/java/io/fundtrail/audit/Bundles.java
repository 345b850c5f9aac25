package io.fundtrail.audit;

import io.fundtrail.chain.BlockHead;
import io.fundtrail.chain.ChainReader;
import io.fundtrail.index.BlockContents;
import io.fundtrail.index.EventFilter;
import io.fundtrail.index.Journal;
import io.fundtrail.index.LogEntry;
import io.fundtrail.model.Address;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.model.LogRef;
import io.fundtrail.proof.BlockHeader;
import io.fundtrail.proof.Claim;
import io.fundtrail.proof.Keccak;
import io.fundtrail.proof.ProofBundle;
import io.fundtrail.proof.Prover;
import io.fundtrail.proof.PublishedCodes;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * Builds proof bundles: what is to be proven comes from the index, what proves it from the node. A
 * node that has pruned a block's state refuses with an {@link io.fundtrail.chain.RpcError}.
 */
public final class Bundles {
  private static final Hash TRANSFER =
      Keccak.hash("Transfer(address,address,uint256)".getBytes(StandardCharsets.US_ASCII));
  private static final int PAGE = 10_000;

  private final ChainReader chain;
  private final BigInteger chainId;
  private final PublishedCodes codes;

  public Bundles(ChainReader chain, BigInteger chainId, PublishedCodes codes) {
    this.chain = chain;
    this.chainId = chainId;
    this.codes = codes;
  }

  /**
   * What a wallet holds in a share class.
   *
   * @param recordDate its index, or {@link Claim#AT_THE_BLOCK}
   */
  public ProofBundle holding(Address shareClass, Address wallet, int recordDate, long block) {
    return prover(shareClass, block).holding(wallet, recordDate);
  }

  /** All who ever received shares of a class, to a block. */
  public static Set<Address> wallets(Handle handle, Address shareClass, long block) {
    EventFilter transfers =
        EventFilter.between(0, block).by(Set.of(shareClass)).ofKinds(Set.of(TRANSFER));
    Set<Address> wallets =
        new HashSet<>(all(handle, transfers, entry -> Address.ofWord(entry.log().topics().get(2))));
    wallets.remove(Address.ZERO);
    return wallets;
  }

  /** The register of a share class: those of the wallets that hold some. */
  public ProofBundle register(
      Address shareClass, Set<Address> wallets, int recordDate, long block) {
    return prover(shareClass, block).register(wallets, recordDate);
  }

  /** What a person committed to a round, and what became of it. */
  public ProofBundle commitment(Address round, Hash identity, long block) {
    return prover(round, block).commitment(identity);
  }

  /** What a round, a trust or a distribution holds and owes. */
  public ProofBundle solvency(Address contract, long block) {
    return prover(contract, block).solvency();
  }

  /**
   * Every event of a contract to a block, in order.
   *
   * @param since the block after which they begin; empty: its birth
   */
  public static List<Claim.Entry> events(
      Handle handle, Address contract, OptionalLong since, long block) {
    long from = since.isPresent() ? since.getAsLong() + 1 : 0;
    return all(handle, EventFilter.between(from, block).by(Set.of(contract)), Bundles::entry);
  }

  /**
   * The history of a contract: that the events are all of them.
   *
   * @param since the block after which they begin; empty: its birth
   */
  public ProofBundle history(
      Address contract, List<Claim.Entry> events, OptionalLong since, long block) {
    Optional<Prover.Earlier> earlier =
        since.isPresent()
            ? Optional.of(
                new Prover.Earlier(
                    header(since.getAsLong()), new NodeState(chain, since.getAsLong())))
            : Optional.empty();
    return prover(contract, block).history(events, earlier);
  }

  /**
   * One event.
   *
   * @param log its place on the chain
   * @param transactionIndex of its transaction in the block
   */
  public ProofBundle event(Address contract, LogRef log, int transactionIndex) {
    BlockContents contents = BlockContents.read(chain, log.blockNumber());
    return prover(contract, log.blockNumber())
        .event(
            transactionIndex,
            log.logIndex() - contents.logsBefore(transactionIndex),
            contents.transactions(),
            contents.receipts());
  }

  private Prover prover(Address contract, long block) {
    return new Prover(codes, chainId, contract, header(block), new NodeState(chain, block));
  }

  private Bytes header(long block) {
    BlockHead head = chain.header(block);
    return BlockHeader.of(head.rlpFields()).encode();
  }

  private static Claim.Entry entry(LogEntry entry) {
    return new Claim.Entry(
        entry.block().number(),
        entry.block().time().getEpochSecond(),
        entry.log().topics(),
        entry.log().data());
  }

  private static <T> List<T> all(Handle handle, EventFilter filter, Function<LogEntry, T> read) {
    List<T> all = new ArrayList<>();
    Optional<LogRef> after = Optional.empty();
    while (true) {
      List<LogEntry> page = Journal.find(handle, filter, Journal.Order.OLDEST_FIRST, after, PAGE);
      page.forEach(entry -> all.add(read.apply(entry)));
      if (page.size() < PAGE) {
        return all;
      }
      after = Optional.of(page.getLast().log().ref());
    }
  }
}
