// What pages of companies ask contracts themselves.

import { encodeAbiParameters, keccak256, parseAbi } from 'viem';
import type { Address, Hash } from '../api';
import { view } from '../view';

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
  const [shares, frozen, lots] = await Promise.all([
    view<bigint>(shareClass, SHARES, 'balanceOf', [holder]),
    view<bigint>(shareClass, SHARES, 'getFrozenTokens', [holder]),
    view<readonly Lot[]>(shareClass, SHARES, 'lotsOf', [holder]),
  ]);
  return { shares, frozen, lots };
}

/** Who is paid what a holder is due; null when the holder itself is. */
export async function payeeOf(distribution: Address, holder: Address): Promise<Address | null> {
  const { payee } = await view<{ payee: Address }>(distribution, DISTRIBUTION, 'accountOf', [holder]);
  return orNobody(payee);
}

/** What waits for the company, in the token's smallest unit: withheld, or returned. */
export const companyCredit = (distribution: Address) => view<bigint>(distribution, DISTRIBUTION, 'companyCredit');

/** The key that may confirm a person's recoveries; null for none. */
export async function recoveryKeyOf(recovery: Address, identity: Hash): Promise<Address | null> {
  const { key } = await view<{ key: Address }>(recovery, RECOVERY, 'recoveryKeyOf', [identity]);
  return orNobody(key);
}

const orNobody = (address: Address) => (/^0x0+$/.test(address) ? null : address.toLowerCase());

/** The subject of a vote that raises the authorised number of a class, as ShareToken.raiseAuthorised wants it. */
export function raisedTo(shareClass: Address, authorised: string): Hash {
  return keccak256(
    encodeAbiParameters([{ type: 'string' }, { type: 'address' }, { type: 'uint64' }], ['authorised', shareClass as `0x${string}`, BigInt(authorised)]),
  );
}
