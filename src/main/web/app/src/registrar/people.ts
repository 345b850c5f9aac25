// Everybody whom the registrar attested, as the registry's events say.

import { getAll, type Address, type Hash, type Schemas } from '../api';
import { status } from '../live';
import { argument } from '../operator/roles';
import { common } from '../ui/words';
import { useAsked, type Asked } from '../useAnswer';

/** In the order of Category.sol, from 1. */
export const CATEGORIES = ['retail', 'sophisticated', 'accredited', 'qualified', 'institution', 'nominee'] as const satisfies readonly Schemas['Category'][];

export const categoryWord = (category: Schemas['Category']): string => common[category];

export interface Attested {
  identity: Hash;
  /** Null once the estate has passed to an heir. */
  wallet: Address | null;
  country: string;
  category: Schemas['Category'];
  /** First moment at which it no longer counts, in milliseconds. */
  expiresAt: number;
  revoked: boolean;
  persons: string;
  withholdingBps: string;
  dossier: Hash;
}

const KINDS = ['InvestorAttested', 'InvestorRevoked', 'WalletSucceeded', 'EstatePassed'];

export function usePeople(): Asked<Attested[]> {
  const registry = status.value?.contracts?.registry ?? null;
  return useAsked(registry && `people of ${registry}`, async () => {
    const contract = registry as string;
    const events = (await Promise.all(KINDS.map((kind) => getAll('/v1/events', { query: { contract, kind } }, (page) => page.events)))).flat();
    return attested(events.toSorted((a, b) => a.blockNumber - b.blockNumber || a.logIndex - b.logIndex));
  });
}

function attested(events: Schemas['Event'][]): Attested[] {
  const people = new Map<Hash, Attested>();
  for (const event of events) {
    const identity = argument(event, 'identity');
    const before = people.get(identity);
    if (event.name === 'InvestorAttested') {
      people.set(identity, {
        identity,
        wallet: argument(event, 'wallet'),
        country: argument(event, 'country').padStart(3, '0'),
        category: CATEGORIES[Number(argument(event, 'category')) - 1] ?? 'retail',
        expiresAt: Number(argument(event, 'expiresAt')) * 1000,
        revoked: false,
        persons: argument(event, 'persons'),
        withholdingBps: argument(event, 'withholdingBps'),
        dossier: argument(event, 'dossier'),
      });
    } else if (before) {
      if (event.name === 'InvestorRevoked') people.set(identity, { ...before, revoked: true, expiresAt: Date.parse(event.time) });
      if (event.name === 'WalletSucceeded') people.set(identity, { ...before, wallet: argument(event, 'newWallet') });
      if (event.name === 'EstatePassed') people.set(identity, { ...before, wallet: null });
    }
  }
  return [...people.values()].toSorted((a, b) => a.expiresAt - b.expiresAt);
}
