import { signal } from '@preact/signals';
import { locale } from './language';

const KEPT = 'fundtrail.utc';

/** Whether times are shown in UTC instead of the reader's own time. */
export const utc = signal(localStorage.getItem(KEPT) === 'yes');

export function showUtc(chosen: boolean): void {
  utc.value = chosen;
  localStorage.setItem(KEPT, chosen ? 'yes' : 'no');
}

type Exact = Intl.StringNumericLiteral;

/** An exact amount, with as many decimals as it has. */
export function money(amount: string, currency: string): string {
  const decimals = Math.max(2, amount.split('.')[1]?.length ?? 0);
  const options = { minimumFractionDigits: amount.includes('.') ? 2 : 0, maximumFractionDigits: Math.min(decimals, 20) };
  try {
    return new Intl.NumberFormat(locale(), { style: 'currency', currency, ...options }).format(amount as Exact);
  } catch {
    return `${new Intl.NumberFormat(locale(), options).format(amount as Exact)} ${currency}`;
  }
}

/** An amount for where there is little room, such as on an axis. */
export function shortMoney(amount: number, currency: string): string {
  try {
    return new Intl.NumberFormat(locale(), { style: 'currency', currency, notation: 'compact', maximumFractionDigits: 1 }).format(amount);
  } catch {
    return `${shortNumber(amount)} ${currency}`;
  }
}

export function shortNumber(value: number): string {
  return new Intl.NumberFormat(locale(), { notation: 'compact', maximumFractionDigits: 1 }).format(value);
}

export function count(value: string | number | bigint): string {
  return new Intl.NumberFormat(locale(), { maximumFractionDigits: 0 }).format(value as Exact);
}

/** Hundredths of a percent. */
export function percentOfBps(bps: number): string {
  return new Intl.NumberFormat(locale(), { style: 'percent', maximumFractionDigits: 2 }).format(bps / 10_000);
}

/** The share of a count in another, to a hundredth of a percent; exact however large both are. */
export function ratio(part: string | bigint, whole: string | bigint): number {
  const all = BigInt(whole);
  return all === 0n ? 0 : Number((BigInt(part) * 1_000_000n) / all) / 1_000_000;
}

export function percent(part: string | bigint, whole: string | bigint): string {
  return new Intl.NumberFormat(locale(), { style: 'percent', maximumFractionDigits: 2 }).format(ratio(part, whole));
}

function zone(): { timeZone?: string } {
  return utc.value ? { timeZone: 'UTC' } : {};
}

export function dateTime(time: string): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short', ...zone() }).format(new Date(time)) + (utc.value ? ' UTC' : '');
}

/** To the second, for what is compared with a moment close to it. */
export function preciseTime(time: string): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'medium', ...zone() }).format(new Date(time)) + (utc.value ? ' UTC' : '');
}

export function date(time: string): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', ...zone() }).format(new Date(time));
}

const STEPS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** How far a moment is from another, such as "in 3 days". */
export function distance(time: string, from: number): string {
  const apart = Date.parse(time) - from;
  for (const [unit, length] of STEPS) {
    if (Math.abs(apart) >= length || unit === 'minute') {
      return new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' }).format(Math.trunc(apart / length), unit);
    }
  }
  return '';
}

/** The beginning and the end of what is too long to be read. */
export function short(hex: string): string {
  return hex.length > 16 ? `${hex.slice(0, 8)}…${hex.slice(-4)}` : hex;
}

/** Whole units of the smallest denomination, of an amount as people write it; null if it is none. */
export function smallestUnits(amount: string, decimals: number): bigint | null {
  const match = /^(\d{1,60})(?:\.(\d*))?$/.exec(amount.trim());
  if (!match || (match[2] ?? '').length > decimals) return null;
  return BigInt((match[1] ?? '') + (match[2] ?? '').padEnd(decimals, '0'));
}

/** The other way round. */
export function fromSmallestUnits(units: bigint, decimals: number): string {
  const digits = units.toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const part = digits.slice(digits.length - decimals).replace(/0+$/, '');
  return decimals === 0 ? whole : `${whole}.${part.padEnd(Math.min(2, decimals), '0')}`;
}

/** What a number of shares costs, exactly. */
export function times(price: string, shares: string): string {
  const decimals = price.split('.')[1]?.length ?? 0;
  return fromSmallestUnits(BigInt(price.replace('.', '')) * BigInt(shares), decimals);
}

const MOST_SHOWN = 200;

/** A name of the chain as far as it is shown: contracts take any length. */
export function clipped(name: string): string {
  return name.length > MOST_SHOWN ? `${name.slice(0, MOST_SHOWN).replace(/\p{Surrogate}$/u, '')}…` : name;
}
