// What can be got out of a contract of the ledger, asked of any node of its chain. Nothing here needs the service.

import { decodeErrorResult, decodeFunctionResult, encodeFunctionData, parseAbi, type Abi } from 'viem';
import errors from 'errors.json';
import { words } from '../src/language';

const w = words({ noReason: 'no reason given' }, { noReason: '未说明原因' });

export type Ask = (method: string, params: unknown[]) => Promise<unknown>;
type Hex = `0x${string}`;

const ROUND = parseAbi([
  'struct Terms { address shareClass; address settlementToken; address rules; address trust; uint8 allocation; uint128 price; uint64 minimumShares; uint64 maximumShares; uint64 minimumTicket; uint64 oversubscriptionShares; uint40 opensAt; uint40 deadline; uint16 feeBps; bytes32 termsHash; string filing; }',
  'struct Origin { address directory; uint64 companyId; address feeRecipient; bytes3 currency; uint8 currencyDecimals; bool capped; bool countsPersons; bytes32 regime; }',
  'struct Commitment { address wallet; uint64 shares; uint64 allotted; uint40 committedAt; uint16 termsVersion; uint8 category; uint8 state; bool affiliated; bool counted; bool creditPaid; }',
  'function terms() view returns (Terms, Origin)',
  'function status() view returns (uint8)',
  'function commitmentOf(bytes32 identity) view returns (Commitment)',
  'function cancellableUntil(bytes32 identity) view returns (uint256)',
  'function refund(bytes32 identity)',
  'function claimCredit(bytes32 identity)',
  'function cancel(bytes32 identity, uint64 shares)',
  'function moveCommitment(bytes32 identity)',
]);
const SHARES = parseAbi(['function registry() view returns (address)']);
const REGISTRY = parseAbi(['function identityOf(address wallet) view returns (bytes32)']);
const DISTRIBUTION = parseAbi([
  'struct Due { address payee; uint256 shares; uint256 entitlement; uint256 withheld; }',
  'function distributionCount() view returns (uint256)',
  'function dueTo(uint256 id, address holder) view returns (Due)',
  'function isClaimed(uint256 id, address holder) view returns (bool)',
  'function claimFor(uint256 id, address holder)',
]);
const TRUST = parseAbi([
  'struct Position { address token; uint256 held; uint256 owed; uint256 surplus; }',
  'function entitlementOf(bytes32 beneficiary) view returns (address wallet, uint256 units, uint256 total)',
  'function conserved() view returns (Position[])',
  'function claim(bytes32 beneficiary, address asset)',
]);
const TOKEN = parseAbi(['function symbol() view returns (string)', 'function decimals() view returns (uint8)']);

export type Doing = 'refund' | 'cancel' | 'claimCredit' | 'claimFor' | 'claim';

/** A transaction that gets something out, and what happens to it if it is sent now. */
export interface Exit {
  doing: Doing;
  /** Of a distribution, which one. */
  id?: bigint;
  to: Hex;
  data: Hex;
  /** How much, in words of the token; null where the contract alone works it out. */
  amount: string | null;
  /** Why the contract would refuse it now; null where it would not. */
  refusal: string | null;
}

export interface Found {
  kind: 'round' | 'distribution' | 'trust';
  /** What the contract keeps the person by. */
  person: Hex;
  exits: Exit[];
}

/** A node's refusal with what the contract returned. */
export class Reverted extends Error {
  constructor(readonly data: Hex) {
    super('reverted');
  }
}

async function read<T>(ask: Ask, to: Hex, abi: Abi, functionName: string, args: unknown[] = []): Promise<T> {
  const data = encodeFunctionData({ abi, functionName, args });
  const returned = (await ask('eth_call', [{ to, data }, 'latest'])) as Hex;
  return decodeFunctionResult({ abi, functionName, data: returned }) as T;
}

async function maybe<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch {
    return null;
  }
}

/** A word for an error that a contract gave, with its arguments. */
export function errorWords(data: Hex | undefined): string {
  if (!data || data === '0x') return w.noReason;
  try {
    const { errorName, args } = decodeErrorResult({ abi: errors as Abi, data });
    return `${errorName}(${(args ?? []).map(String).join(', ')})`;
  } catch {
    return data;
  }
}

async function tried(ask: Ask, from: Hex, exit: Omit<Exit, 'refusal'>): Promise<Exit> {
  try {
    await ask('eth_call', [{ from, to: exit.to, data: exit.data }, 'latest']);
    return { ...exit, refusal: null };
  } catch (failure) {
    return { ...exit, refusal: failure instanceof Reverted ? errorWords(failure.data) : String(failure) };
  }
}

async function inWords(ask: Ask, token: Hex, units: bigint): Promise<string> {
  const [symbol, decimals] = await Promise.all([maybe(read<string>(ask, token, TOKEN, 'symbol')), maybe(read<number>(ask, token, TOKEN, 'decimals'))]);
  const places = decimals ?? 0;
  const digits = units.toString().padStart(places + 1, '0');
  const amount = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places).replace(/0+$/, '').padEnd(2, '0')}`;
  return `${amount} ${symbol ?? token}`;
}

/** What a person can get out of a contract, whose kind is found by asking it. */
export async function findExits(ask: Ask, contract: Hex, wallet: Hex, identity: Hex | null): Promise<Found | null> {
  const round = await maybe(read<[{ shareClass: Hex; settlementToken: Hex; price: bigint }, unknown]>(ask, contract, ROUND, 'terms'));
  if (round !== null && (await maybe(read<number>(ask, contract, ROUND, 'status'))) !== null) {
    return roundExits(ask, contract, wallet, identity, round[0]);
  }
  const count = await maybe(read<bigint>(ask, contract, DISTRIBUTION, 'distributionCount'));
  if (count !== null) return distributionExits(ask, contract, wallet, count);
  const positions = await maybe(read<{ token: Hex }[]>(ask, contract, TRUST, 'conserved'));
  return positions === null ? null : trustExits(ask, contract, wallet, identity, positions);
}

async function roundExits(ask: Ask, to: Hex, wallet: Hex, given: Hex | null, terms: { shareClass: Hex; settlementToken: Hex; price: bigint }): Promise<Found> {
  const registry = given === null ? await read<Hex>(ask, terms.shareClass, SHARES, 'registry') : null;
  const person = given ?? (await read<Hex>(ask, registry as Hex, REGISTRY, 'identityOf', [wallet]));
  const { shares, allotted } = await read<{ shares: bigint; allotted: bigint }>(ask, to, ROUND, 'commitmentOf', [person]);
  const whole = await inWords(ask, terms.settlementToken, shares * terms.price);
  const excess = await inWords(ask, terms.settlementToken, (shares - allotted) * terms.price);
  const call = (doing: 'refund' | 'cancel' | 'claimCredit', args: unknown[], amount: string) =>
    tried(ask, wallet, { doing, to, amount, data: encodeFunctionData({ abi: ROUND, functionName: doing, args } as never) });
  return {
    kind: 'round',
    person,
    exits: await Promise.all([call('refund', [person], whole), call('cancel', [person, 0n], whole), call('claimCredit', [person], excess)]),
  };
}

const MOST_DISTRIBUTIONS = 50;

async function distributionExits(ask: Ask, to: Hex, wallet: Hex, count: bigint): Promise<Found> {
  const first = count > MOST_DISTRIBUTIONS ? count - BigInt(MOST_DISTRIBUTIONS) + 1n : 1n;
  const exits: Exit[] = [];
  for (let id = first; id <= count; id++) {
    const due = await maybe(read<{ entitlement: bigint; withheld: bigint }>(ask, to, DISTRIBUTION, 'dueTo', [id, wallet]));
    const claimed = await maybe(read<boolean>(ask, to, DISTRIBUTION, 'isClaimed', [id, wallet]));
    if (claimed || due?.entitlement === 0n) continue;
    const data = encodeFunctionData({ abi: DISTRIBUTION, functionName: 'claimFor', args: [id, wallet] });
    exits.push(await tried(ask, wallet, { doing: 'claimFor', id, to, data, amount: due ? String(due.entitlement - due.withheld) : null }));
  }
  return { kind: 'distribution', person: wallet, exits };
}

async function trustExits(ask: Ask, to: Hex, wallet: Hex, identity: Hex | null, positions: { token: Hex }[]): Promise<Found> {
  const person = identity ?? (`0x${wallet.slice(2).padStart(64, '0')}` as Hex);
  const exits = await Promise.all(
    positions.map(({ token }) => tried(ask, wallet, { doing: 'claim', to, amount: null, data: encodeFunctionData({ abi: TRUST, functionName: 'claim', args: [person, token] }) })),
  );
  return { kind: 'trust', person, exits };
}

/** A node of the reader's choice, by its JSON-RPC. */
export function nodeAt(url: string): Ask {
  return async (method, params) => {
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }) });
    const { result, error } = (await response.json()) as { result?: unknown; error?: { message: string; data?: unknown } };
    if (error) throw refusedBy(error);
    return result;
  };
}

/** What a node or a wallet says when a call is reverted: some give the data at once, some inside another object. */
export function refusedBy(error: { message: string; data?: unknown }): Error {
  const data = typeof error.data === 'object' && error.data !== null ? (error.data as { data?: unknown }).data : error.data;
  return typeof data === 'string' && data.startsWith('0x') ? new Reverted(data as Hex) : new Error(error.message);
}

