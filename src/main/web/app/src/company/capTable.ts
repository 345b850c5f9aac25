import { get, getAll, type Address, type Schemas } from '../api';

type ShareClass = Schemas['ShareClass'];

const MOST_HOLDERS = 1000;
/** Classes convert into classes; a circle is possible, as nothing but the company's sense forbids it. */
const MOST_CONVERSIONS = 8;

export interface ClassLine {
  shareClass: ShareClass;
  /** Issued, and kept for open rounds. */
  diluted: bigint;
  /** The same, converted as far as the terms allow. */
  converted: bigint;
  votes: bigint;
}

export interface HolderLine {
  wallet: Address;
  /** By class, in the order of the lines. */
  shares: bigint[];
  converted: bigint;
  votes: bigint;
}

export interface CapTable {
  asOf: Schemas['AsOf'];
  classes: ClassLine[];
  holders: HolderLine[];
  /** Held by those who are not listed, converted. */
  others: bigint;
  issued: bigint;
  diluted: bigint;
}

/** Who holds what of a company at a moment, over all its classes. */
export async function readCapTable(company: string, at: string, signal: AbortSignal): Promise<CapTable> {
  const { asOf, shareClasses } = await get('/v1/share-classes', { query: { company, at: at || undefined, limit: 200 } }, signal);
  const ordered = shareClasses.toReversed();
  const block = asOf.blockNumber;
  const converting = new Set(ordered.flatMap(({ address, terms }) => (terms.convertsInto ? [address, terms.convertsInto.shareClass] : [])));
  const splits = new Map(await Promise.all([...converting].map(async (address) => [address, await splitFactor(address, block)] as const)));
  const registers = await Promise.all(
    ordered.map(({ address }) => get('/v1/share-classes/{address}/holders', { path: { address }, query: { block, limit: MOST_HOLDERS } }, signal)),
  );
  const convert = (shares: bigint, from: ShareClass) => converted(shares, from, ordered, splits);
  const classes = ordered.map((shareClass) => {
    const diluted = BigInt(shareClass.issued) + BigInt(shareClass.reserved);
    return { shareClass, diluted, converted: convert(diluted, shareClass), votes: BigInt(shareClass.issued) * BigInt(shareClass.terms.votesPerShare) };
  });
  const byWallet = new Map<Address, bigint[]>();
  for (const [i, { holders }] of registers.entries()) {
    for (const { wallet, shares } of holders) {
      const line = byWallet.get(wallet) ?? ordered.map(() => 0n);
      line[i] = BigInt(shares);
      byWallet.set(wallet, line);
    }
  }
  const holders = [...byWallet].map(([wallet, shares]) => ({
    wallet,
    shares,
    converted: sum(shares.map((n, i) => convert(n, ordered[i] as ShareClass))),
    votes: sum(shares.map((n, i) => n * BigInt((ordered[i] as ShareClass).terms.votesPerShare))),
  }));
  const issued = sum(ordered.map((one) => convert(BigInt(one.issued), one)));
  const others = issued - sum(holders.map((line) => line.converted));
  return {
    asOf,
    classes,
    holders: holders.sort((a, b) => (a.converted === b.converted ? a.wallet.localeCompare(b.wallet) : a.converted < b.converted ? 1 : -1)),
    others: others > 0n ? others : 0n,
    issued,
    diluted: sum(classes.map((line) => line.converted)),
  };
}

export const sum = (values: bigint[]) => values.reduce((all, one) => all + one, 0n);

/** By how much the splits of a class have multiplied its shares; its terms of conversion are those of its opening. */
async function splitFactor(contract: Address, toBlock: number): Promise<bigint> {
  const events = await getAll('/v1/events', { query: { contract, kind: 'SharesSplit', toBlock } }, (page) => page.events);
  return events.reduce((factor, event) => factor * BigInt(String(event.arguments.factor)), 1n);
}

function converted(shares: bigint, from: ShareClass, classes: ShareClass[], splits: ReadonlyMap<Address, bigint>): bigint {
  let current = from;
  let count = shares;
  for (let i = 0; i < MOST_CONVERSIONS && current.terms.convertsInto; i++) {
    const { shareClass, numerator, denominator } = current.terms.convertsInto;
    const into = classes.find(({ address }) => address === shareClass);
    if (into === undefined) break;
    count = (count * BigInt(numerator) * (splits.get(shareClass) ?? 1n)) / (BigInt(denominator) * (splits.get(current.address) ?? 1n));
    current = into;
  }
  return count;
}
