// What a page asks a contract itself, where the index keeps no answer.

import { decodeFunctionResult, encodeAbiParameters, encodeFunctionData, keccak256, parseAbi } from 'viem';
import { rpc, type Address, type Hash } from '../api';

type Hex = `0x${string}`;

const SHARES = parseAbi([
  'struct Lot { uint64 shares; uint64 lockedUntil; }',
  'function lotsOf(address holder) view returns (Lot[])',
  'function balanceOf(address holder) view returns (uint256)',
  'function getFrozenTokens(address account) view returns (uint256)',
]);
const DISTRIBUTION = parseAbi([
  'struct Account { address payee; bool succeeded; bool noted; uint80 claimed; }',
  'function accountOf(address holder) view returns (Account)',
  'function companyCredit() view returns (uint256)',
]);
const RECOVERY = parseAbi([
  'struct NamedKey { address key; uint40 since; }',
  'function recoveryKeyOf(bytes32 identity) view returns (NamedKey)',
]);

const call = (to: Address, data: Hex) => rpc<Hex>('eth_call', [{ to, data }, 'latest']);

export interface Lot {
  shares: bigint;
  lockedUntil: bigint;
}

export interface OwnHolding {
  shares: bigint;
  frozen: bigint;
  /** Those that may not be resold yet, and those whose time has come but that nobody has touched since. */
  lots: readonly Lot[];
}

/** What a wallet holds in a class; in full, unlike in the register. */
export async function holdingOf(shareClass: Address, holder: Address): Promise<OwnHolding> {
  const ask = (functionName: 'lotsOf' | 'balanceOf' | 'getFrozenTokens') => call(shareClass, encodeFunctionData({ abi: SHARES, functionName, args: [holder as Hex] }));
  const [shares, frozen, lots] = await Promise.all([ask('balanceOf'), ask('getFrozenTokens'), ask('lotsOf')]);
  return {
    shares: decodeFunctionResult({ abi: SHARES, functionName: 'balanceOf', data: shares }),
    frozen: decodeFunctionResult({ abi: SHARES, functionName: 'getFrozenTokens', data: frozen }),
    lots: decodeFunctionResult({ abi: SHARES, functionName: 'lotsOf', data: lots }),
  };
}

/** Who is paid what a holder is due; null when the holder itself is. */
export async function payeeOf(distribution: Address, holder: Address): Promise<Address | null> {
  const data = encodeFunctionData({ abi: DISTRIBUTION, functionName: 'accountOf', args: [holder as Hex] });
  const { payee } = decodeFunctionResult({ abi: DISTRIBUTION, functionName: 'accountOf', data: await call(distribution, data) });
  return /^0x0+$/.test(payee) ? null : payee.toLowerCase();
}

/** What waits for the company, in the token's smallest unit: withheld, or returned. */
export async function companyCredit(distribution: Address): Promise<bigint> {
  const data = encodeFunctionData({ abi: DISTRIBUTION, functionName: 'companyCredit' });
  return decodeFunctionResult({ abi: DISTRIBUTION, functionName: 'companyCredit', data: await call(distribution, data) });
}

/** The key that may confirm a person's recoveries; null for none. */
export async function recoveryKeyOf(recovery: Address, identity: Hash): Promise<Address | null> {
  const data = encodeFunctionData({ abi: RECOVERY, functionName: 'recoveryKeyOf', args: [identity as Hex] });
  const { key } = decodeFunctionResult({ abi: RECOVERY, functionName: 'recoveryKeyOf', data: await call(recovery, data) });
  return /^0x0+$/.test(key) ? null : key.toLowerCase();
}

/** The subject of a vote that raises the authorised number of a class, as ShareToken.raiseAuthorised wants it. */
export function raisedTo(shareClass: Address, authorised: string): Hash {
  return keccak256(
    encodeAbiParameters([{ type: 'string' }, { type: 'address' }, { type: 'uint64' }], ['authorised', shareClass as Hex, BigInt(authorised)]),
  );
}

export function hashOf(bytes: Uint8Array): Hash {
  return keccak256(bytes);
}
