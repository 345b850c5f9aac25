package io.fundtrail.proof;

import io.fundtrail.model.Address;
import io.fundtrail.model.Hash;
import io.fundtrail.proof.Refusal.RefusedBundle;
import java.math.BigInteger;

/**
 * Reads a share class from its storage, as {@code ShareRegister} keeps it. Shares are whole; those
 * of an earlier split are multiplied to the shares of the moment that is asked for.
 */
public final class ShareBooks {
  private static final String REGISTER = "ShareRegister.Register";
  private static final String HOLDING = "ShareRegister.Holding";
  private static final String LOT_PAIR = "ShareRegister.LotPair";
  private static final String CHECKPOINT = "ShareRegister.Checkpoint";
  private static final String BOUNDARY = "ShareRegister.Boundary";
  private static final String RECORD_DATE = "ShareRegister.RecordDate";

  private final Storage storage;
  private final StorageLayout layout;

  public ShareBooks(Storage storage, StorageLayout layout) {
    this.storage = storage;
    this.layout = layout;
  }

  /**
   * A record date whose time has come.
   *
   * @param time second since 1970
   * @param period that ended with it
   * @param lastSplit period that began with the last split before it
   */
  record Passed(long time, long period, long lastSplit) {}

  /** Where a wallet's holding is. */
  public static Hash holdingSlot(StorageLayout layout, Address wallet) {
    return Storage.valueOf(layout.variable("_holdings"), wallet);
  }

  /** Shares in issue. */
  BigInteger supply() {
    return register("supply");
  }

  /** Shares of a wallet. */
  BigInteger balance(Address wallet) {
    return today(holding(wallet), "balance");
  }

  /** Shares of a wallet that may not be resold at a time, in seconds since 1970. */
  BigInteger locked(Address wallet, long time) {
    Hash holding = holding(wallet);
    int lots = of(HOLDING, "lots", holding).intValue();
    BigInteger locked = BigInteger.ZERO;
    if (lots > 0 && isAfter(of(HOLDING, "oldestUntil", holding), time)) {
      locked = today(holding, "oldestShares");
    }
    Hash laterLots = Storage.valueOf(layout.variable("_laterLots"), wallet);
    long today = lastSplit();
    for (int lot = 1; lot < lots; lot += 2) {
      Hash pair = storage.read(Storage.valueOf(laterLots, lot / 2));
      BigInteger live = BigInteger.ZERO;
      if (isAfter(of(LOT_PAIR, "firstUntil", pair), time)) {
        live = live.add(of(LOT_PAIR, "firstShares", pair));
      }
      if (isAfter(of(LOT_PAIR, "secondUntil", pair), time)) {
        live = live.add(of(LOT_PAIR, "secondShares", pair));
      }
      long split = of(LOT_PAIR, "split", pair).longValue();
      locked = locked.add(live.multiply(growth(split, today)));
    }
    return locked;
  }

  /**
   * A record date whose time has come.
   *
   * @param now in seconds since 1970
   */
  Passed passed(int recordDate, long now) throws RefusedBundle {
    Hash word = storage.read(Storage.valueOf(layout.variable("_recordDates"), recordDate));
    long date = of(RECORD_DATE, "date", word).longValue();
    if (date == 0) {
      throw Refusal.UNKNOWN_RECORD_DATE.because("the class has no record date " + recordDate);
    }
    if (now < date) {
      throw Refusal.RECORD_DATE_AHEAD.because(
          "record date " + recordDate + " is at second " + date + ", the block at " + now);
    }
    return new Passed(
        date,
        of(RECORD_DATE, "period", word).longValue() - 1,
        of(RECORD_DATE, "lastSplit", word).longValue());
  }

  /** What a wallet held before the first transaction at or after a record date. */
  BigInteger balanceAt(Address wallet, Passed date) {
    Hash holding = holding(wallet);
    long written = of(HOLDING, "period", holding).longValue();
    if (written <= date.period() && written >= date.lastSplit()) {
      return of(HOLDING, "balance", holding);
    }
    long period = Math.min(date.period(), register("period").longValue());
    if (written <= period) {
      return of(HOLDING, "balance", holding).multiply(growth(written, period));
    }
    long low = 0;
    long high = of(HOLDING, "checkpoints", holding).longValue();
    while (low < high) {
      long middle = (low + high) / 2;
      if (of(CHECKPOINT, "period", checkpoint(wallet, middle)).longValue() <= period) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    if (low == 0) {
      return BigInteger.ZERO;
    }
    Hash last = checkpoint(wallet, low - 1);
    return of(CHECKPOINT, "balance", last)
        .multiply(growth(of(CHECKPOINT, "period", last).longValue(), period));
  }

  /** What was in issue before the first transaction at or after a record date. */
  BigInteger supplyAt(Passed date) {
    return date.period() < register("period").longValue()
        ? of(BOUNDARY, "supply", boundary(date.period() + 1))
        : supply();
  }

  /** A number of a holding's own period, in today's shares. */
  private BigInteger today(Hash holding, String member) {
    long period = of(HOLDING, "period", holding).longValue();
    BigInteger shares = of(HOLDING, member, holding);
    return period >= lastSplit() ? shares : shares.multiply(growth(period, lastSplit()));
  }

  /** What one share of a period is in a later one; every factor is a multiple of the one before. */
  private BigInteger growth(long from, long to) {
    if (from == to) {
      return BigInteger.ONE;
    }
    BigInteger before = factor(from);
    if (before.signum() == 0) {
      throw new InvalidProof(
          InvalidProof.Reason.MALFORMED_VALUE,
          "shares are counted in period " + from + ", which has not begun");
    }
    return factor(to).divide(before);
  }

  private BigInteger factor(long period) {
    return period == 0 ? BigInteger.ONE : of(BOUNDARY, "factor", boundary(period));
  }

  private Hash boundary(long period) {
    return storage.read(Storage.valueOf(layout.variable("_boundaries"), period));
  }

  private Hash checkpoint(Address wallet, long index) {
    return storage.read(
        Storage.valueOf(Storage.valueOf(layout.variable("_checkpoints"), wallet), index));
  }

  private Hash holding(Address wallet) {
    return storage.read(holdingSlot(layout, wallet));
  }

  private BigInteger register(String member) {
    return of(REGISTER, member, storage.read(layout.variable("_register")));
  }

  private long lastSplit() {
    return register("lastSplit").longValue();
  }

  private BigInteger of(String struct, String member, Hash word) {
    return layout.member(struct, member, word);
  }

  private static boolean isAfter(BigInteger until, long time) {
    return until.compareTo(BigInteger.valueOf(time)) > 0;
  }
}
