package io.fundtrail.share;

import static org.assertj.core.api.Assertions.assertThat;

import io.fundtrail.index.IndexDigest;
import io.fundtrail.model.Address;
import io.fundtrail.model.BlockRef;
import io.fundtrail.model.Hash;
import io.fundtrail.model.ShareCount;
import io.fundtrail.share.ShareEvent.Transferred;
import io.fundtrail.share.TransferRun.Transfer;
import io.fundtrail.store.Database;
import io.fundtrail.store.DeferredIndexes;
import io.fundtrail.store.Migrations;
import io.fundtrail.store.OnBothDatabases;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

class TransferRunTest {
  private static final int CLASSES = 3;
  private static final int HOLDERS = 12;
  private static final int TRANSFERS = 5_000;
  private static final int MOST_PER_BLOCK = 9;
  private static final int LONGEST_RUN = 400;

  private static final String[] UP_TO_NOW = {
    "0001-journal",
    "0020-share",
    "0140-register-changes",
    "0160-kept-registers",
    "0170-deferred-indexes",
    "0200-holdings-in-order"
  };

  /** However they are cut into runs, in the middle of a block as well. */
  @OnBothDatabases
  void comesToTheSameAsOneByOne(Database database) {
    Migrations.of(UP_TO_NOW).apply(database);
    Random random = new Random(5);
    List<Transfer> transfers = transfers(random);
    IndexDigest oneByOne = stored(database, transfers, () -> 1);
    assertThat(Objects.requireNonNull(oneByOne.tables().get("holding")).rows())
        .isGreaterThan(2_000);
    assertThat(Objects.requireNonNull(oneByOne.tables().get("kept_register")).rows())
        .isGreaterThan(3);
    assertThat(stored(database, transfers, () -> TRANSFERS)).isEqualTo(oneByOne);
    for (int i = 0; i < 3; i++) {
      assertThat(stored(database, transfers, () -> 1 + random.nextInt(LONGEST_RUN)))
          .isEqualTo(oneByOne);
    }
    transfers.add(
        new Transfer(
            shareClass(0),
            transfers.getLast().block(),
            new Transferred(Address.ZERO, holder(0), ShareCount.of(1))));
    assertThat(stored(database, transfers, () -> TRANSFERS)).isNotEqualTo(oneByOne);
  }

  /** While the index by which one holder is found waits, registers are read whole. */
  @OnBothDatabases
  void comesToTheSameWhileTheIndexWaits(Database database) {
    Migrations.of(UP_TO_NOW).apply(database);
    List<Transfer> transfers = transfers(new Random(6));
    IndexDigest indexed = stored(database, transfers, () -> 3);
    deferIndex(database);
    stored(database, transfers, () -> TRANSFERS);
    assertThat(indexWaits(database)).isTrue();
    database.write(handle -> DeferredIndexes.build(handle, TransferRun.INDEX_BY_HOLDER));
    assertThat(database.read(IndexDigest::of)).isEqualTo(indexed);
  }

  /** A register is not read whole for every transfer between other events. */
  @OnBothDatabases
  void buildsTheIndexForShortRuns(Database database) {
    Migrations.of(UP_TO_NOW).apply(database);
    List<Transfer> transfers = transfers(new Random(6));
    IndexDigest indexed = stored(database, transfers, () -> 3);
    deferIndex(database);
    assertThat(stored(database, transfers, () -> 1)).isEqualTo(indexed);
    assertThat(indexWaits(database)).isFalse();
  }

  private static void deferIndex(Database database) {
    database.write(handle -> DeferredIndexes.defer(handle, List.of(TransferRun.INDEX_BY_HOLDER)));
  }

  private static boolean indexWaits(Database database) {
    return database.read(handle -> DeferredIndexes.isWaiting(handle, TransferRun.INDEX_BY_HOLDER));
  }

  private interface Length {
    int next();
  }

  private static IndexDigest stored(Database database, List<Transfer> transfers, Length length) {
    database.write(handle -> {
      handle.execute("delete from holding");
      handle.execute("delete from share_class_state");
      handle.execute("delete from kept_register");
      for (int i = 0; i < CLASSES; i++) {
        ShareClassState.opened(ShareCount.of(1_000_000)).store(handle, shareClass(i), block(0));
      }
    });
    int start = 0;
    while (start < transfers.size()) {
      int from = start;
      int to = Math.min(transfers.size(), start + length.next());
      database.write(handle -> TransferRun.store(handle, transfers.subList(from, to)));
      start = to;
    }
    return database.read(IndexDigest::of);
  }

  /** Issues, transfers, cancellations; some of nothing, and some to oneself. */
  private static List<Transfer> transfers(Random random) {
    Map<Address, Map<Address, Long>> held = new HashMap<>();
    List<Transfer> transfers = new ArrayList<>();
    int number = 1;
    int left = MOST_PER_BLOCK;
    while (transfers.size() < TRANSFERS) {
      Address shareClass = shareClass(random.nextInt(CLASSES));
      Address from = random.nextInt(4) == 0 ? Address.ZERO : holder(random.nextInt(HOLDERS));
      Address to =
          random.nextInt(8) == 0 && !from.equals(Address.ZERO)
              ? Address.ZERO
              : holder(random.nextInt(HOLDERS));
      Map<Address, Long> holders = held.computeIfAbsent(shareClass, _ -> new HashMap<>());
      long most = from.equals(Address.ZERO) ? 50 : holders.getOrDefault(from, 0L);
      long shares = random.nextInt(3) == 0 ? most : random.nextLong(most + 1);
      holders.merge(from, -shares, Long::sum);
      holders.merge(to, shares, Long::sum);
      transfers.add(
          new Transfer(
              shareClass, block(number), new Transferred(from, to, ShareCount.of(shares))));
      if (--left == 0) {
        number += 1 + random.nextInt(3);
        left = 1 + random.nextInt(MOST_PER_BLOCK);
      }
    }
    return transfers;
  }

  private static BlockRef block(int number) {
    return new BlockRef(
        number, Hash.ofUint(BigInteger.valueOf(number)), Instant.ofEpochSecond(12L * number));
  }

  private static Address shareClass(int number) {
    return Address.ofWord(Hash.ofUint(BigInteger.valueOf(100L + number)));
  }

  private static Address holder(int number) {
    return Address.ofWord(Hash.ofUint(BigInteger.valueOf(1_000L + number)));
  }
}
