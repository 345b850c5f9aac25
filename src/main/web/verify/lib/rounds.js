// Reads a round from its storage, as RoundState and Commitments keep it, and from its terms, as
// RoundTermsCodec packs them. Money is in the token's smallest unit.

import { ofUint, slice, toUint } from './bytes.js';
import { Refused } from './refusal.js';
import { mapped } from './shares.js';
import { part } from './terms.js';

/** In the order in which RoundEvents.sol and Commitments.sol count them. */
export const ROUND_STATUSES = ['open', 'tallying', 'settling', 'settled', 'failed', 'cancelled'];
export const COMMITMENT_STATES = ['none', 'live', 'excluded', 'cancelled', 'settled', 'refunded'];

/** The escrow of commitments, and what settlement has credited, as FundingRound.conserved. */
export function roundOwes(round) {
  const { layout, read } = round;
  const progress = read(layout.variable('_progress'));
  const escrow = layout.member('RoundState.Progress', 'escrowedShares', progress) * price(round);
  if (!['settling', 'settled'].includes(status(layout, progress))) {
    return escrow;
  }
  const credits = read(layout.variable('_credits'));
  const credited = (member) => layout.member('RoundState.Credits', member, credits);
  return escrow + credited('proceeds') + credited('fee');
}

/** What a person committed, and what became of it. */
export function commitment(round, identity) {
  const { layout, read, terms } = round;
  const slot = toUint(read(mapped(layout.variable('_commitments'), identity)));
  const state = entry(COMMITMENT_STATES, bits(slot, 251, 3));
  const shares = bits(slot, 160, 43);
  const settled = state === 'settled';
  const since = settled || state === 'none' ? null : bits(slot, 203, 29);
  return {
    identity,
    wallet: slice(ofUint(slot), 12, 32),
    state,
    round: status(layout, read(layout.variable('_progress'))),
    shares,
    token: part(terms, 0, 20),
    amount: shares * price(round),
    committedAt: since === null ? 0n : toUint(part(terms, 76, 5)) + since,
    allotted: settled ? bits(slot, 203, 43) : 0n,
    excessPaid: settled && bits(slot, 246, 1) === 1n,
  };
}

const price = ({ terms }) => toUint(part(terms, 40, 16));

const status = (layout, progress) =>
  entry(ROUND_STATUSES, layout.member('RoundState.Progress', 'status', progress));

const bits = (word, from, count) => (word >> BigInt(from)) & ((1n << BigInt(count)) - 1n);

function entry(names, index) {
  if (index >= names.length) {
    throw new Refused('MALFORMED_VALUE', `a round has no such state: ${index}`);
  }
  return names[index];
}
