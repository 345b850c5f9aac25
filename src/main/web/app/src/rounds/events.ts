import { get, type Schemas } from '../api';
import { useAsked, type Asked } from '../useAnswer';

/** Far more than a round of some hundred investors has; of more, the newest are read page by page elsewhere. */
const MOST = 2_000;

export interface RoundEvents {
  events: Schemas['Event'][];
  /** Whether these are all. */
  whole: boolean;
}

/** A round's events, the first first. */
export function useRoundEvents(contract: string): Asked<RoundEvents> {
  return useAsked(`events ${contract}`, async (signal) => {
    const events: Schemas['Event'][] = [];
    let cursor: string | undefined;
    do {
      const page: Schemas['EventList'] = await get('/v1/events', { query: { contract, limit: 200, cursor } }, signal);
      events.push(...page.events);
      cursor = page.next ?? undefined;
    } while (cursor !== undefined && events.length < MOST);
    return { events, whole: cursor === undefined };
  });
}
