package io.fundtrail.audit;

import io.fundtrail.api.Moment;
import io.fundtrail.api.Moments;
import io.fundtrail.api.PersonKey;
import io.fundtrail.api.ServerSentEvents;
import io.fundtrail.index.Blocks;
import io.fundtrail.index.Checkpoint;
import io.fundtrail.index.EventFilter;
import io.fundtrail.index.Journal;
import io.fundtrail.index.Journal.Order;
import io.fundtrail.index.LogEntry;
import io.fundtrail.index.ReplacedBlocks;
import io.fundtrail.index.ReplacedBlocks.Left;
import io.fundtrail.model.Address;
import io.fundtrail.model.AsOf;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Hash;
import io.fundtrail.model.LogRef;
import io.fundtrail.store.ReadOnlyDatabase;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * Reads what of the journal follows a place in it, as server-sent events. An event's id is its
 * block's hash and its index there, so a place is known again after any reorganisation: one whose
 * block was replaced is told where the chain went on otherwise ({@code reorg}), one that is not
 * known any more where to begin anew ({@code reset}).
 */
final class JournalReading {
  private static final int PAGE = 100;
  private static final int MOST_SHARED = 64;

  private final ReadOnlyDatabase database;
  private final Moments moments;
  private final Function<LogEntry, Object> shown;
  private final AtomicReference<Shared> shared = new AtomicReference<>(new Shared(-1));

  JournalReading(ReadOnlyDatabase database, Moments moments, Function<LogEntry, Object> shown) {
    this.database = database;
    this.moments = moments;
    this.shown = shown;
  }

  /** Which events are asked for. */
  record Asked(
      Optional<Address> contract, Set<Hash> kinds, Optional<PersonKey> person, long fromBlock) {}

  /** Up to where a client was told what it asked for. */
  sealed interface Place {
    /** Nothing yet: it begins with what comes. */
    record Now() implements Place {}

    /** Nothing yet: it begins with a block. */
    record Before(long block) implements Place {}

    /** Up to an event that it names itself. */
    record Named(Hash block, int logIndex) implements Place {}

    /**
     * Up to a log.
     *
     * @param block at or above the log's; as long as the chain has it, what was told is so
     */
    record After(LogRef log, BlockRef block) implements Place {
      static After all(BlockRef block) {
        return new After(endOf(block.number()), block);
      }
    }
  }

  /** What a client is to be told, and where it stands then. */
  record Told(String text, Place place) {}

  record ReplacedBlock(long number, Hash hash) {}

  record Reorg(ReplacedBlock replaced, BlockRef fork) {}

  record Reset(AsOf asOf) {}

  private record Key(Asked asked, Place place) {}

  /** What was read after a commit of the index, for all who ask for the same. */
  private record Shared(long commit, ConcurrentHashMap<Key, Told> read) {
    Shared(long commit) {
      this(commit, new ConcurrentHashMap<>());
    }
  }

  /** As {@link #read}, but once for all who stand at the same place after the same commit. */
  Told shared(long commit, Asked asked, Place place) {
    Shared now =
        shared.updateAndGet(before -> before.commit() == commit ? before : new Shared(commit));
    return now.read().size() < MOST_SHARED
        ? now.read().computeIfAbsent(new Key(asked, place), _ -> read(asked, place))
        : read(asked, place);
  }

  /** What follows; nothing where the index holds no block yet. */
  Told read(Asked asked, Place place) {
    return database.read(handle ->
        Checkpoint.read(handle)
            .map(checkpoint -> read(handle, checkpoint, asked, place))
            .orElse(new Told("", place)));
  }

  private Told read(Handle handle, Checkpoint checkpoint, Asked asked, Place place) {
    BlockRef last = checkpoint.block();
    return switch (place) {
      case Place.Now() -> {
        Place.After here = Place.After.all(last);
        yield new Told(opening(handle, here), here);
      }
      case Place.Before(long block) -> {
        LogRef before = endOf(Math.max(0, block - 1));
        Place.After here = new Place.After(before, last);
        String opening = opening(handle, here);
        yield opening.isEmpty() ? follow(handle, checkpoint, asked, here) : new Told(opening, here);
      }
      case Place.Named(Hash block, int logIndex) ->
          Blocks.of(handle, block)
              .map(kept ->
                  follow(
                      handle,
                      checkpoint,
                      asked,
                      new Place.After(new LogRef(kept.number(), logIndex), kept)))
              .orElseGet(() -> left(handle, checkpoint, asked, block, Optional.empty()));
      case Place.After after -> {
        boolean stands =
            after.block().equals(last)
                || Blocks.at(handle, after.block().number())
                    .filter(kept -> kept.hash().equals(after.block().hash()))
                    .isPresent();
        yield stands
            ? follow(handle, checkpoint, asked, after)
            : left(handle, checkpoint, asked, after.block().hash(), Optional.of(after));
      }
    };
  }

  private Told follow(Handle handle, Checkpoint checkpoint, Asked asked, Place.After after) {
    if (after.log().equals(endOf(checkpoint.number()))) {
      return new Told("", after);
    }
    EventFilter filter =
        new EventFilter(
            asked.contract().map(Set::of).orElse(Set.of()),
            asked.kinds(),
            asked
                .person()
                .map(key -> EventRoutes.words(handle, key, checkpoint.number()))
                .orElse(Set.of()),
            Math.max(asked.fromBlock(), after.log().blockNumber()),
            checkpoint.number());
    List<LogEntry> page =
        Journal.find(handle, filter, Order.OLDEST_FIRST, Optional.of(after.log()), PAGE);
    ServerSentEvents text = new ServerSentEvents();
    page.forEach(entry -> text.event(id(entry), shown.apply(entry)));
    if (page.size() == PAGE) {
      LogEntry entry = page.getLast();
      return new Told(text.toString(), new Place.After(entry.log().ref(), entry.block()));
    }
    LogRef end = endOf(checkpoint.number());
    LogRef told = after.log().compareTo(end) > 0 ? after.log() : end;
    return new Told(text.toString(), new Place.After(told, checkpoint.block()));
  }

  /** What somebody is told whose block the chain does not have. */
  private Told left(
      Handle handle, Checkpoint checkpoint, Asked asked, Hash block, Optional<Place.After> after) {
    Optional<Left> left = ReplacedBlocks.left(handle, block);
    if (left.isEmpty()) {
      Place.After anew = Place.After.all(checkpoint.block());
      Reset reset = new Reset(moments.asOf(handle, new Moment.Latest()));
      return new Told(told(handle, anew, "reset", reset), anew);
    }
    BlockRef fork = left.get().fork();
    LogRef stays = endOf(fork.number());
    if (after.filter(place -> place.log().compareTo(stays) <= 0).isPresent()) {
      return follow(handle, checkpoint, asked, new Place.After(after.get().log(), fork));
    }
    Reorg reorg = new Reorg(new ReplacedBlock(left.get().replaced(), block), fork);
    Place.After here = Place.After.all(fork);
    return new Told(told(handle, here, "reorg", reorg), here);
  }

  private static String opening(Handle handle, Place.After place) {
    return idOf(handle, place).map(id -> new ServerSentEvents().place(id).toString()).orElse("");
  }

  private static String told(Handle handle, Place.After place, String name, Object data) {
    ServerSentEvents text = new ServerSentEvents();
    idOf(handle, place).ifPresent(text::at);
    return text.named(name, data).toString();
  }

  /** The id of the last event up to a place, whatever was asked for. */
  private static Optional<String> idOf(Handle handle, Place.After place) {
    EventFilter until = EventFilter.between(0, place.log().blockNumber());
    return Journal.find(handle, until, Order.NEWEST_FIRST, Optional.empty(), 1).stream()
        .findFirst()
        .map(JournalReading::id);
  }

  private static String id(LogEntry entry) {
    return entry.block().hash() + ":" + entry.log().ref().logIndex();
  }

  private static LogRef endOf(long block) {
    return new LogRef(block, Integer.MAX_VALUE);
  }
}
