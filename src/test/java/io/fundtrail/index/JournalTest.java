package io.fundtrail.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.fundtrail.index.Journal.Order;
import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Bytes;
import io.fundtrail.model.Hash;
import io.fundtrail.model.LogRef;
import io.fundtrail.model.RawLog;
import io.fundtrail.proof.BlockHeader;
import io.fundtrail.store.Database;
import io.fundtrail.store.OnBothDatabases;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

class JournalTest {
  private static final ContractKind KIND = new ContractKind("round");
  private static final FollowedContract FIRST = contract(1);
  private static final FollowedContract SECOND = contract(2);
  private static final Hash COMMITTED = word(100);
  private static final Hash SETTLED = word(101);
  private static final Hash ALICE = word(7);
  private static final Hash BOB = word(8);

  private static final LogEntry ANONYMOUS = entry(FIRST, 1, 0, List.of());
  private static final LogEntry ALICE_COMMITS = entry(FIRST, 1, 3, List.of(COMMITTED, ALICE));
  private static final LogEntry BOB_COMMITS = entry(SECOND, 2, 0, List.of(COMMITTED, BOB));
  private static final LogEntry FROM_ALICE_TO_BOB =
      entry(SECOND, 4, 1, List.of(SETTLED, word(0), ALICE, BOB));
  private static final List<LogEntry> ALL =
      List.of(ANONYMOUS, ALICE_COMMITS, BOB_COMMITS, FROM_ALICE_TO_BOB);

  @OnBothDatabases
  void givesBackWhatItWasGivenInTheChainsOrder(Database database) {
    fill(database);

    assertThat(find(database, everything())).isEqualTo(ALL);
    assertThat(find(database, everything(), Order.NEWEST_FIRST, null, 9)).isEqualTo(ALL.reversed());
  }

  @OnBothDatabases
  void findsByContract(Database database) {
    fill(database);

    assertThat(find(database, everything().by(Set.of(FIRST.address()))))
        .containsExactly(ANONYMOUS, ALICE_COMMITS);
    assertThat(find(database, everything().by(Set.of(contract(3).address())))).isEmpty();
  }

  @OnBothDatabases
  void findsByKind(Database database) {
    fill(database);

    assertThat(find(database, everything().ofKinds(Set.of(COMMITTED))))
        .containsExactly(ALICE_COMMITS, BOB_COMMITS);
    assertThat(find(database, everything().ofKinds(Set.of(COMMITTED, SETTLED))))
        .containsExactly(ALICE_COMMITS, BOB_COMMITS, FROM_ALICE_TO_BOB);
  }

  @OnBothDatabases
  void findsByPersonInAnyTopicButTheKind(Database database) {
    fill(database);

    assertThat(find(database, everything().naming(Set.of(ALICE))))
        .containsExactly(ALICE_COMMITS, FROM_ALICE_TO_BOB);
    assertThat(find(database, everything().naming(Set.of(BOB))))
        .containsExactly(BOB_COMMITS, FROM_ALICE_TO_BOB);
    assertThat(find(database, everything().naming(Set.of(COMMITTED)))).isEmpty();
  }

  @OnBothDatabases
  void findsByBlockBothEndsIncluded(Database database) {
    fill(database);

    assertThat(find(database, EventFilter.between(2, 4)))
        .containsExactly(BOB_COMMITS, FROM_ALICE_TO_BOB);
    assertThat(find(database, EventFilter.between(3, 3))).isEmpty();
  }

  @OnBothDatabases
  void meansAllConditionsTogether(Database database) {
    fill(database);

    EventFilter filter =
        EventFilter.between(1, 2)
            .by(Set.of(FIRST.address(), SECOND.address()))
            .ofKinds(Set.of(COMMITTED))
            .naming(Set.of(ALICE));
    assertThat(find(database, filter)).containsExactly(ALICE_COMMITS);
  }

  @OnBothDatabases
  void goesOnAfterTheLastOfAPage(Database database) {
    fill(database);

    assertThat(find(database, everything(), Order.OLDEST_FIRST, null, 2))
        .containsExactly(ANONYMOUS, ALICE_COMMITS);
    assertThat(find(database, everything(), Order.OLDEST_FIRST, new LogRef(1, 3), 2))
        .containsExactly(BOB_COMMITS, FROM_ALICE_TO_BOB);
    assertThat(find(database, everything(), Order.NEWEST_FIRST, new LogRef(2, 0), 1))
        .containsExactly(ALICE_COMMITS);
    assertThat(find(database, everything(), Order.OLDEST_FIRST, new LogRef(4, 1), 2)).isEmpty();
  }

  @OnBothDatabases
  void knowsTheLastBlockUntilATime(Database database) {
    fill(database);

    assertThat(lastUntil(database, time(1).minusSeconds(1))).isEmpty();
    assertThat(lastUntil(database, time(1))).contains(1L);
    assertThat(lastUntil(database, time(4).minusSeconds(1))).contains(2L);
    assertThat(lastUntil(database, time(4).plusSeconds(99))).contains(4L);
  }

  @OnBothDatabases
  void forgetsOnlyBlocksThatNothingNeeds(Database database) {
    fill(database);
    database.write(handle -> {
      Blocks.add(handle, List.of(header(3), header(5), header(6), header(7)));
      Blocks.forget(handle, 1, 7, 6);
    });

    List<BlockRef> kept = database.read(handle -> Blocks.downFrom(handle, 99, 99));
    assertThat(kept).extracting(BlockRef::number).containsExactly(7L, 6L, 4L, 2L, 1L);
  }

  private static void fill(Database database) {
    EventCounts.SCHEMA.apply(database);
    database.write(handle -> {
      Contracts.add(handle, List.of(FIRST, SECOND));
      Blocks.add(handle, List.of(header(1), header(2), header(4)));
      Journal.append(handle, ALL.reversed());
    });
  }

  private static EventFilter everything() {
    return EventFilter.between(0, Long.MAX_VALUE);
  }

  private static List<LogEntry> find(Database database, EventFilter filter) {
    return find(database, filter, Order.OLDEST_FIRST, null, 9);
  }

  private static List<LogEntry> find(
      Database database, EventFilter filter, Order order, @Nullable LogRef after, int limit) {
    return database.read(
        handle -> Journal.find(handle, filter, order, Optional.ofNullable(after), limit));
  }

  private static Optional<Long> lastUntil(Database database, Instant time) {
    return database.read(handle -> Blocks.lastUntil(handle, time)).map(BlockRef::number);
  }

  private static Hash word(long number) {
    return Hash.ofUint(BigInteger.valueOf(number));
  }

  private static FollowedContract contract(int number) {
    return new FollowedContract(Address.ofWord(word(number)), KIND, 1);
  }

  private static Instant time(long block) {
    return Instant.ofEpochSecond(1_000 + block * 10);
  }

  private static BlockRef block(long number) {
    return header(number).ref();
  }

  private static CheckedHeader header(long number) {
    List<Bytes> fields = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      fields.add(Bytes.EMPTY);
    }
    for (int hash : List.of(0, 1, 3, 4, 5, 13)) {
      fields.set(hash, Bytes.of(Hash.ZERO.bytes()));
    }
    fields.set(2, Bytes.of(Address.ZERO.bytes()));
    fields.set(6, Bytes.of(new byte[256]));
    fields.set(8, Bytes.of((byte) number));
    fields.set(14, Bytes.of(new byte[8]));
    BlockHeader header = BlockHeader.of(fields);
    return new CheckedHeader(new BlockRef(number, header.hash(), time(number)), header);
  }

  private static LogEntry entry(
      FollowedContract contract, long block, int index, List<Hash> topics) {
    RawLog log =
        new RawLog(
            new LogRef(block, index),
            block(block).hash(),
            word(block * 1_000 + index),
            index,
            contract.address(),
            topics,
            Bytes.of((byte) index, (byte) 0xff));
    return new LogEntry(contract, block(block), log);
  }
}
