package io.fundtrail.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fundtrail.api.Moment;
import io.fundtrail.api.Problem;
import io.fundtrail.api.ProblemType;
import io.fundtrail.chain.Finality;
import io.fundtrail.model.AsOf;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Hash;
import io.fundtrail.store.Database;
import io.fundtrail.store.Migrations;
import io.fundtrail.store.OnBothDatabases;
import java.math.BigInteger;
import java.time.Instant;

/** An index with events in the blocks 10 and 20 that has come to block 25. */
class IndexedMomentsTest {
  private static final Instant START = Instant.parse("2020-01-01T00:00:00Z");
  private static final IndexedMoments MOMENTS = new IndexedMoments(new Finality.Depth(16));

  @OnBothDatabases
  void answersAsOfTheLastBlockIndexed(Database database) {
    fill(database);
    assertThat(asOf(database, new Moment.Latest())).isEqualTo(new AsOf(block(25), "depth:16", 22));
  }

  @OnBothDatabases
  void answersAsOfTheLastBlockThatChangedAnythingBeforeTheOneAskedFor(Database database) {
    fill(database);
    assertThat(asOf(database, new Moment.AtBlock(10)).block()).isEqualTo(block(10));
    assertThat(asOf(database, new Moment.AtBlock(19)).block()).isEqualTo(block(10));
    assertThat(asOf(database, new Moment.AtBlock(25)).block()).isEqualTo(block(25));
    assertThat(asOf(database, new Moment.AtTime(time(20))).block()).isEqualTo(block(20));
    assertThat(asOf(database, new Moment.AtTime(time(20).minusSeconds(1))).block())
        .isEqualTo(block(10));
  }

  @OnBothDatabases
  void refusesWhatTheIndexDoesNotHold(Database database) {
    fill(database);
    refuses(database, new Moment.AtBlock(26), ProblemType.BLOCK_NOT_INDEXED);
    refuses(database, new Moment.AtBlock(9), ProblemType.BLOCK_NOT_INDEXED);
    refuses(database, new Moment.AtTime(time(25).plusSeconds(1)), ProblemType.BLOCK_NOT_INDEXED);
    refuses(database, new Moment.AtTime(time(10).minusSeconds(1)), ProblemType.BLOCK_NOT_INDEXED);
  }

  @OnBothDatabases
  void bindsCursorsToTheLastBlockWithAnEventAndSeesWhenItIsGone(Database database) {
    fill(database);
    BlockRef anchor =
        database.read(handle -> MOMENTS.anchor(handle, MOMENTS.asOf(handle, new Moment.Latest())));
    assertThat(anchor).isEqualTo(block(20));
    Moment pinned = new Moment.Pinned(anchor.number(), anchor.hash());
    assertThat(asOf(database, pinned).block()).isEqualTo(anchor);
    refuses(database, new Moment.Pinned(20, hash(99)), ProblemType.CURSOR_ORPHANED);
    refuses(database, new Moment.Pinned(21, hash(21)), ProblemType.CURSOR_ORPHANED);
  }

  @OnBothDatabases
  void isNotReadyBeforeTheFirstBlock(Database database) {
    Migrations.of("0001-journal").apply(database);
    refuses(database, new Moment.Latest(), ProblemType.NOT_READY);
  }

  private static AsOf asOf(Database database, Moment moment) {
    return database.read(handle -> MOMENTS.asOf(handle, moment));
  }

  private static void refuses(Database database, Moment moment, ProblemType type) {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> asOf(database, moment))
        .matches(problem -> problem.type() == type);
  }

  private static void fill(Database database) {
    Migrations.of("0001-journal").apply(database);
    database.write(handle -> {
      for (int number : new int[] {10, 20, 25}) {
        handle
            .createUpdate("insert into block values (:number, :hash, :hash, :time)")
            .bind("number", number)
            .bind("hash", hash(number))
            .bind("time", time(number))
            .execute();
      }
      for (int number : new int[] {10, 20}) {
        handle
            .createUpdate(
                """
                insert into journal
                  (block_number, log_index, tx_hash, tx_index, address, topic0, data)
                values (:number, 0, :hash, 0, :hash, :hash, :hash)
                """)
            .bind("number", number)
            .bind("hash", hash(number))
            .execute();
      }
      handle
          .createUpdate(
              """
              insert into checkpoint
                (only_row, number, hash, time, verified_through, final_number, final_hash)
              values (1, 25, :hash, :time, 22, 9, :hash)
              """)
          .bind("hash", hash(25))
          .bind("time", time(25))
          .execute();
    });
  }

  private static BlockRef block(int number) {
    return new BlockRef(number, hash(number), time(number));
  }

  private static Hash hash(int number) {
    return Hash.ofUint(BigInteger.valueOf(number));
  }

  private static Instant time(int number) {
    return START.plusSeconds(12L * number);
  }
}
