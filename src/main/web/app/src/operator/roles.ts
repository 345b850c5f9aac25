// Who may call what, as the LedgerAuthority's events say.

import { getAll, type Address, type Schemas } from '../api';
import { status } from '../live';
import { useAsked, type Asked } from '../useAnswer';

/** As LedgerAuthority.sol numbers them. */
export const ROLE = { admin: '0', operator: '1', registrar: '2', guardian: '3', recovery: '4' } as const;

export interface RoleHolder {
  role: string;
  account: Address;
  /** Seconds from when a call is scheduled until it can be executed. */
  delay: number;
  /** From when on it holds the role, in milliseconds. */
  since: number;
}

export interface Roles {
  labels: ReadonlyMap<string, string>;
  holders: RoleHolder[];
  /** Seconds from the grant of a role until it counts. */
  grantDelays: ReadonlyMap<string, number>;
  /** The role that a function of a contract needs, by address and selector; ADMIN where there is none. */
  functions: { target: Address; selector: string; role: string }[];
}

type Event = Schemas['Event'];

export const argument = (event: Event, name: string): string => String((event.arguments as Record<string, unknown>)[name]);

export function rolesOf(events: Event[]): Roles {
  const labels = new Map<string, string>([['0', 'admin']]);
  const holders = new Map<string, RoleHolder>();
  const grantDelays = new Map<string, number>();
  const functions = new Map<string, Roles['functions'][number]>();
  for (const event of events) {
    const role = argument(event, 'roleId');
    const key = `${role} ${argument(event, 'account')}`;
    switch (event.name) {
      case 'RoleLabel':
        labels.set(role, argument(event, 'label'));
        break;
      case 'RoleGranted': {
        const before = holders.get(key);
        const since = before && argument(event, 'newMember') === 'false' ? before.since : Number(argument(event, 'since')) * 1000;
        holders.set(key, { role, account: argument(event, 'account'), delay: Number(argument(event, 'delay')), since });
        break;
      }
      case 'RoleRevoked':
        holders.delete(key);
        break;
      case 'RoleGrantDelayChanged':
        grantDelays.set(role, Number(argument(event, 'delay')));
        break;
      case 'TargetFunctionRoleUpdated': {
        const target = argument(event, 'target');
        const selector = argument(event, 'selector');
        functions.set(target + selector, { target, selector, role });
        break;
      }
    }
  }
  return { labels, holders: [...holders.values()], grantDelays, functions: [...functions.values()] };
}

export function useAuthorityEvents(): Asked<Event[]> {
  const authority = status.value?.contracts?.authority ?? null;
  return useAsked(authority && `events of ${authority}`, () => getAll('/v1/events', { query: { contract: authority as string } }, (page) => page.events));
}

/** Whether somebody holds a role by now. */
export function holds(roles: Roles | null, role: string, account: Address | null, now: number | null): boolean {
  return roles !== null && account !== null && roles.holders.some((holder) => holder.role === role && holder.account === account && (now === null || holder.since <= now));
}

export function useRoles(): Asked<Roles> {
  const events = useAuthorityEvents();
  return { data: events.data && rolesOf(events.data), failure: events.failure };
}
