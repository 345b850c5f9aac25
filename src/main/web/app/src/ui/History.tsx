import type { Address, Schemas } from '../api';
import { words } from '../language';
import { usePages } from '../useAnswer';
import { Hex, List, Panel, Table, When } from './parts';
import { common } from './words';

const w = words(
  {
    details: 'Details',
  },
  {
    details: '详情',
  },
);

type Event = Schemas['Event'];

function told(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

/** A name as the contracts have it, spaced for readers: DisbursementApproved as “Disbursement approved”. */
function spaced(name: string): string {
  const text = name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What happened at a contract, the last first. */
export function History({ contract, title = common.history }: { contract: Address; title?: string }) {
  const events = usePages('/v1/events', { query: { contract, order: 'desc', limit: 10 } }, (page) => page.events);
  return (
    <Panel title={title}>
      <List pages={events}>
        {(items) => (
          <Table
            caption={title}
            rows={items}
            rowKey={(event) => `${event.blockNumber} ${event.logIndex}`}
            columns={[
              { head: common.time, cell: ({ time }) => <When time={time} /> },
              { head: common.event, cell: ({ name }) => <span title={name}>{spaced(name)}</span> },
              { head: w.details, cell: (event) => <Details event={event} /> },
            ]}
          />
        )}
      </List>
    </Panel>
  );
}

function Details({ event }: { event: Event }) {
  return (
    <details>
      <summary>{w.details}</summary>
      <dl class="arguments">
        {Object.entries(event.arguments).map(([name, value]) => (
          <div key={name}>
            <dt>
              <code>{name}</code>
            </dt>
            <dd>
              <bdi class="text">{told(value)}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      <p class="hint">
        {common.transaction} <Hex value={event.transaction} />
      </p>
    </details>
  );
}
