import type { Address } from '../api';
import { List, Panel } from '../ui/parts';
import { common } from '../ui/words';
import { usePages } from '../useAnswer';
import { EventList } from './EventList';

/** What happened at a contract, the last first. */
export function History({ contract }: { contract: Address }) {
  const events = usePages('/v1/events', { query: { contract, order: 'desc', limit: 10 } }, (page) => page.events);
  return (
    <Panel title={common.history} aside={<a href={`/audit/${contract}`}>{common.audit}</a>}>
      <List pages={events}>{(items) => <EventList events={items} withContract={false} />}</List>
    </Panel>
  );
}
