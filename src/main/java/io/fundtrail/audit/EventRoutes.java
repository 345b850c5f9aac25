package io.fundtrail.audit;

import io.fundtrail.api.Answer;
import io.fundtrail.api.Dated;
import io.fundtrail.api.EventStream;
import io.fundtrail.api.Field;
import io.fundtrail.api.Moment;
import io.fundtrail.api.Moments;
import io.fundtrail.api.Paging;
import io.fundtrail.api.Paging.Page;
import io.fundtrail.api.PersonKey;
import io.fundtrail.api.RequestParams;
import io.fundtrail.api.Route;
import io.fundtrail.api.Routes;
import io.fundtrail.audit.ContractEvents.Happened;
import io.fundtrail.audit.JournalReading.Place;
import io.fundtrail.identity.Investors;
import io.fundtrail.identity.Investors.Person;
import io.fundtrail.index.Blocks;
import io.fundtrail.index.Commits;
import io.fundtrail.index.EventFilter;
import io.fundtrail.index.Journal;
import io.fundtrail.index.Journal.Order;
import io.fundtrail.index.LogEntry;
import io.fundtrail.model.Address;
import io.fundtrail.model.AsOf;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Hash;
import io.fundtrail.model.LogRef;
import io.fundtrail.store.ReadOnlyDatabase;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Shows events of all contracts of the ledger. */
public final class EventRoutes implements Routes {
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,63}");
  private static final Pattern ID = Pattern.compile("0x[0-9a-f]{64}:(0|[1-9][0-9]{0,8})");
  private static final long LAST_BLOCK = (1L << 53) - 1;

  private final ReadOnlyDatabase database;
  private final Moments moments;
  private final Commits commits;
  private final ContractEvents events;
  private final JournalReading reading;

  /**
   * Routes over the journal.
   *
   * @param commits those of the index, for those who follow it
   */
  public EventRoutes(ReadOnlyDatabase database, Moments moments, Commits commits) {
    this.database = database;
    this.moments = moments;
    this.commits = commits;
    this.events = ContractEvents.load();
    this.reading = new JournalReading(database, moments, this::event);
  }

  /** The directions in which the history can be read. */
  private enum Direction {
    ASC,
    DESC
  }

  /** What of the history is asked for. */
  private record Asked(
      Optional<Address> contract,
      Set<Hash> kinds,
      Optional<PersonKey> person,
      long fromBlock,
      long toBlock,
      Optional<Instant> from,
      Optional<Instant> to) {}

  record Event(
      long blockNumber,
      Hash blockHash,
      Instant time,
      int logIndex,
      Hash transaction,
      Address contract,
      String contractKind,
      String name,
      Map<String, Object> arguments) {}

  record EventList(AsOf asOf, List<Event> events, @Nullable String next) implements Dated {}

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get(
            "/v1/events",
            this::list,
            "contract",
            "kind",
            "person",
            "fromBlock",
            "toBlock",
            "from",
            "to",
            "order",
            "limit",
            "cursor"),
        Route.stream(
            "/v1/events/stream", this::stream, "contract", "kind", "person", "fromBlock", "from"));
  }

  private EventStream stream(RequestParams request) {
    Optional<Field> first = request.query("fromBlock");
    Optional<Instant> from = request.query("from").map(Field::time);
    long fromBlock =
        Math.max(
            first.map(Field::blockNumber).orElse(0L),
            from.map(time -> database.read(handle -> numberBefore(handle, time)) + 1).orElse(0L));
    JournalReading.Asked asked =
        new JournalReading.Asked(
            request.query("contract").map(Field::address),
            request.query("kind").map(this::topics).orElse(Set.of()),
            request.query("person").map(Field::person),
            fromBlock);
    boolean past = first.isPresent() || from.isPresent();
    Place place =
        request
            .lastEventId()
            .map(EventRoutes::named)
            .orElseGet(() -> past ? new Place.Before(fromBlock) : new Place.Now());
    return new JournalStream(reading, commits, asked, place);
  }

  private static Place named(Field id) {
    String expected = "the id of an event: its block's hash, a colon, and its index in the block";
    String[] parts = id.matching(ID, expected).split(":", 2);
    return new Place.Named(Hash.parse(parts[0]), Integer.parseInt(parts[1]));
  }

  private Answer list(RequestParams request) {
    Asked asked =
        new Asked(
            request.query("contract").map(Field::address),
            request.query("kind").map(this::topics).orElse(Set.of()),
            request.query("person").map(Field::person),
            request.query("fromBlock").map(Field::blockNumber).orElse(0L),
            request.query("toBlock").map(Field::blockNumber).orElse(LAST_BLOCK),
            request.query("from").map(Field::time),
            request.query("to").map(Field::time));
    Direction direction =
        request
            .query("order")
            .map(field -> field.oneOf(List.of(Direction.values())))
            .orElse(Direction.ASC);
    Moment moment = request.moment();
    Paging paging = request.paging();
    Optional<LogRef> after = paging.after().map(Paging.Key::logRef);
    return database.read(handle -> {
      AsOf asOf = moments.asOf(handle, moment);
      EventFilter filter = filter(handle, asked, asOf.block().number());
      Order order = direction == Direction.ASC ? Order.OLDEST_FIRST : Order.NEWEST_FIRST;
      Page<LogEntry> page =
          paging.page(
              Journal.find(handle, filter, order, after, paging.limit() + 1),
              moments.anchor(handle, asOf),
              entry -> Paging.key(entry.log().ref()));
      List<Event> shown = page.items().stream().map(this::event).toList();
      return Answer.json(new EventList(asOf, shown, page.next()));
    });
  }

  private Set<Hash> topics(Field field) {
    String expected = "the name of an event, such as CommitmentSettled";
    Set<Hash> topics = events.topics(field.matching(NAME, expected));
    if (topics.isEmpty()) {
      throw field.wrong(expected);
    }
    return topics;
  }

  private static EventFilter filter(Handle handle, Asked asked, long lastBlock) {
    long fromBlock =
        asked
            .from()
            .map(time -> numberBefore(handle, time) + 1)
            .map(first -> Math.max(first, asked.fromBlock()))
            .orElse(asked.fromBlock());
    long toBlock =
        asked
            .to()
            .map(time -> numberBefore(handle, time))
            .map(last -> Math.min(last, asked.toBlock()))
            .orElse(asked.toBlock());
    return new EventFilter(
        asked.contract().map(Set::of).orElse(Set.of()),
        asked.kinds(),
        asked.person().map(key -> words(handle, key, lastBlock)).orElse(Set.of()),
        fromBlock,
        Math.min(toBlock, lastBlock));
  }

  /** The number of the last block before a time; -1 when there is none. */
  private static long numberBefore(Handle handle, Instant time) {
    return Blocks.lastUntil(handle, time.minusSeconds(1)).map(BlockRef::number).orElse(-1L);
  }

  /** How events name a person: by identity or by wallet. */
  static Set<Hash> words(Handle handle, PersonKey key, long block) {
    Person person = Investors.person(handle, key, block);
    Set<Hash> words = new HashSet<>();
    Optional.ofNullable(person.identity()).ifPresent(words::add);
    Optional.ofNullable(person.wallet()).map(Address::toWord).ifPresent(words::add);
    return words;
  }

  private Event event(LogEntry entry) {
    Happened happened = events.read(entry.log());
    return new Event(
        entry.block().number(),
        entry.block().hash(),
        entry.block().time(),
        entry.log().ref().logIndex(),
        entry.log().txHash(),
        entry.contract().address(),
        entry.contract().kind().name(),
        happened.name(),
        happened.arguments());
  }
}
