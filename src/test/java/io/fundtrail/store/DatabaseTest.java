package io.fundtrail.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;

class DatabaseTest {
  @OnBothDatabases
  void keepsWhatATransactionCommitted(Database database, DatabaseUrl url) {
    createCounter(database);
    database.write(handle -> handle.execute("update counter set value = 7"));

    try (Database again = Database.open(url)) {
      assertThat(again.read(DatabaseTest::counter)).isEqualTo(7);
    }
  }

  @OnBothDatabases
  void forgetsAllOfATransactionThatThrows(Database database) {
    createCounter(database);

    assertThatThrownBy(() ->
            database.write(handle -> {
              handle.execute("update counter set value = 7");
              throw new IllegalArgumentException("no");
            }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no");

    assertThat(database.read(DatabaseTest::counter)).isZero();
  }

  @OnBothDatabases
  void readsOneSnapshotWhileAnotherTransactionCommits(Database database) throws Exception {
    createCounter(database);
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch committed = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> seen =
          threads.submit(() ->
              database.read(handle -> {
                int before = counter(handle);
                first.countDown();
                await(committed);
                return before * 10 + counter(handle);
              }));
      await(first);
      database.write(handle -> handle.execute("update counter set value = 7"));
      committed.countDown();
      assertThat(seen.get()).isZero();
    }
    assertThat(database.read(DatabaseTest::counter)).isEqualTo(7);
  }

  @OnBothDatabases
  void givesUpWhatTakesTooLongAndNothingElse(Database database) {
    createCounter(database);
    long far = 500_000;
    while (secondsToCount(database, far) < 2) {
      far *= 2;
    }
    long tooFar = far;
    ReadOnlyDatabase impatient = database.within(Duration.ofSeconds(1));

    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> impatient.read(handle -> count(handle, tooFar)))
          .isInstanceOfSatisfying(
              QueryGivenUp.class, e -> assertThat(e.longest()).isEqualTo(Duration.ofSeconds(1)));
      assertThat(impatient.read(DatabaseTest::counter)).isZero();
    }

    assertThat(secondsToCount(database, tooFar)).isPositive();
    database.write(DatabaseTest::increment);
    assertThat(impatient.read(DatabaseTest::counter)).isEqualTo(1);
  }

  @OnBothDatabases
  void runsWritingTransactionsOneAtATime(Database database) throws Exception {
    createCounter(database);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var writes =
          IntStream.range(0, 50)
              .mapToObj(i -> threads.submit(() -> database.write(DatabaseTest::increment)))
              .toList();
      for (Future<?> write : writes) {
        write.get();
      }
    }
    assertThat(database.read(DatabaseTest::counter)).isEqualTo(50);
  }

  @OnBothDatabases
  void refusesToWriteInARead(Database database) {
    createCounter(database);

    assertThatThrownBy(
            () -> database.read(handle -> handle.execute("update counter set value = 7")))
        .hasMessageMatching("(?is).*read-?\\s?only.*");

    assertThat(database.read(DatabaseTest::counter)).isZero();
  }

  @OnBothDatabases
  void refusesACallFromWithinACallback(Database database) {
    createCounter(database);

    assertThatThrownBy(() -> database.read(handle -> database.read(DatabaseTest::counter)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("must use the handle it was given");
    assertThatThrownBy(() -> database.write(handle -> database.write(DatabaseTest::increment)))
        .isInstanceOf(IllegalStateException.class);

    assertThat(database.read(DatabaseTest::counter)).isZero();
  }

  private static void createCounter(Database database) {
    database.write(handle -> {
      handle.execute("create table counter (value integer not null)");
      handle.execute("insert into counter (value) values (0)");
    });
  }

  private static int counter(Handle handle) {
    return handle.createQuery("select value from counter").mapTo(Integer.class).one();
  }

  private static double secondsToCount(Database database, long to) {
    long started = System.nanoTime();
    long counted = database.read(handle -> count(handle, to));
    assertThat(counted).isEqualTo(to);
    return (System.nanoTime() - started) / 1e9;
  }

  private static long count(Handle handle, long to) {
    return handle
        .createQuery(
            """
            with recursive n (i) as (select 1 union all select i + 1 from n where i < :to)
            select count(*) from n
            """)
        .bind("to", to)
        .mapTo(Long.class)
        .one();
  }

  private static void increment(Handle handle) {
    int next = counter(handle) + 1;
    handle.createUpdate("update counter set value = :next").bind("next", next).execute();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
