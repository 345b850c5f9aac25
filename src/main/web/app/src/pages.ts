import type { FunctionComponent } from 'preact';
import { matched } from './router';

type Loaded = { default: FunctionComponent<never> };

/** Every page, by its address; what a page needs is loaded when it is gone to. The service has the same list. */
const PAGES: readonly (readonly [pattern: string, load: () => Promise<Loaded>])[] = [
  ['/', () => import('./rounds/RoundsPage')],
  ['/rounds/:address', () => import('./rounds/RoundPage')],
  ['/companies', () => import('./company/CompaniesPage')],
  ['/companies/:id', () => import('./company/CompanyPage')],
  ['/companies/:id/open-round', () => import('./rounds/OpenRoundPage')],
  ['/share-classes/:address', () => import('./company/ShareClassPage')],
  ['/distributions/:address/:id', () => import('./company/DistributionPage')],
  ['/votes/:address', () => import('./company/VotePage')],
  ['/trusts', () => import('./trust/TrustsPage')],
  ['/trusts/:address', () => import('./trust/TrustPage')],
  ['/me', () => import('./me/MePage')],
  ['/registrar', () => import('./registrar/RegistrarPage')],
  ['/operator', () => import('./operator/OperatorPage')],
  ['/audit', () => import('./audit/AuditPage')],
  ['/audit/:contract', () => import('./audit/ContractPage')],
  ['/status', () => import('./status/StatusPage')],
];

export interface Found {
  pattern: string;
  values: Record<string, string>;
  load: () => Promise<Loaded>;
}

export function pageAt(path: string): Found | null {
  for (const [pattern, load] of PAGES) {
    const values = matched(pattern, path);
    if (values !== null) return { pattern, values, load };
  }
  return null;
}
