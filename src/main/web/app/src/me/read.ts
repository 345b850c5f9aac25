// What concerns one wallet, over all contracts.

import { get, getAll, Problem, type Address, type Schemas } from '../api';
import { same } from '../wallet/wallet';

export interface Seat {
  trust: Schemas['Trust'];
  /** Proposals on which this trustee has not been heard. */
  open: Schemas['Disbursement'][];
}

const eventsNaming = (person: string, kind: string) => getAll('/v1/events', { query: { person, kind } }, (page) => page.events);

/** The trusts in which a wallet is a trustee in office, with what waits for its approval. */
export async function seatsOf(wallet: Address): Promise<Seat[]> {
  const seated = await eventsNaming(wallet, 'TrusteeSeated');
  const trusts = [...new Set(seated.map(({ contract }) => contract))];
  const answers = await Promise.all(trusts.map((address) => get('/v1/trusts/{address}', { path: { address } })));
  const heard = (await Promise.all(['DisbursementApproved', 'DisbursementObjected'].map((kind) => eventsNaming(wallet, kind)))).flat();
  const decided = new Set(heard.map(({ contract, arguments: args }) => `${contract} ${String(args.disbursement)}`));
  return answers
    .filter(({ trustees, trust }) => trust.endedAt === null && trustees.some(({ trustee, leftAs }) => same(trustee, wallet) && leftAs === null))
    .map(({ trust, disbursements }) => ({
      trust,
      open: disbursements.filter(({ status, disbursement }) => status === 'proposed' && !decided.has(`${trust.address} ${disbursement}`)),
    }));
}

/** The companies for which a wallet acts, or could once it accepts. */
export async function companiesOf(wallet: Address): Promise<Schemas['RegisteredCompany'][]> {
  const named = (await Promise.all(['CompanyRegistered', 'ControllerChanged', 'ControllerProposed'].map((kind) => eventsNaming(wallet, kind)))).flat();
  const ids = [...new Set(named.map(({ arguments: args }) => String(args.companyId)))];
  const answers = await Promise.all(ids.map((id) => get('/v1/companies/{id}', { path: { id } }).catch(unlessAbsent)));
  return answers.flatMap((answer) => (answer && (same(answer.company.controller, wallet) || same(answer.company.proposedController, wallet)) ? [answer.company] : []));
}

export interface Recoveries {
  /** That would replace this wallet. */
  against: Schemas['Recovery'][];
  /** That this wallet may confirm, as the recovery key that the person named. */
  confirmable: Schemas['Recovery'][];
}

export async function recoveriesOf(wallet: Address, recoveryKeyOf: (identity: string) => Promise<Address | null>): Promise<Recoveries> {
  const all = await getAll('/v1/recoveries', {}, (page) => page.recoveries);
  const pending = all.filter(({ status }) => status === 'announced' || status === 'confirmed');
  const named = new Set((await eventsNaming(wallet, 'RecoveryKeyNamed')).map(({ arguments: args }) => String(args.identity)));
  const candidates = pending.filter(({ subject, status }) => status === 'announced' && named.has(subject));
  const keys = await Promise.all(candidates.map(({ subject }) => recoveryKeyOf(subject)));
  return { against: pending.filter(({ oldWallet }) => same(oldWallet, wallet)), confirmable: candidates.filter((_, i) => same(keys[i], wallet)) };
}

/** The rounds of commitments that are not settled yet, by address. */
export async function roundsOf(addresses: Address[]): Promise<Map<Address, Schemas['Round']>> {
  const answers = await Promise.all([...new Set(addresses)].map((address) => get('/v1/rounds/{address}', { path: { address } })));
  return new Map(answers.map(({ round }) => [round.address, round]));
}

function unlessAbsent(failure: unknown): null {
  if (failure instanceof Problem && failure.is('not-found')) return null;
  throw failure;
}
