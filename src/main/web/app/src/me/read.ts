// What concerns one wallet, over all contracts.

import { get, getAll, Problem, type Address, type Schemas } from '../api';
import { same } from '../wallet/wallet';

/** A wallet's part in a trust. */
export interface Part {
  trust: Schemas['Trust'];
  isTrustee: boolean;
  /** Proposals on which this trustee has not been heard. */
  open: Schemas['Disbursement'][];
  /** Payments that this protector may still veto. */
  vetoable: Schemas['Disbursement'][];
  /** Shares that are left for this beneficiary after the end. */
  shares: bigint;
}

const eventsNaming = (person: string, kind: string) => getAll('/v1/events', { query: { person, kind } }, (page) => page.events);

/** The trusts to which a wallet is a party, with what waits for it there. */
export async function partsOf(wallet: Address, now: number): Promise<Part[]> {
  const trusts = (await getAll('/v1/trusts', { query: { party: wallet } }, (page) => page.trusts)).filter(({ endedAt, shareClass }) => endedAt === null || shareClass !== null);
  const answers = await Promise.all(trusts.map(({ address }) => get('/v1/trusts/{address}', { path: { address } })));
  const heard = (await Promise.all(['DisbursementApproved', 'DisbursementObjected'].map((kind) => eventsNaming(wallet, kind)))).flat();
  const decided = new Set(heard.map(({ contract, arguments: args }) => `${contract} ${String(args.disbursement)}`));
  return Promise.all(
    answers.map(async ({ trust, trustees, disbursements }) => {
      const goesOn = trust.endedAt === null;
      const isTrustee = goesOn && trustees.some(({ trustee, leftAs }) => same(trustee, wallet) && leftAs === null);
      const isProtector = goesOn && same(trust.deed.protector, wallet);
      return {
        trust,
        isTrustee,
        open: isTrustee ? disbursements.filter(({ status, disbursement }) => status === 'proposed' && !decided.has(`${trust.address} ${disbursement}`)) : [],
        vetoable: isProtector ? disbursements.filter(({ status, executableFrom }) => status === 'approved' && executableFrom !== null && Date.parse(executableFrom) > now) : [],
        shares: goesOn ? 0n : await sharesFor(trust, wallet),
      };
    }),
  );
}

async function sharesFor(trust: Schemas['Trust'], wallet: Address): Promise<bigint> {
  const { sharesLeft } = await import('../trust/reading');
  return sharesLeft(trust, wallet);
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
