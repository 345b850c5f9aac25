import { signal } from '@preact/signals';
import type { Address } from '../api';
import { words } from '../language';
import { status } from '../live';
import { clipped, count, fromSmallestUnits, money, short } from '../format';

/** What is known of an address, for a reader: a name for it, and which contract's code runs there. */
export interface Known {
  name?: string;
  /** The contract whose functions it has, such as FundingRound. */
  contract?: string;
  /** Of what is counted there: the currency of money, or a share class's symbol. */
  unit?: string;
  decimals?: number;
}

const names = words(
  {
    Directory: 'Directory',
    LedgerAuthority: 'LedgerAuthority',
    InvestorRegistry: 'InvestorRegistry',
    InvestmentLimits: 'InvestmentLimits',
    Recovery: 'Recovery',
    BusinessCalendar: 'BusinessCalendar',
  },
  {
    Directory: '目录',
    LedgerAuthority: '权限合约',
    InvestorRegistry: '投资者登记册',
    InvestmentLimits: '投资限额合约',
    Recovery: '恢复合约',
    BusinessCalendar: '工作日历',
  },
);

const noted = signal<ReadonlyMap<Address, Known>>(new Map());

/** Keeps what a page has read of addresses, so that what is signed can be told with their names. */
export function note(entries: Iterable<readonly [Address, Known]>): void {
  const next = new Map(noted.peek());
  for (const [address, known] of entries) {
    const own = known.name === undefined ? known : { ...known, name: undirected(known.name) };
    next.set(address.toLowerCase(), { ...next.get(address.toLowerCase()), ...own });
  }
  noted.value = next;
}

/** Text of the chain for the middle of a sentence: clipped, without what would turn the words around it. */
export const undirected = (text: string) => clipped(text).replace(/[\u202a-\u202e\u2066-\u2069]/g, '');

export function known(address: Address): Known {
  const key = address.toLowerCase();
  const contracts = status.value?.contracts;
  const own = noted.value.get(key) ?? {};
  if (!contracts) return own;
  const token = contracts.settlementTokens.find((one) => one.address === key);
  if (token) return { contract: 'DemoDollar', name: token.currency, unit: token.currency, decimals: token.decimals, ...own };
  const fixed: Record<string, keyof typeof names> = {
    [contracts.directory]: 'Directory',
    [contracts.authority]: 'LedgerAuthority',
    [contracts.registry]: 'InvestorRegistry',
    [contracts.limits]: 'InvestmentLimits',
    [contracts.recovery]: 'Recovery',
    ...(contracts.calendar ? { [contracts.calendar]: 'BusinessCalendar' } : {}),
  };
  const contract = fixed[key];
  return contract ? { contract, name: names[contract], ...own } : own;
}

/** Marks that say in which direction text runs: with one of them a name would turn the words around it about. */
const DIRECTIONS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A name where there is one, with enough of the address to tell it from another of that name. */
export function named(address: Address): string {
  const { name } = known(address);
  return name ? `${name.replace(DIRECTIONS, '')} (${short(address)})` : short(address);
}

/** So much of what is counted at an address: money in its currency, shares of a class. */
export function amountOf(asset: Address, units: bigint): string {
  const { unit, decimals, contract } = known(asset);
  if (unit === undefined || decimals === undefined) return `${count(units)} × ${named(asset)}`;
  return contract === 'ShareToken' ? `${count(units)} ${unit}` : money(fromSmallestUnits(units, decimals), unit);
}
