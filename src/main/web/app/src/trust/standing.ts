// Who the reader is in a trust.

import type { Address, Schemas } from '../api';
import { clock } from '../live';
import { holds, ROLE, type Roles } from '../operator/roles';
import { account } from '../wallet/wallet';
import type { Own, TrustAnswer } from './reading';

export interface Standing {
  answer: TrustAnswer;
  /** Null until the trust itself was asked. */
  own: Own | null;
  /** Whoever acts for the company now; null until it is known. */
  controller: Address | null;
  me: Address | null;
  /** The reader's seat, while in office. */
  seat: Schemas['TrusteeSeat'] | null;
  isSettlor: boolean;
  isProtector: boolean;
  /** Units of a beneficiary whom the deed lists. */
  units: bigint;
  isRegistrar: boolean;
  isRecovery: boolean;
  ended: boolean;
  /** Whether it is for those to whom a round allots shares, instead of those whom the deed lists. */
  holdsProceeds: boolean;
  /** By the chain's clock, in milliseconds. */
  now: number;
}

export function standing(answer: TrustAnswer, own: Own | null, controller: Address | null, roles: Roles | null): Standing {
  const me = account.value;
  const { trust, trustees, beneficiaries } = answer;
  return {
    answer,
    own,
    controller,
    me,
    seat: trustees.find(({ trustee, leftAs }) => leftAs === null && trustee === me) ?? null,
    isSettlor: trust.deed.settlor === me,
    isProtector: trust.deed.protector !== null && trust.deed.protector === me,
    units: BigInt(beneficiaries.find(({ wallet }) => wallet === me)?.units ?? 0),
    isRegistrar: holds(roles, ROLE.registrar, me, clock.value),
    isRecovery: holds(roles, ROLE.recovery, me, clock.value),
    ended: trust.endedAt !== null,
    holdsProceeds: beneficiaries.length === 0,
    now: clock.value ?? Date.parse(answer.asOf.time),
  };
}

export const inOffice = (answer: TrustAnswer) => answer.trustees.filter(({ leftAs }) => leftAs === null);
