// What beneficiaries decide on, each by the hash that the contract knows it by.

import { encodeAbiParameters, keccak256, toBytes, type Hex } from 'viem';
import type { Address, Hash } from '../api';
import { words } from '../language';
import { named } from '../signing/known';
import type { TrustAnswer } from './reading';

const w = words(
  {
    remove: (who: string) => `to remove the trustee ${who}`,
    appoint: (who: string) => `to have ${who} take a trustee’s seat`,
    veto: (tranche: string) => `to veto the payment of tranche ${tranche}`,
    end: 'to end the trust',
    other: 'to appoint somebody whom the vote’s document names',
  },
  {
    remove: (who) => `解任受托人 ${who}`,
    appoint: (who) => `由 ${who} 接任受托人`,
    veto: (tranche) => `否决第 ${tranche} 期款项`,
    end: '终止信托',
    other: '委任表决文件所指之人',
  },
);

export type Motion =
  | { kind: 'remove' | 'appoint'; trust: Address; person: Address }
  | { kind: 'veto'; trust: Address; disbursement: bigint }
  | { kind: 'end'; trust: Address };

const made = new Map<Hash, Motion>();

/** keccak256(abi.encode(kind, trust, subject)), as TrustRecords makes it. */
export function motionHash(motion: Motion): Hash {
  const trust = motion.trust as Hex;
  const kindAndTrust = [{ type: 'string' }, { type: 'address' }] as const;
  let encoded: Hex;
  if (motion.kind === 'end') encoded = encodeAbiParameters(kindAndTrust, [motion.kind, trust]);
  else if (motion.kind === 'veto') encoded = encodeAbiParameters([...kindAndTrust, { type: 'uint256' }], [motion.kind, trust, motion.disbursement]);
  else encoded = encodeAbiParameters([...kindAndTrust, { type: 'address' }], [motion.kind, trust, motion.person as Hex]);
  const hash = keccak256(toBytes(encoded));
  made.set(hash, motion);
  return hash;
}

export function motionInWords(motion: Motion): string {
  if (motion.kind === 'end') return w.end;
  return motion.kind === 'veto' ? w.veto((motion.disbursement & 255n).toString()) : w[motion.kind](named(motion.person));
}

/** What a hash means that this page has made itself; null for any other. */
export function motionOf(hash: Hash): Motion | null {
  return made.get(hash.toLowerCase()) ?? null;
}

/**
 * On what the investors of a trust vote, by the hash of the motion: on a payment, or on a trustee. A hash does not tell whom
 * it appoints, unless it is one of the trustees or of `people`.
 */
export function votedOn(hash: Hash, { trust, disbursements, trustees }: TrustAnswer, people: readonly Address[]): string {
  const seated = trustees.map(({ trustee }) => trustee);
  const all: Motion[] = [
    ...disbursements.map(({ disbursement }): Motion => ({ kind: 'veto', trust: trust.address, disbursement: BigInt(disbursement) })),
    ...seated.map((person): Motion => ({ kind: 'remove', trust: trust.address, person })),
    ...[...seated, ...people].map((person): Motion => ({ kind: 'appoint', trust: trust.address, person })),
  ];
  const motion = all.find((one) => motionHash(one) === hash);
  return motion === undefined ? w.other : motionInWords(motion);
}
