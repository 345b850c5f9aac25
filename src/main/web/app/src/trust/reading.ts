// What a trust is asked itself, because the index does not keep it.

import { useRef } from 'preact/hooks';
import { parseAbi } from 'viem';
import type { Address, Answer, Schemas } from '../api';
import { fromSmallestUnits } from '../format';
import { status } from '../live';
import { useAsked, type Asked } from '../useAnswer';
import { view } from '../view';
import { wordOf } from '../wallet/wallet';

export type TrustAnswer = Answer<'/v1/trusts/{address}'>;

const ABI = parseAbi([
  'struct Position { address token; uint256 held; uint256 owed; uint256 surplus; }',
  'struct Attempt { uint104 amount; uint40 approvals; uint40 rejections; uint40 approvedAt; uint16 attempt; uint8 status; }',
  'struct Tenure { uint40 fundedAt; uint40 vacantSince; uint40 accountsUntil; uint40 endedAt; uint40 resigning; uint40 terminating; uint8 seats; }',
  'function conserved() view returns (Position[])',
  'function disbursementOf(uint256 tranche) view returns (uint256, Attempt)',
  'function tenure() view returns (Tenure)',
  'function statementDue() view returns (uint256)',
  'function trusteeFeeOf(address trustee) view returns (uint256)',
  'struct Fund { uint104 received; uint104 released; uint40 inOffice; uint8 ended; }',
  'struct Shares { uint64 received; uint64 released; uint64 unitsLeft; }',
  'struct Interest { uint64 units; uint64 unitsForShares; uint104 moneyClaimed; }',
  'function fundOf() view returns (Fund, Shares)',
  'function interestOf(bytes32 beneficiary) view returns (Interest)',
]);

export interface Own {
  positions: readonly { token: Address; held: bigint; owed: bigint; surplus: bigint }[];
  /** By tranche: which seats approve and which reject its last attempt, a bit each. */
  decisions: ReadonlyMap<number, { approvals: number; rejections: number }>;
  /** When the next statement is overdue, in milliseconds; null once the last one was attested. */
  statementDue: number | null;
  vacantSince: number | null;
  /** A bit for each seat whose trustee wants the trust to end. */
  terminating: number;
  trusteeFees: ReadonlyMap<Address, bigint>;
}

const moment = (seconds: bigint | number) => (Number(seconds) === 0 ? null : Number(seconds) * 1000);

export function useOwn(answer: TrustAnswer | null): Asked<Own> {
  const address = answer?.trust.address ?? null;
  // What was read last stays until it is read anew, so that nothing that depends on it goes and comes again.
  const last = useRef<Own | null>(null);
  const asked = useAsked(address && `${address} itself as of ${answer?.asOf.blockNumber}`, async () => {
    const { tranches, trustees, trust } = answer as TrustAnswer;
    const to = trust.address;
    const [positions, tenure, due, decisions, fees] = await Promise.all([
      view<Own['positions']>(to, ABI, 'conserved'),
      view<{ vacantSince: number; terminating: number }>(to, ABI, 'tenure'),
      view<bigint>(to, ABI, 'statementDue'),
      Promise.all(tranches.map(async ({ tranche }) => [tranche, (await view<[bigint, { approvals: number; rejections: number }]>(to, ABI, 'disbursementOf', [tranche]))[1]] as const)),
      Promise.all(trustees.map(async ({ trustee }) => [trustee, await view<bigint>(to, ABI, 'trusteeFeeOf', [trustee])] as const)),
    ]);
    return {
      positions,
      decisions: new Map(decisions),
      statementDue: moment(due),
      vacantSince: moment(tenure.vacantSince),
      terminating: tenure.terminating,
      trusteeFees: new Map(fees),
    };
  });
  if (asked.data) last.current = asked.data;
  return { data: last.current, failure: asked.failure };
}

export const hasBit = (bits: number, seat: number): boolean => (BigInt(bits) >> BigInt(seat)) % 2n === 1n;

/** The decimals of a listed settlement token; money is in six where it is listed no longer. */
export function decimalsOf(token: Address): number {
  return status.value?.contracts?.settlementTokens.find(({ address }) => address === token)?.decimals ?? 6;
}

export function moneyOf(units: bigint, token: Address): string {
  return fromSmallestUnits(units, decimalsOf(token));
}

/** The shares that are left for a wallet after the end: its part of what is there, by the units of those who had none yet. */
export async function sharesLeft({ address, shareClass, endReason, deed }: Schemas['Trust'], wallet: Address): Promise<bigint> {
  const [positions, [, { unitsLeft }], { unitsForShares }] = await Promise.all([
    view<Own['positions']>(address, ABI, 'conserved'),
    view<[unknown, { unitsLeft: bigint }]>(address, ABI, 'fundOf'),
    view<{ unitsForShares: bigint }>(address, ABI, 'interestOf', [wordOf(wallet)]),
  ]);
  const held = positions.find(({ token }) => token.toLowerCase() === shareClass)?.held ?? 0n;
  if (endReason === 'revoked') return deed.settlor === wallet ? held : 0n;
  return unitsLeft === 0n ? 0n : (held * unitsForShares) / unitsLeft;
}
