// What a round, a trust or a distribution owes in its settlement token, from its own storage and
// the terms that are the end of its code. In the token's smallest unit.

import { toUint, wordOf, ZERO_ADDRESS } from './bytes.js';
import { Refused } from './refusal.js';
import { roundOwes } from './rounds.js';
import { mapped } from './shares.js';
import { part } from './terms.js';

const BPS = 10_000n;
const WORD_104 = (1n << 104n) - 1n;

/** Where the terms name the settlement token, and what is owed in it. */
const BOOKS = {
  FundingRound: { token: 0, owed: roundOwes },
  CustodyTrust: { token: 88, owed: trustOwes },
  Distribution: { token: 40, owed: distributionOwes },
};

/** The settlement token that the terms name. */
export function settlementToken({ contract, terms }) {
  if (!Object.hasOwn(BOOKS, contract)) {
    throw new Refused('OTHER_CONTRACT', `a ${contract} holds no settlement token`);
  }
  const token = part(terms, BOOKS[contract].token, 20);
  if (token === ZERO_ADDRESS) {
    throw new Refused('OTHER_CONTRACT', 'the trust holds shares only');
  }
  return token;
}

/** What the contract owes to all, by its own books. */
export const owed = (contract) => BOOKS[contract.contract].owed(contract);

/** What a token keeps of an account. */
export const held = ({ read, layout }, account) =>
  toUint(read(mapped(layout.variable('_balances'), wordOf(account))));

/** As TrustAccounts._owedMoney: what came in, less what was paid to anyone. */
function trustOwes({ terms, layout, read }) {
  const fund = toUint(read(layout.variable('_fund')));
  const received = fund & WORD_104;
  const released = (fund >> 104n) & WORD_104;
  const paid = read(layout.variable('_paid'));
  const trusteeFeeBps = toUint(part(terms, 180, 2));
  return (
    received -
    released +
    (released * trusteeFeeBps) / BPS -
    layout.member('TrustRecords.Paid', 'toPlatform', paid) -
    layout.member('TrustRecords.Paid', 'toOthers', paid)
  );
}

function distributionOwes({ layout, read }) {
  return layout.member('Distribution.Standing', 'owed', read(layout.variable('_standing')));
}
