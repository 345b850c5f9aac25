package io.fundtrail.index;

import io.fundtrail.chain.ChainReader;
import io.fundtrail.store.Database;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins an index, goes on with one, or begins it again. */
final class Opening {
  private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

  private final Database database;
  private final ChainReader chain;
  private final IndexSettings settings;
  private final Discovery discovery;
  private final IndexWriter writer;

  Opening(
      Database database,
      ChainReader chain,
      IndexSettings settings,
      Discovery discovery,
      IndexWriter writer) {
    this.database = database;
    this.chain = chain;
    this.settings = settings;
    this.discovery = discovery;
    this.writer = writer;
  }

  /**
   * Where to go on: at the checkpoint of this ledger on this chain, or before its first contract.
   *
   * @throws IndexStopped if the database is of another chain or ledger
   */
  Position open() {
    ChainIdentity identity = identity();
    Optional<ChainIdentity> pinned = database.read(ChainIdentity::read);
    if (pinned.isPresent() && !pinned.get().equals(identity)) {
      if (!settings.embedded()) {
        throw IndexStopped.because(
            "the database is of %s, but the endpoint gives %s; \"rebuild --accept-chain\" takes it instead"
                .formatted(pinned.get(), identity));
      }
      LOG.warn("The embedded chain is a new one; the index begins again. It was {}", pinned.get());
      writer.wipe();
    }
    if (!pinned.equals(Optional.of(identity))) {
      database.write(identity::pin);
    }
    if (database.read(Checkpoint::read).isEmpty()) {
      return begin();
    }
    return goOn();
  }

  /** Forgets everything but the identity and begins. */
  Position beginAgain() {
    writer.wipe();
    return begin();
  }

  /**
   * Forgets everything; the next {@link #open} begins.
   *
   * @param acceptChain whether to take the chain as it is now, even one that is another, or that
   *     replaced what was final
   */
  void rebuild(boolean acceptChain) {
    ChainIdentity identity = identity();
    Optional<ChainIdentity> pinned = database.read(ChainIdentity::read);
    Optional<Checkpoint> checkpoint = database.read(Checkpoint::read);
    if (!acceptChain && pinned.isPresent() && !pinned.get().equals(identity)) {
      throw IndexStopped.because(
          "the database is of %s, but the endpoint gives %s; \"rebuild --accept-chain\" takes it instead"
              .formatted(pinned.get(), identity));
    }
    if (!acceptChain && checkpoint.isPresent() && !finalBlockStands(checkpoint.get())) {
      throw finalBlockGone(checkpoint.get());
    }
    writer.wipe();
    database.write(identity::pin);
    LOG.info("The index is rebuilt from {}", identity);
  }

  /** Whether the last block that was seen to be final is still on the chain. */
  boolean finalBlockStands(Checkpoint checkpoint) {
    return chain.head().number() >= checkpoint.finalNumber()
        && chain.header(checkpoint.finalNumber()).hash().equals(checkpoint.finalHash());
  }

  IndexStopped finalBlockGone(Checkpoint checkpoint) {
    return IndexStopped.because(
        "block %d (%s) was final, and is no longer on the chain; \"rebuild --accept-chain\" takes the chain as it is now"
            .formatted(checkpoint.finalNumber(), checkpoint.finalHash()));
  }

  private ChainIdentity identity() {
    return new ChainIdentity(
        confirmed("chain id", chain::chainId),
        confirmed("genesis", chain::genesisHash),
        settings.directory());
  }

  /** Asked twice: to pin one stray answer would mean to refuse the chain for ever. */
  private static <T> T confirmed(String what, Supplier<T> question) {
    T first = question.get();
    T second = question.get();
    if (!first.equals(second)) {
      throw new ContradictoryAnswer(
          "the endpoint gives the %s as %s, and then as %s".formatted(what, first, second));
    }
    return first;
  }

  private Position begin() {
    List<FollowedContract> roots = discovery.roots();
    long firstBorn = roots.stream().mapToLong(FollowedContract::bornBlock).min().orElseThrow();
    CheckedHeader base = CheckedHeader.of(chain.header(Math.max(0, firstBorn - 1)));
    writer.begin(base, roots);
    LOG.info("Indexing begins after {}", base.ref());
    return database.read(Position::load);
  }

  private Position goOn() {
    List<FollowedContract> missing =
        database.read(handle -> IndexWriter.missing(handle, discovery.roots()));
    if (!missing.isEmpty()) {
      throw IndexStopped.because(
          "the index was not built for %s %s, born in block %d; \"rebuild\" builds it anew"
              .formatted(
                  missing.getFirst().kind(),
                  missing.getFirst().address(),
                  missing.getFirst().bornBlock()));
    }
    List<String> refilled = writer.refill();
    if (!refilled.isEmpty()) {
      LOG.info("Filled the tables of {} again from the journal", String.join(", ", refilled));
    }
    Position position = database.read(Position::load);
    LOG.info("Indexing goes on after {}", position.checkpoint().block());
    return position;
  }
}
