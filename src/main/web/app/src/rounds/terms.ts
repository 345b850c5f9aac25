// What was read of rounds, for the sentences about what is to be signed.

import type { Address, Schemas } from '../api';
import { note } from '../signing/known';

type Round = Schemas['Round'];

const read = new Map<Address, Round>();

export function keep(round: Round): void {
  read.set(round.address, round);
  const { decimals, currency } = round.settlementToken;
  note([
    [round.address, { name: round.company.name, contract: 'FundingRound', unit: currency, decimals }],
    [round.shareClass.address, { name: `${round.company.name}, ${round.shareClass.name}`, contract: 'ShareToken', unit: round.shareClass.symbol }],
    [round.company.controller, { name: round.company.name }],
  ]);
}

export function kept(address: Address): Round | null {
  return read.get(address.toLowerCase()) ?? null;
}
