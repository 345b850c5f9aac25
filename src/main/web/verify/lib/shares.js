// Reads a share class from its storage, as ShareRegister keeps it. Shares are whole; those of an
// earlier split are multiplied to the shares of the moment that is asked for.

import { concat, keccak, ofUint, wordOf } from './bytes.js';
import { Refused } from './refusal.js';

/** Where a mapping keeps the value of a key (Solidity's storage layout). */
export const mapped = (mapping, key) => keccak(concat(key, mapping));

export class ShareBooks {
  #read;
  #layout;

  constructor({ read, layout }) {
    this.#read = read;
    this.#layout = layout;
  }

  /** Shares in issue. */
  supply() {
    return this.#register('supply');
  }

  /** Shares of a wallet. */
  balance(wallet) {
    return this.#today(this.#holding(wallet), 'balance');
  }

  /** Shares of a wallet that may not be resold at a time, in seconds since 1970. */
  locked(wallet, time) {
    const holding = this.#holding(wallet);
    const lots = this.#of('Holding', 'lots', holding);
    let locked = 0n;
    if (lots > 0n && this.#of('Holding', 'oldestUntil', holding) > time) {
      locked = this.#today(holding, 'oldestShares');
    }
    const pairs = mapped(this.#layout.variable('_laterLots'), wordOf(wallet));
    for (let lot = 1n; lot < lots; lot += 2n) {
      const pair = this.#read(mapped(pairs, ofUint(lot / 2n)));
      const live = ['first', 'second']
        .filter((which) => this.#of('LotPair', `${which}Until`, pair) > time)
        .map((which) => this.#of('LotPair', `${which}Shares`, pair))
        .reduce((sum, shares) => sum + shares, 0n);
      locked += live * this.#growth(this.#of('LotPair', 'split', pair), this.#register('lastSplit'));
    }
    return locked;
  }

  /**
   * A record date whose time has come by `now`: its second, the period that ended with it, and the
   * period that began with the last split before it.
   */
  passed(recordDate, now) {
    const kept = this.#read(mapped(this.#layout.variable('_recordDates'), ofUint(recordDate)));
    const time = this.#of('RecordDate', 'date', kept);
    if (time === 0n) {
      throw new Refused('UNKNOWN_RECORD_DATE', `the class has no record date ${recordDate}`);
    }
    if (now < time) {
      throw new Refused(
        'RECORD_DATE_AHEAD',
        `record date ${recordDate} is at second ${time}, the block at ${now}`,
      );
    }
    return {
      time,
      period: this.#of('RecordDate', 'period', kept) - 1n,
      lastSplit: this.#of('RecordDate', 'lastSplit', kept),
    };
  }

  /** What a wallet held before the first transaction at or after a record date. */
  balanceAt(wallet, date) {
    const holding = this.#holding(wallet);
    const balance = this.#of('Holding', 'balance', holding);
    const written = this.#of('Holding', 'period', holding);
    if (written >= date.lastSplit && written <= date.period) {
      return balance;
    }
    const current = this.#register('period');
    const period = date.period < current ? date.period : current;
    if (written <= period) {
      return balance * this.#growth(written, period);
    }
    const last = this.#lastCheckpoint(wallet, this.#of('Holding', 'checkpoints', holding), period);
    return last === null
      ? 0n
      : this.#of('Checkpoint', 'balance', last) *
          this.#growth(this.#of('Checkpoint', 'period', last), period);
  }

  /** What was in issue before the first transaction at or after a record date. */
  supplyAt(date) {
    return date.period < this.#register('period')
      ? this.#of('Boundary', 'supply', this.#boundary(date.period + 1n))
      : this.supply();
  }

  /**
   * The last of a wallet's checkpoints that is of a period or before it; null where none is. Bundles
   * have what a search by halves reads, no more.
   */
  #lastCheckpoint(wallet, count, period) {
    const checkpoints = mapped(this.#layout.variable('_checkpoints'), wordOf(wallet));
    const checkpoint = (index) => this.#read(mapped(checkpoints, ofUint(index)));
    let [low, high] = [0n, count];
    while (low < high) {
      const middle = (low + high) / 2n;
      if (this.#of('Checkpoint', 'period', checkpoint(middle)) <= period) {
        low = middle + 1n;
      } else {
        high = middle;
      }
    }
    return low === 0n ? null : checkpoint(low - 1n);
  }

  /** A number of a holding's own period, in today's shares. */
  #today(holding, member) {
    const shares = this.#of('Holding', member, holding);
    const period = this.#of('Holding', 'period', holding);
    const lastSplit = this.#register('lastSplit');
    return period >= lastSplit ? shares : shares * this.#growth(period, lastSplit);
  }

  /** What one share of a period is in a later one; every factor is a multiple of the one before. */
  #growth(from, to) {
    if (from === to) {
      return 1n;
    }
    const before = this.#factor(from);
    if (before === 0n) {
      throw new Refused(
        'MALFORMED_VALUE',
        `shares are counted in period ${from}, which has not begun`,
      );
    }
    return this.#factor(to) / before;
  }

  #factor(period) {
    return period === 0n ? 1n : this.#of('Boundary', 'factor', this.#boundary(period));
  }

  #boundary(period) {
    return this.#read(mapped(this.#layout.variable('_boundaries'), ofUint(period)));
  }

  #holding(wallet) {
    return this.#read(mapped(this.#layout.variable('_holdings'), wordOf(wallet)));
  }

  #register(member) {
    return this.#of('Register', member, this.#read(this.#layout.variable('_register')));
  }

  #of(struct, member, word) {
    return this.#layout.member(`ShareRegister.${struct}`, member, word);
  }
}
